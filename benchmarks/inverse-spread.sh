#!/usr/bin/env bash
# Answers the question of docs/study/inverse-spread.md: searches for each arm's best constants, compares them, and
# writes the page's tables and pictures. Trials that RESULTS has already are not trained again.
#
#   benchmarks/inverse-spread.sh SHARDS RESULTS
#
#   SHARDS    prepared MNIST
#   RESULTS   folder of the results; the comparison's configuration is left there, too
#
# Both as seen from the repository's root: the commands are noted in the tables as they are given.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -eq 2 ] || { sed -n '2,11p' "benchmarks/${BASH_SOURCE[0]##*/}" >&2; exit 2; }
# shellcheck source=benchmarks/study-page.sh
. benchmarks/study-page.sh
shards="$1" results="$2" name=mnist-inverse-spread

for arm in postsynaptic inverse; do
  bin/sbp sweep --config "conf/study/$name-search-$arm.conf" --data "$shards" --output "$results" --resume
done
bin/sbp best --results "$results" --sweep "$name-search-postsynaptic,$name-search-inverse" --compare "$results/$name.conf"
bin/sbp sweep --config "$results/$name.conf" --data "$shards" --output "$results" --resume \
  --set sweep.seeds=[1,2,3,4,5,6,7,8,9,10] --set data.validation=0.0
take_over "$results" "$name-search-postsynaptic" "$name-search-inverse" "$name"
cp "$results/$name.conf" "$page/results/$name/"
draw inverse-spread "$name"
fill inverse-spread.md
