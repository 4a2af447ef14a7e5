#!/usr/bin/env bash
# Runs a command of sbp on YARN, the driver in the cluster (--deploy-mode cluster), and waits for its end:
#
#   submit.sh train --config conf/mnist.conf --data hdfs:///shards/mnist --output hdfs:///runs/mnist --resume
#
# Everything is sbp's; --deploy-mode client, --conf KEY=VALUE and --properties-file FILE take precedence over
# what is added here, the settings of conf/spark/yarn.conf.
#
#   HADOOP_CONF_DIR   folder of the cluster's core-site.xml and yarn-site.xml
#   SBP_YARN_ARCHIVE  URI that archives.sh has printed; without it all jars are sent with each command
#
# Ends with the command's own exit code, or with 1 if YARN does not know it.
set -euo pipefail

here="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=deploy/script.sh
. "$here/../script.sh"
# With the settings beside it, and bin/sbp, which in a source tree builds what is missing.
root="$(cd -P "$here/../.." && pwd)"
conf="$root/conf/spark/yarn.conf"

case "${1:-}" in
  "" | --help | -h) usage "${BASH_SOURCE[0]}"; exit 0 ;;
esac
if [ -z "${HADOOP_CONF_DIR:-}${YARN_CONF_DIR:-}" ]; then
  fail "Cannot find YARN: set HADOOP_CONF_DIR to the folder of the cluster's core-site.xml and yarn-site.xml" 2
fi
own=(--master yarn)
case " $* " in
  *" --deploy-mode"*) ;;
  *) own+=(--deploy-mode cluster) ;;
esac
case " $* " in
  *" --properties-file"*) ;;
  *) own+=(--properties-file "$conf") ;;
esac
[ -n "${SBP_YARN_ARCHIVE:-}" ] || echo "submit.sh: all jars are sent along; deploy/yarn/archives.sh spares that" >&2
exec "$root/bin/sbp" "$@" "${own[@]}"
