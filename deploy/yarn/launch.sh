# shellcheck shell=bash disable=SC2154
# How bin/sbp starts a command on YARN: sourced by it, for --master yarn, with all that it has found out.
#
# In client mode the driver runs here. In cluster mode it runs in YARN's application master on a node,
# which has nothing of this machine but what is sent along: configuration files by the names that
# --config gives, and the settings of the log.

# The program's exit codes end an application; YARN alone would tell spark-submit no more than "failed".
exit_code_told() { # file of what spark-submit has said
  sed -n 's/.*User application exited with \(status \)\{0,1\}\([0-9][0-9]*\).*/\2/p' "$1" | tail -n 1
}

# Prints a configuration file and those beside it that it includes, a line each.
with_included() { # file
  local included folder
  echo "$1"
  folder="$(dirname "$1")"
  while IFS= read -r included; do
    [ -f "$folder/$included" ] || included="$included.conf"
    [ -f "$folder/$included" ] && with_included "$folder/$included"
  done < <(sed -n 's/^[[:space:]]*include[[:space:]][^"]*"\([^"/]*\)".*/\1/p; s/^[[:space:]]*include[[:space:]]*"\([^"/]*\)".*/\1/p' "$1" | sort -u)
  return 0
}

# Files of this machine that a driver elsewhere needs, a line each.
files_of_command() { # arguments...
  local argument previous=""
  for argument in "$@"; do
    case "$argument" in
      --config=*) argument="${argument#--config=}"; previous=--config ;;
      --gpus=*) echo "$home/deploy/gpu/discover.sh" ;;
    esac
    case "$previous" in
      --config) [ ! -f "$argument" ] || with_included "$argument" ;;
      --gpus) echo "$home/deploy/gpu/discover.sh" ;;
    esac
    previous="$argument"
  done | awk '!seen[$0]++'
}

# Whether the file of Spark's settings that holds has one: what is added here would count before it.
is_in_properties() { # key
  local file="${SPARK_CONF_DIR:-${SPARK_HOME:-$home/spark}/conf}/spark-defaults.conf" word previous=""
  for word in ${spark_options[@]+"${spark_options[@]}"}; do
    [ "$previous" != --properties-file ] || file="$word"
    previous="$word"
  done
  [ -f "$file" ] && grep -q "^[[:space:]]*$1[[:space:]=:]" "$file"
}

launch_on_yarn() { # arguments of the program...
  submit+=(--class org.sparksbp.cli.Sbp)
  [ -z "${SBP_HEAP:-}" ] || submit+=(--driver-memory "$SBP_HEAP")
  if [ -n "${SBP_YARN_ARCHIVE:-}" ]; then
    submit+=(--conf "spark.yarn.archive=$SBP_YARN_ARCHIVE")
  elif [ "${SBP_SHARED:-}" = 1 ]; then
    submit+=(--conf "spark.executor.extraClassPath=$home/app/*")
  else
    submit+=(--jars "$jars")
  fi
  if [ "$deploy_mode" != cluster ]; then
    submit+=(--driver-class-path "$home/app/*" --driver-java-options "$driver_options"
      ${spark_options[@]+"${spark_options[@]}"})
    exec "${submit[@]}" "$main" "$@"
  fi
  launch_in_cluster_mode "$@"
}

launch_in_cluster_mode() { # arguments of the program...
  local files="$logging#sbp-log4j2.properties" file code said child copier
  while IFS= read -r file; do
    [ -z "$file" ] || files="$files,$file"
    [ "$file" != "$home/deploy/gpu/discover.sh" ] \
      || submit+=(--conf spark.executor.resource.gpu.discoveryScript=./discover.sh)
  done < <(files_of_command "$@")
  [ "${SBP_SHARED:-}" != 1 ] || submit+=(--driver-class-path "$home/app/*")
  # A command that has failed fails again. What YARN has lost itself, with a node say, it does not count
  # and starts again anyway.
  is_in_properties spark.yarn.maxAppAttempts || submit+=(--conf "spark.yarn.maxAppAttempts=1")
  submit+=(--files "$files"
    --driver-java-options "-Dlog4j2.configurationFile=sbp-log4j2.properties --add-modules=jdk.incubator.vector"
    --conf "spark.yarn.appMasterEnv.OMP_NUM_THREADS=1"
    --conf "spark.yarn.appMasterEnv.OPENBLAS_NUM_THREADS=1"
    ${spark_options[@]+"${spark_options[@]}"})

  export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} -Dlog4j2.configurationFile=file://${home// /%20}/conf/log4j2-submit.properties"
  said="$(mktemp)" || fail "Cannot make a temporary file: see TMPDIR"
  exec 3> >(tee "$said" >&2)
  copier=$!
  "${submit[@]}" "$main" "$@" 2>&3 3>&- &
  child=$!
  exec 3>&-
  # What stops this script stops spark-submit; the application runs on, as YARN's do.
  trap 'kill -TERM "$child" 2>/dev/null' TERM INT HUP
  code=0
  wait "$child" || code=$?
  while kill -0 "$child" 2>/dev/null; do wait "$child" || code=$?; done
  wait "$copier" 2>/dev/null || true
  [ "$code" != 1 ] || code="$(exit_code_told "$said")"
  rm -f "$said"
  exit "${code:-1}"
}
