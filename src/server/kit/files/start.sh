#!/bin/sh
# Puts the app of this stick on this machine, or the newer one in its place, and opens it. See START HERE.html.
#
#   --kiosk    the app alone, over the whole screen
#   --install  puts it there and opens nothing
#   --         what follows goes to the browser as it is
#
# LATCHKEY_BROWSER names a browser; LATCHKEY_DEVICE_NAME the device, else the computer's name does.
set -eu

name='@NAME@'
port='@PORT@'
host="$name.latchkey.localhost"
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

case $(uname -s) in
  Darwin)
    place="$HOME/Library/Application Support/Latchkey/$name"
    machine=$(scutil --get ComputerName 2>/dev/null || uname -n)
    ;;
  *)
    place="${XDG_DATA_HOME:-$HOME/.local/share}/latchkey/$name"
    machine=$(uname -n)
    ;;
esac
machine=${LATCHKEY_DEVICE_NAME:-$machine}

say() { printf '%s\n' "$*" >&2; }

fail() { say "$*"; exit 1; }

# The address and the folder of the browser are what the license is bound to: neither ever changes here.
copy_kit() {
  mkdir -p "$place"
  chmod 700 "$place"
  [ -e "$place/port" ] || printf '%s\n' "$port" >"$place/port"
  [ "$(cat "$place/port")" = "$port" ] ||
    fail "This kit is for port $port, the app here for port $(cat "$place/port"): its license would be left behind."
  [ "$here" != "$place/kit" ] || return 0
  [ "$(cat "$here/built")" -gt "$(cat "$place/kit/built" 2>/dev/null || printf 0)" ] || return 0
  rm -rf "$place/kit.new" "$place/kit.old"
  cp -R "$here" "$place/kit.new"
  [ ! -e "$place/kit" ] || mv "$place/kit" "$place/kit.old"
  mv "$place/kit.new" "$place/kit"
  rm -rf "$place/kit.old"
}

# An entry among the programs: the stick is not needed again.
add_to_menu() {
  [ "$(uname -s)" != Darwin ] || return 0
  menu="${XDG_DATA_HOME:-$HOME/.local/share}/applications"
  mkdir -p "$menu"
  cat >"$menu/latchkey-$name.desktop" <<EOF
[Desktop Entry]
Type=Application
Name=@TITLE@
Exec=sh "$place/kit/start.sh"
Icon=$place/kit/icon.png
Terminal=false
EOF
}

serve() {
  command=
  for found in perl python3; do
    ! command -v "$found" >/dev/null 2>&1 || { command=$found; break; }
  done
  [ -n "$command" ] || fail 'Neither perl nor python3 is here: open the app as a file instead, see START HERE.html.'
  case $command in perl) script=serve.pl ;; *) script=serve.py ;; esac
  status=0
  # What a caller has open beside the usual three stays with the browser.
  server=$("$command" "$place/kit/$script" "$place/kit/site" "$host" "$port" 3>&- 4>&-) || status=$?
  case $status in
    0) trap 'kill "$server" 2>/dev/null || :' EXIT ;;
    3) server= ;;
    *) fail "Another program holds port $port. End it and start again: the address of the app cannot change." ;;
  esac
}

browser_of() {
  if [ -n "${LATCHKEY_BROWSER:-}" ]; then printf '%s\n' "$LATCHKEY_BROWSER"; return; fi
  for found in \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' \
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge' \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' \
    '/Applications/Firefox.app/Contents/MacOS/firefox' \
    chromium google-chrome-stable google-chrome microsoft-edge-stable microsoft-edge chromium-browser \
    brave-browser firefox-esr firefox; do
    if command -v "$found" >/dev/null 2>&1; then command -v "$found"; return; fi
  done
  fail 'No Chromium, Chrome, Edge or Firefox is here. Set LATCHKEY_BROWSER to the program of a browser.'
}

# A browser that runs as a snap writes nowhere else.
browser_folder() {
  case $(readlink -f "$1" 2>/dev/null || printf '%s' "$1") in
    /snap/* | /usr/bin/snap) printf '%s\n' "$HOME/snap/$2/common/latchkey-$name" ;;
    *) printf '%s\n' "$place/$2" ;;
  esac
}

open_app() {
  browser=$(browser_of)
  # The name goes to the app alone: what follows # is never sent. It takes it as text, and only while it has none.
  label=$(printf '%s' "${machine%%.*}" | tr ' ' '-' | tr -cd 'A-Za-z0-9_-' | cut -c1-32)
  address="http://$host:$port/#device=$label"
  case ${browser##*/} in
    firefox*)
      folder=$(browser_folder "$browser" firefox)
      mkdir -p "$folder"
      [ -z "$kiosk" ] || set -- --kiosk "$@"
      "$browser" --no-remote --profile "$folder" "$@" "$address"
      ;;
    *)
      folder=$(browser_folder "$browser" chromium)
      mkdir -p "$folder"
      if [ -n "$kiosk" ]; then set -- --kiosk "$address" "$@"; else set -- "--app=$address" "$@"; fi
      "$browser" "--user-data-dir=$folder" --no-first-run --no-default-browser-check "$@"
      ;;
  esac
}

kiosk=
install=
while [ $# -gt 0 ]; do
  case $1 in
    --kiosk) kiosk=1 ;;
    --install) install=1 ;;
    --) shift; break ;;
    *) fail "What is $1? --kiosk, --install, or -- before what is for the browser." ;;
  esac
  shift
done

copy_kit
add_to_menu
[ -z "$install" ] || exit 0
serve
open_app "$@"
