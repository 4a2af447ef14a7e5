// Changes of the parameters of the energy-based network, see network.cl. Every sum runs over the batch's samples in
// their order.
//
// UPDATE_ITEMS: work-items of a group of updateOthers. A group of updateFirst has a tile of W_0, see product.cl.

// W_0 += scale x^T change_1. Groups [tiles of neurons, tiles of channels, members].
__kernel __attribute__((reqd_work_group_size(PRODUCT_ITEMS, 1, 1))) void updateFirst(
    __global float *parameters,
    __global const int *memberOf,
    __global const float *scalars,
    __global const float *x,
    __global const float *change,
    const int rows,
    const int firstScalar,
    const int scalarStride) {
  __local float4 held[PRODUCT_SHARED / 4];
  const int item = get_local_id(0);
  const int firstNeuron = get_group_id(0) * PRODUCT_COLUMNS;
  const int firstChannel = get_group_id(1) * PRODUCT_ROWS;
  const int a = get_group_id(2);
  const float scale = scalars[a * scalarStride + firstScalar + WEIGHT_SCALE(0)];
  float4 sum[16];
#pragma unroll
  for (int n = 0; n < 16; n++) {
    sum[n] = 0;
  }
  add_products(
      sum,
      (__local float *)held,
      x + (size_t)a * rows * INPUTS + firstChannel,
      INPUTS,
      INPUTS - firstChannel,
      change + (size_t)a * rows * STATES + firstNeuron,
      STATES,
      FIRST - firstNeuron,
      scale == 0 ? 0 : rows,
      1);
  __global float *weights = parameters + (size_t)memberOf[a] * PARAMETERS + WEIGHT_OFFSET[0];
#pragma unroll
  for (int n = 0; n < 8; n++) {
    const int i = firstChannel + PRODUCT_ROW(item, n);
#pragma unroll
    for (int k = 0; k < 8; k++) {
      const int j = firstNeuron + PRODUCT_COLUMN(item, k);
      const float change_ = scale * product_element(sum, n, k);
      // A channel that is 0 in all samples, as those at a picture's rim, need not be read and written.
      if (change_ != 0 && i < INPUTS && j < FIRST) {
        weights[(size_t)i * FIRST + j] += change_;
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
