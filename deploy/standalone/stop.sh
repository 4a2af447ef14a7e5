#!/usr/bin/env bash
# Stops the cluster that start.sh started: stop.sh [--run DIR]
set -euo pipefail
# shellcheck source=deploy/standalone/cluster.sh
. "$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)/cluster.sh"

while [ $# -gt 0 ]; do
  case "$1" in
    --run) run="${2:?--run needs a folder}"; shift 2 ;;
    --help | -h) usage "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "stop.sh: unknown option $1, see stop.sh --help" >&2; exit 2 ;;
  esac
done

stopped=0
# Workers first, so that none complains of a lost master.
for name in $(members | tac); do
  if alive "$name"; then
    id="$(cat "$run/$name.pid")"
    kill "$id"
    for ((tries = 0; tries < 100; tries++)); do
      alive "$name" || break
      sleep 0.1
    done
    alive "$name" && kill -9 "$id"
    stopped=$((stopped + 1))
  fi
  rm -f "$run/$name.pid"
done
rm -f "$run/master.url"
forget_security
echo "stopped $stopped processes"
