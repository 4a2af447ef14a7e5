// The spiking multilayer perceptron of a pack of trials: the local terms of self-backpropagation.
//
// T. Zhang et al., Science Advances 7(43), eabh0146, 2021, see the classes SelfBackpropagatedSteps and
// SelfBackpropagatedUpdates. For the matrix between layer l and a hidden layer h above it, for B samples,
// with e = target - output and R fixed and random:
//
//   M = x_T^T e R^T + 0.01 H,   H = sum of (x(T-2)^T s(T-1) - x(0)^T s(1)) / B^2     steps from 0
//   S(t) = 0.01 diag(rowsum |g(t)|) / (N_h N_above)                          one number a neuron of h
//   gradient of the local steps = M sum over them of S(t)
//
// g(t) is the gradient of the matrix above h from step t alone: the output matrix's own, or the local term
// made for it. All of M meets inputs x in some step, so it is the gradient that neurons of h have whose
// dL/du is S e R^T in the last step, 0.01 S s(T-1) / B^2 in the one before it, and -0.01 S s(1) / B^2 in the
// first: choose_terms of backward.cl writes it so, and the products are those of backpropagation.
//
// The reading by whole updates has the mean of x in place of x_T, x(t)^T s(t) of the last two steps less
// those of the first two in H, and one S from the gradient of all steps.

// Whether S of a step is taken; the one of whole updates stands at the first step.
INLINED bool is_magnitude(int credit, ulong localSteps, int t) {
  return (credit & LOCAL_TERMS) && ((credit & WHOLE_UPDATES) ? t == 0 : BIT(localSteps, t));
}

// Outputs whose gradients are summed up at a time.
#define SUMMED 8

// S(t) of the hidden layer below the outputs; a work-item has a neuron in a step.
//
// magnitudes [members, T, neurons]
KERNEL void magnitudes_below_outputs(
    __global const int *memberOf,
    __global const ulong *localSteps,
    __global const float *scalars,
    __global const steps_t *patterns,
    __global const float *gradients,
    __global float *magnitudes,
    const int scalarStride,
    const int firstScalar,
    const int rows,
    const int neurons,
    const int outputs) {
  const int neuron = (int)get_global_id(0);
  const int t = (int)get_group_id(1);
  const size_t a = get_group_id(2);
  const int credit = (int)scalars[a * scalarStride + firstScalar + CREDIT];
  if (neuron < neurons && is_magnitude(credit, localSteps[memberOf[a]], t)) {
    __global const steps_t *fired = patterns + a * rows * neurons + neuron;
    const int lastStep = (credit & WHOLE_UPDATES) ? STEPS - 1 : t;
    float total = 0.0f;
    for (int from = 0; from < outputs; from += SUMMED) {
      float sums[SUMMED];
#pragma unroll
      for (int k = 0; k < SUMMED; k++) {
        sums[k] = 0.0f;
      }
      for (int r = 0; r < rows; r++) {
        const steps_t pattern = fired[(size_t)r * neurons];
        for (int step = t; step <= lastStep; step++) {
          __global const float *gradient =
              gradients + ((a * rows + r) * STEPS + step) * outputs + from;
#pragma unroll
          for (int k = 0; k < SUMMED; k++) {
            const float ofOutput = from + k < outputs ? gradient[k] : 0.0f;
            sums[k] += BIT(pattern, step) ? ofOutput : 0.0f;
          }
        }
      }
#pragma unroll
      for (int k = 0; k < SUMMED; k++) {
        total += fabs(sums[k]);
      }
    }
    magnitudes[(a * STEPS + t) * neurons + neuron] = 0.01f * total / ((float)neurons * outputs);
  }
}

// Of H times B^2 what two neurons of a sample give.
INLINED int coincidences(steps_t pre, steps_t post, int credit) {
  if (credit & WHOLE_UPDATES) {
    const steps_t both = pre & post;
    const steps_t firstTwo = 3;
    const steps_t lastTwo = STEPS > 1 ? (steps_t)3 << (STEPS > 1 ? STEPS - 2 : 0) : 1;
    return (int)popcount(both & lastTwo) - (int)popcount(both & firstTwo);
  }
#if STEPS > 1
  return (int)(BIT(pre, STEPS - 2) & BIT(post, STEPS - 1)) - (int)(BIT(pre, 0) & BIT(post, 1));
#else
  return 0;
#endif
}

