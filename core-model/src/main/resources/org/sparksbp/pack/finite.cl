// Whether the parameters of a pack's members are finite (OpenCL C 1.2).

// Sets found[a], which holds 0, where a parameter of the a-th member that takes part is NaN or infinite. Groups
// [parts of the parameters, members].
__kernel void findNotFinite(
    __global const float *parameters,
    __global const int *memberOf,
    __global int *found,
    const long stride,
    const int length,
    const int ofItem) {
  const int a = get_group_id(1);
  __global const float *own = parameters + memberOf[a] * stride;
  const int items = get_local_size(0);
  int i = get_group_id(0) * items * ofItem + get_local_id(0);
  int finite = 1;
  for (int n = 0; n < ofItem; n++, i += items) {
    finite = finite && (i >= length || isfinite(own[i]));
  }
  if (!finite) {
    found[a] = 1;
  }
}
