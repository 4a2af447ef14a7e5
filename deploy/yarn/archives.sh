#!/usr/bin/env bash
# Makes one archive of all jars that YARN's containers need, Spark's and the application's, puts it where
# the nodes can read it, and prints its URI:
#
#   archives.sh --to hdfs:///apps/spark-sbp
#
#   --to URI     folder on a file system that all nodes see; made where it is missing
#   --jars DIR   Spark's jars (default: those of SPARK_HOME, else those that come along)
#
# A command that is told the URI sends no jars, and each node unpacks the archive once:
#
#   export SBP_YARN_ARCHIVE="$(archives.sh --to hdfs:///apps/spark-sbp)"
#
# The name holds a checksum of the jars, so that an archive is never another than it was: the same jars are
# not sent twice, and applications that run keep theirs. Old ones are deleted by hand.
set -euo pipefail

here="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=deploy/script.sh
. "$here/../script.sh"

to="" jars="${SPARK_HOME:-$home/spark}/jars"
while [ $# -gt 0 ]; do
  case "$1" in
    --to) to="${2:?--to needs a URI}"; shift 2 ;;
    --jars) jars="${2:?--jars needs a folder}"; shift 2 ;;
    --help | -h) usage "${BASH_SOURCE[0]}"; exit 0 ;;
    *) fail "unknown option $1, see archives.sh --help" 2 ;;
  esac
done
[ -n "$to" ] || fail "Missing --to URI, for example --to hdfs:///apps/spark-sbp" 2
main="$(echo "$home"/app/spark-jobs-*.jar)"
[ -f "$main" ] || fail "Cannot find the application's jars: nothing is built, run: mvn -q -DskipTests package"
ls "$jars"/spark-yarn_*.jar >/dev/null 2>&1 || fail "Cannot find Spark's jars for YARN in $jars: name their folder by --jars"

# Hadoop's own shell, from the jars that come along: no client of Hadoop need be installed.
hadoop_files() {
  SPARK_SUBMIT_OPTS="-Dlog4j2.configurationFile=file://${home// /%20}/conf/log4j2.properties" \
    "${SPARK_HOME:-$home/spark}/bin/spark-class" org.apache.hadoop.fs.FsShell "$@" >&2
}

# A jar of a release is known by its name and length; those of this project change under one name.
sum="$({ (cd "$jars" && stat -L -c '%n %s' -- *.jar); (cd "$home/app" && stat -L -c '%n %s' -- *.jar); \
  cat "$home"/app/{core-model,storage,data-prep,reports,spark-jobs}-*.jar; } | sha256sum | cut -c1-12)"
version="$(basename "$main" .jar)"
name="spark-sbp-${version#spark-jobs-}-$sum.tar"
uri="${to%/}/$name"

if hadoop_files -test -e "$uri"; then
  echo "archives.sh: $uri is there already" >&2
else
  folder="$(mktemp -d)" || fail "Cannot make a temporary folder: see TMPDIR"
  trap 'rm -rf "$folder"' EXIT
  # Jars are compressed already. The same jars make the same archive.
  (cd "$jars" && ls -- *.jar) >"$folder/of-spark"
  (cd "$home/app" && ls -- *.jar) >"$folder/of-application"
  tar --create --file "$folder/$name" --dereference --sort=name --mtime=@0 --mode=u=rw,go=r \
    --owner=0 --group=0 --numeric-owner --verbatim-files-from \
    --directory "$jars" --files-from "$folder/of-spark" \
    --directory "$home/app" --files-from "$folder/of-application"
  hadoop_files -mkdir -p "$to"
  hadoop_files -put "$folder/$name" "$to/" || fail "Cannot put the archive to $to: see above"
fi
echo "$uri"