// S(t) of a hidden layer below a hidden layer, from M and S of the matrix between them; a work-item has a
// neuron.
//
// feedback: R of the layer above, [outputs, neuronsAbove]; projections [members, neurons, outputs]: scratch
KERNEL void magnitudes_below_hidden(
    __global const int *memberOf,
    __global const ulong *localSteps,
    __global const float *scalars,
    __global const steps_t *patterns,
    __global const steps_t *patternsAbove,
    __global const float *byAnswer,
    __global const float *feedback,
    __global const float *magnitudesAbove,
    __global float *magnitudes,
    __global float *projections,
    const int feedbackStride,
    const int feedbackStart,
    const int scalarStride,
    const int firstScalar,
    const int rows,
    const int neurons,
    const int neuronsAbove,
    const int outputs) {
  const int neuron = (int)get_global_id(0);
  const size_t a = get_group_id(1);
  const int member = memberOf[a];
  const int credit = (int)scalars[a * scalarStride + firstScalar + CREDIT];
  if (neuron < neurons && (credit & LOCAL_TERMS)) {
    __global const steps_t *fired = patterns + a * rows * neurons + neuron;
    __global float *own = projections + (a * neurons + neuron) * outputs;
    for (int k = 0; k < outputs; k++) {
      float sum = 0.0f;
      for (int r = 0; r < rows; r++) {
        const steps_t pattern = fired[(size_t)r * neurons];
        const float activity = (credit & WHOLE_UPDATES) ? (float)popcount(pattern) / STEPS
                                                        : (float)BIT(pattern, STEPS - 1);
        sum += activity * (-0.5f * rows * outputs * byAnswer[(a * rows + r) * outputs + k]);
      }
      own[k] = sum;
    }
    __global const float *random = feedback + (size_t)member * feedbackStride + feedbackStart;
    float totals[STEPS];
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      totals[t] = 0.0f;
    }
    for (int j = 0; j < neuronsAbove; j++) {
      int together = 0;
      for (int r = 0; r < rows; r++) {
        const steps_t post = patternsAbove[(a * rows + r) * neuronsAbove + j];
        together += coincidences(fired[(size_t)r * neurons], post, credit);
      }
      float made = 0.01f / ((float)rows * rows) * together;
      for (int k = 0; k < outputs; k++) {
        made += own[k] * random[(size_t)k * neuronsAbove + j];
      }
#pragma unroll
      for (int t = 0; t < STEPS; t++) {
        if (is_magnitude(credit, localSteps[member], t)) {
          totals[t] += fabs(made * magnitudesAbove[(a * STEPS + t) * neuronsAbove + j]);
        }
      }
    }
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      magnitudes[(a * STEPS + t) * neurons + neuron] =
          0.01f * totals[t] / ((float)neurons * neuronsAbove);
    }
  }
}

// Gives all neurons the mean magnitude of their layer where the rule says so, and sums up over the steps.
// One group a member.
//
// summed [members, neurons]
KERNEL void sum_magnitudes(
    __global const int *memberOf,
    __global const ulong *localSteps,
    __global const float *scalars,
    __global float *magnitudes,
    __global float *summed,
    const int scalarStride,
    const int firstScalar,
    const int neurons) {
  __local float parts[ITEMS];
  const int item = (int)get_local_id(0);
  const int items = (int)get_local_size(0);
  const size_t a = get_group_id(0);
  const int credit = (int)scalars[a * scalarStride + firstScalar + CREDIT];
  const ulong steps = localSteps[memberOf[a]];
  for (int j = item; j < neurons; j += items) {
    summed[a * neurons + j] = 0.0f;
  }
  for (int t = 0; t < STEPS; t++) {
    const bool counts = is_magnitude(credit, steps, t);
    __global float *ofStep = magnitudes + (a * STEPS + t) * neurons;
    float sum = 0.0f;
    for (int j = item; counts && j < neurons; j += items) {
      sum += ofStep[j];
    }
    // Barriers stand where all work-items pass whatever the rule: not every compiler takes others.
    barrier(CLK_LOCAL_MEM_FENCE);
    parts[item] = sum;
    barrier(CLK_LOCAL_MEM_FENCE);
    float mean = 0.0f;
    for (int i = 0; i < items; i++) {
      mean += parts[i];
    }
    mean /= neurons;
    for (int j = item; counts && j < neurons; j += items) {
      if (credit & FLAT_MAGNITUDES) {
        ofStep[j] = mean;
      }
      summed[a * neurons + j] += ofStep[j];
    }
  }
}

// Chooses the terms of a hidden layer whose exact gradients no layer below needs any more; a work-item has
// one neuron of one sample.
KERNEL void choose_hidden_terms(
    __global const int *memberOf,
    __global const ulong *exactSteps,
    __global const float *scalars,
    __global const steps_t *patterns,
    __global float *gradients,
    __global const float *byAnswer,
    __global const float *feedback,
    __global const float *magnitudes,
    const int feedbackStride,
    const int feedbackStart,
    const int scalarStride,
    const int firstScalar,
    const int rows,
    const int neurons,
    const int outputs) {
  const int neuron = (int)get_global_id(0);
  const size_t a = get_group_id(2);
  const size_t inBatch = a * rows + get_group_id(1);
  const int member = memberOf[a];
  const int credit = (int)scalars[a * scalarStride + firstScalar + CREDIT];
  if (neuron < neurons && (credit & (TRUNCATED | LOCAL_TERMS))) {
    const bool hasLocal = credit & LOCAL_TERMS;
    __global float *gradient = gradients + inBatch * STEPS * neurons + neuron;
    float byCurrent[STEPS];
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      byCurrent[t] = gradient[(size_t)t * neurons];
    }
    choose_terms(
        byCurrent,
        credit,
        exactSteps[member],
        patterns[inBatch * neurons + neuron],
        hasLocal ? projected(
                    feedback + (size_t)member * feedbackStride + feedbackStart,
                    byAnswer + inBatch * outputs,
                    -0.5f * rows * outputs,
                    outputs,
                    neurons,
                    neuron)
              : 0.0f,
        hasLocal ? magnitudes[a * neurons + neuron] : 0.0f,
        rows);
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      gradient[(size_t)t * neurons] = byCurrent[t];
    }
  }
}
