#!/usr/bin/env bash
# How long the first output of the command takes: the median of 11 starts without and with its archive of
# classes. Takes the directory that was unpacked; the machine should have nothing else to do.
set -eu
home=${1:?"measure-start.sh DIRECTORY"}
export WORLD_CACHE
WORLD_CACHE=$(mktemp -d)
trap 'rm -rf "$WORLD_CACHE"' EXIT

median() {
  local i begin
  for i in 1 2 3 4 5 6 7 8 9 10 11; do
    begin=$(date +%s%N)
    "$home/bin/world" --help | head -n 1 >/dev/null
    echo $((($(date +%s%N) - begin) / 1000000))
  done | sort -n | sed -n 6p
}

"$home/bin/world" --help >/dev/null
echo "with an archive: $(median) ms"
rm -rf "$WORLD_CACHE"
touch "$WORLD_CACHE"
echo "without one: $(median) ms"
