# shellcheck shell=bash
# Shared by start.sh, stop.sh and status.sh.

here="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
run="${SBP_CLUSTER_RUN:-spark-standalone}"

# shellcheck source=deploy/script.sh
. "$here/../script.sh"
spark="$home/spark"
[ -d "$spark/jars" ] || fail "nothing is built, run: mvn -q -DskipTests package"

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

# Secrets of a cluster that is no more are of use to nobody.
forget_security() {
  rm -f "$run/secret" "$run/daemon.conf" "$run/spark.conf"
}

# Prints the secret of a file, or a new one.
secret_of() { # file or nothing
  local text
  if [ -n "$1" ]; then
    [ -r "$1" ] || fail "Invalid --secret $1: there is no such file to be read" 2
    [ -z "$(find -L "$1" -maxdepth 0 -perm /077)" ] \
      || fail "Invalid --secret $1: others can read it; run: chmod 600 '$1'" 2
    IFS= read -r text <"$1" || true
    [[ "$text" =~ ^[A-Za-z0-9+/=_-]{32,}$ ]] \
      || fail "Invalid --secret $1: must hold one line of 32 or more letters, digits and + / = _ -" 2
  else
    text="$(od -An -N32 -v -tx1 /dev/urandom | tr -d ' \n')"
  fi
  printf '%s' "$text"
}
