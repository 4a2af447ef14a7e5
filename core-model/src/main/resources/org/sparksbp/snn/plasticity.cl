// What a batch changes in the plasticity-trained spiking network, see network.cl. With d = p - a and c = 1/(beta B):
//
//   differential-stdp  D_l = c d_l^T a_{l+1}
//   symmetric-stdp     D_l = c (p_l^T p_{l+1} - a_l^T a_{l+1})
//   postsynaptic-stdp  D_l = c a_l^T d_{l+1}, which is M_l below; frozen-hidden: that of the last matrix alone
//   sbp                M_l = P + D, potentiation and depression, each scaled by rows and columns:
//     P_pre  = diag(1 + lambda_pre  f n(r  rowsum P )) P        D_pre = diag(1 + lambda_pre f n(r |rowsum D|)) D
//     D_post = D diag(1 + lambda_post f n(r |colsum D|))
//     P_bp   = P diag(1 + lambda_bp f n(r rowsum P_pre of matrix l+1)),  D_bp likewise
//     D_l = (P_pre + P_bp)/2 + (D_pre + D_post + D_bp)/3,   of the output matrix P_pre + (D_pre + D_post)/2
//
// (Zhang et al., Science Advances 7(43), eabh0146, 2021, Materials and Methods.) Then W_l += alpha_l D_l, and b_l +=
// alpha_{l-1} c sum over the batch of d_l. Matrices are changed from the last to the first. Every sum over samples
// runs in their order.
//
// UPDATE_ITEMS: work-items of a group, but of modify, whose groups have a tile of a matrix, see product.cl. MATRIX:
// elements of the largest matrix; WIDEST: most rows or columns; TILES, BLOCKS: most tiles of a matrix side by side and
// over one another.

#define APPLIED_ROWS 8 // of a matrix that a group of apply changes

// Where the sums of a member are: of rows by tile, of columns by block.
#define ROW_POTENTIATION 0
#define ROW_DEPRESSION (WIDEST * TILES)
#define COLUMN_DEPRESSION (2 * WIDEST * TILES)
#define SUMS (2 * WIDEST * TILES + WIDEST * BLOCKS)

// Where the factors of a member are, and the row sums of P_pre and D_pre of the matrix above.
#define OF_ROW_POTENTIATION 0
#define OF_ROW_DEPRESSION WIDEST
#define OF_COLUMN_POTENTIATION (2 * WIDEST)
#define OF_COLUMN_DEPRESSION (3 * WIDEST)
#define ABOVE_POTENTIATION (4 * WIDEST)
#define ABOVE_DEPRESSION (5 * WIDEST)
#define RATIO (6 * WIDEST)
#define FACTORS (6 * WIDEST + 1)

