#!/usr/bin/env bash
# Measures what a round costs with 1 to 8 workers of one process and with executors on hosts of their own behind links
# of several speeds, fits the model of docs/scale.md to it, and writes what the model says of large clusters.
#
#   benchmarks/scale.sh SHARDS OUTPUT
#
#   SHARDS   prepared MNIST
#   OUTPUT   folder of the tables and pictures; what measurements.csv has there is not measured again
#   WORKERS  (default: "1 2 4 8"), BATCHES between two averagings (default: "1 4 16"), EPOCHS (default: 12)
#   LENGTHS  batches of an epoch (default: "48 192"; with more workers than MNIST has samples for, only the first)
#   TRANSPORTS  of workers in one process (default: "direct spark-jobs")
#   WAYS     (default: "process hosts")
#   MESSAGE  seconds of processor time that a message between two executors takes, beside its bytes (default: 0, not
#            measured here but by LargeExchangeTest, see docs/scale.md)
#   LINKS    Mbit/s that a host sends at most (default: "1000 300 100"), HOSTS (default: "2 4")
#
# Hosts are network namespaces of this machine, which takes root, ip and tc; without them only one process is
# measured. Leave the machine alone meanwhile.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
shards="$(realpath "${1:?scale.sh: give a folder of prepared MNIST}")"
output="$(realpath -m "${2:?scale.sh: give a folder for the output}")"
home="$root/distribution/target/spark-sbp"
table="$output/measurements.csv"
epochs="${EPOCHS:-12}" batch=50 cores="$(nproc)" # before OMP_NUM_THREADS, which it would tell
runs="$(mktemp -d)"
prefix="sbp$$-"
export OMP_NUM_THREADS=1 SBP_SHARED=1
mkdir -p "$output"

# By their ids, every process on the hosts, then the hosts.
end() {
  local space
  for space in $(ip netns list 2>/dev/null | awk -v p="$prefix" 'index($1, p) == 1 { print $1 }'); do
    # shellcheck disable=SC2046
    kill -9 $(ip netns pids "$space") 2>/dev/null || true
    ip netns delete "$space"
  done
  rm -rf "$runs"
}
trap end EXIT
trap 'exit 143' TERM INT

# WAY TRANSPORT WORKERS EXECUTORS LINK BATCHES OPTIONS...: epochs of each length.
measure() {
  local length
  for length in ${LENGTHS:-48 192}; do
    [ $((length * batch * $3)) -gt 48000 ] || measure_epochs "$length" "$@"
  done
}

# LENGTH and the same: trains, and adds a line for the second half of the epochs, whose code is warm.
measure_epochs() {
  local length="$1" way="$2" transport="$3" workers="$4" executors="$5" link="$6" every="$7" rounds limit seconds
  shift 7
  rounds=$((length / every))
  ! grep -q "^$way,$transport,$workers,$cores,$executors,$link,$every,$rounds," "$table" || return 0
  local at=("$home/bin/sbp")
  [ "$way" = process ] || at=(ip netns exec "${prefix}1" env SPARK_LOCAL_IP=10.98.0.1 "$home/bin/sbp")
  limit=$((rounds * every * batch * workers))
  rm -rf "$runs/run"
  "${at[@]}" train --config "$root/conf/mnist.conf" --data "$shards" --output "$runs/run" \
    --set "training.workers=$workers" --set "training.epochs=$epochs" --set "training.limit=$limit" \
    --set "training.batch=$batch" --set "averaging.every=$every" --set "averaging.transport=$transport" \
    --set data.validation=0 --set evaluation.limit=100 --set checkpoint.every=0 \
    --set training.early-stopping.patience=0 "$@" >"$runs/log" 2>&1 || { cat "$runs/log" >&2; exit 1; }
  seconds="$(sed -n "$((epochs / 2 + 1))"',$s/.*"trainingSeconds":\([0-9.E-]*\).*/\1/p' "$runs/run/metrics.jsonl" | sort -g \
    | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }')"
  echo "$way,$transport,$workers,$cores,$executors,$link,$every,$rounds,$seconds" | tee -a "$table"
}

one_process() {
  local workers every transport
  for workers in ${WORKERS:-1 2 4 8}; do
    for every in ${BATCHES:-1 4 16}; do
      for transport in ${TRANSPORTS:-direct spark-jobs}; do
        measure process "$transport" "$workers" 1 0 "$every" --master "local[$workers]"
      done
    done
  done
}

host() { # NUMBER: a network namespace with an address on the bridge
  local name="$prefix$1" cable="to-$1"
  ip netns add "$name"
  ip -n "${prefix}net" link add "$cable" type veth peer name eth0 netns "$name"
  ip -n "${prefix}net" link set "$cable" master bridge up
  ip -n "$name" address add "10.98.0.$1/24" dev eth0
  ip -n "$name" link set eth0 up
  ip -n "$name" link set lo up
}

on() { # NUMBER COMMAND...
  local name="$prefix$1"
  shift
  ip netns exec "$name" "$@"
}

# The master and whoever submits are on host 1; each of the others has a worker of one core.
hosts() {
  local most number link every executors
  most="$(tr ' ' '\n' <<<"${HOSTS:-2 4}" | sort -n | tail -1)"
  ip netns add "${prefix}net"
  ip -n "${prefix}net" link add name bridge type bridge
  ip -n "${prefix}net" link set bridge up
  host 1
  on 1 "$home/deploy/standalone/start.sh" --master-only --host 10.98.0.1 --run "$runs/master" >/dev/null
  for number in $(seq 2 $((most + 1))); do
    host "$number"
    on "$number" "$home/deploy/standalone/start.sh" --worker-of spark://10.98.0.1:7077 --host "10.98.0.$number" \
      --secret "$runs/master/secret" --workers 1 --cores 1 --memory 1g --run "$runs/worker-$number" >/dev/null
  done
  for link in ${LINKS:-1000 300 100}; do
    for number in $(seq 2 $((most + 1))); do
      on "$number" tc qdisc replace dev eth0 root tbf rate "${link}mbit" burst 256kb latency 100ms
    done
    for executors in ${HOSTS:-2 4}; do
      for every in ${BATCHES:-1 4 16}; do
        measure hosts direct "$executors" "$executors" "$link" "$every" \
          --properties-file "$runs/master/spark.conf" --conf "spark.cores.max=$executors" \
          --conf spark.executor.cores=1 --conf spark.executor.memory=600m
      done
    done
  done
}

[ -f "$table" ] || echo "way,transport,workers,cores,executors,link_mbit,batches,rounds,epoch_seconds" >"$table"
ways="${WAYS:-process hosts}"
[[ $ways != *process* ]] || one_process
if [[ $ways == *hosts* ]]; then
  if ip netns add "${prefix}try" 2>/dev/null && ip netns delete "${prefix}try" && command -v tc >/dev/null; then
    hosts
  else
    echo "scale.sh: no network namespaces here, only one process is measured" >&2
  fi
fi
java -Djava.awt.headless=true -cp "$root/benchmarks/target/classes:$home/app/*:$home/spark/jars/*" \
  org.sparksbp.scale.ScaleReport "$output" "${MESSAGE:-0}"
