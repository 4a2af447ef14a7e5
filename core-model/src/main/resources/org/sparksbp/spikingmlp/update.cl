// The spiking multilayer perceptron of a pack of trials: gradients of weights and biases, and Adam
// (D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1).
//
//   dL/dW = sum over samples and steps of x(t)^T dL/du(t),     dL/db = sum of dL/du(t)
//
// x(t) is a bit of an input's pattern, so a sample adds for each input the dL/du of the steps in which it
// spiked. The biases are the row behind the last input, of one that spikes in every step.
//
// A group has `tile` inputs, at most TILE, and `width` neurons. `slices` of its work-items, at most SLICES,
// share a neuron: each goes through every slices-th sample of the batch. Their sums are added up in order,
// so what is learned depends on neither the tile nor other members.

#define WORDS ((TILE + 31) / 32)

// Whether a row has an input that spikes.
INLINED bool is_present(__local const uint *present, int row) {
  uint any = 0;
  for (int w = 0; w < WORDS; w++) {
    any |= present[row * WORDS + w];
  }
  return any != 0;
}

// Fetches dL/du of a row's steps, if it is needed.
INLINED void fetch(float *to, __global const float *gradients, int neurons, int row, bool needed) {
  if (needed) {
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      to[t] = gradients[((size_t)row * STEPS + t) * neurons];
    }
  }
}

// In two sums, of which neither waits for the other.
INLINED float sum_of_steps(const float *byCurrent, steps_t pattern) {
  float even = 0.0f;
  float odd = 0.0f;
#pragma unroll
  for (int t = 0; t < STEPS; t++) {
    if (BIT(pattern, t)) {
      if (t % 2) {
        odd += byCurrent[t];
      } else {
        even += byCurrent[t];
      }
    }
  }
  return even + odd;
}

// patterns: x, [.., inputs]; gradients: dL/du, [.., T, neurons]
// matrix: where weights and biases begin; trained: from there to the moments
KERNEL void learn_matrix(
    __global const int *memberOf,
    __global float *parameters,
    __global const float *constants,
    __global const float *scalars,
    __global const steps_t *patterns,
    __global const float *gradients,
    const long parameterStride,
    const int trained,
    const int matrix,
    const int scalarStride,
    const int firstScalar,
    const int rows,
    const int inputs,
    const int neurons,
    const int width,
    const int slices,
    const int tile,
    const int ofOutputs) {
  __local float sums[TILE * ITEMS];
  __local steps_t staged[SLICES * TILE];
  __local uint present[SLICES * WORDS];
  const int item = (int)get_local_id(0);
  const int items = (int)get_local_size(0);
  const size_t a = get_group_id(2);
  const int member = memberOf[a];
  const int firstInput = (int)get_group_id(0) * tile;
  const int count = min(tile, inputs + 1 - firstInput);
  const int firstNeuron = (int)get_group_id(1) * width;
  const int slice = item / width;
  const int neuron = firstNeuron + item % width;
  const bool works = slice < slices && neuron < neurons;
  __global const float *scalar = scalars + a * scalarStride + firstScalar;
  const int credit = (int)scalar[CREDIT];
  const bool learns = ofOutputs || LEARNS_HIDDEN(credit);
  const steps_t ofBias = (credit & WITHOUT_BIASES) ? 0 : ALL_STEPS;
  for (int i = 0; i < count; i++) {
    sums[i * ITEMS + item] = 0.0f;
  }
  const int stagedRows = SLICES / slices * slices;
  for (int first = 0; learns && first < rows; first += stagedRows) {
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int i = item; i < stagedRows * WORDS; i += items) {
      present[i] = 0;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int i = item; i < stagedRows * count; i += items) {
      const int row = first + i / count;
      const int at = i % count;
      const int input = firstInput + at;
      steps_t pattern = 0;
      if (row < rows) {
        pattern = input < inputs ? patterns[(a * rows + row) * inputs + input] : ofBias;
      }
      if (pattern) {
        staged[i / count * TILE + at] = pattern;
        atomic_or(present + i / count * WORDS + at / 32, 1u << at % 32);
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    __global const float *ofRows = gradients + (a * rows + first) * STEPS * neurons + neuron;
    float next[STEPS];
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      next[t] = 0.0f;
    }
    fetch(next, ofRows, neurons, slice, works && is_present(present, slice));
    for (int row = slice; works && row < stagedRows; row += slices) {
      float byCurrent[STEPS];
      float inAll = 0.0f;
#pragma unroll
      for (int t = 0; t < STEPS; t++) {
        byCurrent[t] = next[t];
        inAll += next[t];
      }
      const int later = row + slices;
      // What the next sample needs comes while this one's is added.
      fetch(next, ofRows, neurons, later, later < stagedRows && is_present(present, later));
      for (int w = 0; w < WORDS; w++) {
        uint left = present[row * WORDS + w];
        while (left) {
          const int at = w * 32 + 31 - (int)clz(left & (0u - left));
          left &= left - 1;
          const steps_t pattern = staged[row * TILE + at];
          sums[at * ITEMS + item] +=
              pattern == ALL_STEPS ? inAll : sum_of_steps(byCurrent, pattern);
        }
      }
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  __global const float *fixed = constants + member * CONSTANTS;
  const float keepFirst = fixed[KEEP_FIRST];
  const float keepSecond = fixed[KEEP_SECOND];
  const float stepSize = scalar[STEP_SIZE];
  const float epsilon = scalar[EPSILON];
  __global float *own = parameters + member * parameterStride + matrix;
  for (int i = item; i < count * width; i += items) {
    const int at = i / width;
    const int column = i % width;
    if (firstNeuron + column < neurons) {
      float slope = 0.0f;
      for (int s = 0; s < slices; s++) {
        slope += sums[at * ITEMS + s * width + column];
      }
      __global float *x = own + (size_t)(firstInput + at) * neurons + firstNeuron + column;
      const float first = keepFirst * x[trained] + (1.0f - keepFirst) * slope;
      const float second = keepSecond * fmax(0.0f, x[2 * (size_t)trained])
          + (1.0f - keepSecond) * slope * slope;
      x[trained] = first;
      x[2 * (size_t)trained] = second;
      *x -= stepSize * first / (sqrt(second) + epsilon);
    }
  }
}
