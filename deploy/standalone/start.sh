#!/usr/bin/env bash
# Starts a Spark standalone cluster from the bundled jars: one master and N workers on this machine, or a part
# of a cluster of several hosts.
#
#   start.sh [--workers N] [--cores N] [--memory M] [--host ADDRESS] [--port P] [--webui-port P] [--ports P]
#            [--master-only | --worker-of URL] [--secret FILE] [--no-security] [--run DIR]
#
# Defaults: 2 workers of 1 core and 1500m each, on the loopback address, master port 7077, web page of the
# master on 8080. Port 0 takes a free port, which master.url in the run folder names. Process ids, logs and
# work folders go to the run folder (default ./spark-standalone), which only its owner can enter.
#
# On several hosts: on the first one
#   start.sh --master-only --host A
# then, with a copy of the secret that this has put into its run folder, on each of the others
#   start.sh --worker-of spark://A:7077 --host B --workers 1 --secret FILE
# ADDRESS is the one of this machine that the other hosts, and those who submit, reach.
#
# Who connects to master, workers or executors must know the cluster's secret, and connections are encrypted
# (AES-GCM). The secret is made at each start of a master (--secret FILE takes one that is there). spark.conf
# in the run folder has it and all else that an application needs: bin/sbp --properties-file DIR/spark.conf,
# which bin/sbp takes by itself for the master of ./spark-standalone, or of SBP_CLUSTER_RUN.
# --no-security leaves all that out; no one else may then reach these machines.
#
# --ports P fixes the ports of all else for a firewall, P to P+139: docs/standalone.md has the table.
#
# The machine's graphics cards are dealt to the workers, each to one, if deploy/gpu/discover.sh finds some;
# SBP_GPU_DISCOVERY=SCRIPT takes another discovery script, SBP_GPU_DISCOVERY=none deals none.
set -euo pipefail
# shellcheck source=deploy/standalone/cluster.sh
. "$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)/cluster.sh"

workers=2 cores=1 memory=1500m host=127.0.0.1 port=7077 webui=8080 ports="" master="" secret_file="" secured=1
while [ $# -gt 0 ]; do
  case "$1" in
    --workers) workers="${2:?--workers needs a number}"; shift 2 ;;
    --cores) cores="${2:?--cores needs a number}"; shift 2 ;;
    --memory) memory="${2:?--memory needs a size, 1500m say}"; shift 2 ;;
    --host) host="${2:?--host needs an address}"; shift 2 ;;
    --port) port="${2:?--port needs a number}"; shift 2 ;;
    --webui-port) webui="${2:?--webui-port needs a number}"; shift 2 ;;
    --ports) ports="${2:?--ports needs a number}"; shift 2 ;;
    --master-only) workers=0; shift ;;
    --worker-of) master="${2:?--worker-of needs the URL of a master, spark://HOST:7077 say}"; shift 2 ;;
    --secret) secret_file="${2:?--secret needs a file}"; shift 2 ;;
    --no-security) secured=""; shift ;;
    --run) run="${2:?--run needs a folder}"; shift 2 ;;
    --help | -h) usage "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "start.sh: unknown option $1, see start.sh --help" >&2; exit 2 ;;
  esac
done

case "$master" in
  "" | spark://?*:?*) ;;
  *) fail "Invalid --worker-of $master: must be the URL of a master, spark://HOST:PORT" 2 ;;
esac
if [ -n "$master" ] && [ -n "$secured" ] && [ -z "$secret_file" ]; then
  fail "Invalid --worker-of $master: give --secret FILE, a copy of the file 'secret' in the run folder of that master, or --no-security if it has none" 2
fi

# What is written here, secrets above all, is for its owner alone. What applications write is their own affair.
usual="$(umask)"
umask 077
mkdir -p "$run"
run="$(cd "$run" && pwd)"
for name in $(members); do
  if alive "$name"; then
    echo "start.sh: a cluster runs from $run already, stop it with stop.sh" >&2
    exit 1
  fi
done
if [ -n "$secured" ]; then
  [ -z "$(find "$run" -maxdepth 0 -perm /077)" ] \
    || fail "Invalid --run $run: others can enter this folder, which holds the cluster's secret; name one that start.sh can make, or run: chmod 700 '$run'" 2
  secret="$(secret_of "$secret_file")"
