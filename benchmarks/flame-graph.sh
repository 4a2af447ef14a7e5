#!/usr/bin/env bash
# Records what a part of the benchmark spends its time on, and draws a flame graph.
#
#   benchmarks/flame-graph.sh PART FRAMES OUTPUT.html [OPTION...]
#
#   PART      of the benchmark: snn, spiking-mlp, rbm, bp-ann, workers, data
#   FRAMES    keep the samples with a frame like this (part of Class.method), for example
#             PlasticityLearner: leaves out the measurement of the machine's ceilings
#   OPTION    of sbp benchmark, for example --data shards/mnist
#
# The recording is beside OUTPUT.html, with the ending .jfr. It samples Java frames; a native product
# (OpenBLAS) counts for the frame that calls it. Needs Maven, for the converter of async-profiler.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
[ $# -ge 3 ] || { sed -n '2,13p' "${BASH_SOURCE[0]}" >&2; exit 2; }
part="$1" frames="$2" output="$3"
shift 3
recording="${output%.html}.jfr"
converter="$root/benchmarks/target/flame-graph/jfr-converter-4.2.jar"

if [ ! -f "$converter" ]; then
  (cd "$root" && mvn -q -B dependency:copy -Dartifact=tools.profiler:jfr-converter:4.2 \
    -DoutputDirectory="${converter%/*}")
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
JAVA_TOOL_OPTIONS="-XX:StartFlightRecording=filename=$recording,settings=profile" \
  "$root/bin/sbp" benchmark --quick --only "$part" --output "$work" "$@"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "$converter" --simple --norm --minwidth 0.3 \
  --title "sbp benchmark --only $part" --include ".*$frames.*" "$recording" "$output"
