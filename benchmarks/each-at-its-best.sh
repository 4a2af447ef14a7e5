#!/usr/bin/env bash
# Answers the questions of docs/study/each-at-its-best.md: searches for each arm's best constants, compares them, and
# writes the page's tables and pictures. Trials that RESULTS has already are not trained again.
#
#   benchmarks/each-at-its-best.sh SHARDS RESULTS [MODEL...]
#
#   SHARDS    prepared NETtalk, split by letters
#   RESULTS   folder of the results; the comparisons' configurations are left there, too
#   MODEL     snn, rbm or mlp alone (default: all)
#
# Folders as seen from the repository's root: the commands are noted in the tables as they are given.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -ge 2 ] || { sed -n '2,12p' "benchmarks/${BASH_SOURCE[0]##*/}" >&2; exit 2; }
# shellcheck source=benchmarks/study-page.sh
. benchmarks/study-page.sh
shards="$1" results="$2"
shift 2
[ $# -gt 0 ] || set -- snn rbm mlp

answer() { # model, arms and their rules
  local model="$1" searches=() arm name="nettalk-best-$1"
  shift
  for arm in "$@"; do
    bin/sbp sweep --config "conf/study/$name.conf" --data "$shards" --output "$results" --resume \
      --set "sweep.name=$name-${arm%=*}" --set "sweep.arms.${arm%=*}.rule=${arm#*=}"
    searches+=("$name-${arm%=*}")
  done
  bin/sbp best --results "$results" --sweep "$(IFS=, && echo "${searches[*]}")" --compare "$results/$name.conf"
  bin/sbp sweep --config "$results/$name.conf" --data "$shards" --output "$results" --resume \
    --set sweep.seeds=[1,2,3,4,5,6,7,8,9,10] --set data.validation=0.0 \
    --set sweep.statistics.family=each-at-its-best --set sweep.statistics.tests=7
  take_over "$results" "${searches[@]}" "$name"
  cp "$results/$name.conf" "$page/results/$name/"
}

for model in "$@"; do
  case "$model" in
    snn) answer snn without=symmetric-stdp with=sbp ablation=postsynaptic-stdp ;;
    rbm) answer rbm without=plain with=sbp ;;
    mlp) answer mlp without=bp with=sbp ablation=sbp-steps-only ;;
    *) echo "no model of the study: $model; there are snn, rbm and mlp" >&2; exit 2 ;;
  esac
done

draw each-at-its-best nettalk-best-snn nettalk-best-rbm nettalk-best-mlp
fill each-at-its-best.md