fi
rm -f "$run"/*.pid "$run"/*.resources.json "$run/master.url"
forget_security

export SPARK_LOCAL_IP="$host" OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 SPARK_SCALA_VERSION=2.12
# Logs of master and workers are for whoever looks for a fault.
export SPARK_DAEMON_JAVA_OPTS="${SPARK_DAEMON_JAVA_OPTS:-} -Dlog4j2.configurationFile=file://${home// /%20}/conf/log4j2-verbose.properties"
export SPARK_DAEMON_MEMORY="${SPARK_DAEMON_MEMORY:-384m}"

# Prints the settings, one a line, that all processes of the cluster and its applications have in common. The
# secret goes through builtins of the shell only: arguments of programs are seen by all.
security() {
  [ -n "$secured" ] || return 0
  printf '%s\n' "spark.authenticate true" "spark.authenticate.secret $secret" \
    "spark.network.crypto.enabled true" "spark.network.crypto.saslFallback false" \
    "spark.network.crypto.authEngineVersion 2" "spark.network.crypto.cipher AES/GCM/NoPadding" \
    "spark.ui.killEnabled false"
}

# What an application needs to run here, as spark-submit's --properties-file.
application() { # URL of the master
  printf '%s\n' "# Written by start.sh for applications of this cluster." "spark.master $1" \
    "spark.driver.extraJavaOptions --add-modules=jdk.incubator.vector"
  case "$1" in
    spark://127.0.0.1:* | spark://localhost:*)
      printf '%s\n' "spark.driver.host 127.0.0.1" "spark.driver.bindAddress 127.0.0.1"
      ;;
  esac
  if [ -n "$ports" ]; then
    printf '%s\n' "spark.driver.port $((ports + 40))" "spark.driver.blockManager.port $((ports + 60))" \
      "spark.blockManager.port $((ports + 80))" "spark.sbp.averaging.port $((ports + 100))" \
      "spark.ui.port $((ports + 120))" "spark.port.maxRetries 19"
  fi
  security
}

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
  : >"$run/$name.log"
  (umask "$usual" && exec nohup "$spark/bin/spark-class" "$@" >>"$run/$name.log" 2>&1 </dev/null) &
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

[ -z "$secured" ] || printf '%s\n' "$secret" >"$run/secret"
security >"$run/daemon.conf"
url="$master"
if [ -z "$url" ]; then
  launch master org.apache.spark.deploy.master.Master --host "$host" --port "$port" --webui-port "$webui" \
    --properties-file "$run/daemon.conf"
  await master "New state: ALIVE"
  url="spark://$host:$port"
  [ "$port" != 0 ] || url="$(sed -n 's|.*Starting Spark master at \(spark://[^ ]*\).*|\1|p' "$run/master.log" | head -1)"
fi
echo "$url" >"$run/master.url"
application "$url" >"$run/spark.conf"
worker_options="${SPARK_WORKER_OPTS:-}"
for ((number = 1; number <= workers; number++)); do
  own_ports=(--webui-port 0)
  [ -z "$ports" ] || own_ports=(--port "$((ports + number - 1))" --webui-port "$((ports + 20 + number - 1))")
  SPARK_WORKER_OPTS="$worker_options $(resources_of "$number")" launch "worker-$number" org.apache.spark.deploy.worker.Worker \
    --host "$host" "${own_ports[@]}" --properties-file "$run/daemon.conf" \
    -c "$cores" -m "$memory" -d "$run/worker-$number" "$url"
done
for ((number = 1; number <= workers; number++)); do
  await "worker-$number" "Successfully registered with master"
done
told="master $url"
[ "$workers" = 0 ] || told="$told, $workers workers with $cores cores and $memory each${cards:+, ${#cards[@]} graphics cards in all}"
[ -n "$master" ] || told="$told, web page http://$host:$webui"
[ -n "$secured" ] || told="$told, NOT SECURED"
echo "$told"
echo "applications: bin/sbp COMMAND --master $url --properties-file $run/spark.conf"
