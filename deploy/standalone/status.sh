#!/usr/bin/env bash
# Shows the cluster that start.sh started: status.sh [--run DIR]. Ends with 0 if all of it runs, else with 3.
set -euo pipefail
# shellcheck source=deploy/standalone/cluster.sh
. "$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)/cluster.sh"

while [ $# -gt 0 ]; do
  case "$1" in
    --run) run="${2:?--run needs a folder}"; shift 2 ;;
    --help | -h) usage "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "status.sh: unknown option $1, see status.sh --help" >&2; exit 2 ;;
  esac
done

code=0
[ -n "$(members)" ] || { echo "no cluster was started from $run"; exit 3; }
[ -f "$run/master.url" ] && echo "master $(cat "$run/master.url")"
for name in $(members); do
  if alive "$name"; then
    echo "$name runs, process $(cat "$run/$name.pid"), log $run/$name.log"
  else
    echo "$name has ended, see $run/$name.log"
    code=3
  fi
done
exit "$code"
