# shellcheck shell=bash
# Sourced by the scripts of deploy for what they have in common.

# The distribution: one folder up, or, in the source tree, the one that was built.
home="$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
[ -d "$home/app" ] || home="$home/distribution/target/spark-sbp"

usage() { # script, of which it prints the head
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$1"
}

fail() { # message, exit code
  echo "$(basename "$0"): $1" >&2
  exit "${2:-1}"
}
