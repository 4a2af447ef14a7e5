#!/usr/bin/env bash
# Starts a Spark standalone cluster from the bundled jars: one master and N workers on this machine.
#
#   start.sh [--workers N] [--cores N] [--memory M] [--host ADDRESS] [--port P] [--webui-port P] [--run DIR]
#
# Defaults: 2 workers of 1 core and 1500m each, on the loopback address, master port 7077, web page of the
# master on 8080. Port 0 takes a free port, which master.url in the run folder names. Process ids, logs and
# work folders go to the run folder (default ./spark-standalone).
#
# The machine's graphics cards are dealt to the workers, each to one, if deploy/gpu/discover.sh finds some;
# SBP_GPU_DISCOVERY=SCRIPT takes another discovery script, SBP_GPU_DISCOVERY=none deals none.
set -euo pipefail
# shellcheck source=deploy/standalone/cluster.sh
. "$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)/cluster.sh"

workers=2 cores=1 memory=1500m host=127.0.0.1 port=7077 webui=8080
while [ $# -gt 0 ]; do
  case "$1" in
    --workers) workers="${2:?--workers needs a number}"; shift 2 ;;
    --cores) cores="${2:?--cores needs a number}"; shift 2 ;;
    --memory) memory="${2:?--memory needs a size, 1500m say}"; shift 2 ;;
    --host) host="${2:?--host needs an address}"; shift 2 ;;
    --port) port="${2:?--port needs a number}"; shift 2 ;;
    --webui-port) webui="${2:?--webui-port needs a number}"; shift 2 ;;
    --run) run="${2:?--run needs a folder}"; shift 2 ;;
    --help | -h) usage "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "start.sh: unknown option $1, see start.sh --help" >&2; exit 2 ;;
  esac
done

mkdir -p "$run"
run="$(cd "$run" && pwd)"
for name in $(members); do
  if alive "$name"; then
    echo "start.sh: a cluster runs from $run already, stop it with stop.sh" >&2
    exit 1
  fi
done
rm -f "$run"/*.pid "$run"/*.resources.json "$run/master.url"

export SPARK_LOCAL_IP="$host" OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 SPARK_SCALA_VERSION=2.12
# Logs of master and workers are for whoever looks for a fault.
export SPARK_DAEMON_JAVA_OPTS="${SPARK_DAEMON_JAVA_OPTS:-} -Dlog4j2.configurationFile=file://${home// /%20}/conf/log4j2-verbose.properties"
export SPARK_DAEMON_MEMORY="${SPARK_DAEMON_MEMORY:-384m}"

# Prints the addresses of the machine's graphics cards, a line each. That there are none is usual, unless
# the user has named the script that is to find them.
graphics_cards() {
  local found
  case "${SBP_GPU_DISCOVERY-}" in
    none) return 0 ;;
    "") found="$("$here/../gpu/discover.sh" 2>/dev/null)" || return 0 ;;
    *) found="$("$SBP_GPU_DISCOVERY")" || return 1 ;;
  esac
  sed -n 's/.*"addresses" *: *\[\([^]]*\)].*/\1/p' <<<"$found" | tr -d '" ' | tr ',' '\n'
}

# Writes the file that tells Spark which cards are a worker's, and prints the worker's settings.
resources_of() { # number
  local own="" count=0 card
  for ((card = $1 - 1; card < ${#cards[@]}; card += workers)); do
    own="$own${own:+,}\"${cards[card]}\""
    count=$((count + 1))
  done
  [ "$count" -gt 0 ] || return 0
  printf '[{"id":{"componentName":"spark.worker","resourceName":"gpu"},"addresses":[%s]}]\n' "$own" \
    >"$run/worker-$1.resources.json"
  printf '%s "%s"' "-Dspark.worker.resource.gpu.amount=$count" \
    "-Dspark.worker.resourcesFile=$run/worker-$1.resources.json"
}

launch() { # name class arguments...
  local name="$1"
  shift
  nohup "$spark/bin/spark-class" "$@" >"$run/$name.log" 2>&1 </dev/null &
  echo $! >"$run/$name.pid"
}

await() { # name, pattern in its log
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    grep -q "$2" "$run/$1.log" 2>/dev/null && return 0
    # Just launched here, so the id is its own; on a busy machine it may still be this script's copy.
    if ! kill -0 "$(cat "$run/$1.pid")" 2>/dev/null; then
      echo "start.sh: the $1 ended, see $run/$1.log:" >&2
      tail -5 "$run/$1.log" >&2
      exit 1
    fi
    sleep 0.2
  done
  echo "start.sh: the $1 did not get ready in a minute, see $run/$1.log" >&2
  exit 1
}

found="$(graphics_cards)" || { echo "start.sh: SBP_GPU_DISCOVERY=$SBP_GPU_DISCOVERY found no graphics card" >&2; exit 1; }
cards=()
[ -z "$found" ] || mapfile -t cards <<<"$found"

url="spark://$host:$port"
launch master org.apache.spark.deploy.master.Master --host "$host" --port "$port" --webui-port "$webui"
await master "New state: ALIVE"
[ "$port" != 0 ] || url="$(sed -n 's|.*Starting Spark master at \(spark://[^ ]*\).*|\1|p' "$run/master.log" | head -1)"
echo "$url" >"$run/master.url"
worker_options="${SPARK_WORKER_OPTS:-}"
for ((number = 1; number <= workers; number++)); do
  SPARK_WORKER_OPTS="$worker_options $(resources_of "$number")" launch "worker-$number" org.apache.spark.deploy.worker.Worker --host "$host" --webui-port 0 \
    -c "$cores" -m "$memory" -d "$run/worker-$number" "$url"
done
for ((number = 1; number <= workers; number++)); do
  await "worker-$number" "Successfully registered with master"
done
echo "master $url, $workers workers with $cores cores and $memory each${cards:+, ${#cards[@]} graphics cards in all}, web page http://$host:$webui"
