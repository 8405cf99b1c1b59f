#!/usr/bin/perl
# Serves an app of this stick to this machine alone: perl serve.pl SITE_FOLDER HOST PORT
# Answers lie whole in SITE_FOLDER, see routes.txt there. Needs Perl 5.10 with what comes with it, no rights, no network.
# Prints the number of the process that goes on in the background once it listens. Ends with 3 when the app of this
# address is served already, with 4 when another program holds the port.
use strict;
use warnings;
use IO::Handle;
use IO::Select;
use IO::Socket::INET;

my ($site, $host, $port) = @ARGV;
my $max_head = 16384;
my $patience = 10;

my $listener = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => $port, Proto => 'tcp', Listen => 64, ReuseAddr => 1,
);
exit(is_served() ? 3 : 4) unless $listener;

my $child = fork();
die "no process: $!" unless defined $child;
if ($child) { print "$child\n"; exit 0; }
open STDIN,  '<', '/dev/null';
open STDOUT, '>', '/dev/null';
open STDERR, '>', '/dev/null';
$SIG{PIPE} = 'IGNORE';
$SIG{HUP}  = 'IGNORE';

my $select = IO::Select->new($listener);
my (%head, %since);
while (1) {
    for my $socket ($select->can_read(1)) {
        if ($socket == $listener) { welcome($listener->accept()) }
        else                      { hear($socket) }
    }
    for my $socket ($select->handles) {
        leave($socket) if $socket != $listener && time - $since{$socket} > $patience;
    }
}

sub welcome {
    my ($socket) = @_;
    return unless $socket;
    $select->add($socket);
    $head{$socket}  = '';
    $since{$socket} = time;
}

sub hear {
    my ($socket) = @_;
    my $got = sysread($socket, $head{$socket}, 4096, length $head{$socket});
    return leave($socket) if !$got || length $head{$socket} > $max_head;
    return if $head{$socket} !~ /\r\n\r\n/;
    my $answer = answer_to($head{$socket});
    print {$socket} $answer;
    $socket->flush;
    leave($socket);
}

sub leave {
    my ($socket) = @_;
    $select->remove($socket);
    delete $head{$socket};
    delete $since{$socket};
    close $socket;
}

sub answer_to {
    my ($request) = @_;
    my %routes = map { split ' ' } split /\n/, bytes_of("$site/routes.txt");
    my ($asked) = $request =~ /^host: *(\S+) *\r$/im;
    return bytes_of("$site/$routes{421}") if !defined $asked || lc $asked ne "$host:$port";
    my ($method, $path) = $request =~ m{^(GET|HEAD) (/[^?\s]*)\S* HTTP/1\.[01]\r\n};
    return bytes_of("$site/$routes{405}") unless $method;
    my $is_page = $path !~ m{^/api/} && $path !~ m{\.[^/]*$};
    my $answer = bytes_of("$site/" . ($routes{$path} || ($is_page ? $routes{'/'} : $routes{404})));
    $answer =~ s/\r\n\r\n.*/\r\n\r\n/s if $method eq 'HEAD';
    return $answer;
}

sub bytes_of {
    my ($file) = @_;
    open my $in, '<:raw', $file or return '';
    local $/;
    return <$in>;
}

sub is_served {
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Timeout => 3) or return 0;
    print {$socket} "GET /kit.json HTTP/1.1\r\nHost: $host:$port\r\n\r\n";
    local $SIG{ALRM} = sub { exit 4 };
    alarm 3;
    local $/;
    my $answer = <$socket> || '';
    alarm 0;
    return index($answer, "\"http://$host:$port\"") >= 0;
}
