// The plasticity-trained spiking network of a pack of trials (OpenCL C 1.2): sizes, and where things are.
//
// T. Zhang et al., "Self-backpropagation of synaptic modifications elevates the efficiency of spiking and
// artificial neural networks", Science Advances 7(43), eabh0146, 2021. Layers l = 1..L, a_0 = x the input,
// sigma(u) = tanh(u/2). For k = 1..S and each layer in order:
//
//   I    = sigma(a_{l-1} W_{l-1} + b_l)                                       (or J in its place, see filtered())
//   g_l += dt/tau_syn (-g_l + g_leak + I)
//   v_l += dt/tau_m (-(v_l - V_leak) - g_l/g_leak (v_l - V_E or V_I))
//   v_l  = V_reset where v_l > V_th
//   v_l  = (k/S) v_l + (1 - k/S) h_l,   a_l = sigma(v_l)
//
// then the homeostatic relaxation, layer by layer with the newest values of its neighbours,
//
//   hidden: a_l = sigma(a_l - epsilon (a_l - (a_{l-1} W_{l-1} + a_{l+1} W_l^T) - b_l))
//   output: a_L = relu (a_L - epsilon (a_L -  a_{L-1} W_{L-1}                  - b_L))
//
// and from there the weakly clamped one to p_l, whose output is drawn to the target y by beta (p_L - y).
//
// Known when this is built: LAYERS (L), INPUTS (N_0), OUTPUTS (N_L), NEURONS (N_1 + .. + N_L), PARAMETERS, BIASES
// (where b_1..b_L begin), TRANSPOSED (elements of W_1..W_{L-2}); for each layer or matrix the lists SIZES,
// STATE_OFFSETS, WEIGHT_OFFSETS, TRANSPOSED_OFFSETS; STEPS (S, 0 without a spiking phase), TRAIN_STEPS (steps of the
// spike trains that drive the first layer one by one, 0 where the rates do), CARRIED (whether state goes on from batch to batch), FILTERED (short-term plasticity), POWERS (of a current, of
// which the first layer's response is a sum; 0 where its steps are run), and those named in the other files.
//
// a is the place of a member among those that take part. What is kept for its sample r of the batch alone is at
// a * rows + r, what is kept for the round at a * stride + firstRow + r.

__constant int SIZE[LAYERS + 1] = {SIZES};
__constant int STATE_OFFSET[LAYERS + 1] = {STATE_OFFSETS};       // of layer l among a sample's neurons
__constant int WEIGHT_OFFSET[LAYERS + 1] = {WEIGHT_OFFSETS};     // of W_l among the parameters; then the biases'
__constant int TRANSPOSED_OFFSET[LAYERS] = {TRANSPOSED_OFFSETS}; // of W_l^T, l = 1..L-2

// A member's constants.
#define SYNAPTIC_RATE 0 // dt/tau_syn
#define MEMBRANE_RATE 1 // dt/tau_m
#define LEAK_CONDUCTANCE 2
#define PER_LEAK 3 // 1/g_leak
#define LEAK_POTENTIAL 4
#define THRESHOLD 5
#define RESET 6
#define REVERSAL 7 // V_E, then V_I
#define EPSILON 9
#define BETA 10
#define RESTING_UTILISATION 11
#define FACILITATION 12
#define RESTING_RESOURCES 13
#define CONSUMPTION 14
#define RESTING_CURRENT 15
#define RULE 16
#define FRACTION 17
#define RANGE 18
#define LAMBDA_PRE 19
#define LAMBDA_POST 20
#define LAMBDA_BP 21
#define NORMALISATION 22 // 0 sum, 1 mean, 2 none
#define INVERSE 23       // whether the spread is inverse
#define INVERSE_OFFSET 24
#define MATCH_NORM 25
#define NOISE 26 // 0 none, 1 uniform, 2 Poisson
#define DALE 27
#define ALPHA(l) (28 + (l)) // of W_l and b_{l+1}
#define CONSTANTS (28 + LAYERS)

#define DIFFERENTIAL_STDP 0
#define SYMMETRIC_STDP 1
#define POSTSYNAPTIC_STDP 2
#define SELF_BACKPROPAGATION 3
#define FROZEN_HIDDEN 4

// A batch's scalars.
#define CARRIED_ROWS 0  // rows that go on from the state of the batch before
#define NOISE_FACTOR 1  // of Poisson noise
#define CHANGE_SCALE 2  // c = 1/(beta B)
#define SCALARS 3

// Things that a group's work-items share out. Kernels with barriers do not return early: all work-items meet at
// every barrier, which some compilers (PoCL 3.1) take for granted.
#define EACH(n, count, items) for (int n = get_local_id(0); n < (count); n += (items))

#define INLINE inline __attribute__((always_inline))

INLINE float sigma(float u) {
  return tanh(0.5f * u);
}
