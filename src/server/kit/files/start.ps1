# Puts the app of this stick on this machine, or the newer one in its place, and opens it. See START HERE.html.
#   -Kiosk     the app alone, over the whole screen
#   -Install   puts it there and opens nothing
# LATCHKEY_BROWSER names a browser; LATCHKEY_DEVICE_NAME the device, else the computer's name does.
param([switch]$Kiosk, [switch]$Install)
$ErrorActionPreference = 'Stop'
$name = '@NAME@'
$port = @PORT@
$hostName = "$name.latchkey.localhost"
$place = Join-Path $env:LOCALAPPDATA "Latchkey\$name"
$kit = Join-Path $place 'kit'

function Stop-WithReason([string]$reason) {
  Write-Host $reason
  Read-Host 'Press Enter' | Out-Null
  exit 1
}

function Get-Built([string]$folder) {
  $file = Join-Path $folder 'built'
  if (Test-Path $file) { return [long](Get-Content $file -TotalCount 1) }
  return 0
}

# The address and the folder of the browser are what the license is bound to: neither ever changes here.
function Copy-Kit {
  New-Item -ItemType Directory -Force $place | Out-Null
  $portFile = Join-Path $place 'port'
  if (-not (Test-Path $portFile)) { Set-Content -Encoding Ascii $portFile $port }
  $kept = [int](Get-Content $portFile -TotalCount 1)
  if ($kept -ne $port) {
    Stop-WithReason "This kit is for port $port, the app here for port ${kept}: its license would be left behind."
  }
  if ((Get-Built $PSScriptRoot) -le (Get-Built $kit)) { return }
  foreach ($old in 'kit.new', 'kit.old') {
    $path = Join-Path $place $old
    if (Test-Path $path) { Remove-Item -Recurse -Force $path }
  }
  Copy-Item -Recurse $PSScriptRoot (Join-Path $place 'kit.new')
  if (Test-Path $kit) { Rename-Item $kit 'kit.old' }
  Rename-Item (Join-Path $place 'kit.new') 'kit'
  if (Test-Path (Join-Path $place 'kit.old')) { Remove-Item -Recurse -Force (Join-Path $place 'kit.old') }
}

# An entry in the start menu: the stick is not needed again.
function Add-Shortcut {
  $menu = [Environment]::GetFolderPath('Programs')
  $shortcut = (New-Object -ComObject WScript.Shell).CreateShortcut((Join-Path $menu "$name.lnk"))
  $shortcut.TargetPath = 'powershell.exe'
  $shortcut.Arguments = "-NoProfile -ExecutionPolicy Bypass -WindowStyle Hidden -File `"$kit\start.ps1`""
  $shortcut.WindowStyle = 7
  $shortcut.Save()
}

function Find-Browser {
  if ($env:LATCHKEY_BROWSER) { return $env:LATCHKEY_BROWSER }
  $known = 'Microsoft\Edge\Application\msedge.exe', 'Google\Chrome\Application\chrome.exe',
    'Chromium\Application\chrome.exe', 'Mozilla Firefox\firefox.exe'
  foreach ($program in $known) {
    foreach ($root in ${env:ProgramFiles}, ${env:ProgramFiles(x86)}, $env:LOCALAPPDATA) {
      if ($root -and (Test-Path (Join-Path $root $program))) { return Join-Path $root $program }
    }
  }
  Stop-WithReason 'No Edge, Chrome, Chromium or Firefox is here. Set LATCHKEY_BROWSER to the program of a browser.'
}

Copy-Kit
Add-Shortcut
if ($Install) { exit 0 }

$serve = "-NoProfile -ExecutionPolicy Bypass -File `"$kit\serve.ps1`" -Site `"$kit\site`" -HostName $hostName -Port $port"
$server = Start-Process powershell.exe -ArgumentList $serve -WindowStyle Hidden -PassThru
# It ends at once when it cannot serve; else it listens before the browser has started.
[void]$server.WaitForExit(1500)
if ($server.HasExited -and $server.ExitCode -ne 3) {
  Stop-WithReason "The app could not be served at port $port. End what holds the port and start again: the address of the app cannot change. If scripts are restricted here, open the app as a file instead, see START HERE.html."
}
try {
  $browser = Find-Browser
  $machine = if ($env:LATCHKEY_DEVICE_NAME) { $env:LATCHKEY_DEVICE_NAME } else { $env:COMPUTERNAME }
  # The name goes to the app alone: what follows # is never sent. It takes it as text, and only while it has none.
  $label = $machine.Replace(' ', '-') -replace '[^A-Za-z0-9_-]', ''
  $label = $label.Substring(0, [Math]::Min(32, $label.Length))
  $address = "http://${hostName}:$port/#device=$label"
  if ((Split-Path $browser -Leaf) -eq 'firefox.exe') {
    $folder = Join-Path $place 'firefox'
    New-Item -ItemType Directory -Force $folder | Out-Null
    $arguments = @('--no-remote', '--profile', "`"$folder`"")
    if ($Kiosk) { $arguments += '--kiosk' }
    $arguments += $address
  } else {
    $arguments = @("--user-data-dir=`"$(Join-Path $place 'chromium')`"", '--no-first-run', '--no-default-browser-check')
    if ($Kiosk) { $arguments += '--kiosk', '--edge-kiosk-type=fullscreen', $address } else { $arguments += "--app=$address" }
  }
  Start-Process $browser -ArgumentList $arguments -Wait
} finally {
  if (-not $server.HasExited) { $server.Kill() }
}
