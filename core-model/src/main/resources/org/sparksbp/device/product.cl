// Sums over samples of the products of two arrays' elements, by which weights are changed (OpenCL C 1.2):
//
//   C[i, j] += sum over r of before[r, i] after[r, j]
//
// Every sum runs over the samples in their order, whatever the tile. A work-group has a tile of C, of which each
// work-item has 8 x 8 elements in registers: four rows of each half of the tile's rows, four columns of each half of
// its columns. Both sides of some samples stand in the memory that the group shares; those of the next are fetched
// while these are multiplied.
//
// PRODUCT_DOWN, PRODUCT_ACROSS: work-items of a group over one another and side by side, powers of 2; PRODUCT_DEPTH:
// samples that are held at a time. The class ProductTile chooses them.

#define PRODUCT_ITEMS (PRODUCT_DOWN * PRODUCT_ACROSS)
#define PRODUCT_ROWS (8 * PRODUCT_DOWN)
#define PRODUCT_COLUMNS (8 * PRODUCT_ACROSS)
#define PRODUCT_HELD (PRODUCT_DEPTH * (PRODUCT_ROWS + PRODUCT_COLUMNS))
#define PRODUCT_SHARED (2 * PRODUCT_HELD) // floats

// Row of the tile of a work-item's n-th row, and column of its n-th column, n = 0..7.
#define PRODUCT_ROW(item, n) ((n) / 4 * (PRODUCT_ROWS / 2) + (item) / PRODUCT_ACROSS * 4 + (n) % 4)
#define PRODUCT_COLUMN(item, n) ((n) / 4 * (PRODUCT_COLUMNS / 2) + (item) % PRODUCT_ACROSS * 4 + (n) % 4)

// How a group fetches a side of so many elements a sample: a work-item has every LANES-th element from its own on, of
// every STEP-th sample from its own on.
#define PRODUCT_LANES(width) (PRODUCT_ITEMS < (width) ? PRODUCT_ITEMS : (width))
#define PRODUCT_STEP(width) (PRODUCT_ITEMS / PRODUCT_LANES(width))
#define PRODUCT_FETCHED(width) (PRODUCT_DEPTH * (width) / PRODUCT_ITEMS)

#define PRODUCT_INLINE inline __attribute__((always_inline))

// Fetches a work-item's elements of the next samples; 0 stands for those outside of C and behind the last sample.
//
// side: at the work-item's own sample and element
// samples, elements: that are left from its own on, the elements inside of C
PRODUCT_INLINE void fetch_side(
    float *fetched,
    __global const float *side,
    const int stride,
    const int width,
    const int samples,
    const int elements) {
#pragma unroll
  for (int n = 0; n < PRODUCT_FETCHED(width); n++) {
    const int r = n / (width / PRODUCT_LANES(width)) * PRODUCT_STEP(width);
    const int i = n % (width / PRODUCT_LANES(width)) * PRODUCT_LANES(width);
    fetched[n] = r < samples && i < elements ? side[(size_t)r * stride + i] : 0.0f;
  }
}

// Puts what was fetched where the group finds it, [PRODUCT_DEPTH, width].
PRODUCT_INLINE void hold_side(__local float *held, const float *fetched, const int width, const float sign) {
  const int item = get_local_id(0);
#pragma unroll
  for (int n = 0; n < PRODUCT_FETCHED(width); n++) {
    const int r = n / (width / PRODUCT_LANES(width)) * PRODUCT_STEP(width) + item / PRODUCT_LANES(width);
    const int i = n % (width / PRODUCT_LANES(width)) * PRODUCT_LANES(width) + item % PRODUCT_LANES(width);
    held[r * width + i] = sign * fetched[n];
  }
}

