#!/usr/bin/env bash
# Makes a bundle that measures a graphics card on a machine with nothing but the card's driver: a small
# Java, the parts of spark-sbp that compute, and the OpenCL loader. The machine that makes it must be of the
# same kind of processor and have a JDK 17 and the loader (Debian: ocl-icd-libopencl1).
#
#   deploy/gpu/benchmark.sh FOLDER           a folder, to be copied as it is
#   deploy/gpu/benchmark.sh FILE.tar.gz      the same as one file
#
# There: FOLDER/run.sh --quick --output RESULTS
#
#   JAVA_HOME   the JDK 17; else that of the java on the PATH
#   SBP_JARS    folders of the jars, with : between them (default: the distribution's app and spark/jars)
#   SBP_OPENCL  the loader (default: looked for)
set -euo pipefail

# shellcheck source=deploy/script.sh
. "$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../script.sh"

[ $# = 1 ] || fail "Cannot make a bundle: say where, deploy/gpu/benchmark.sh FOLDER or FILE.tar.gz" 2
goal="$1"
[ ! -e "$goal" ] || fail "Cannot make $goal: it is there already, remove it or name another" 2

IFS=: read -r -a folders <<<"${SBP_JARS:-$home/app:$home/spark/jars}"

java_home="${JAVA_HOME:-}"
if [ -z "$java_home" ]; then
  java="$(command -v java)" || fail "Cannot make a bundle: no java found, install a JDK 17 or set JAVA_HOME"
  java_home="$(dirname "$(dirname "$(readlink -f "$java")")")"
fi
[ -x "$java_home/bin/jlink" ] || fail "Cannot make a bundle: $java_home has no jlink, a JDK 17 is needed"

loader="${SBP_OPENCL:-}"
if [ -z "$loader" ]; then
  for folder in "/usr/lib/$(uname -m)-linux-gnu" /usr/lib64 /usr/lib /opt/rocm/lib; do
    [ -e "$folder/libOpenCL.so.1" ] && loader="$folder/libOpenCL.so.1" && break
  done
fi
[ -e "$loader" ] || fail "Cannot make a bundle: no libOpenCL.so.1 found, install it (Debian: ocl-icd-libopencl1) or set SBP_OPENCL"

case "$goal" in
  *.tar.gz)
    work="$(mktemp -d)"
    trap 'rm -rf "$work"' EXIT
    bundle="$work/$(basename "$goal" .tar.gz)"
    ;;
  *) bundle="$goal" ;;
esac
mkdir -p "$bundle/lib"

# One jar of each, whatever its version.
for name in core-model spark-jobs lwjgl lwjgl-natives lwjgl-opencl config pcollections picocli \
  slf4j-api jackson-core jackson-databind jackson-annotations; do
  pattern="^$name-[0-9][^/]*\.jar$"
  [ "$name" = lwjgl ] && pattern='^lwjgl-[0-9.]+\.jar$'
  [ "$name" = lwjgl-natives ] && pattern='^lwjgl-[0-9.]+-natives-.*\.jar$'
  found=""
  for folder in "${folders[@]}"; do
    for jar in "$folder"/*.jar; do
      if [[ "$(basename "$jar")" =~ $pattern ]]; then
        found="$jar"
        break 2
      fi
    done
  done
  [ -n "$found" ] || fail "Cannot make a bundle: no jar of $name in ${folders[*]}; build the project first (mvn package)"
  cp "$found" "$bundle/lib/"
done

"$java_home/bin/jlink" --output "$bundle/java" --compress=2 --strip-java-debug-attributes \
  --no-header-files --no-man-pages --vm=server \
  --add-modules java.base,java.logging,jdk.unsupported,jdk.incubator.vector
cp -L "$loader" "$bundle/lib/libOpenCL.so.1"

# What a distribution's own Java links to, for machines where it is missing.
mkdir "$bundle/fallback"
for name in libz.so.1 libstdc++.so.6 libgcc_s.so.1; do
  for folder in "/usr/lib/$(uname -m)-linux-gnu" "/lib/$(uname -m)-linux-gnu" /usr/lib64 /lib64 /usr/lib; do
    if [ -e "$folder/$name" ]; then
      cp -L "$folder/$name" "$bundle/fallback/"
      break
    fi
  done
done

cat >"$bundle/run.sh" <<'RUN'
#!/usr/bin/env bash
# Measures this machine's graphics card; --help names the options.
#
#   SBP_OPENCL_DRIVER  the driver's OpenCL library (default: looked for)
#   SBP_DEVICE_TYPES   all: takes the processor too, through /etc/OpenCL/vendors, to try the program out
#   SBP_HEAP           heap (default 8g)
set -euo pipefail

bundle="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
driver="${SBP_OPENCL_DRIVER:-}"
if [ -z "$driver" ]; then
  for folder in /usr/local/nvidia/lib64 /usr/local/nvidia/lib /usr/lib/x86_64-linux-gnu \
    /usr/lib/aarch64-linux-gnu /usr/lib64 /usr/lib /usr/lib/wsl/lib /run/opengl-driver/lib; do
    if [ -e "$folder/libnvidia-opencl.so.1" ]; then
      driver="$folder/libnvidia-opencl.so.1"
      break
    fi
  done
fi
if [ -n "$driver" ]; then
  vendors="$(mktemp -d)"
  trap 'rm -rf "$vendors"' EXIT
  echo "$driver" >"$vendors/driver.icd"
  export OCL_ICD_VENDORS="$vendors"
  LD_LIBRARY_PATH="$bundle/lib:$(dirname "$driver")${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
else
  LD_LIBRARY_PATH="$bundle/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
export LD_LIBRARY_PATH
"$bundle/java/bin/java" -version >/dev/null 2>&1 || LD_LIBRARY_PATH="$LD_LIBRARY_PATH:$bundle/fallback"

"$bundle/java/bin/java" --add-modules=jdk.incubator.vector "-Xmx${SBP_HEAP:-8g}" -XX:+UseParallelGC \
  "-Dorg.lwjgl.opencl.libname=$bundle/lib/libOpenCL.so.1" "-Dsbp.device.types=${SBP_DEVICE_TYPES:-cards}" \
  -cp "$bundle/lib/*" org.sparksbp.cli.DeviceBenchmarkProgram "$@"
RUN
chmod +x "$bundle/run.sh"

if [ "$bundle" != "$goal" ]; then
  tar -C "$work" -czf "$goal" "$(basename "$bundle")"
fi
echo "$goal: $(du -sh "$goal" | cut -f1)"
