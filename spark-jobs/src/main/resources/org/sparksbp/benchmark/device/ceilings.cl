// What a device can do at most: copies of memory, and multiply-adds in registers.

// Each work-item copies 16 bytes.
__kernel void copy(__global const float4 *source, __global float4 *target) {
  const size_t at = get_global_id(0);
  target[at] = source[at];
}

// x <- m x + c, 16 chains of it that do not wait for each other, 8 times a round. The result is written only to keep
// the compiler from leaving it all out.
__kernel void multiplyAdds(__global float *result, const int rounds, const float m, const float c) {
  float16 x = (float16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + (float)get_local_id(0);
  for (int round = 0; round < rounds; round++) {
    x = fma(x, (float16)(m), (float16)(c));
    x = fma(x, (float16)(m), (float16)(c));
    x = fma(x, (float16)(m), (float16)(c));
    x = fma(x, (float16)(m), (float16)(c));
    x = fma(x, (float16)(m), (float16)(c));
    x = fma(x, (float16)(m), (float16)(c));
    x = fma(x, (float16)(m), (float16)(c));
    x = fma(x, (float16)(m), (float16)(c));
  }
  const float8 half8 = x.lo + x.hi;
  const float4 quarter = half8.lo + half8.hi;
  const float2 pair = quarter.lo + quarter.hi;
  if (pair.x + pair.y == -1.0f) {
    result[get_global_id(0)] = pair.x;
  }
}

// Nothing, to see what a launch costs.
__kernel void nothing(__global float *result, const int rounds) {
  if (rounds < 0) {
    result[get_global_id(0)] = 0;
  }
}
