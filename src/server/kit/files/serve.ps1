# Serves an app of this stick to this machine alone: serve.ps1 -Site FOLDER -HostName NAME -Port NUMBER
# Answers lie whole in the folder, see routes.txt there. Windows PowerShell 5.1, no rights of an administrator, no
# network: a TcpListener on 127.0.0.1 wants no reservation of an address, which an HttpListener wants for this name.
# Runs until it is ended. Ends with 3 when the app of this address is served already, with 4 when another program holds
# the port.
param([string]$Site, [string]$HostName, [int]$Port)
$ErrorActionPreference = 'Stop'
$maxHead = 16384
$patienceSeconds = 10
$latin = [Text.Encoding]::GetEncoding(28591)

function Get-Answer([string]$request) {
  $routes = @{}
  foreach ($line in [IO.File]::ReadAllLines((Join-Path $Site 'routes.txt'))) {
    $key, $file = $line.Split(' ')
    $routes[$key] = $file
  }
  $read = { param($file) , [IO.File]::ReadAllBytes((Join-Path $Site $file)) }
  $asked = [regex]::Match($request, '(?im)^host: *(\S+) *\r$')
  if (-not $asked.Success -or $asked.Groups[1].Value.ToLowerInvariant() -ne "${HostName}:$Port") {
    return & $read $routes['421']
  }
  $line = [regex]::Match($request, '^(GET|HEAD) (/[^?\s]*)\S* HTTP/1\.[01]\r\n')
  if (-not $line.Success) { return & $read $routes['405'] }
  $path = $line.Groups[2].Value
  $isPage = -not $path.StartsWith('/api/') -and $path -notmatch '\.[^/]*$'
  # Names of a hashtable differ by case only in what is served by none of them.
  $file = $routes[$path]
  if (-not $file) { $file = if ($isPage) { $routes['/'] } else { $routes['404'] } }
  $answer = & $read $file
  if ($line.Groups[1].Value -eq 'HEAD') {
    $end = $latin.GetString($answer).IndexOf("`r`n`r`n") + 4
    return , [byte[]]$answer[0..($end - 1)]
  }
  return , $answer
}

function Test-Served {
  try {
    $other = New-Object Net.Sockets.TcpClient('127.0.0.1', $Port)
    $other.ReceiveTimeout = 3000
    $stream = $other.GetStream()
    $asked = $latin.GetBytes("GET /kit.json HTTP/1.1`r`nHost: ${HostName}:$Port`r`n`r`n")
    $stream.Write($asked, 0, $asked.Length)
    $answer = (New-Object IO.StreamReader($stream)).ReadToEnd()
    $other.Close()
    return $answer.Contains("`"http://${HostName}:$Port`"")
  } catch { return $false }
}

$listener = New-Object Net.Sockets.TcpListener([Net.IPAddress]::Loopback, $Port)
$listener.ExclusiveAddressUse = $true
try { $listener.Start(64) } catch {
  if (Test-Served) { exit 3 }
  exit 4
}

$visits = New-Object Collections.ArrayList
while ($true) {
  while ($listener.Pending()) {
    $client = $listener.AcceptTcpClient()
    $client.SendTimeout = $patienceSeconds * 1000
    [void]$visits.Add(@{ Client = $client; Head = ''; Since = Get-Date })
  }
  foreach ($visit in @($visits)) {
    $isDone = ((Get-Date) - $visit.Since).TotalSeconds -gt $patienceSeconds
    try {
      $stream = $visit.Client.GetStream()
      while ($stream.DataAvailable -and $visit.Head.Length -le $maxHead) {
        $part = New-Object byte[] 4096
        $got = $stream.Read($part, 0, $part.Length)
        $visit.Head += $latin.GetString($part, 0, $got)
      }
      if ($visit.Head.Contains("`r`n`r`n")) {
        $answer = Get-Answer $visit.Head
        $stream.Write($answer, 0, $answer.Length)
        $isDone = $true
      } elseif ($visit.Head.Length -gt $maxHead) { $isDone = $true }
    } catch { $isDone = $true }
    if ($isDone) {
      $visit.Client.Close()
      $visits.Remove($visit)
    }
  }
  Start-Sleep -Milliseconds $(if ($visits.Count -gt 0) { 2 } else { 30 })
}
