// The spiking multilayer perceptron of a pack of trials: gradients by the input currents.
//
// With p the surrogate gradient and D the gradient of the loss by the spikes as later layers see them,
// backwards in time (Y. Wu et al., Frontiers in Neuroscience 12, 331, 2018):
//
//   dL/ds(t) = D(t) - leak m(t) dL/dm(t+1)                     the reset path, which some rules leave out
//   dL/dm(t) = dL/ds(t) p(m(t)) + leak (1 - s(t)) dL/dm(t+1)
//   dL/du(t) = dL/dm(t) f(t) (1 - f(t))                        f the logistic function, else dL/dm
//
// Potentials are computed anew from f and s, which takes less time than to fetch them; dL/du stands
// afterwards where f stood.

// Derivative that stands in for a spike's by the potential m, see the class Surrogate.
INLINED float derivative(float m, float threshold, float width) {
#if SURROGATE == 0
  return fabs(m - threshold) < width ? 1.0f : 0.0f;
#elif SURROGATE == 1
  const float value = 1.0f / (1.0f + exp(-m / width));
  return value * (1.0f - value);
#elif SURROGATE == 2
  const float root = 1.0f / (1.0f + fabs(m - threshold) / width);
  return root * root;
#elif SURROGATE == 3
  const float scaled = (m - threshold) / width;
  return 1.0f / (1.0f + scaled * scaled);
#else
  return fmax(0.0f, 1.0f - fabs(m - threshold) / width);
#endif
}

// From bySpike, the D of each step, and f to dL/du of each step, in place of f.
INLINED void back_through_time(
    float *f, const float *bySpike, steps_t pattern, __global const float *fixed, bool reset) {
  const float leak = fixed[LEAK];
  const float threshold = fixed[THRESHOLD];
  const float width = fixed[SURROGATE_WIDTH];
  const float inhibition = fixed[INHIBITION];
  const float resetLeak = reset ? leak : 0.0f;
  float potentials[STEPS];
  float potential = 0.0f;
#pragma unroll
  for (int t = 0; t < STEPS; t++) {
    const bool rests = t > 0 && BIT(pattern, t == 0 ? 0 : t - 1);
    potential = leak * (rests ? 0.0f : potential) + f[t] - inhibition;
    potentials[t] = potential;
  }
  float later = 0.0f;
#pragma unroll
  for (int i = 0; i < STEPS; i++) {
    const int t = STEPS - 1 - i;
    const float total = bySpike[t] - resetLeak * potentials[t] * later;
    const float kept = BIT(pattern, t) ? 0.0f : leak * later;
    later = total * derivative(potentials[t], threshold, width) + kept;
#if SIGMOID_CURRENT
    f[t] = later * f[t] * (1.0f - f[t]);
#else
    f[t] = later;
#endif
  }
}

// The output layer; a work-item has one neuron of one sample.
//
// byAnswer [.., outputs] receives the gradient of the loss by the answers, see the class Loss
KERNEL void output_backward(
    __global const int *memberOf,
    __global const int *slots,
    __global const float *targets,
    __global const float *constants,
    __global const float *scalars,
    __global const float *answers,
    __global const steps_t *patterns,
    __global float *drives,
    __global float *byAnswer,
    const int scalarStride,
    const int firstScalar,
    const int stride,
    const int firstRow,
    const int rows,
    const int outputs) {
  const int number = (int)get_global_id(0);
  const size_t a = get_group_id(1);
  if (number < rows * outputs) {
    const int k = number % outputs;
    const size_t inBatch = a * rows + number / outputs;
    const size_t inRound = a * stride + firstRow + number / outputs;
    __global const float *answer = answers + inRound * outputs;
    __global const float *target = targets + (size_t)slots[inRound] * outputs;
#if CROSS_ENTROPY
    float greatest = -INFINITY;
    for (int i = 0; i < outputs; i++) {
      greatest = fmax(greatest, STEPS * answer[i]);
    }
    float sum = 0.0f;
    float taught = 0.0f;
    for (int i = 0; i < outputs; i++) {
      sum += exp(STEPS * answer[i] - greatest);
      taught += target[i];
    }
    const float softmax = exp(STEPS * answer[k] - greatest) / sum;
    const float gradient = STEPS * (taught * softmax - target[k]) / rows;
#else
    const float gradient = 2.0f * (answer[k] - target[k]) / (rows * outputs);
#endif
    byAnswer[inBatch * outputs + k] = gradient;
    const int credit = (int)scalars[a * scalarStride + firstScalar + CREDIT];
    __global float *drive = drives + inBatch * STEPS * outputs + k;
    float f[STEPS];
    float bySpike[STEPS];
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      f[t] = drive[(size_t)t * outputs];
      bySpike[t] = gradient * (1.0f / STEPS);
    }
    back_through_time(
        f,
        bySpike,
        patterns[inBatch * outputs + k],
        constants + memberOf[a] * CONSTANTS,
        !(credit & OUTPUT_RESET_IGNORED));
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      drive[(size_t)t * outputs] = f[t];
    }
  }
}

// A hidden neuron's share of what a random matrix [outputs, neurons] makes of a sample's error, or target.
INLINED float projected(
    __global const float *feedback,
    __global const float *source,
    float scale,
    int outputs,
    int neurons,
    int neuron) {
  float sum = 0.0f;
  for (int k = 0; k < outputs; k++) {
    sum += scale * source[k] * feedback[(size_t)k * neurons + neuron];
  }
  return sum;
}

