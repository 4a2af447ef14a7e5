# shellcheck shell=bash
# Shared by start.sh, stop.sh and status.sh.

here="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
run="${SBP_CLUSTER_RUN:-spark-standalone}"

# In the distribution the jars are two folders up, in the source tree they are in the built distribution.
home="$(cd -P "$here/../.." && pwd)"
[ -d "$home/spark/jars" ] || home="$home/distribution/target/spark-sbp"
spark="$home/spark"
if [ ! -d "$spark/jars" ]; then
  echo "$(basename "$0"): nothing is built, run: mvn -q -DskipTests package" >&2
  exit 1
fi

usage() { # script
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$1"
}

members() { # names of the processes started from the run folder, master first
  local file
  for file in "$run"/master.pid "$run"/worker-*.pid; do
    [ -f "$file" ] && basename "$file" .pid
  done
  return 0
}

# A process id may have been given to another program since: the command line must name the class.
alive() { # name
  local id class
  [ -f "$run/$1.pid" ] || return 1
  id="$(cat "$run/$1.pid")"
  class=worker.Worker
  [ "$1" = master ] && class=master.Master
  kill -0 "$id" 2>/dev/null || return 1
  case "$(ps -o args= -p "$id")" in
    *"deploy.$class"*) return 0 ;;
    *) return 1 ;;
  esac
}
