// The sums of products by which networks change their first weights, alone, see product.cl.

// sums = before^T after. Groups [tiles side by side, tiles over one another].
__kernel __attribute__((reqd_work_group_size(PRODUCT_ITEMS, 1, 1))) void products(
    __global const float *before,
    __global const float *after,
    __global float *sums,
    const int rows,
    const int columns,
    const int samples) {
  __local float4 held[PRODUCT_SHARED / 4];
  const int item = get_local_id(0);
  const int firstRow = get_group_id(1) * PRODUCT_ROWS;
  const int firstColumn = get_group_id(0) * PRODUCT_COLUMNS;
  float4 sum[16];
#pragma unroll
  for (int n = 0; n < 16; n++) {
    sum[n] = 0;
  }
  add_products(
      sum,
      (__local float *)held,
      before + firstRow,
      rows,
      rows - firstRow,
      after + firstColumn,
      columns,
      columns - firstColumn,
      samples,
      1);
#pragma unroll
  for (int n = 0; n < 8; n++) {
    const int i = firstRow + PRODUCT_ROW(item, n);
#pragma unroll
    for (int k = 0; k < 8; k++) {
      const int j = firstColumn + PRODUCT_COLUMN(item, k);
      if (i < rows && j < columns) {
        sums[(size_t)i * columns + j] = product_element(sum, n, k);
      }
    }
  }
}
