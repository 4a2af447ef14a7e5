// The energy-based network of a pack of trials (OpenCL C 1.2): sizes, and where things are.
//
// T. Zhang et al., "Self-backpropagation of synaptic modifications elevates the efficiency of spiking and
// artificial neural networks", Science Advances 7(43), eabh0146, 2021, Materials and Methods. The states s_l of
// the layers l = 1..L, s_0 = x, descend in an energy, all layers at once from the same old states:
//
//   s_l <- clip(s_l - epsilon dF/ds_l, 0, 1)
//   dF/ds_l = leak_l s_l - drive_l b_l - coupling_{l-1} s_{l-1} W_{l-1}
//             - feedback coupling_l s_{l+1} W_l^T  [+ 2 beta (s_L - y)]
//
// first freely, then clamped (the term in brackets). Then, with the states at the two ends of B samples,
//
//   W_l += alpha_l coupling_l / (beta B) (clamped_l^T clamped_{l+1} - free_l^T free_{l+1})
//   b_l += alpha_l drive_l    / (beta B) sum over the samples of (clamped_l - free_l)
//
// Known when this is built: LAYERS (L), INPUTS (N_0), FIRST (N_1), LOWER (N_{L-1}), OUTPUTS (N_L), STATES
// (N_1 + .. + N_L), PARAMETERS, BIASES (where b_1..b_L begin), TRANSPOSED (elements of W_1..W_{L-2}); for each
// layer or matrix the lists SIZES, STATE_OFFSETS, WEIGHT_OFFSETS, TRANSPOSED_OFFSETS; and those named below and in
// the other files, which say how the work is dealt out.
//
// a is the place of a member among those that take part. What is kept for its sample r of the batch alone is at
// a * rows + r, what is kept for the round at a * stride + firstRow + r.

__constant int SIZE[LAYERS + 1] = {SIZES};
__constant int STATE_OFFSET[LAYERS + 1] = {STATE_OFFSETS};        // of s_l among a sample's states
__constant int WEIGHT_OFFSET[LAYERS + 1] = {WEIGHT_OFFSETS};      // of W_l among the parameters; then the biases'
__constant int TRANSPOSED_OFFSET[LAYERS] = {TRANSPOSED_OFFSETS};  // of W_l^T, l = 1..L-2

// A member's constants for the layers or matrices l = 0..L.
#define CONSTANTS (4 * (LAYERS + 1))
#define KEEP(l) (l)                    // 1 - epsilon leak_l
#define OWN(l) (LAYERS + 1 + (l))      // epsilon drive_l
#define UP(l) (2 * (LAYERS + 1) + (l)) // epsilon coupling_l
#define DOWN(l) (3 * (LAYERS + 1) + (l)) // epsilon coupling_l feedback

// A batch's scalars. A scale of 0 is that of parameters that do not learn.
#define PULL 0                         // 2 epsilon beta
#define WEIGHT_SCALE(l) (1 + (l))      // of W_l, l = 0..L-1
#define BIAS_SCALE(l) (LAYERS + (l))   // of b_l, l = 1..L
