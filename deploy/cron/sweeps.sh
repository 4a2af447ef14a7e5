#!/usr/bin/env bash
# Runs the sweeps of a schedule from raw files to the report's page, from nothing but an absolute path:
# cron sets neither JAVA_HOME nor a useful PATH. Called again it goes on, or finds all done.
#
#   sweeps.sh [--settings FILE] [RUN_ID]
#
# RUN_ID names the interval and defaults to today (UTC); give an earlier one to catch up. The settings
# are those of sweeps.conf beside this script. What is said goes to a log file a run, and to the
# standard output only what went wrong, which cron sends by mail. Exit codes: docs/orchestration.md.
set -uo pipefail

say() { echo "sweeps: $1"; }
fail() {
  say "$1"
  exit 2
}

here="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
settings="$here/sweeps.conf"
if [ "${1:-}" = --settings ]; then
  [ $# -ge 2 ] || fail "Invalid --settings: name a file"
  settings="$2"
  shift 2
fi
[ -r "$settings" ] || fail "Cannot read settings $settings: there is no such file to be read"
set -a # also for the program: SBP_HEAP, SBP_CACHE, SPARK_HOME
# shellcheck source=/dev/null
. "$settings" || fail "Invalid settings $settings: see above"
set +a

run_id="${1:-$(date -u +%Y-%m-%d)}"
home="${SBP_HOME:-$(cd -P "$here/../.." && pwd)}"
sbp="$home/bin/sbp"
[ -x "$sbp" ] || fail "Cannot start $sbp: set SBP_HOME in $settings"
[ -n "${SBP_STORE:-}" ] || fail "Invalid settings $settings: SBP_STORE names no folder"
[ -n "${SBP_SWEEPS:-}" ] || fail "Invalid settings $settings: SBP_SWEEPS names no sweep"

if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null; then
  for java in /usr/lib/jvm/*17*/bin/java /opt/java/*/bin/java /opt/*jdk*17*/bin/java; do
    [ -x "$java" ] && JAVA_HOME="${java%/bin/java}" && export JAVA_HOME && break
  done
fi

logs="${SBP_LOGS:-$home/logs}"
mkdir -p "$logs" || fail "Cannot write logs to $logs: set SBP_LOGS in $settings"
log="$logs/sweeps-${run_id//[^A-Za-z0-9._-]/-}.log"

child=""
stopped=""
stop() {
  stopped=1
  # Once: a second signal would end the program without a checkpoint.
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
trap stop TERM INT HUP

# Waits for the process in the background, which a signal to this one interrupts.
await() {
  local code=0
  wait "$child" || code=$?
  while kill -0 "$child" 2>/dev/null; do
    code=0
    wait "$child" || code=$?
  done
  child=""
  return "$code"
}

# Runs one command until it is done, or trying again is of no use.
run() {
  local attempt=1 code
  while :; do
    echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) sbp $*" >>"$log"
    "$sbp" "$@" </dev/null >>"$log" 2>&1 &
    child=$!
    code=0
    await || code=$?
    [ "$code" != 0 ] || return 0
    echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) ended with exit code $code" >>"$log"
    case "$code" in
      130 | 143) say "stopped in 'sbp $1'; the same call goes on, see $log" ;;
      5) say "another process is at it, see $log" ;;
      2 | 3 | 4) say "'sbp $1' ended with exit code $code and would again, see $log" ;;
      *)
        if [ -z "$stopped" ] && [ "$attempt" -lt "${SBP_ATTEMPTS:-3}" ]; then
          attempt=$((attempt + 1))
          # Longer than it takes until what a killed process on another machine held is passed over.
          sleep "${SBP_RETRY_SECONDS:-90}" &
          child=$!
          await
          continue
        fi
        say "'sbp $1' ended with exit code $code, see $log"
        ;;
    esac
    tail -n 3 "$log"
    exit "$code"
  done
}

read -ra options <<<"${SBP_OPTIONS:-}"
read -ra sweeps <<<"$SBP_SWEEPS"
results="$SBP_STORE/results/{run-id}"
for sweep in "${sweeps[@]}"; do
  task="${sweep%%=*}"
  file="${sweep#*=}"
  case "$file" in
    /* | *:/*) ;;
    *) file="$home/$file" ;;
  esac
  raw="$SBP_STORE/raw/$task"
  shards="$SBP_STORE/shards/$task"
  case "${SBP_RAW:-fetch}" in
    fetch) run fetch "$task" --to "$raw" ;;
    generate) run generate "$task" --to "$raw" --samples "${SBP_SAMPLES:-1000}" ;;
    present) ;; # others put the raw files there; preparing checks them
    *) fail "Invalid SBP_RAW $SBP_RAW: must be fetch, generate or present" ;;
  esac
  run prepare "$task" --input "$raw" --output "$shards" ${options[@]+"${options[@]}"}
  run sweep --config "$file" --data "$shards" --output "$results" --run-id "$run_id" \
    ${options[@]+"${options[@]}"}
done
run report --results "$results" --output "$SBP_STORE/reports/{run-id}" --run-id "$run_id"
