// All phases of the plasticity-trained spiking network for one sample, see network.cl.
//
// FEED_ITEMS: work-items of a group that feeds; INPUT_ROWS: rows of a sample, its rates and, where TRAIN_STEPS, the
// spikes of each step. ITEMS: work-items of a group that runs the phases of a sample; SEGMENTS: partial sums of an
// output. LOCAL_ROOM, LOCAL_WEIGHTS: whether a sample's state and W_{L-1} are in the memory that a group shares;
// ROOM: floats of the state; PITCH of a row of W_{L-1} there, odd, so that neighbours do not ask the same bank.

#define FEED_TILES ((FIRST + FEED_ITEMS - 1) / FEED_ITEMS)


// fed[a, row, input row, :] = x W_0, in the order of x's elements; and x itself, of the rates, where the batch is
// learned. Groups [rows by input rows, tiles of neurons, members].
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
  const int row = get_group_id(0) / INPUT_ROWS;
  const int inputRow = get_group_id(0) % INPUT_ROWS;
  const int tile = get_group_id(1);
  const int a = get_group_id(2);
  const size_t at = (size_t)a * rows + row;
  const int of = slots[a * stride + firstRow + row] * INPUT_ROWS + inputRow;
  const int begin = starts[of];
  const int end = starts[of + 1];
  const int j = tile * FEED_ITEMS + item;
  __global const float *weights = parameters + (size_t)memberOf[a] * PARAMETERS + min(j, FIRST - 1);
  float sum = 0;
  for (int chunk = begin; chunk < end; chunk += FEED_ITEMS) {
    const int length = min(FEED_ITEMS, end - chunk);
    if (item < length) {
      channel[item] = channels[chunk + item];
      value[item] = values[chunk + item];
      if (learns && tile == 0 && inputRow == 0) {
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
    fed[(at * INPUT_ROWS + inputRow) * FIRST + j] = sum;
  }
}

// W_l^T of the matrices between hidden layers, l = 1..L-2. Groups [elements, members].
__kernel void transpose(
    __global const float *parameters, __global const int *memberOf, __global float *transposed) {
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

// Where a sample's state is: activities, what the rates drive the first layer with, its current, v, g and h, the
// products of the powers of the first layer's current, partial sums.
#define ACTIVITY 0
#define FIXED NEURONS
#define CURRENT (FIXED + FIRST)
#define POTENTIAL (CURRENT + FIRST)
#define CONDUCTANCE (POTENTIAL + NEURONS)
#define HOMEOSTATIC_STATE (CONDUCTANCE + NEURONS)
#define PRODUCT (HOMEOSTATIC_STATE + CARRIED * NEURONS)
#define PARTIAL (PRODUCT + KINDS * POWERS * SECOND)

// Short-term plasticity: u, x and J start anew in each step, so J depends on the current alone.
INLINE float filtered(__global const float *constants, const float current) {
#if FILTERED
  const float u = constants[RESTING_UTILISATION] + constants[FACILITATION] * current;
  const float x = constants[RESTING_RESOURCES] - constants[CONSUMPTION] * u * current;
  return constants[RESTING_CURRENT] + u * x * current;
#else
  return current;
#endif
}

// One step of neuron n of v and g; returns a.
INLINE float integrate(
    __global const float *constants,
    SPACE float *room,
    const int n,
    const int inhibitory,
    const float drive,
    const int k,
    int *spikes) {
  const float current = filtered(constants, sigma(drive));
  const float g = room[CONDUCTANCE + n]
      + constants[SYNAPTIC_RATE] * (constants[LEAK_CONDUCTANCE] - room[CONDUCTANCE + n] + current);
  room[CONDUCTANCE + n] = g;
  float v = room[POTENTIAL + n];
  v -= constants[MEMBRANE_RATE]
      * (v - constants[LEAK_POTENTIAL] + g * constants[PER_LEAK] * (v - constants[REVERSAL + inhibitory]));
  if (v > constants[THRESHOLD]) {
    v = constants[RESET];
    (*spikes)++;
  }
  const float share = (float)k / STEPS_AT_LEAST_1;
  v *= share;
#if CARRIED
  v += (1 - share) * room[HOMEOSTATIC_STATE + n];
#endif
  room[POTENTIAL + n] = v;
  return sigma(v);
}

// a_{l-1} W_{l-1} of neuron j of a hidden layer, or that of powers of currents in the place of a_{l-1}.
INLINE float forward(__global const float *own, SPACE const float *below, const int l, const int j) {
  __global const float *w = own + WEIGHT_OFFSET[l - 1] + j;
  float sum = 0;
  for (int i = 0; i < SIZE[l - 1]; i++) {
    sum = fma(below[i], w[(size_t)i * SIZE[l]], sum);
  }
  return sum;
}

// a_{l+1} W_l^T of neuron j of a hidden layer.
INLINE float backward(
    __global const float *transposed, LAST_SPACE const float *last, SPACE const float *above, const int l, const int j) {
  float sum = 0;
  if (l == LAYERS - 1) {
    for (int k = 0; k < OUTPUTS; k++) {
      sum = fma(above[k], LAST_WEIGHT(j, k), sum);
    }
  } else {
    __global const float *w = transposed + TRANSPOSED_OFFSET[l] + j;
    for (int k = 0; k < SIZE[l + 1]; k++) {
      sum = fma(above[k], w[(size_t)k * SIZE[l]], sum);
    }
  }
  return sum;
}

// The partial sums of a_{L-1} W_{L-1}; its sums are then those of outputSum. All work-items, a barrier behind it.
INLINE void outputSums(LAST_SPACE const float *last, SPACE const float *below, SPACE float *partial) {
  EACH(p, OUTPUTS * SEGMENTS, ITEMS) {
    const int k = p % OUTPUTS;
    float sum = 0;
    for (int j = p / OUTPUTS; j < LOWER; j += SEGMENTS) {
      sum = fma(below[j], LAST_WEIGHT(j, k), sum);
    }
    partial[p] = sum;
  }
  SYNCHRONISE;
}

INLINE float outputSum(SPACE const float *partial, const int k) {
  float sum = 0;
  for (int s = 0; s < SEGMENTS; s++) {
    sum += partial[s * OUTPUTS + k];
  }
  return sum;
}

#if POWERS
// The products of the powers of the first layer's currents with W_1, for each kind of its neurons.
INLINE void powers(
    __global const float *own, LAST_SPACE const float *last, __global const int *inhibitory, SPACE float *room) {
  const int item = get_local_id(0);
  for (int kind = 0; kind < KINDS; kind++) {
    for (int p = 0; p < POWERS; p++) {
      EACH(j, FIRST, ITEMS) {
        const float member = KINDS == 1 || inhibitory[j] == kind ? 1 : 0;
        room[ACTIVITY + j] = p == 0 ? member : room[ACTIVITY + j] * room[CURRENT + j];
      }
      SYNCHRONISE;
      SPACE float *product = room + PRODUCT + (kind * POWERS + p) * SECOND;
#if LAYERS == 2
      outputSums(last, room + ACTIVITY, room + PARTIAL);
      EACH(k, OUTPUTS, ITEMS) {
        product[k] = outputSum(room + PARTIAL, k);
      }
#else
      EACH(j, SECOND, ITEMS) {
        product[j] = forward(own, room + ACTIVITY, 2, j);
      }
#endif
      SYNCHRONISE;
    }
  }
}

// What the first layer drives neuron j of the second with in step k.
INLINE float steadyDrive(__global const float *response, SPACE const float *room, const int j, const int k) {
  float sum = 0;
  for (int kind = 0; kind < KINDS; kind++) {
    for (int p = 0; p < POWERS; p++) {
      sum = fma(response[(kind * STEPS_AT_LEAST_1 + k - 1) * POWERS + p],
          room[PRODUCT + (kind * POWERS + p) * SECOND + j], sum);
    }
  }
  return sum;
}

// a_1 of neuron j after the last step.
INLINE float steadyActivity(__global const float *response, SPACE const float *room, const int kind, const int j) {
  float a = 0;
  for (int p = POWERS - 1; p >= 0; p--) {
    a = a * room[CURRENT + j] + response[((KINDS == 1 ? 0 : kind) * STEPS_AT_LEAST_1 + STEPS - 1) * POWERS + p];
  }
  return a;
}
#endif

// All steps of the spiking phase.
INLINE void spiking(
    __global const float *constants,
    __global const float *own,
    __global const float *fed,
    __global const float *response,
    LAST_SPACE const float *last,
    __global const int *inhibitory,
    SPACE float *room,
    int *spikes) {
  const int item = get_local_id(0);
  __global const float *bias = own + BIASES;
#if POWERS && LAYERS == 2
  // The outputs hear the first layer alone, whose answer is known: nobody waits for anybody.
  EACH(j, OUTPUTS, ITEMS) {
    float a = 0;
    for (int k = 1; k <= STEPS; k++) {
      const float drive = bias[FIRST + j] + steadyDrive(response, room, j, k);
      a = integrate(constants, room, FIRST + j, inhibitory[FIRST + j], drive, k, spikes + 2);
    }
    room[ACTIVITY + FIRST + j] = a;
  }
#else
  for (int k = 1; k <= STEPS; k++) {
    for (int l = POWERS ? 2 : 1; l < LAYERS; l++) {
      EACH(j, SIZE[l], ITEMS) {
        const int n = STATE_OFFSET[l] + j;
        float drive;
        if (l == 1) {
#if TRAIN_STEPS
          const int step = (int)((long)(k - 1) * TRAIN_STEPS / STEPS);
          drive = bias[j] + fed[(1 + step) * FIRST + j];
#else
          drive = room[FIXED + j];
#endif
        } else {
#if POWERS
          drive = bias[n] + (l == 2 ? steadyDrive(response, room, j, k)
                                    : forward(own, room + ACTIVITY + STATE_OFFSET[l - 1], l, j));
#else
          drive = bias[n] + forward(own, room + ACTIVITY + STATE_OFFSET[l - 1], l, j);
#endif
        }
        room[ACTIVITY + n] = integrate(constants, room, n, inhibitory[n], drive, k, spikes + l);
      }
      SYNCHRONISE;
    }
    outputSums(last, room + ACTIVITY + STATE_OFFSET[LAYERS - 1], room + PARTIAL);
    EACH(j, OUTPUTS, ITEMS) {
      const int n = STATE_OFFSET[LAYERS] + j;
      room[ACTIVITY + n] = integrate(
          constants, room, n, inhibitory[n], bias[n] + outputSum(room + PARTIAL, j), k, spikes + LAYERS);
    }
    SYNCHRONISE;
  }
#endif
#if POWERS
  EACH(j, FIRST, ITEMS) {
    room[ACTIVITY + j] = steadyActivity(response, room, inhibitory[j], j);
  }
#endif
  SYNCHRONISE;
}

// One iteration of a relaxation; clamping is 0 in the homeostatic one.
INLINE void relax(
    __global const float *constants,
    __global const float *own,
    __global const float *transposed,
    LAST_SPACE const float *last,
    SPACE float *room,
    __global const float *target,
    const float clamping) {
  const int item = get_local_id(0);
  const float epsilon = constants[EPSILON];
  SPACE float *a = room + ACTIVITY;
  for (int l = 1; l < LAYERS; l++) {
    EACH(j, SIZE[l], ITEMS) {
      const int n = STATE_OFFSET[l] + j;
      float drive = l == 1 ? room[FIXED + j] : own[BIASES + n] + forward(own, a + STATE_OFFSET[l - 1], l, j);
      drive += backward(transposed, last, a + STATE_OFFSET[l + 1], l, j);
      a[n] = sigma(a[n] - epsilon * (a[n] - drive));
    }
    SYNCHRONISE;
  }
  outputSums(last, a + STATE_OFFSET[LAYERS - 1], room + PARTIAL);
  EACH(k, OUTPUTS, ITEMS) {
    const int n = STATE_OFFSET[LAYERS] + k;
    float drive = own[BIASES + n] + outputSum(room + PARTIAL, k);
    if (clamping != 0) {
      drive -= clamping * (a[n] - target[k]);
    }
    const float next = a[n] - epsilon * (a[n] - drive);
    a[n] = next < 0 ? 0 : next; // keeps what is no number
  }
  SYNCHRONISE;
}

// All phases of a sample; the clamped one where the batch is learned. Groups [rows, members].
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void phases(
    __global const float *parameters,
    __global const float *memberConstants,
    __global const int *memberInhibitory,
    __global const float *responses,
    __global const int *memberOf,
    __global const int *slots,
    __global const float *scalars,
    __global const float *targets,
    __global const float *fed,
    __global const float *transposed,
    __global float *carried,
    __global float *free,
    __global float *clamped,
    __global float *change,
    __global float *outputs,
    __global int *counts,
    __global float *rooms,
    const int rows,
    const int stride,
    const int firstRow,
    const int firstScalar,
    const int scalarStride,
    const int carriedStride,
    const int homeostaticIterations,
    const int clampedIterations) {
  const int item = get_local_id(0);
  const int row = get_group_id(0);
  const int a = get_group_id(1);
  const int member = memberOf[a];
  const size_t at = (size_t)a * rows + row;
  const size_t inRound = (size_t)a * stride + firstRow + row;
  __global const float *constants = memberConstants + member * CONSTANTS;
  __global const int *inhibitory = memberInhibitory + member * NEURONS;
  __global const float *response = responses + (size_t)member * KINDS * STEPS * POWERS;
  __global const float *own = parameters + (size_t)member * PARAMETERS;
  __global const float *drives = fed + at * INPUT_ROWS * FIRST;
  __global const float *turned = transposed + (size_t)a * TRANSPOSED;
  __local int counted[LAYERS + 1];
#if LOCAL_ROOM
  __local float room[ROOM];
#else
  __global float *room = rooms + at * ROOM;
#endif
#if LOCAL_WEIGHTS
  __local float last[LOWER * PITCH];
  EACH(e, LOWER * OUTPUTS, ITEMS) {
    last[e / OUTPUTS * PITCH + e % OUTPUTS] = own[WEIGHT_OFFSET[LAYERS - 1] + e];
  }
#else
  __global const float *last = own + WEIGHT_OFFSET[LAYERS - 1];
#endif
  EACH(j, FIRST, ITEMS) {
    const float drive = own[BIASES + j] + drives[j];
    room[FIXED + j] = drive;
    room[CURRENT + j] = filtered(constants, sigma(drive));
  }
#if CARRIED
  __global float *state = carried + ((size_t)member * carriedStride + row) * 3 * NEURONS;
  const int goesOn = clampedIterations > 0 && row < (int)scalars[a * scalarStride + firstScalar + CARRIED_ROWS];
#endif
  EACH(n, NEURONS, ITEMS) {
    room[ACTIVITY + n] = 0;
#if CARRIED
    room[POTENTIAL + n] = goesOn ? state[n] : 0;
    room[CONDUCTANCE + n] = goesOn ? state[NEURONS + n] : 0;
    room[HOMEOSTATIC_STATE + n] = goesOn ? state[2 * NEURONS + n] : 0;
#else
    room[POTENTIAL + n] = 0;
    room[CONDUCTANCE + n] = 0;
#endif
  }
  EACH(l, LAYERS + 1, ITEMS) {
    counted[l] = 0;
  }
  SYNCHRONISE;
#if STEPS
  int spikes[LAYERS + 1];
  for (int l = 0; l <= LAYERS; l++) {
    spikes[l] = 0;
  }
#if POWERS
  powers(own, last, inhibitory, room);
#endif
  spiking(constants, own, drives, response, last, inhibitory, room, spikes);
  for (int l = 1; l <= LAYERS; l++) {
    if (spikes[l] > 0) {
      atomic_add(&counted[l], spikes[l]);
    }
  }
  SYNCHRONISE;
#endif
  for (int i = 0; i < homeostaticIterations; i++) {
    relax(constants, own, turned, last, room, targets, 0);
  }
  EACH(k, OUTPUTS, ITEMS) {
    outputs[inRound * OUTPUTS + k] = room[ACTIVITY + STATE_OFFSET[LAYERS] + k];
  }
  EACH(l, LAYERS, ITEMS) {
    counts[inRound * LAYERS + l] = counted[l + 1];
  }
  const int learned = clampedIterations > 0 ? NEURONS : 0; // and no return: all meet at every barrier
  EACH(n, learned, ITEMS) {
    free[at * NEURONS + n] = room[ACTIVITY + n];
#if CARRIED
    state[n] = room[POTENTIAL + n];
    state[NEURONS + n] = room[CONDUCTANCE + n];
    state[2 * NEURONS + n] = room[ACTIVITY + n];
#endif
  }
  SYNCHRONISE;
  __global const float *target = targets + (size_t)slots[inRound] * OUTPUTS;
  for (int i = 0; i < clampedIterations; i++) {
    relax(constants, own, turned, last, room, target, constants[BETA]);
  }
  EACH(n, learned, ITEMS) {
    const float p = room[ACTIVITY + n];
    clamped[at * NEURONS + n] = p;
    change[at * NEURONS + n] = p - free[at * NEURONS + n];
  }
}
