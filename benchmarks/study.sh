#!/usr/bin/env bash
# Runs sweeps of docs/study, takes their tables over into docs/study/results, and makes the page's tables and pictures
# of all sweeps that are there. Trials that RESULTS has already are not trained again.
#
#   benchmarks/study.sh SHARDS RESULTS [SWEEP...]
#
#   SHARDS    prepared data: mnist, nettalk, nettalk-words (split by words) and dvsgesture-within-clip
#   RESULTS   folder of the results
#   SWEEP     run these alone, nettalk-snn say (default: all); none: make tables and pictures alone
#
# Folders as seen from the repository's root: the commands are noted in the tables as they are given.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -ge 2 ] || { sed -n '2,12p' "benchmarks/${BASH_SOURCE[0]##*/}" >&2; exit 2; }
# shellcheck source=benchmarks/study-page.sh
. benchmarks/study-page.sh
shards="$1" results="$2"
shift 2
arms=(nettalk-snn nettalk-rbm nettalk-mlp words-snn words-rbm words-mlp mnist-snn mnist-rbm mnist-mlp dvsgesture-snn dvsgesture-rbm dvsgesture-mlp)
constants=(mnist-snn-fraction mnist-snn-depth mnist-rbm-steps)
all=("${arms[@]}" "${constants[@]}")
[ $# -gt 0 ] || set -- "${all[@]}"

sweep() { # its name
  local data config="$1" settings=()
  case "$1" in
    nettalk-*) data=nettalk ;;
    words-*) data=nettalk-words config="nettalk-${1#words-}" settings=("sweep.name=$1") ;;
    mnist-rbm) data=mnist settings=(training.epochs=30) ;;
    mnist-mlp) data=mnist settings=(training.epochs=30 "sweep.seeds=[1,2,3]") ;;
    mnist-snn-depth) data=mnist settings=(training.epochs=3 "sweep.seeds=[1,2]" "sweep.space.network.hidden=[[500],[500,500],[500,500,500]]") ;;
    mnist-snn-fraction | mnist-rbm-steps) data=mnist settings=(training.epochs=10 "sweep.seeds=[1,2,3]") ;;
    mnist-*) data=mnist ;;
    dvsgesture-*) data=dvsgesture-within-clip ;;
    *) echo "no sweep of the study: $1; there are ${all[*]}" >&2; exit 2 ;;
  esac
  # Frames, not clips: inputs and batches are those of frames.
  case "$1" in
    dvsgesture-rbm) settings=(rbm.input=rate training.batch=20) ;;
    dvsgesture-mlp) settings=(spiking-mlp.learning-rate=1e-3) ;;
  esac
  bin/sbp sweep --config "conf/study/$config.conf" --data "$shards/$data" --output "$results" --resume \
    "${settings[@]/#/--set=}"
  take_over "$results" "$1"
}

[ "$*" = none ] || for name in "$@"; do sweep "$name"; done

draw report "${arms[@]}"
draw constants "${constants[@]}"
# Of these the page shows errors by what varies.
find "$page/constants" -type f ! -name '*-curve-error.*' ! -name '*-map-error.*' -delete
fill README.md