// Adds up what has the given sign in each row of a tile, and writes the sums of the first `rows`. All work-items of
// the group take part.
INLINE void sum_rows(
    __local float *shared, const float4 *sum, const float sign, __global float *sums, const int rows) {
  const int item = get_local_id(0);
#pragma unroll
  for (int n = 0; n < 8; n++) {
    float total = 0;
#pragma unroll
    for (int k = 0; k < 8; k++) {
      const float value = product_element(sum, n, k);
      total += sign * value > 0 ? value : 0;
    }
    shared[item % PRODUCT_ACROSS * (PRODUCT_ROWS + 1) + PRODUCT_ROW(item, n)] = total;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  EACH(i, min(PRODUCT_ROWS, rows), PRODUCT_ITEMS) {
    float total = 0;
    for (int x = 0; x < PRODUCT_ACROSS; x++) {
      total += shared[x * (PRODUCT_ROWS + 1) + i];
    }
    sums[i] = total;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
}

// The same of what is below 0 in each column.
INLINE void sum_columns(__local float *shared, const float4 *sum, __global float *sums, const int columns) {
  const int item = get_local_id(0);
#pragma unroll
  for (int k = 0; k < 8; k++) {
    float total = 0;
#pragma unroll
    for (int n = 0; n < 8; n++) {
      total += fmin(product_element(sum, n, k), 0.0f);
    }
    shared[item / PRODUCT_ACROSS * (PRODUCT_COLUMNS + 1) + PRODUCT_COLUMN(item, k)] = total;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  EACH(j, min(PRODUCT_COLUMNS, columns), PRODUCT_ITEMS) {
    float total = 0;
    for (int y = 0; y < PRODUCT_DOWN; y++) {
      total += shared[y * (PRODUCT_COLUMNS + 1) + j];
    }
    sums[j] = total;
  }
}

// What matrix l would change by before it spreads: D_l, or M_l where the rule is sbp, whose sums come with it.
// Groups [tiles side by side, tiles over one another, members].
__kernel __attribute__((reqd_work_group_size(PRODUCT_ITEMS, 1, 1))) void modify(
    __global const float *memberConstants,
    __global const int *memberOf,
    __global const float *scalars,
    __global const float *x,
    __global const float *free,
    __global const float *clamped,
    __global const float *change,
    __global float *modification,
    __global float *sums,
    const int rows,
    const int firstScalar,
    const int scalarStride,
    const int terms,
    const int l) {
  __local float4 held[PRODUCT_SHARED / 4];
  __local float *shared = (__local float *)held;
  const int item = get_local_id(0);
  const int columns = SIZE[l + 1];
  const int firstRow = get_group_id(1) * PRODUCT_ROWS;
  const int firstColumn = get_group_id(0) * PRODUCT_COLUMNS;
  const int a = get_group_id(2);
  __global const float *constants = memberConstants + memberOf[a] * CONSTANTS;
  const int rule = (int)constants[RULE];
  const int changes = !((rule == FROZEN_HIDDEN && l < LAYERS - 1) || (rule == DIFFERENTIAL_STDP && l == 0));
  const int symmetric = rule == SYMMETRIC_STDP && l > 0;
  float4 sum[16];
#pragma unroll
  for (int n = 0; n < 16; n++) {
    sum[n] = 0;
  }
  // Work-items of all rules meet at the same barriers; those without a second term do nothing between them.
  for (int term = 0; term < terms; term++) {
    __global const float *before = l == 0 ? x : free;
    __global const float *after = change;
    if (symmetric) {
      before = term == 0 ? clamped : free;
      after = before;
    } else if (rule == DIFFERENTIAL_STDP) {
      before = change;
      after = free;
    }
    const int width = l == 0 ? INPUTS : NEURONS;
    add_products(
        sum,
        shared,
        before + (size_t)a * rows * width + (l == 0 ? 0 : STATE_OFFSET[l]) + firstRow,
        width,
        SIZE[l] - firstRow,
        after + (size_t)a * rows * NEURONS + STATE_OFFSET[l + 1] + firstColumn,
        NEURONS,
        columns - firstColumn,
        changes && (term == 0 || symmetric) ? rows : 0,
        term == 0 ? 1 : -1);
  }
  const float c = scalars[a * scalarStride + firstScalar + CHANGE_SCALE];
  __global float *m = modification + (size_t)a * MATRIX;
#pragma unroll
  for (int n = 0; n < 16; n++) {
    sum[n] *= c;
  }
#pragma unroll
  for (int n = 0; n < 8; n++) {
    const int i = firstRow + PRODUCT_ROW(item, n);
#pragma unroll
    for (int k = 0; k < 8; k++) {
      const int j = firstColumn + PRODUCT_COLUMN(item, k);
      if (changes && i < SIZE[l] && j < columns) {
        m[(size_t)i * columns + j] = product_element(sum, n, k);
      }
    }
  }
  // Elements outside of the matrix are 0 and add nothing.
  const int spreads = rule == SELF_BACKPROPAGATION;
  const int rowsLeft = spreads ? SIZE[l] - firstRow : 0;
  __global float *mine = sums + (size_t)a * SUMS;
  __global float *ofRows = mine + get_group_id(0) * WIDEST + firstRow;
  sum_rows(shared, sum, 1, ofRows + ROW_POTENTIATION, rowsLeft);
  sum_rows(shared, sum, -1, ofRows + ROW_DEPRESSION, rowsLeft);
  sum_columns(
      shared,
      sum,
      mine + COLUMN_DEPRESSION + get_group_id(1) * WIDEST + firstColumn,
      spreads ? columns - firstColumn : 0);
}

// The sum of all work-items' values, the same in all of them.
INLINE float total(__local float *held, const float value) {
  const int item = get_local_id(0);
  barrier(CLK_LOCAL_MEM_FENCE);
  held[item] = value;
  for (int half_ = UPDATE_ITEMS / 2; half_ > 0; half_ /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (item < half_) {
      held[item] += held[item + half_];
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  return held[0];
}

// lambda f r / (r sum z), or what n is otherwise: the factor 1 + this times z spreads z. The sign is -1 where |z| is
// meant and z is not positive.
INLINE float spreading(
    __global const float *constants, const float lambda, const float sign, const float sum, const int count) {
  const float range = sign * constants[RANGE];
  const float ranged = range * sum;
  const int normalisation = (int)constants[NORMALISATION];
  float n = 1;
  if (normalisation != 2 && ranged != 0) {
    n = normalisation == 0 ? 1 / ranged : count / ranged;
  }
  return lambda * constants[FRACTION] * n * range;
}

// What P and D of matrix l are multiplied by: a number of the row plus one of the column. Groups [members].
__kernel __attribute__((reqd_work_group_size(UPDATE_ITEMS, 1, 1))) void spread(
    __global const float *memberConstants,
    __global const int *memberOf,
    __global const float *sums,
    __global float *factors,
    const int l) {
  __local float held[UPDATE_ITEMS];
  const int item = get_local_id(0);
  const int a = get_group_id(0);
  __global const float *constants = memberConstants + memberOf[a] * CONSTANTS;
  const int spreads = (int)constants[RULE] == SELF_BACKPROPAGATION;
  __global const float *mine = sums + (size_t)a * SUMS;
  __global float *factor = factors + (size_t)a * FACTORS;
  const int lines = spreads ? SIZE[l] : 0; // and no return: all work-items meet at every barrier
  const int columns = spreads ? SIZE[l + 1] : 0;
  const int tiles = (columns + PRODUCT_COLUMNS - 1) / PRODUCT_COLUMNS;
  const int blocks = (lines + PRODUCT_ROWS - 1) / PRODUCT_ROWS;
  const int output = l == LAYERS - 1;
  const int inverse = (int)constants[INVERSE];
  float ofPotentiation = 0;
  float ofDepression = 0;
  EACH(i, lines, UPDATE_ITEMS) {
    float potentiation = 0;
    float depression = 0;
    for (int t = 0; t < tiles; t++) {
      potentiation += mine[ROW_POTENTIATION + t * WIDEST + i];
      depression += mine[ROW_DEPRESSION + t * WIDEST + i];
    }
    factor[OF_ROW_POTENTIATION + i] = potentiation;
    factor[OF_ROW_DEPRESSION + i] = depression;
    ofPotentiation += potentiation;
    ofDepression += depression;
  }
  float ofColumns = 0;
  float abovePotentiation = 0;
  float aboveDepression = 0;
  EACH(j, columns, UPDATE_ITEMS) {
    float depression = 0;
    for (int b = 0; b < blocks; b++) {
      depression += mine[COLUMN_DEPRESSION + b * WIDEST + j];
    }
    factor[OF_COLUMN_DEPRESSION + j] = depression;
    ofColumns += depression;
    if (!output) {
      abovePotentiation += factor[ABOVE_POTENTIATION + j];
      aboveDepression += factor[ABOVE_DEPRESSION + j];
    }
  }
  ofPotentiation = total(held, ofPotentiation);
  ofDepression = total(held, ofDepression);
  ofColumns = total(held, ofColumns);
  abovePotentiation = total(held, abovePotentiation);
  aboveDepression = total(held, aboveDepression);
  const float pre = constants[LAMBDA_PRE];
  const float toPotentiation = inverse ? 0 : spreading(constants, pre, 1, ofPotentiation, lines);
  const float toDepression = inverse ? 0 : spreading(constants, pre, -1, ofDepression, lines);
  const float toColumns = spreading(constants, constants[LAMBDA_POST], -1, ofColumns, columns);
  const float backPotentiation = spreading(constants, constants[LAMBDA_BP], 1, abovePotentiation, columns);
  const float backDepression = spreading(constants, constants[LAMBDA_BP], 1, aboveDepression, columns);
  const float potentiationShare = output ? 1 : 1.0f / 2;
  const float depressionShare = output ? 1.0f / 2 : 1.0f / 3;
  const float both = abovePotentiation - aboveDepression;
  const float perShare = both != 0 ? columns / both : 1;
  EACH(j, columns, UPDATE_ITEMS) {
    const float potentiation = output ? 0 : factor[ABOVE_POTENTIATION + j];
    const float depression = output ? 0 : factor[ABOVE_DEPRESSION + j];
    if (inverse) {
      const float one =
          output ? 1 : 1 / (perShare * (potentiation - depression) + constants[INVERSE_OFFSET]);
      factor[OF_COLUMN_POTENTIATION + j] = one;
      factor[OF_COLUMN_DEPRESSION + j] = one;
    } else {
      const float own = 1 + toColumns * factor[OF_COLUMN_DEPRESSION + j];
      factor[OF_COLUMN_POTENTIATION + j] = output ? 0 : potentiationShare * (1 + backPotentiation * potentiation);
      factor[OF_COLUMN_DEPRESSION + j] = depressionShare * (output ? own : own + 1 + backDepression * depression);
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  EACH(i, lines, UPDATE_ITEMS) {
    const float potentiation = factor[OF_ROW_POTENTIATION + i];
    const float depression = factor[OF_ROW_DEPRESSION + i];
    const float spreadPotentiation = 1 + toPotentiation * potentiation;
    const float spreadDepression = 1 + toDepression * depression;
    factor[ABOVE_POTENTIATION + i] = potentiation * spreadPotentiation;
    factor[ABOVE_DEPRESSION + i] = depression * spreadDepression;
    factor[OF_ROW_POTENTIATION + i] = inverse ? 0 : potentiationShare * spreadPotentiation;
    factor[OF_ROW_DEPRESSION + i] = inverse ? 0 : depressionShare * spreadDepression;
  }
  if (item == 0) {
    factor[RATIO] = 1;
  }
}

INLINE float scaled(__global const float *factor, const float m, const int i, const int j) {
  return m > 0 ? m * (factor[OF_ROW_POTENTIATION + i] + factor[OF_COLUMN_POTENTIATION + j])
               : m * (factor[OF_ROW_DEPRESSION + i] + factor[OF_COLUMN_DEPRESSION + j]);
}

// What the change of a hidden-facing matrix is scaled by to have the norm of what spreads. Groups [members].
__kernel __attribute__((reqd_work_group_size(UPDATE_ITEMS, 1, 1))) void match(
    __global const float *memberConstants,
    __global const int *memberOf,
    __global const float *modification,
    __global float *factors,
    const int l) {
  __local float held[UPDATE_ITEMS];
  const int a = get_group_id(0);
  __global const float *constants = memberConstants + memberOf[a] * CONSTANTS;
  const int matches = (int)constants[RULE] == SELF_BACKPROPAGATION && constants[MATCH_NORM] != 0;
  const int elements = matches ? SIZE[l] * SIZE[l + 1] : 0;
  __global const float *m = modification + (size_t)a * MATRIX;
  __global float *factor = factors + (size_t)a * FACTORS;
  float own = 0;
  float wanted = 0;
  EACH(e, elements, UPDATE_ITEMS) {
    const float value = scaled(factor, m[e], e / SIZE[l + 1], e % SIZE[l + 1]);
    own = fma(value, value, own);
    wanted = fma(m[e], m[e], wanted);
  }
  own = total(held, own);
  wanted = total(held, wanted);
  if (matches && get_local_id(0) == 0) {
    factor[RATIO] = own > 0 ? sqrt(wanted) / sqrt(own) : 1;
  }
}

#define GAMMA 0x9e3779b97f4a7c15UL

// SplitMix64's function (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014), as RandomStream has it.
INLINE ulong mix(const ulong value) {
  ulong mixed = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebUL;
  return mixed ^ (mixed >> 31);
}

INLINE ulong coordinate(const ulong state, const ulong value) {
  return mix(state ^ mix(value + GAMMA)) + GAMMA;
}

// W_l += alpha_l times the change, with noise and Dale's law where they are on. Groups [columns, blocks of rows,
// members].
__kernel __attribute__((reqd_work_group_size(UPDATE_ITEMS, 1, 1))) void apply(
    __global float *parameters,
    __global const float *memberConstants,
    __global const int *memberOf,
    __global const float *scalars,
    __global const ulong *keys,
    __global const float *modification,
    __global const float *factors,
    const int stride,
    const int firstRow,
    const int firstScalar,
    const int scalarStride,
    const int l) {
  const int columns = SIZE[l + 1];
  const int j = get_global_id(0);
  const int first = get_group_id(1) * APPLIED_ROWS;
  const int a = get_group_id(2);
  __global const float *constants = memberConstants + memberOf[a] * CONSTANTS;
  const int rule = (int)constants[RULE];
  if (j >= columns || (rule == FROZEN_HIDDEN && l < LAYERS - 1) || (rule == DIFFERENTIAL_STDP && l == 0)) {
    return;
  }
  const float alpha = constants[ALPHA(l)];
  const int noise = (int)constants[NOISE];
  const int dale = constants[DALE] != 0 && l >= 1;
  __global const float *factor = factors + (size_t)a * FACTORS;
  __global const float *changes = modification + (size_t)a * MATRIX + j;
  __global float *weights = parameters + (size_t)memberOf[a] * PARAMETERS + WEIGHT_OFFSET[l] + j;
  const int end = min(first + APPLIED_ROWS, SIZE[l]);
  for (int i = first; i < end; i++) {
    float step = changes[(size_t)i * columns];
    if (rule == SELF_BACKPROPAGATION) {
      step = factor[RATIO] * scaled(factor, step, i, j);
    }
    if (noise == 1) {
      const ulong row = coordinate(coordinate(keys[(size_t)a * stride + firstRow], l), i);
      const ulong drawn = mix(row + (ulong)(j + 1) * GAMMA);
      step *= 1.01f * ((float)(drawn >> 40) * 0x1p-24f);
    } else if (noise == 2) {
      step *= scalars[a * scalarStride + firstScalar + NOISE_FACTOR];
    }
    step *= alpha;
    __global float *weight = weights + (size_t)i * columns;
    if (dale && *weight * step < 0) {
      step = -0.1f * *weight;
    }
    *weight += step;
  }
}

// b_l += alpha_{l-1} c sum over the batch of d_l. Groups [neurons, members].
__kernel __attribute__((reqd_work_group_size(UPDATE_ITEMS, 1, 1))) void changeBiases(
    __global float *parameters,
    __global const float *memberConstants,
    __global const int *memberOf,
    __global const float *scalars,
    __global const float *change,
    const int rows,
    const int firstScalar,
    const int scalarStride) {
  const int n = get_global_id(0);
  const int a = get_group_id(1);
  __global const float *constants = memberConstants + memberOf[a] * CONSTANTS;
  if (n >= NEURONS || ((int)constants[RULE] == FROZEN_HIDDEN && n < STATE_OFFSET[LAYERS])) {
    return;
  }
  int l = 1;
  while (l < LAYERS && n >= STATE_OFFSET[l + 1]) {
    l++;
  }
  float sum = 0;
  for (int r = 0; r < rows; r++) {
    sum += change[((size_t)a * rows + r) * NEURONS + n];
  }
  parameters[(size_t)memberOf[a] * PARAMETERS + BIASES + n] +=
      constants[ALPHA(l - 1)] * scalars[a * scalarStride + firstScalar + CHANGE_SCALE] * sum;
}
