@echo off
rem The world command on Windows: the Java of JAVA_HOME, else the one on the PATH.
setlocal
set "ROOT=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "CACHE=%LOCALAPPDATA%\world"
if not exist "%CACHE%" mkdir "%CACHE%" 2>nul
"%JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -XX:+AutoCreateSharedArchive ^
  "-XX:SharedArchiveFile=%CACHE%\world.jsa" -Dworld.interactive=true %WORLD_JAVA_OPTIONS% ^
  -jar "%ROOT%\lib\world.jar" %*
exit /b %ERRORLEVEL%