// One sample's products.
PRODUCT_INLINE void multiply_held(float4 *sum, __local const float4 *rows, __local const float4 *columns) {
  const float4 upper = rows[0];
  const float4 lower = rows[PRODUCT_DOWN];
  const float4 left = columns[0];
  const float4 right = columns[PRODUCT_ACROSS];
  const float eight[8] = {upper.x, upper.y, upper.z, upper.w, lower.x, lower.y, lower.z, lower.w};
#pragma unroll
  for (int n = 0; n < 8; n++) {
    sum[2 * n] = fma((float4)(eight[n]), left, sum[2 * n]);
    sum[2 * n + 1] = fma((float4)(eight[n]), right, sum[2 * n + 1]);
  }
}

// Adds to a work-item's elements, [8 rows, 2 x 4 columns]. All work-items of a group take part, with the same
// arguments.
//
// shared: PRODUCT_SHARED floats
// before, after: of the first sample, from the tile's first row or column on, the next sample's at its stride
// rows, columns: of C from the tile's first on
// sign: -1 to take the products away
PRODUCT_INLINE void add_products(
    float4 *sum,
    __local float *shared,
    __global const float *before,
    const int beforeStride,
    const int rows,
    __global const float *after,
    const int afterStride,
    const int columns,
    const int samples,
    const float sign) {
  const int item = get_local_id(0);
  const int row = item % PRODUCT_LANES(PRODUCT_ROWS);
  const int column = item % PRODUCT_LANES(PRODUCT_COLUMNS);
  const int ofRow = item / PRODUCT_LANES(PRODUCT_ROWS); // its own sample
  const int ofColumn = item / PRODUCT_LANES(PRODUCT_COLUMNS);
  before += (size_t)ofRow * beforeStride + row;
  after += (size_t)ofColumn * afterStride + column;
  float fetchedRows[PRODUCT_FETCHED(PRODUCT_ROWS)];
  float fetchedColumns[PRODUCT_FETCHED(PRODUCT_COLUMNS)];
  fetch_side(fetchedRows, before, beforeStride, PRODUCT_ROWS, samples - ofRow, rows - row);
  fetch_side(fetchedColumns, after, afterStride, PRODUCT_COLUMNS, samples - ofColumn, columns - column);
  __local float *held = shared;
  __local float *other = shared + PRODUCT_HELD;
  for (int from = 0; from < samples; from += PRODUCT_DEPTH) {
    hold_side(held, fetchedRows, PRODUCT_ROWS, sign);
    hold_side(held + PRODUCT_DEPTH * PRODUCT_ROWS, fetchedColumns, PRODUCT_COLUMNS, 1);
    barrier(CLK_LOCAL_MEM_FENCE);
    const int left = samples - from - PRODUCT_DEPTH;
    before += (size_t)PRODUCT_DEPTH * beforeStride;
    after += (size_t)PRODUCT_DEPTH * afterStride;
    fetch_side(fetchedRows, before, beforeStride, PRODUCT_ROWS, left - ofRow, rows - row);
    fetch_side(fetchedColumns, after, afterStride, PRODUCT_COLUMNS, left - ofColumn, columns - column);
    __local const float4 *heldRows = (__local const float4 *)held + item / PRODUCT_ACROSS;
    __local const float4 *heldColumns =
        (__local const float4 *)(held + PRODUCT_DEPTH * PRODUCT_ROWS) + item % PRODUCT_ACROSS;
#pragma unroll
    for (int d = 0; d < PRODUCT_DEPTH; d++) {
      multiply_held(sum, heldRows + d * (PRODUCT_ROWS / 4), heldColumns + d * (PRODUCT_COLUMNS / 4));
    }
    __local float *swapped = held;
    held = other;
    other = swapped;
  }
  barrier(CLK_LOCAL_MEM_FENCE); // before the shared memory is used for other things
}

// A work-item's element of its n-th row and k-th column, n and k known when this is built.
PRODUCT_INLINE float product_element(const float4 *sum, const int n, const int k) {
  const float4 four = sum[2 * n + k / 4];
  return k % 4 == 0 ? four.x : k % 4 == 1 ? four.y : k % 4 == 2 ? four.z : four.w;
}
