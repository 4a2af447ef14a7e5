#!/usr/bin/env bash
# Answers the question of docs/study/inverse-spread.md: searches for each arm's best constants, and compares them.
# Trials that RESULTS has already are not trained again.
#
#   benchmarks/inverse-spread.sh SHARDS RESULTS
#
#   SHARDS    prepared MNIST
#   RESULTS   folder of the results; the comparison's configuration is left there, too
set -euo pipefail

[ $# -eq 2 ] || { sed -n '2,9p' "${BASH_SOURCE[0]}" >&2; exit 2; }
shards="$1" results="$2"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
sbp() { "$root/bin/sbp" "$@"; }

for arm in postsynaptic inverse; do
  sbp sweep --config "$root/conf/study/mnist-inverse-spread-search-$arm.conf" --data "$shards" --output "$results" --resume
done
sbp best --results "$results" --sweep mnist-inverse-spread-search-postsynaptic,mnist-inverse-spread-search-inverse \
  --compare "$results/mnist-inverse-spread.conf"
sbp sweep --config "$results/mnist-inverse-spread.conf" --data "$shards" --output "$results" --resume \
  --set sweep.seeds=[1,2,3,4,5,6,7,8,9,10] --set data.validation=0.0
