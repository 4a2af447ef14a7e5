// The spiking multilayer perceptron of a pack of trials (OpenCL C 1.2): input spikes and forward pass.
//
// T. Zhang et al., "Self-backpropagation of synaptic modifications elevates the efficiency of spiking and
// artificial neural networks", Science Advances 7(43), eabh0146, 2021. For each of T steps, and each layer:
//
//   u(t) = x(t) W + b
//   m(t) = leak m(t-1) (1 - s(t-1)) + f(u(t)) - inhibition      f: the logistic function, or none
//   s(t) = [m(t) > threshold]
//
// and the answer is the mean of s over the steps. What a neuron does in all steps is one pattern of bits,
// bit t for step t. A group of work-items works on some neurons of one sample of one member.
//
// Known when this is built: STEPS (T), ITEMS (work-items of a group), TILE and SLICES (see
// update.cl), BERNOULLI, SIGMOID_CURRENT, SURROGATE and CROSS_ENTROPY (see backward.cl).
//
// a is the place of a member among those that take part; what is kept for its sample r in the batch alone
// is at a * rows + r, what is kept for the round at a * stride + firstRow + r.

#if STEPS > 32
typedef ulong steps_t;
#define WORD_BITS 64
#else
typedef uint steps_t;
#define WORD_BITS 32
#endif

// All groups have as many work-items, so the compiler need not save registers for larger ones.
#define KERNEL __kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))

// Arrays of the caller then stay in registers.
#define INLINED static inline __attribute__((always_inline))

#define ALL_STEPS ((steps_t)(~(steps_t)0 >> (WORD_BITS - STEPS)))
#define BIT(pattern, t) ((pattern) >> (t) & 1)

// A member's constants.
#define CONSTANTS 8
#define LEAK 0
#define THRESHOLD 1
#define INHIBITION 2
#define SURROGATE_WIDTH 3
#define KEEP_FIRST 4
#define KEEP_SECOND 5

// A batch's scalars.
#define STEP_SIZE 0
#define EPSILON 1
#define CREDIT 2

// Bits of the scalar CREDIT: where the gradient of hidden matrices comes from.
#define THROUGH_WEIGHTS 1   // backpropagated
#define PROJECTED 2         // through a random matrix
#define LOCAL_TERMS 4       // self-backpropagated, local in time
#define WHOLE_UPDATES 8     // these of the reading by updates, not of that by steps
#define FLAT_MAGNITUDES 16  // of one size for all neurons
#define WITHOUT_BIASES 32   // no gradient of any bias
#define TRUNCATED 64        // exact terms of some steps only
#define RESET_IGNORED 128   // of hidden neurons
#define OUTPUT_RESET_IGNORED 256
#define TARGET_PROJECTED 512  // rather than the error

// Whether hidden matrices have a gradient at all.
#define LEARNS_HIDDEN(credit) ((credit) & (THROUGH_WEIGHTS | PROJECTED | LOCAL_TERMS))

#define GAMMA 0x9e3779b97f4a7c15UL

// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014): the number that a state gives.
INLINED ulong mixed(ulong value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
  return value ^ (value >> 31);
}

// Patterns of a sample's input: drawn, each channel spiking in a step if the first 24 bits of a random
// number are below its value, or the values themselves. Random numbers count on from the row's key, step
// by step and in each step element by element.
//
// listed [.., inputs]: of its elements, in their order; dense [.., inputs]: of all channels.
KERNEL void present_input(
    __global const int *slots,
    __global const ulong *keys,
    __global const int *starts,
    __global const int *channels,
    __global const int *values,
    __global steps_t *listed,
    __global steps_t *dense,
    __global int *counts,
    __global int *isNumber,
    __global const float *scalars,
    const int scalarStride,
    const int firstScalar,
    const int stride,
    const int firstRow,
    const int rows,
    const int inputs,
    const int countsPerRow) {
  __local int events;
  const int item = (int)get_local_id(0);
  const int items = (int)get_local_size(0);
  const size_t a = get_group_id(1);
  const size_t inBatch = a * rows + get_group_id(0);
  const size_t inRound = a * stride + firstRow + get_group_id(0);
  __global steps_t *ofChannels = dense + inBatch * inputs;
  __global steps_t *ofElements = listed + inBatch * inputs;
  if (item == 0) {
    events = 0;
  }
  for (int channel = item; channel < inputs; channel += items) {
    ofChannels[channel] = 0;
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  const int first = starts[slots[inRound]];
  const int elements = starts[slots[inRound] + 1] - first;
  int spikes = 0;
  for (int i = item; i < elements; i += items) {
#if BERNOULLI
    const ulong bound = (ulong)values[first + i];
    ulong state = keys[inRound] + (ulong)(i + 1) * GAMMA;
    const ulong later = (ulong)elements * GAMMA;
    steps_t pattern = 0;
    for (int t = 0; t < STEPS; t++) {
      pattern |= (steps_t)((mixed(state) >> 40) < bound) << t;
      state += later;
    }
#else
    const steps_t pattern = ((__global const steps_t *)values)[first + i];
#endif
    ofElements[i] = pattern;
    ofChannels[channels[first + i]] = pattern;
    spikes += (int)popcount(pattern);
  }
  atomic_add(&events, spikes);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (item == 0) {
    __global int *ofRow = counts + inRound * countsPerRow;
    ofRow[0] = events;
    for (int i = 1; i + 1 < countsPerRow; i++) {
      ofRow[i] = 0;
    }
    ofRow[countsPerRow - 1] = (int)scalars[a * scalarStride + firstScalar + CREDIT];
    isNumber[inBatch] = 1;
  }
}

// Adds a weight to the steps of a pattern; that of a whole one is added once, for all of them.
INLINED void add_weight(float *current, float *inAll, steps_t pattern, float weight) {
  if (pattern == ALL_STEPS) {
    *inAll += weight;
  } else if (pattern) {
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      if (BIT(pattern, t)) {
        current[t] += weight;
      }
    }
  }
}

