/// The kernels of one precision, chosen when a program is compiled: pointers to elements are void, and
/// numbers are read where they are stored, so that the caller need not know which precision it is.
#ifndef DIFFEO_KERNEL_SET_H
#define DIFFEO_KERNEL_SET_H

/// The table of one precision; the other one is NULL.
typedef struct diffeo_kernel_set {
  const diffeo_kernels_f32 *_Nullable f32;
  const diffeo_kernels_f64 *_Nullable f64;
} diffeo_kernel_set;

/// Calls a kernel whose arguments need no conversion.
#define DIFFEO_EITHER(call) ((k.f32) ? (k.f32->call) : (k.f64->call))
#define DIFFEO_VOID const void *_Nonnull
#define DIFFEO_OUT void *_Nonnull

static inline void diffeo_run_unary(
  diffeo_kernel_set k, int f, size_t n, DIFFEO_VOID x, DIFFEO_OUT y) {
  DIFFEO_EITHER(unary[f](n, x, y));
}
static inline void diffeo_run_binary(
  diffeo_kernel_set k, int f, size_t n, DIFFEO_VOID a, DIFFEO_VOID b, DIFFEO_OUT y) {
  DIFFEO_EITHER(binary[f](n, a, b, y));
}
/// y[i] = f(a[i], *s)
static inline void diffeo_run_binary_scalar(
  diffeo_kernel_set k, int f, size_t n, DIFFEO_VOID a, DIFFEO_VOID s, DIFFEO_OUT y) {
  if (k.f32) {
    k.f32->binary_scalar[f](n, a, *(const float *)s, y);
  } else {
    k.f64->binary_scalar[f](n, a, *(const double *)s, y);
  }
}
/// y[i] = f(*s, b[i])
static inline void diffeo_run_scalar_binary(
  diffeo_kernel_set k, int f, size_t n, DIFFEO_VOID s, DIFFEO_VOID b, DIFFEO_OUT y) {
  if (k.f32) {
    k.f32->scalar_binary[f](n, *(const float *)s, b, y);
  } else {
    k.f64->scalar_binary[f](n, *(const double *)s, b, y);
  }
}
static inline void diffeo_run_select(
  diffeo_kernel_set k, size_t n, DIFFEO_VOID c, DIFFEO_VOID a, DIFFEO_VOID b, DIFFEO_OUT y) {
  DIFFEO_EITHER(select(n, c, a, b, y));
}
static inline void diffeo_run_relu_pullback(
  diffeo_kernel_set k, size_t n, DIFFEO_VOID y, DIFFEO_VOID dy, DIFFEO_OUT dx) {
  DIFFEO_EITHER(relu_pullback(n, y, dy, dx));
}
/// y[i] = *value
static inline void diffeo_run_fill(
  diffeo_kernel_set k, size_t n, DIFFEO_VOID value, DIFFEO_OUT y) {
  if (k.f32) {
    k.f32->fill(n, *(const float *)value, y);
  } else {
    k.f64->fill(n, *(const double *)value, y);
  }
}
static inline void diffeo_run_accumulate(
  diffeo_kernel_set k, size_t n, DIFFEO_VOID x, DIFFEO_OUT y) {
  DIFFEO_EITHER(accumulate(n, x, y));
}
/// y[i] += sign *s x[i]
static inline void diffeo_run_accumulate_scaled(
  diffeo_kernel_set k, size_t n, int sign, DIFFEO_VOID s, DIFFEO_VOID x, DIFFEO_OUT y) {
  if (k.f32) {
    k.f32->accumulate_scaled(n, (float)sign * *(const float *)s, x, y);
  } else {
    k.f64->accumulate_scaled(n, sign * *(const double *)s, x, y);
  }
}
static inline void diffeo_run_sum_features(
  diffeo_kernel_set k, size_t features, size_t ld, DIFFEO_VOID x, DIFFEO_OUT y) {
  DIFFEO_EITHER(sum_features(features, ld, x, y));
}
static inline void diffeo_run_max_features(
  diffeo_kernel_set k, size_t features, size_t ld, DIFFEO_VOID x, DIFFEO_OUT y) {
  DIFFEO_EITHER(max_features(features, ld, x, y));
}
static inline void diffeo_run_cumsum_features(
  diffeo_kernel_set k, int reversed, size_t features, size_t ld, DIFFEO_VOID x, DIFFEO_OUT y) {
  if (reversed) {
    DIFFEO_EITHER(cumsum_features_reversed(features, ld, x, y));
  } else {
    DIFFEO_EITHER(cumsum_features(features, ld, x, y));
  }
}
static inline void diffeo_run_sum_rows(
  diffeo_kernel_set k, size_t features, size_t rows, size_t ld, DIFFEO_VOID x,
  double *_Nonnull sums) {
  DIFFEO_EITHER(sum_rows(features, rows, ld, x, sums));
}
static inline size_t diffeo_packed_size(diffeo_kernel_set k, size_t out, size_t in, int few) {
  return few ? DIFFEO_EITHER(packed_few_size(out, in)) : DIFFEO_EITHER(packed_size(out, in));
}
/// Packs W, or its transpose, for `diffeo_run_linear`.
static inline void diffeo_run_pack(
  diffeo_kernel_set k, int transposed, size_t out, size_t in, DIFFEO_VOID w,
  const diffeo_range *_Nullable nonzero, DIFFEO_OUT packed) {
  if (transposed) {
    DIFFEO_EITHER(pack_weights_transposed(out, in, w, in, nonzero, packed));
  } else {
    DIFFEO_EITHER(pack_weights(out, in, w, in, nonzero, packed));
  }
}
/// Packs W for `diffeo_run_linear` on few rows.
static inline void diffeo_run_pack_few(
  diffeo_kernel_set k, size_t out, size_t in, DIFFEO_VOID w,
  const diffeo_range *_Nullable nonzero, DIFFEO_OUT packed) {
  DIFFEO_EITHER(pack_weights_few(out, in, w, in, nonzero, packed));
}
/// Y = activation(W X + b), both tiles with the same ld.
static inline void diffeo_run_linear(
  diffeo_kernel_set k, int few, size_t out, size_t in, DIFFEO_VOID packed,
  const void *_Nullable bias, DIFFEO_VOID x, DIFFEO_OUT y, size_t ld, size_t rows,
  diffeo_activation activation) {
  if (few) {
    DIFFEO_EITHER(linear_few(out, in, packed, bias, x, ld, y, ld, rows, activation));
  } else {
    DIFFEO_EITHER(linear(out, in, packed, bias, x, ld, y, ld, rows, activation));
  }
}
static inline size_t diffeo_weights_gradient_scratch(
  diffeo_kernel_set k, size_t out, size_t in, size_t rows) {
  return DIFFEO_EITHER(weights_gradient_scratch(out, in, rows));
}
/// dW[out][in] += dY X^T
static inline void diffeo_run_weights_gradient(
  diffeo_kernel_set k, size_t out, size_t in, size_t rows, size_t ld, DIFFEO_VOID dy,
  DIFFEO_VOID x, DIFFEO_OUT dw, const diffeo_range *_Nullable nonzero, DIFFEO_OUT scratch) {
  DIFFEO_EITHER(
    linear_weights_gradient(out, in, rows, dy, ld, x, ld, dw, in, nonzero, scratch));
}
static inline void diffeo_run_spline(
  diffeo_kernel_set k, const diffeo_spline *_Nonnull spline, int inverse, size_t rows, size_t ld,
  DIFFEO_VOID parameters, DIFFEO_VOID x, DIFFEO_OUT y, DIFFEO_OUT log_slope) {
  if (inverse) {
    DIFFEO_EITHER(spline_inverse(spline, rows, ld, parameters, x, y, log_slope));
  } else {
    DIFFEO_EITHER(spline_forward(spline, rows, ld, parameters, x, y, log_slope));
  }
}
static inline void diffeo_run_spline_pullback(
  diffeo_kernel_set k, const diffeo_spline *_Nonnull spline, int inverse, size_t rows, size_t ld,
  DIFFEO_VOID parameters, DIFFEO_VOID x, DIFFEO_VOID dy, DIFFEO_VOID dlog_slope, DIFFEO_OUT dx,
  DIFFEO_OUT dparameters) {
  if (inverse) {
    DIFFEO_EITHER(
      spline_inverse_pullback(spline, rows, ld, parameters, x, dy, dlog_slope, dx, dparameters));
  } else {
    DIFFEO_EITHER(
      spline_forward_pullback(spline, rows, ld, parameters, x, dy, dlog_slope, dx, dparameters));
  }
}
static inline void diffeo_run_adam(
  diffeo_kernel_set k, size_t n, const diffeo_adam *_Nonnull adam, uint64_t step, double scale,
  DIFFEO_VOID g, DIFFEO_OUT m, DIFFEO_OUT v, DIFFEO_OUT p) {
  if (k.f32) {
    k.f32->adam(n, adam, step, (float)scale, g, m, v, p);
  } else {
    k.f64->adam(n, adam, step, scale, g, m, v, p);
  }
}
static inline void diffeo_run_sgd(
  diffeo_kernel_set k, size_t n, double rate, double momentum, double scale, DIFFEO_VOID g,
  DIFFEO_OUT velocity, DIFFEO_OUT p) {
  if (k.f32) {
    k.f32->sgd(n, (float)rate, (float)momentum, (float)scale, g, velocity, p);
  } else {
    k.f64->sgd(n, rate, momentum, scale, g, velocity, p);
  }
}
/// The sum of the squares, in double.
static inline double diffeo_run_sum_of_squares(diffeo_kernel_set k, size_t n, DIFFEO_VOID x) {
  return DIFFEO_EITHER(dot_double(n, x, x));
}
static inline void diffeo_run_uniform(
  diffeo_kernel_set k, uint64_t key, uint64_t stream, uint64_t first, size_t n, DIFFEO_OUT y) {
  DIFFEO_EITHER(uniform(key, stream, first, n, y));
}
static inline void diffeo_run_normal(
  diffeo_kernel_set k, uint64_t key, uint64_t stream, uint64_t first, size_t n, DIFFEO_OUT y) {
  DIFFEO_EITHER(normal(key, stream, first, n, y));
}

#undef DIFFEO_EITHER
#undef DIFFEO_VOID
#undef DIFFEO_OUT

#endif
