#!/usr/bin/env bash
# Entry point of the image. Spark on Kubernetes starts it with the word driver or executor and tells the rest
# in variables; with anything else it runs bin/sbp.
#
#   driver ARGUMENTS   spark-submit in client mode, at the address SPARK_DRIVER_BIND_ADDRESS
#   executor           an executor of the driver SPARK_DRIVER_URL
#   ARGUMENTS          sbp ARGUMENTS
#
# JVM options of an executor are in SPARK_JAVA_OPT_0, SPARK_JAVA_OPT_1 and so on; SPARK_CLASSPATH goes before
# Spark's jars, SPARK_CONF_DIR and HADOOP_CONF_DIR too, SPARK_EXTRA_CLASSPATH and SPARK_DIST_CLASSPATH behind them.
set -euo pipefail

# What was unpacked to a place of its own may be larger than the memory that a node gives to /tmp.
mkdir -p "${SBP_CACHE:=/tmp/spark-sbp}" 2>/dev/null || true
export SBP_CACHE
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}" OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"

# Asked for by Spark where it does not find a release file.
export SPARK_SCALA_VERSION=2.12

executor_options() { # the values of SPARK_JAVA_OPT_N by their numbers, each ended by NUL
  local number name
  # Names, not lines of env: a value may hold several lines.
  for number in $(compgen -v SPARK_JAVA_OPT_ | sed 's/^SPARK_JAVA_OPT_//' | grep -E '^[0-9]+$' | sort -n); do
    name="SPARK_JAVA_OPT_$number"
    printf '%s\0' "${!name}"
  done
}

command=()
case "${1:-}" in
  driver)
    shift
    # Spark copies the application's jar to where it begins: not to the user's volume.
    cd "$SBP_CACHE"
    address="${SPARK_DRIVER_BIND_ADDRESS:?is the address of the pod, which Spark sets}"
    command=("$SPARK_HOME/bin/spark-submit"
      --conf "spark.driver.bindAddress=$address"
      --conf "spark.executorEnv.SPARK_DRIVER_POD_IP=$address"
      --deploy-mode client "$@")
    ;;
  executor)
    shift
    options=()
    while IFS= read -r -d '' option; do
      options+=("$option")
    done < <(executor_options)
    classes="${SPARK_CLASSPATH:+$SPARK_CLASSPATH:}"
    classes="$classes${SPARK_CONF_DIR:+$SPARK_CONF_DIR:}${HADOOP_CONF_DIR:+$HADOOP_CONF_DIR:}$SPARK_HOME/jars/*"
    classes="$classes${SPARK_EXTRA_CLASSPATH:+:$SPARK_EXTRA_CLASSPATH}${SPARK_DIST_CLASSPATH:+:$SPARK_DIST_CLASSPATH}"
    command=("$JAVA_HOME/bin/java" ${options[@]+"${options[@]}"}
      "-Xms${SPARK_EXECUTOR_MEMORY:?is the heap, which Spark sets}" "-Xmx$SPARK_EXECUTOR_MEMORY"
      -cp "$classes" org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend
      --driver-url "$SPARK_DRIVER_URL"
      --executor-id "$SPARK_EXECUTOR_ID"
      --cores "$SPARK_EXECUTOR_CORES"
      --app-id "$SPARK_APPLICATION_ID"
      --hostname "$SPARK_EXECUTOR_POD_IP"
      --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID"
      --podName "$SPARK_EXECUTOR_POD_NAME")
    ;;
  *)
    # The bundled Spark is that of SPARK_HOME, which in local mode is not asked.
    unset SPARK_HOME
    command=(/opt/spark-sbp/bin/sbp "$@")
    ;;
esac

exec tini -s -- "${command[@]}"
