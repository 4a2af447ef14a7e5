#!/usr/bin/env bash
# Runs a command of sbp on Kubernetes: its driver is a pod, its executors are others.
#
#   submit.sh --master k8s://https://HOST:PORT --image IMAGE [--namespace NAME] [--name NAME] [--gpus N]
#             [--conf KEY=VALUE ...] [--deploy-mode cluster|client] COMMAND ARGUMENTS...
#
#   --master       API server of the cluster (kubectl cluster-info tells it)
#   --image        image of deploy/docker, from a registry that the nodes reach; with --gpus that of Dockerfile.gpu
#   --namespace    where deploy/kubernetes was applied to (default: default)
#   --name         begins the pods' names (default: sbp-COMMAND)
#   --gpus         graphics cards of each executor
#   --conf         one of Spark's settings, before those of conf/spark/kubernetes.conf; any number of times
#   --deploy-mode  client: the driver is this process, in a pod with the image (default: cluster)
#   --wait         no: end when the driver was handed over (default: yes)
#
# All folders in ARGUMENTS are those that the pods see, such as /work/shards/mnist or s3a://bucket/shards.
# Ends with the exit code of the driver, or with 1 where nobody learnt it. Ending submit.sh does not end the driver:
# kubectl delete pod does, with a checkpoint.
set -euo pipefail

here="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=deploy/script.sh
. "$here/../script.sh"

master="" image="" namespace=default name="" gpus="" mode=cluster settings=()
while [ $# -gt 0 ]; do
  case "$1" in
    --master) master="${2:?--master needs an address}"; shift 2 ;;
    --image) image="${2:?--image needs a name}"; shift 2 ;;
    --namespace) namespace="${2:?--namespace needs a name}"; shift 2 ;;
    --name) name="${2:?--name needs a name}"; shift 2 ;;
    --gpus) gpus="${2:?--gpus needs a number}"; shift 2 ;;
    --conf) settings+=(--conf "${2:?--conf needs KEY=VALUE}"); shift 2 ;;
    --deploy-mode) mode="${2:?--deploy-mode needs client or cluster}"; shift 2 ;;
    --wait)
      case "${2:-}" in
        yes) ;;
        no) settings+=(--conf spark.kubernetes.submission.waitAppCompletion=false) ;;
        *) fail "Invalid --wait ${2:-}: must be yes or no" 2 ;;
      esac
      shift 2
      ;;
    --help | -h) usage "${BASH_SOURCE[0]}"; exit 0 ;;
    -*) fail "unknown option $1 before the command, see submit.sh --help" 2 ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || fail "Cannot submit: no command of sbp is given, see submit.sh --help" 2
case "$master" in
  k8s://*) ;;
  *) fail "Invalid --master ${master:-(none)}: must be k8s://https://HOST:PORT" 2 ;;
esac
[ -n "$image" ] || fail "Cannot submit: no --image is given; deploy/docker/build.sh builds one" 2
case "$mode" in client | cluster) ;; *) fail "Invalid --deploy-mode $mode: must be client or cluster" 2 ;; esac

submit="${SPARK_HOME:-$home/spark}/bin/spark-submit"
[ -x "$submit" ] || fail "Cannot submit: $submit is missing, set SPARK_HOME to a Spark 3.5 installation or unset it"

executor="$here/executor.yaml"
if [ -n "$gpus" ]; then
  executor="$here/executor-gpu.yaml"
  settings=(--conf "spark.executor.resource.gpu.amount=$gpus"
    --conf spark.executor.resource.gpu.vendor=nvidia.com
    --conf spark.executor.resource.gpu.discoveryScript=/opt/spark-sbp/deploy/gpu/discover.sh
    --conf spark.task.resource.gpu.amount=1 ${settings[@]+"${settings[@]}"})
fi

command=("$submit" --master "$master" --deploy-mode "$mode" --name "${name:-sbp-$1}"
  --properties-file "$home/conf/spark/kubernetes.conf"
  --conf "spark.kubernetes.namespace=$namespace"
  --conf "spark.kubernetes.container.image=$image"
  --conf "spark.kubernetes.driver.podTemplateFile=$here/driver.yaml"
  --conf "spark.kubernetes.executor.podTemplateFile=$executor"
  ${settings[@]+"${settings[@]}"}
  --class org.sparksbp.cli.Sbp local:///opt/spark-sbp/spark-sbp.jar "$@")
[ "$mode" = cluster ] || exec "${command[@]}"

# spark-submit ends with 0 however the driver ended: its code is in the log only, which says besides where the
# driver is, and far too much.
export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} -Dlog4j2.configurationFile=file://${home// /%20}/deploy/kubernetes/log4j2-submit.properties"
exec 3>&1
code="$("${command[@]}" 2>&1 >&3 | awk '
  /^Container final statuses/ { final = 1 }
  final && /container name:/ { driver = /spark-kubernetes-driver/ }
  final && driver && /exit code:/ { code = $NF }
  /^[ \t]*$/ || /^\t/ || /^State changed/ { next }
  $0 != last { print > "/dev/stderr" }
  { last = $0 }
  END { print final && code !~ /^[0-9]+$/ ? 1 : code }')" || exit 1
exit "${code:-0}"