// Inputs whose weights are fetched at a time, so that they come while others are added.
#define FETCHED 4

// One layer. Each work-item has a neuron; where the layer has few, `slices` of them share the neuron, each
// with its part of the inputs, and their currents are added up in order.
//
// below: patterns of the layer below, of the elements that channels lists if it is the input layer
// above: receives the patterns [.., neurons]; drives: f(u), [.., T, neurons], if it is to learn
KERNEL void fire(
    __global const int *memberOf,
    __global const int *slots,
    __global const int *starts,
    __global const int *channels,
    __global const float *parameters,
    __global const float *constants,
    __global const steps_t *below,
    __global steps_t *above,
    __global float *drives,
    __global float *answers,
    __global int *counts,
    __global int *isNumber,
    const long parameterStride,
    const int matrix,
    const int stride,
    const int firstRow,
    const int rows,
    const int inputs,
    const int neurons,
    const int width,
    const int slices,
    const int layer,
    const int layers,
    const int learns) {
  __local int stagedInputs[ITEMS];
  __local steps_t stagedPatterns[ITEMS];
  __local float parts[ITEMS];
  __local int spikes;
  const int item = (int)get_local_id(0);
  const int items = (int)get_local_size(0);
  const size_t a = get_group_id(2);
  const size_t inBatch = a * rows + get_group_id(1);
  const size_t inRound = a * stride + firstRow + get_group_id(1);
  const int member = memberOf[a];
  __global const float *weights = parameters + member * parameterStride + matrix;
  const int slice = item / width;
  const int neuron = (int)get_group_id(0) * width + item % width;
  const bool works = slice < slices && neuron < neurons;
  const int column = works ? neuron : 0;
  const int first = layer == 1 ? starts[slots[inRound]] : 0;
  const int elements = layer == 1 ? starts[slots[inRound] + 1] - first : inputs;

  float current[STEPS];
  float inAll = works && slice == 0 ? weights[(size_t)inputs * neurons + column] : 0.0f;
#pragma unroll
  for (int t = 0; t < STEPS; t++) {
    current[t] = 0.0f;
  }
  if (item == 0) {
    spikes = 0;
  }
  for (int from = 0; from < elements; from += items) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (from + item < elements) {
      stagedInputs[item] = layer == 1 ? channels[first + from + item] : from + item;
      stagedPatterns[item] = below[inBatch * inputs + from + item];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    const int staged = works ? min(items, elements - from) : 0;
    for (int i = slice; i < staged; i += FETCHED * slices) {
      steps_t patterns[FETCHED];
      float fetched[FETCHED];
#pragma unroll
      for (int n = 0; n < FETCHED; n++) {
        const int at = i + n * slices;
        patterns[n] = at < staged ? stagedPatterns[at] : 0;
        fetched[n] =
            at < staged ? weights[(size_t)stagedInputs[at] * neurons + column] : 0.0f;
      }
#pragma unroll
      for (int n = 0; n < FETCHED; n++) {
        add_weight(current, &inAll, patterns[n], fetched[n]);
      }
    }
  }
#pragma unroll
  for (int t = 0; t < STEPS; t++) {
    current[t] += inAll;
  }
  if (slices > 1) {
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
      barrier(CLK_LOCAL_MEM_FENCE);
      parts[item] = current[t];
      barrier(CLK_LOCAL_MEM_FENCE);
      if (works && slice == 0) {
        for (int s = 1; s < slices; s++) {
          current[t] += parts[s * width + item];
        }
      }
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (works && slice == 0) {
    __global const float *fixed = constants + member * CONSTANTS;
    const float leak = fixed[LEAK];
    const float threshold = fixed[THRESHOLD];
    const float inhibition = fixed[INHIBITION];
    __global float *drive = drives + inBatch * STEPS * neurons + neuron;
    float potential = 0.0f;
    steps_t pattern = 0;
    bool fired = false;
#pragma unroll
    for (int t = 0; t < STEPS; t++) {
#if SIGMOID_CURRENT
      const float driven = 1.0f / (1.0f + exp(-current[t]));
#else
      const float driven = current[t];
#endif
      potential = leak * (fired ? 0.0f : potential) + driven - inhibition;
      fired = potential > threshold;
      pattern |= (steps_t)fired << t;
      if (learns) {
        drive[(size_t)t * neurons] = driven;
      }
    }
    above[inBatch * neurons + neuron] = pattern;
    const int fires = (int)popcount(pattern);
    atomic_add(&spikes, fires);
    // A potential that is no number shows in the answers, as no spike can.
    const bool lost = isnan(potential) || layer == layers && isNumber[inBatch] == 0;
    if (layer == layers) {
      answers[inRound * neurons + neuron] = lost ? NAN : (float)fires / STEPS;
    } else if (lost) {
      isNumber[inBatch] = 0;
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (item == 0) {
    atomic_add(counts + inRound * (layers + 2) + layer, spikes);
  }
}
