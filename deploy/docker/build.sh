#!/usr/bin/env bash
# Builds the container image of spark-sbp from its distribution folder.
#
#   build.sh [--tag NAME] [--base IMAGE] [--tool PROGRAM] [--gpu] [-- OPTIONS OF THE TOOL]
#
#   --tag   name of the image (default spark-sbp:latest, with --gpu spark-sbp:gpu)
#   --base  image to build on (default: the one that the Dockerfile names)
#   --tool  docker, podman or buildah (default: the first of these that is there)
#   --gpu   add OpenCL for NVIDIA's cards to the image --base (default spark-sbp:latest)
set -euo pipefail

here="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=deploy/script.sh
. "$here/../script.sh"

tag="" base="" tool="" file=Dockerfile
while [ $# -gt 0 ]; do
  case "$1" in
    --tag) tag="${2:?--tag needs a name}"; shift 2 ;;
    --base) base="${2:?--base needs an image}"; shift 2 ;;
    --tool) tool="${2:?--tool needs a program}"; shift 2 ;;
    --gpu) file=Dockerfile.gpu; shift ;;
    --) shift; break ;;
    --help | -h) usage "${BASH_SOURCE[0]}"; exit 0 ;;
    *) fail "unknown option $1, see build.sh --help" 2 ;;
  esac
done

ls "$home"/app/spark-jobs-*.jar >/dev/null 2>&1 \
  || fail "Cannot build an image: nothing is built in $home, run: mvn -q -DskipTests package"
if [ -z "$tool" ]; then
  for tool in docker podman buildah none; do
    command -v "$tool" >/dev/null && break
  done
  [ "$tool" != none ] || fail "Cannot build an image: install docker, podman or buildah, or name another with --tool"
fi
command -v "$tool" >/dev/null || fail "Cannot build an image: there is no $tool"

if [ "$file" = Dockerfile ]; then
  context="$home"
  tag="${tag:-spark-sbp:latest}"
else
  # It takes nothing from here.
  context="$(mktemp -d)"
  trap 'rmdir "$context"' EXIT
  tag="${tag:-spark-sbp:gpu}"
fi
"$tool" build "$@" ${base:+--build-arg "BASE=$base"} -t "$tag" -f "$here/$file" "$context"
echo "built $tag"
