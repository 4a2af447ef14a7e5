#!/usr/bin/env bash
# Discovery script of Spark's resource gpu: prints the graphics cards that a process started from here
# can compute on, by their numbers from 0, as in {"name":"gpu","addresses":["0","1"]}. Ends with 1 and
# a line on the standard error stream where there is none.
#
# NVIDIA's cards come from nvidia-smi, AMD's from rocm-smi, or from the kernel where that is missing:
#
#   CUDA_VISIBLE_DEVICES    numbers or UUIDs of the NVIDIA cards that programs see; others are left out
#   NVIDIA_VISIBLE_DEVICES  none or void: a container that was given no NVIDIA card
#   ROCR_VISIBLE_DEVICES    numbers or UUIDs of the AMD cards that programs see
#   SBP_KFD_NODES           folder of the kernel's list of AMD cards
#
# Programs number the cards that they see from 0 on, whatever the tools call them, and so does this.
set -uo pipefail

looked=()

# Counts the devices of a list that programs see by a variable like CUDA_VISIBLE_DEVICES: entries up to
# the first that names none. Without the variable programs see all.
visible() { # known "number uuid" lines, variable
  local known="$1" entry number=0
  if [ -z "${!2+set}" ]; then
    if [ -n "$known" ]; then wc -l <<<"$known"; else echo 0; fi
    return
  fi
  local entries
  IFS=, read -ra entries <<<"${!2}"
  for entry in "${entries[@]}"; do
    entry="${entry// /}"
    # A UUID may be shortened; parts of a card (MIG) are not in the list but count as they stand.
    case "$entry" in
      MIG-*) ;;
      '' | *[!A-Za-z0-9-]*) break ;;
      *[!0-9]*) grep -q -i "^[0-9]* $entry" <<<"$known" || break ;;
      *) grep -q "^$entry " <<<"$known" || break ;;
    esac
    number=$((number + 1))
  done
  echo "$number"
}

nvidia() {
  command -v nvidia-smi >/dev/null || { looked+=("no nvidia-smi on the path"); return 1; }
  case "${NVIDIA_VISIBLE_DEVICES-all}" in
    none | void) looked+=("NVIDIA_VISIBLE_DEVICES is $NVIDIA_VISIBLE_DEVICES"); return 1 ;;
  esac
  local known
  if ! known="$(nvidia-smi --query-gpu=index,uuid --format=csv,noheader 2>&1)"; then
    looked+=("nvidia-smi says: ${known%%$'\n'*}")
    return 1
  fi
  known="$(sed -n 's/^ *\([0-9][0-9]*\), *\([^ ]*\).*/\1 \2/p' <<<"$known")"
  count="$(visible "$known" CUDA_VISIBLE_DEVICES)"
  [ "$count" -gt 0 ] || looked+=("nvidia-smi names none${CUDA_VISIBLE_DEVICES+ of CUDA_VISIBLE_DEVICES=$CUDA_VISIBLE_DEVICES}")
  [ "$count" -gt 0 ]
}

# Processors are among the kernel's nodes too; they have no SIMD units. In a container that was given
# some of the cards the kernel lists all of them, but only the given ones have their device.
kernel_nodes() {
  local folder="${SBP_KFD_NODES:-/sys/class/kfd/kfd/topology/nodes}" node minor number=0
  for node in "$folder"/*/properties; do
    [ -r "$node" ] || continue
    grep -q '^simd_count [1-9]' "$node" || continue
    minor="$(sed -n 's/^drm_render_minor //p' "$node")"
    [ -n "${SBP_KFD_NODES:-}" ] || [ -e "/dev/dri/renderD$minor" ] || continue
    echo "$number GPU-$(printf '%016x' "$(sed -n 's/^unique_id //p' "$node" | grep . || echo 0)")"
    number=$((number + 1))
  done
}

amd() {
  local known=""
  if command -v rocm-smi >/dev/null; then
    # Lines as in "GPU[0] : Unique ID: 0x1a2b".
    known="$(rocm-smi --showuniqueid 2>/dev/null \
      | sed -n 's/^GPU\[\([0-9]*\)\][^:]*: *Unique ID: *\(0x\)\{0,1\}\([^ ]*\).*/\1 GPU-\3/p')"
    [ -n "$known" ] || looked+=("rocm-smi names none")
  else
    looked+=("no rocm-smi on the path")
  fi
  [ -n "$known" ] || known="$(kernel_nodes)"
  count="$(visible "$known" ROCR_VISIBLE_DEVICES)"
  [ "$count" -gt 0 ] || looked+=("no AMD card known to the kernel${ROCR_VISIBLE_DEVICES+ and named by ROCR_VISIBLE_DEVICES=$ROCR_VISIBLE_DEVICES}")
  [ "$count" -gt 0 ]
}

count=0
if ! nvidia && ! amd; then
  reasons="$(printf '; %s' "${looked[@]}")"
  echo "discover.sh: no graphics card found: ${reasons:2}" >&2
  exit 1
fi
addresses=""
for ((number = 0; number < count; number++)); do
  addresses="$addresses${addresses:+,}\"$number\""
done
echo "{\"name\":\"gpu\",\"addresses\":[$addresses]}"
