@echo off
rem Opens the app of this stick. Options: -Kiosk, -Install; see START HERE.html.
powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0kit\start.ps1" %*