// Makes of a neuron's dL/du(t) what the gradient of its matrix is taken from: the exact terms that the rule
// has, with its local terms written as terms of the steps whose input they meet. See local.cl.
INLINED void choose_terms(
    float *byCurrent,
    int credit,
    ulong exactSteps,
    steps_t pattern,
    float projectedError,
    float magnitude,
    int rows) {
  const bool exact = credit & THROUGH_WEIGHTS;
#pragma unroll
  for (int t = 0; t < STEPS; t++) {
    byCurrent[t] = exact && BIT(exactSteps, t) ? byCurrent[t] : 0.0f;
  }
  if (credit & LOCAL_TERMS) {
    const float error = magnitude * projectedError;
    const float coincidence = magnitude * (0.01f / ((float)rows * rows));
    if (credit & WHOLE_UPDATES) {
#pragma unroll
      for (int t = 0; t < STEPS; t++) {
        byCurrent[t] += error / STEPS;
        if (BIT(pattern, t)) {
          byCurrent[t] += t >= STEPS - 2 ? coincidence : 0.0f;
          byCurrent[t] -= t < 2 ? coincidence : 0.0f;
        }
      }
    } else {
      byCurrent[STEPS - 1] += error;
#if STEPS > 1
      byCurrent[STEPS - 2] += BIT(pattern, STEPS - 1) ? coincidence : 0.0f;
      byCurrent[0] -= BIT(pattern, 1) ? coincidence : 0.0f;
#endif
    }
  }
}

#define STAGED 8

// A hidden layer; a work-item has one neuron of one sample.
//
// matrix: where the weights from this layer to the one above begin, [neurons, neuronsAbove]
// gradientsAbove: dL/du of the layer above, [.., T, neuronsAbove]
// terms: 1 to choose the terms of the gradient at once, if no layer below needs what is exact
KERNEL void hidden_backward(
    __global const int *memberOf,
    __global const int *slots,
    __global const float *targets,
    __global const float *parameters,
    __global const float *constants,
    __global const ulong *exactSteps,
    __global const float *scalars,
    __global const steps_t *patterns,
    __global const float *gradientsAbove,
    __global float *drives,
    __global const float *byAnswer,
    __global const float *feedback,
    __global const float *magnitudes,
    const long parameterStride,
    const int matrix,
    const int feedbackStride,
    const int feedbackStart,
    const int scalarStride,
    const int firstScalar,
    const int stride,
    const int firstRow,
    const int rows,
    const int neurons,
    const int neuronsAbove,
    const int outputs,
    const int terms) {
  __local float staged[STAGED * STEPS];
  const int item = (int)get_local_id(0);
  const int items = (int)get_local_size(0);
  const size_t a = get_group_id(2);
  const size_t inBatch = a * rows + get_group_id(1);
  const size_t inRound = a * stride + firstRow + get_group_id(1);
  const int member = memberOf[a];
  const int neuron = (int)get_global_id(0);
  const bool works = neuron < neurons;
  const int column = works ? neuron : 0;
  const int credit = (int)scalars[a * scalarStride + firstScalar + CREDIT];
  __global const float *source =
      (credit & TARGET_PROJECTED) ? targets + (size_t)slots[inRound] * outputs
                                  : byAnswer + inBatch * outputs;
  __global const float *ownFeedback =
      feedback + (size_t)member * feedbackStride + feedbackStart;
  __global float *drive = drives + inBatch * STEPS * neurons + column;
  const steps_t pattern = patterns[inBatch * neurons + column];
  float bySpike[STEPS];
  float f[STEPS];
#pragma unroll
  for (int t = 0; t < STEPS; t++) {
    bySpike[t] = 0.0f;
    f[t] = 0.0f;
  }
  __global const float *weights =
      parameters + member * parameterStride + matrix + (size_t)column * neuronsAbove;
  __global const float *gradient = gradientsAbove + inBatch * STEPS * neuronsAbove;
  const int above = (credit & THROUGH_WEIGHTS) ? neuronsAbove : 0;
  for (int from = 0; from < above; from += STAGED) {
    const int count = min(STAGED, neuronsAbove - from);
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int i = item; i < STEPS * STAGED; i += items) {
      const int t = i / STAGED;
      const int k = i % STAGED;
      staged[k * STEPS + t] = k < count ? gradient[(size_t)t * neuronsAbove + from + k] : 0.0f;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int k = 0; k < count; k++) {
      const float weight = weights[from + k];
#pragma unroll
      for (int t = 0; t < STEPS; t++) {
        bySpike[t] += weight * staged[k * STEPS + t];
      }
    }
  }
  if (credit & PROJECTED) {
    const float scale = (credit & TARGET_PROJECTED) ? 2.0f / (rows * outputs) : 1.0f;
    const float taught =
        projected(ownFeedback, source, scale, outputs, neurons, column) * (1.0f / STEPS);
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      bySpike[t] = taught;
    }
  }
  if (works && (credit & (THROUGH_WEIGHTS | PROJECTED))) {
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      f[t] = drive[(size_t)t * neurons];
    }
    back_through_time(
        f, bySpike, pattern, constants + member * CONSTANTS, !(credit & RESET_IGNORED));
  }
  if (terms && (credit & (TRUNCATED | LOCAL_TERMS))) {
    const bool hasLocal = credit & LOCAL_TERMS;
    choose_terms(
        f,
        credit,
        exactSteps[member],
        pattern,
        hasLocal ? projected(ownFeedback, source, -0.5f * rows * outputs, outputs, neurons, column)
              : 0.0f,
        hasLocal ? magnitudes[a * neurons + column] : 0.0f,
        rows);
  }
  if (works && LEARNS_HIDDEN(credit)) {
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      drive[(size_t)t * neurons] = f[t];
    }
  }
}
