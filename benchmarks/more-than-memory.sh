#!/usr/bin/env bash
# Trains on more and more samples with a heap of one size for two workers, and shows how much of the heap
# was reachable at most, and how fast the first epoch was, reading the samples included.
#
#   benchmarks/more-than-memory.sh SHARDS [OUTPUT]
#
#   SHARDS    prepared data of at least the largest size
#             (sbp generate mnist --to raw/large --samples 2333334; sbp prepare mnist --input raw/large --output SHARDS)
#   OUTPUT    empty folder for table and picture (default: a temporary one; the table is printed anyway)
#   CONFIG    settings of the run (default: conf/mnist.conf of this tree)
#   SIZES     samples (default: "125000 250000 500000 1000000 2000000")
#   SBP_HEAP  heap of driver and workers together (default 1g)
#   SBP       another start script (default: bin/sbp of this tree)
#   JFREECHART  its jar, for the picture (default: that of the distribution)
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
shards="$(realpath "${1:?more-than-memory.sh: give a folder of prepared data}")"
output="${2:-$(mktemp -d)}"
mkdir -p "$output"
output="$(realpath "$output")"
if [ -n "$(ls -A "$output")" ]; then
  echo "more-than-memory.sh: $output is not empty" >&2
  exit 2
fi
sbp="${SBP:-$root/bin/sbp}"
export SBP_HEAP="${SBP_HEAP:-1g}"
runs="$(mktemp -d)"
run=""
trap '[ -z "$run" ] || kill "$run" 2>/dev/null || true; rm -rf "$runs"' EXIT

# What is reachable: collections of all of the heap, one every few seconds, are asked for from outside.
peak() { # log of collections
  sed -n 's/.*Pause Full.* [0-9]*M->\([0-9]*\)M(.*/\1/p' "$1" | sort -n | tail -1
}

field() { # name, line of metrics
  sed -n 's/.*"'"$1"'":\([0-9.E]*\).*/\1/p' <<<"$2"
}

printf 'samples\theap_mb\tsamples_per_second\tseconds\n' | tee "$output/more-than-memory.tsv"
for size in ${SIZES:-125000 250000 500000 1000000 2000000}; do
  log="$runs/gc-$size.log"
  JDK_JAVA_OPTIONS="-Xlog:gc:file=$log" "$sbp" train --config "${CONFIG:-$root/conf/mnist.conf}" \
    --data "$shards" --output "$runs/run-$size" --master 'local[2]' --set training.workers=2 \
    --set training.epochs=1 --set "training.limit=$size" --set evaluation.limit=10000 \
    --set checkpoint.every=0 >"$runs/out-$size" 2>&1 &
  run=$!
  while sleep 2 && kill -0 "$run" 2>/dev/null; do
    jcmd "$run" GC.run >/dev/null 2>&1 || true
  done
  wait "$run" || { cat "$runs/out-$size" >&2; exit 1; }
  metrics="$(tail -1 "$runs/run-$size/metrics.jsonl")"
  run=""
  seconds="$(field trainingSeconds "$metrics")"
  rate="$(awk -v n="$size" -v s="$seconds" 'BEGIN { printf "%.0f", n / s }')"
  printf '%s\t%s\t%s\t%s\n' "$size" "$(peak "$log")" "$rate" "$seconds" | tee -a "$output/more-than-memory.tsv"
done

jar="${JFREECHART:-$(find "$root/distribution/target/spark-sbp/app" -name 'jfreechart-*.jar' 2>/dev/null | head -1)}"
if [ -n "$jar" ]; then
  java -Djava.awt.headless=true -cp "$jar" "$root/benchmarks/HeapPlot.java" \
    "$output/more-than-memory.tsv" "$output/heap-by-samples.png" "${SBP_HEAP}"
fi
