#!/usr/bin/env bash
# Shows that a sweep loses nothing when its processes are killed: runs killed-sweep.conf undisturbed in
# one process, then on a standalone cluster of two workers on this machine, where an executor and later
# the driver are killed by SIGKILL, goes on with the same command, and compares the tables byte by byte.
#
#   benchmarks/killed-sweep.sh SHARDS [OUTPUT]
#
#   SHARDS   prepared NETtalk
#   OUTPUT   empty folder for results and logs (default: a temporary one, deleted in the end)
#   CONFIG   another sweep (default: killed-sweep.conf beside this script)
#   SBP      another start script (default: bin/sbp of this tree)
#
# Ends with 0 if all tables are equal, no trial failed and every process ended by itself or was killed here.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
shards="$(realpath "${1:?killed-sweep.sh: give the folder of prepared NETtalk}")"
config="$(realpath "${CONFIG:-$root/benchmarks/killed-sweep.conf}")"
sbp="${SBP:-$root/bin/sbp}"
export SBP_HEAP="${SBP_HEAP:-1g}"

work="${2:-}"
if [ -z "$work" ]; then
  work="$(mktemp -d)"
  temporary=1
fi
mkdir -p "$work"
work="$(realpath "$work")"
export SBP_CLUSTER_RUN="$work/cluster"
if [ -n "$(ls -A "$work")" ]; then
  echo "killed-sweep.sh: $work is not empty" >&2
  exit 2
fi

driver=""
end() {
  [ -z "$driver" ] || kill -9 "$(java_of "$driver")" "$driver" 2>/dev/null || true
  "$root/deploy/standalone/stop.sh" --run "$work/cluster" >/dev/null || true
  [ -z "${temporary:-}" ] || rm -rf "$work"
}
trap end EXIT

say() { echo "$(date +%T) $*"; }

fail() {
  say "FAILED: $*" >&2
  exit 1
}

done_in() { # results folder
  find "$1/trials" -name '*.json' ! -name '.*' 2>/dev/null | wc -l
}

java_of() { # process: itself or the one below it that is Java; start scripts may or may not have replaced themselves
  local id="$1" below
  while [ "$(ps -o comm= -p "$id")" != java ]; do
    below="$(pgrep -P "$id" | head -1)"
    [ -n "$below" ] || return 1
    id="$below"
  done
  echo "$id"
}

executors() { # ids of the executors of all workers
  local file
  for file in "$work"/cluster/worker-*.pid; do
    pgrep -P "$(cat "$file")" -f ExecutorBackend || true
  done
}

await_trials() { # count
  local tries=0
  while [ "$(done_in "$work/killed")" -lt "$1" ]; do
    kill -0 "$driver" 2>/dev/null || fail "the driver ended early, see $work/killed-1.log"
    [ $((tries += 1)) -le 6000 ] || fail "no $1 trials in ten minutes"
    sleep 0.1
  done
}

await_executors() { # count
  local tries=0
  while [ "$(executors | wc -l)" != "$1" ]; do
    [ $((tries += 1)) -le 600 ] || fail "no $1 executors in a minute"
    sleep 0.1
  done
}

await_another_executor() { # killed one
  local tries=0
  while executors | grep -qx "$1" || [ "$(executors | wc -l)" != 2 ]; do
    [ $((tries += 1)) -le 600 ] || fail "no other executor in a minute"
    sleep 0.1
  done
}

sweep() { # results, arguments: runs the sweep
  "$sbp" sweep --config "$config" --data "$shards" --output "$work/$1" "${@:2}"
}

value() { # key, log: from the JSON in the log's last line
  tail -n 1 "$2" | grep -o "\"$1\":[^,}]*" | cut -d: -f2
}

say "undisturbed sweep, one process of two cores"
sweep undisturbed --master 'local[2]' >"$work/undisturbed.log" 2>&1 || fail "see $work/undisturbed.log"
trials="$(value trials "$work/undisturbed.log")"
name="$(basename "$(value tables "$work/undisturbed.log" | tr -d '"')")"
say "$trials trials done, $(value failed "$work/undisturbed.log") failed"
[ "$trials" -ge 3 ] || fail "a sweep of $trials trials cannot be killed twice"

"$root/deploy/standalone/start.sh" --run "$work/cluster" --port 0 --webui-port 0 --memory 1200m >/dev/null
master="$(cat "$work/cluster/master.url")"
say "the same on a standalone cluster of two workers, $master"
sweep killed --master "$master" >"$work/killed-1.log" 2>&1 &
driver=$!

await_trials $((trials / 3))
victim="$(executors | head -1)"
kill -9 "$victim"
say "killed executor $victim with $(done_in "$work/killed") of $trials trials done"
await_another_executor "$victim"
say "another executor runs, $(done_in "$work/killed") trials done"

await_trials $((2 * trials / 3))
victim="$(java_of "$driver")"
kill -9 "$victim"
wait "$driver" 2>/dev/null || true
driver=""
say "killed driver $victim with $(done_in "$work/killed") of $trials trials done"
await_executors 0
left=$((trials - $(done_in "$work/killed")))
say "its executors have ended, $left trials left"
# Tables alone say nothing: they are written while a sweep runs, too.
! grep -q '"finished" : true' "$work/killed/$name/sweep.json" 2>/dev/null || fail "the killed sweep had ended already"

sweep killed --master "$master" >"$work/killed-2.log" 2>&1 &
driver=$!
code=0
wait "$driver" || code=$?
driver=""
[ "$code" = 0 ] || fail "going on ended with exit code $code, see $work/killed-2.log"
ran="$(value ran "$work/killed-2.log")"
say "the same command went on: exit code 0, $ran trials trained, $(value failed "$work/killed-2.log") failed"
[ "$(value failed "$work/killed-2.log")" = "$(value failed "$work/undisturbed.log")" ] || fail "trials failed"
if [ "$(value stopped "$work/undisturbed.log")" = 0 ]; then
  [ "$ran" = "$left" ] || fail "$left trials were left, $ran were trained"
else
  # From rung to rung each counts again, but what was done is not done again.
  all="$(value ran "$work/undisturbed.log")"
  [ "$ran" -lt $((all * 2 / 3)) ] || fail "$ran of $all were trained again, with two thirds done before"
fi

for table in trials epochs comparison; do
  for kind in csv parquet; do
    file="$name/$table.$kind"
    cmp "$work/undisturbed/$file" "$work/killed/$file" || fail "$file differs"
    say "$table.$kind: same $(stat -c %s "$work/killed/$file") bytes, $(sha256sum "$work/killed/$file" | cut -c 1-16)"
  done
done
say "rows of trials.csv: $(($(wc -l <"$work/killed/$name/trials.csv") - 1))"
