# shellcheck shell=bash
# What the study's scripts have in common; read by them in the repository's root.

page=docs/study

# RESULTS SWEEP...: takes the tables of sweeps over into the study's folder.
take_over() {
  local results="$1" name
  shift
  for name in "$@"; do
    mkdir -p "$page/results/$name"
    cp "$results/$name"/{trials,epochs,comparison,trial-times,epoch-times}.{csv,parquet} "$results/$name/sweep.json" \
      "$page/results/$name/"
  done
}

# FOLDER SWEEP...: writes tables and pictures of those sweeps that were taken over.
draw() {
  local folder="$1" name there=()
  shift
  for name in "$@"; do
    [ ! -f "$page/results/$name/trials.parquet" ] || there+=("$name")
  done
  rm -rf "${page:?}/$folder"
  bin/sbp report --results "$page/results" --sweep "$(IFS=, && echo "${there[*]}")" --output "$page/$folder"
  # Its pictures and tables are there one by one.
  rm "$page/$folder/report.html"
}

# TEXT: writes tables between <!-- FILE: begin --> and <!-- FILE: end --> into a text.
fill() {
  awk -v folder="$page/" '
    / begin -->$/ { print; print ""; file = folder $2; sub(/:$/, "", file)
                    while ((getline line < file) > 0) print line; close(file); print ""; skip = 1 }
    / end -->$/ { skip = 0 }
    !skip { print }
  ' "$page/$1" > "$page/$1.new"
  mv "$page/$1.new" "$page/$1"
}
