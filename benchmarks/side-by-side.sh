#!/usr/bin/env bash
# Trains the same spiking multilayer perceptron (784-500-10, backpropagation through time, T 20, batch
# 100, Bernoulli input, one thread) with this software and with PyTorch, in alternation, and prints the
# ratio of samples per CPU second of each round, held against its target.
#
#   benchmarks/side-by-side.sh [RAW] [SHARDS]
#
#   RAW      folder of raw digits for PyTorch, and for ours if SHARDS is not given (default: both make
#            up digits of about the same density)
#   SHARDS   the same digits prepared, which saves time
#   PYTHON   a Python with PyTorch (default /usr/bin/python3, Debian's)
#   ROUNDS   default 3
#   SECONDS_EACH  CPU seconds of a repetition, default 2
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
python="${PYTHON:-/usr/bin/python3}"
rounds="${ROUNDS:-3}"
seconds="${SECONDS_EACH:-2}"

if ! "$python" -c 'import torch' 2>/dev/null; then
  echo "skipped: PyTorch is not installed for $python" \
    "(Debian: apt-get install --no-install-recommends python3-torch libopenblas0-pthread; or set PYTHON)"
  exit 0
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
ours=(benchmark --quick --only spiking-mlp --seconds "$seconds" --images 4000)
theirs=(--seconds "$seconds")
[ -n "${1:-}" ] && ours+=(--raw "$1") && theirs+=(--raw "$1")
[ -n "${2:-}" ] && ours+=(--data "$2")

for round in $(seq "$rounds"); do
  "$root/bin/sbp" "${ours[@]}" --output "$work/ours-$round" >/dev/null
  "$python" "$root/benchmarks/pytorch_spiking_mlp.py" "${theirs[@]}" >"$work/theirs-$round.json"
done

"$python" - "$work" "$rounds" <<'PYTHON_END'
import json, statistics, sys

folder, rounds = sys.argv[1], int(sys.argv[2])
target = 5  # of backpropagation on the kernels that are chosen, on every kind of processor
ratios = {}
for number in range(1, rounds + 1):
    theirs = json.load(open(f"{folder}/theirs-{number}.json"))["samplesPerSecond"]
    benchmark = json.load(open(f"{folder}/ours-{number}/benchmark.json"))
    judged = "bp, " + benchmark["machine"]["kernels"]
    for result in benchmark["results"]:
        if result["part"] == "spiking-mlp":
            name = result["name"].split(", ")[1] + ", " + result["variant"]
            ratios.setdefault(name, []).append((result["median"], theirs))
print(f"{'ours':<14} {'samples/s':>10} {'PyTorch bp':>11} {'ratio':>7}   target  reached  ratios of the rounds")
for name, pairs in ratios.items():
    each = [ours / theirs for ours, theirs in pairs]
    ratio = statistics.median(each)
    reached = ("yes" if ratio >= target else "no") if name == judged else ""
    print(
        f"{name:<14} {statistics.median(o for o, _ in pairs):>10,.0f}"
        f" {statistics.median(t for _, t in pairs):>11,.0f} {ratio:>7.2f}"
        f"   {target if name == judged else '':>6}  {reached:<7}  "
        + ", ".join(f"{one:.2f}" for one in each)
    )
PYTHON_END
