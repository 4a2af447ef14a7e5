#!/usr/bin/env bash
# Runs the sweeps of docs/study, reports on them, and takes pictures and tables over into that folder.
# Trials that RESULTS has already are not trained again.
#
#   benchmarks/study.sh SHARDS RESULTS
#
#   SHARDS    prepared data: mnist, nettalk and dvsgesture-within-clip
#   RESULTS   folder of the results
#
# Both as seen from the repository's root: the commands are noted in the tables as they are given.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -eq 2 ] || { sed -n '2,10p' "benchmarks/${BASH_SOURCE[0]##*/}" >&2; exit 2; }
shards="$1" results="$2" page=docs/study

sweep() { # configuration, data, settings
  local configuration="$1" data="$2" options=()
  shift 2
  for setting in "$@"; do options+=(--set "$setting"); done
  bin/sbp sweep --config "conf/study/$configuration.conf" --data "$shards/$data" \
    --output "$results" --resume "${options[@]}"
}

sweep nettalk-snn nettalk
sweep nettalk-rbm nettalk
sweep nettalk-mlp nettalk
sweep mnist-snn mnist "sweep.seeds=[1,2,3]" training.epochs=30
sweep mnist-rbm mnist "sweep.seeds=[1,2,3]" training.epochs=30
# Frames, not clips: inputs and batches are those of frames.
sweep dvsgesture-snn dvsgesture-within-clip
sweep dvsgesture-rbm dvsgesture-within-clip rbm.input=rate training.batch=20
sweep dvsgesture-mlp dvsgesture-within-clip spiking-mlp.learning-rate=1e-3

bin/sbp report --results "$results" --output "$page/report"
# Its pictures and tables are there one by one; activities are tables of thousands of numbers.
rm "$page/report/report.html" "$page"/report/tables/*-activities*.csv
for folder in "$results"/*/; do
  name="$(basename "$folder")"
  if [ -f "$folder/comparison.csv" ]; then
    mkdir -p "$page/results/$name"
    cp "$folder"/{trials,epochs,comparison}.csv "$page/results/$name/"
  fi
done

# Tables stand in the page between <!-- FILE: begin --> and <!-- FILE: end -->.
awk -v folder="$page/" '
  / begin -->$/ { print; print ""; file = folder $2; sub(/:$/, "", file)
                  while ((getline line < file) > 0) print line; close(file); print ""; skip = 1 }
  / end -->$/ { skip = 0 }
  !skip { print }
' "$page/README.md" > "$page/README.md.new"
mv "$page/README.md.new" "$page/README.md"
