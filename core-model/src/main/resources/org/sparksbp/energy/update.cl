// Changes of the parameters of the energy-based network, see network.cl. Every sum runs over the batch's samples in
// their order.
//
// UPDATE_ITEMS: work-items of a group. A group of W_0 has CHANNELS rows and UPDATE_ITEMS columns of it.

#define CHANNELS 16
#define QUADS (CHANNELS / 4)
#define SAMPLES 32 // whose inputs are held at a time

// W_0 += scale x^T change_1; channels that are 0 in all samples are not touched. Groups [tiles of neurons, tiles of
// channels, members].
__kernel __attribute__((reqd_work_group_size(UPDATE_ITEMS, 1, 1))) void updateFirst(
    __global float *parameters,
    __global const int *memberOf,
    __global const float *scalars,
    __global const float *x,
    __global const float *change,
    const int rows,
    const int firstScalar,
    const int scalarStride) {
  __local float4 held[SAMPLES * QUADS];
  __local int active[CHANNELS];
  __local float *values = (__local float *)held;
  const int item = get_local_id(0);
  const int j = get_group_id(0) * UPDATE_ITEMS + item;
  const int firstChannel = get_group_id(1) * CHANNELS;
  const int a = get_group_id(2);
  const float scale = scalars[a * scalarStride + firstScalar + WEIGHT_SCALE(0)];
  if (scale == 0) {
    return;
  }
  for (int c = item; c < CHANNELS; c += UPDATE_ITEMS) {
    active[c] = 0;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  __global const float *ofNeuron = change + (size_t)a * rows * STATES + min(j, FIRST - 1);
  float4 sum[QUADS];
  for (int q = 0; q < QUADS; q++) {
    sum[q] = 0;
  }
  for (int first = 0; first < rows; first += SAMPLES) {
    const int samples = min(SAMPLES, rows - first);
    for (int e = item; e < samples * CHANNELS; e += UPDATE_ITEMS) {
      const int c = firstChannel + e % CHANNELS;
      const size_t at = (size_t)a * rows + first + e / CHANNELS;
      const float value = c < INPUTS ? x[at * INPUTS + c] : 0;
      values[e] = value;
      if (value != 0) {
        active[e % CHANNELS] = 1;
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int r = 0; r < samples; r++) {
      const float delta = ofNeuron[(size_t)(first + r) * STATES];
      for (int q = 0; q < QUADS; q++) {
        sum[q] = fma(held[r * QUADS + q], (float4)(delta), sum[q]);
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  if (j < FIRST) {
    __global float *weights =
        parameters + (size_t)memberOf[a] * PARAMETERS + WEIGHT_OFFSET[0] + (size_t)firstChannel * FIRST + j;
    for (int q = 0; q < QUADS; q++) {
      const float sums[4] = {sum[q].x, sum[q].y, sum[q].z, sum[q].w};
      for (int c = 0; c < 4; c++) {
        if (active[4 * q + c]) {
          weights[(size_t)(4 * q + c) * FIRST] += scale * sums[c];
        }
      }
    }
  }
}

// All other parameters, a work-item each. Groups [parameters behind W_0, members].
__kernel __attribute__((reqd_work_group_size(UPDATE_ITEMS, 1, 1))) void updateOthers(
    __global float *parameters,
    __global const int *memberOf,
    __global const float *scalars,
    __global const float *free,
    __global const float *clamped,
    __global const float *change,
    const int rows,
    const int firstScalar,
    const int scalarStride) {
  const int e = WEIGHT_OFFSET[1] + get_global_id(0);
  const int a = get_group_id(1);
  if (e >= PARAMETERS) {
    return;
  }
  __global const float *scale = scalars + a * scalarStride + firstScalar;
  __global float *parameter = parameters + (size_t)memberOf[a] * PARAMETERS + e;
  const size_t first = (size_t)a * rows * STATES;
  int l = 1;
  if (e >= BIASES) {
    const int i = e - BIASES;
    while (l < LAYERS && i >= STATE_OFFSET[l + 1]) {
      l++;
    }
    if (scale[BIAS_SCALE(l)] != 0) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += change[first + (size_t)r * STATES + i];
      }
      *parameter += scale[BIAS_SCALE(l)] * sum;
    }
    return;
  }
  while (e >= WEIGHT_OFFSET[l + 1]) {
    l++;
  }
  if (scale[WEIGHT_SCALE(l)] != 0) {
    const int from = STATE_OFFSET[l] + (e - WEIGHT_OFFSET[l]) / SIZE[l + 1];
    const int to = STATE_OFFSET[l + 1] + (e - WEIGHT_OFFSET[l]) % SIZE[l + 1];
    float sum = 0;
    for (int r = 0; r < rows; r++) {
      const size_t at = first + (size_t)r * STATES;
      sum = fma(clamped[at + from], clamped[at + to], sum);
      sum = fma(-free[at + from], free[at + to], sum);
    }
    *parameter += scale[WEIGHT_SCALE(l)] * sum;
  }
}
