// States of the energy-based network, see network.cl: what the input drives, and all steps of both phases.
//
// PARTS: groups that share a sample's elements; FEED_ITEMS: work-items of a group that feeds. RELAX_ITEMS: those of
// one that relaxes ROWS samples of a member; SEGMENTS: partial sums of an output. LOCAL_ROOM, LOCAL_WEIGHTS: whether
// the states and W_{L-1} are in the memory that a group shares; ROOM: floats of the states of a group; PITCH of a
// row of W_{L-1} there, odd, so that neighbours do not ask the same bank.

#define FEED_TILES ((FIRST + FEED_ITEMS - 1) / FEED_ITEMS)

// fed[a, row, part, :] = x W_0 over a part of x's elements, in their order; and x itself where the batch is learned.
// Groups [rows, tiles of neurons by parts, members].
__kernel __attribute__((reqd_work_group_size(FEED_ITEMS, 1, 1))) void feed(
    __global const float *parameters,
    __global const int *memberOf,
    __global const int *slots,
    __global const int *starts,
    __global const int *channels,
    __global const float *values,
    __global float *fed,
    __global float *x,
    const int rows,
    const int stride,
    const int firstRow,
    const int learns) {
  __local int channel[FEED_ITEMS];
  __local float value[FEED_ITEMS];
  const int item = get_local_id(0);
  const int row = get_group_id(0);
  const int tile = get_group_id(1) % FEED_TILES;
  const int part = get_group_id(1) / FEED_TILES;
  const int a = get_group_id(2);
  const size_t at = (size_t)a * rows + row;
  const int slot = slots[a * stride + firstRow + row];
  const int first = starts[slot];
  const long count = starts[slot + 1] - first;
  const int begin = first + (int)(count * part / PARTS);
  const int end = first + (int)(count * (part + 1) / PARTS);
  const int j = tile * FEED_ITEMS + item;
  __global const float *weights =
      parameters + (size_t)memberOf[a] * PARAMETERS + WEIGHT_OFFSET[0] + min(j, FIRST - 1);
  float sum = 0;
  for (int chunk = begin; chunk < end; chunk += FEED_ITEMS) {
    const int length = min(FEED_ITEMS, end - chunk);
    if (item < length) {
      channel[item] = channels[chunk + item];
      value[item] = values[chunk + item];
      if (learns && tile == 0) {
        x[at * INPUTS + channel[item]] = value[item];
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    int e = 0;
    for (; e + 8 <= length; e += 8) { // the reads do not wait for one another, the sums do
      float w[8];
      for (int i = 0; i < 8; i++) {
        w[i] = weights[(size_t)channel[e + i] * FIRST];
      }
      for (int i = 0; i < 8; i++) {
        sum = fma(value[e + i], w[i], sum);
      }
    }
    for (; e < length; e++) {
      sum = fma(value[e], weights[(size_t)channel[e] * FIRST], sum);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  if (j < FIRST) {
    fed[(at * PARTS + part) * FIRST + j] = sum;
  }
}

// W_l^T of the matrices between hidden layers, l = 1..L-2. Groups [elements, members].
__kernel void transpose(
    __global const float *parameters,
    __global const int *memberOf,
    __global float *transposed) {
  const int e = get_global_id(0);
  const int a = get_group_id(1);
  if (e >= TRANSPOSED) {
    return;
  }
  int l = 1;
  while (l + 1 < LAYERS - 1 && e >= TRANSPOSED_OFFSET[l + 1]) {
    l++;
  }
  const int k = (e - TRANSPOSED_OFFSET[l]) / SIZE[l];
  const int j = (e - TRANSPOSED_OFFSET[l]) % SIZE[l];
  transposed[(size_t)a * TRANSPOSED + e] =
      parameters[(size_t)memberOf[a] * PARAMETERS + WEIGHT_OFFSET[l] + (size_t)j * SIZE[l + 1] + k];
}

#if LOCAL_ROOM
#define SPACE __local
#define SYNCHRONISE barrier(CLK_LOCAL_MEM_FENCE)
#else
#define SPACE __global
#define SYNCHRONISE barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
#endif

#if LOCAL_WEIGHTS
#define LAST_WEIGHT(j, k) last[(j) * PITCH + (k)]
#define LAST_SPACE __local
#else
#define LAST_WEIGHT(j, k) last[(j) * OUTPUTS + (k)]
#define LAST_SPACE __global
#endif

#define EACH_ROW for (int r = 0; r < ROWS; r++)

float clip(float s) {
  return s < 0 ? 0 : s > 1 ? 1 : s; // keeps what is no number
}

// One step of all layers from the states now to next; element i of row r is at i * ROWS + r.
void step(
    __global const float *parameters,
    __global const float *transposed,
    __global const float *constants,
    LAST_SPACE const float *last,
    SPACE const float *now,
    SPACE float *next,
    SPACE const float *fixed,
    SPACE float *partial,
    SPACE const float *y,
    const float pull) {
  const int item = get_local_id(0);
  for (int l = 1; l < LAYERS; l++) {
    SPACE const float *above = now + STATE_OFFSET[l + 1] * ROWS;
    for (int j = item; j < SIZE[l]; j += RELAX_ITEMS) {
      float down[ROWS];
      EACH_ROW down[r] = 0;
      if (l == LAYERS - 1) {
        for (int k = 0; k < OUTPUTS; k++) {
          const float w = LAST_WEIGHT(j, k);
          EACH_ROW down[r] = fma(above[k * ROWS + r], w, down[r]);
        }
      } else {
        __global const float *w = transposed + TRANSPOSED_OFFSET[l] + j;
        for (int k = 0; k < SIZE[l + 1]; k++) {
          const float weight = w[(size_t)k * SIZE[l]];
          EACH_ROW down[r] = fma(above[k * ROWS + r], weight, down[r]);
        }
      }
      float up[ROWS];
      EACH_ROW up[r] = 0;
      if (l > 1) {
        SPACE const float *below = now + STATE_OFFSET[l - 1] * ROWS;
        __global const float *w = parameters + WEIGHT_OFFSET[l - 1] + j;
        for (int i = 0; i < SIZE[l - 1]; i++) {
          const float weight = w[(size_t)i * SIZE[l]];
          EACH_ROW up[r] = fma(below[i * ROWS + r], weight, up[r]);
        }
      }
      const int at = (STATE_OFFSET[l] + j) * ROWS;
      EACH_ROW {
        const float drive = fixed[at + r] + constants[UP(l - 1)] * up[r] + constants[DOWN(l)] * down[r];
        next[at + r] = clip(constants[KEEP(l)] * now[at + r] + drive);
      }
    }
  }
  SPACE const float *below = now + STATE_OFFSET[LAYERS - 1] * ROWS;
  for (int p = item; p < OUTPUTS * SEGMENTS; p += RELAX_ITEMS) {
    const int k = p % OUTPUTS;
    float sum[ROWS];
    EACH_ROW sum[r] = 0;
    for (int j = p / OUTPUTS; j < LOWER; j += SEGMENTS) {
      const float w = LAST_WEIGHT(j, k);
      EACH_ROW sum[r] = fma(below[j * ROWS + r], w, sum[r]);
    }
    EACH_ROW partial[p * ROWS + r] = sum[r];
  }
  SYNCHRONISE;
  for (int e = item; e < OUTPUTS * ROWS; e += RELAX_ITEMS) {
    float sum = 0;
    for (int s = 0; s < SEGMENTS; s++) {
      sum += partial[s * OUTPUTS * ROWS + e];
    }
    const int at = STATE_OFFSET[LAYERS] * ROWS + e;
    const float drive =
        fixed[at] + constants[UP(LAYERS - 1)] * sum - pull * (now[at] - y[e]);
    next[at] = clip(constants[KEEP(LAYERS)] * now[at] + drive);
  }
  SYNCHRONISE;
}

// Both phases of a learned batch, or the free phase from 0 of an inferred one, whose clampedSteps are 0. A key has,
// low, the number of the states that the free phase starts from, -1 for 0, and, high, the number of those that it
// ends with, -1 for nowhere. Groups [rows by ROWS, members].
__kernel __attribute__((reqd_work_group_size(RELAX_ITEMS, 1, 1))) void relax(
    __global const float *parameters,
    __global const float *memberConstants,
    __global const int *memberOf,
    __global const int *slots,
    __global const long *keys,
    __global const float *scalars,
    __global const float *targets,
    __global const float *fed,
    __global const float *transposed,
    __global float *persistent,
    __global float *free,
    __global float *clamped,
    __global float *change,
    __global float *outputs,
    __global float *room,
    const int rows,
    const int stride,
    const int firstRow,
    const int firstScalar,
    const int scalarStride,
    const int freeSteps,
    const int clampedSteps) {
  const int item = get_local_id(0);
  const int firstOfGroup = get_group_id(0) * ROWS;
  const int a = get_group_id(1);
  const int member = memberOf[a];
  __global const float *constants = memberConstants + member * CONSTANTS;
  __global const float *own = parameters + (size_t)member * PARAMETERS;
#if LOCAL_ROOM
  __local float states[ROOM];
#else
  __global float *states = room + ((size_t)a * get_num_groups(0) + get_group_id(0)) * ROOM;
#endif
  SPACE float *now = states;
  SPACE float *next = now + STATES * ROWS;
  SPACE float *fixed = next + STATES * ROWS;
  SPACE float *partial = fixed + STATES * ROWS;
  SPACE float *y = partial + OUTPUTS * SEGMENTS * ROWS;
#if LOCAL_WEIGHTS
  __local float last[LOWER * PITCH];
  for (int e = item; e < LOWER * OUTPUTS; e += RELAX_ITEMS) {
    last[e / OUTPUTS * PITCH + e % OUTPUTS] = own[WEIGHT_OFFSET[LAYERS - 1] + e];
  }
#else
  __global const float *last = own + WEIGHT_OFFSET[LAYERS - 1];
#endif
  int read[ROWS];
  int write[ROWS];
  EACH_ROW {
    const int row = firstOfGroup + r;
    const long key = clampedSteps > 0 && row < rows ? keys[a * stride + firstRow + row] : -1L;
    read[r] = (int)key;
    write[r] = (int)(key >> 32);
  }
  for (int r = 0; r < ROWS; r++) {
    const int row = firstOfGroup + r;
    const bool used = row < rows;
    const size_t at = (size_t)a * rows + row;
    for (int i = item; i < STATES; i += RELAX_ITEMS) {
      now[i * ROWS + r] = read[r] < 0 ? 0 : persistent[(size_t)read[r] * STATES + i];
      int l = 1;
      while (l < LAYERS && i >= STATE_OFFSET[l + 1]) {
        l++;
      }
      float input = 0;
      if (used && i < FIRST) {
        for (int part = 0; part < PARTS; part++) {
          input += fed[(at * PARTS + part) * FIRST + i];
        }
      }
      fixed[i * ROWS + r] = constants[UP(0)] * input + constants[OWN(l)] * own[BIASES + i];
    }
    for (int k = item; k < OUTPUTS; k += RELAX_ITEMS) {
      const bool taught = used && clampedSteps > 0;
      y[k * ROWS + r] =
          taught ? targets[(size_t)slots[a * stride + firstRow + row] * OUTPUTS + k] : 0;
    }
  }
  SYNCHRONISE;
  for (int n = 0; n < freeSteps; n++) {
    step(own, transposed + (size_t)a * TRANSPOSED, constants, last, now, next, fixed, partial, y, 0);
    SPACE float *newest = next;
    next = now;
    now = newest;
  }
  for (int r = 0; r < ROWS; r++) {
    const int row = firstOfGroup + r;
    if (row < rows) {
      for (int k = item; k < OUTPUTS; k += RELAX_ITEMS) {
        outputs[((size_t)a * stride + firstRow + row) * OUTPUTS + k] =
            now[(STATE_OFFSET[LAYERS] + k) * ROWS + r];
      }
      for (int i = item; clampedSteps > 0 && i < STATES; i += RELAX_ITEMS) {
        const float s = now[i * ROWS + r];
        free[((size_t)a * rows + row) * STATES + i] = s;
        if (write[r] >= 0) {
          persistent[(size_t)write[r] * STATES + i] = s;
        }
      }
    }
  }
  if (clampedSteps == 0) {
    return;
  }
  const float pull = scalars[a * scalarStride + firstScalar + PULL];
  for (int n = 0; n < clampedSteps; n++) {
    step(own, transposed + (size_t)a * TRANSPOSED, constants, last, now, next, fixed, partial, y, pull);
    SPACE float *newest = next;
    next = now;
    now = newest;
  }
  for (int r = 0; r < ROWS; r++) {
    const int row = firstOfGroup + r;
    if (row < rows) {
      for (int i = item; i < STATES; i += RELAX_ITEMS) {
        const size_t at = ((size_t)a * rows + row) * STATES + i;
        const float s = now[i * ROWS + r];
        clamped[at] = s;
        change[at] = s - free[at];
      }
    }
  }
}

// Copies samples' states between where they persist and a dense array, to the array if gather. Groups [samples].
__kernel void copyStates(
    __global float *persistent,
    __global const int *numbers,
    __global float *dense,
    const int gather) {
  const size_t number = numbers[get_group_id(0)];
  for (int i = get_local_id(0); i < STATES; i += get_local_size(0)) {
    const size_t there = number * STATES + i;
    const size_t here = (size_t)get_group_id(0) * STATES + i;
    if (gather) {
      dense[here] = persistent[there];
    } else {
      persistent[there] = dense[here];
    }
  }
}
