/// Names of the elementwise operations, and the plain data that kernels take.
#ifndef DIFFEO_OPERATIONS_H
#define DIFFEO_OPERATIONS_H

#include <stddef.h>
#include <stdint.h>

/// How a kernel is carried out. The reference is plain scalar C, the others have vectors of their own
/// width: 16 bytes (SSE2 or NEON), 32 (AVX2 with FMA) and 64 (AVX-512).
typedef enum diffeo_level {
  DIFFEO_LEVEL_REFERENCE,
  DIFFEO_LEVEL_BASELINE,
  DIFFEO_LEVEL_AVX2,
  DIFFEO_LEVEL_AVX512,
  DIFFEO_LEVEL_COUNT
} diffeo_level;

/// Functions of one argument, y = f(x).
typedef enum diffeo_unary {
  DIFFEO_UNARY_NEG,
  DIFFEO_UNARY_ABS,
  /// -1, 0 or 1; NaN stays NaN.
  DIFFEO_UNARY_SIGN,
  DIFFEO_UNARY_SQUARE,
  DIFFEO_UNARY_SQRT,
  /// 1 / x
  DIFFEO_UNARY_RECIP,
  DIFFEO_UNARY_EXP,
  DIFFEO_UNARY_LOG,
  DIFFEO_UNARY_LOG1P,
  DIFFEO_UNARY_EXPM1,
  DIFFEO_UNARY_TANH,
  /// 1 / (1 + exp(-x))
  DIFFEO_UNARY_SIGMOID,
  /// log(1 + exp(x))
  DIFFEO_UNARY_SOFTPLUS,
  /// max(x, 0)
  DIFFEO_UNARY_RELU,
  DIFFEO_UNARY_SIN,
  DIFFEO_UNARY_COS,
  DIFFEO_UNARY_TAN,
  DIFFEO_UNARY_ASIN,
  DIFFEO_UNARY_ACOS,
  DIFFEO_UNARY_ATAN,
  DIFFEO_UNARY_SINH,
  DIFFEO_UNARY_COSH,
  DIFFEO_UNARY_ASINH,
  DIFFEO_UNARY_ACOSH,
  DIFFEO_UNARY_ATANH,
  DIFFEO_UNARY_ERF,
  DIFFEO_UNARY_ERFC,
  DIFFEO_UNARY_ERFINV,
  /// log|Γ(x)|
  DIFFEO_UNARY_LGAMMA,
  /// Γ'(x) / Γ(x); for x < 0 accurate to the larger of the two terms that reflection at 0 subtracts
  DIFFEO_UNARY_DIGAMMA,
  /// log Φ(x), Φ the distribution function of the standard normal
  DIFFEO_UNARY_LOG_NDTR,
  /// Φ(x)
  DIFFEO_UNARY_NDTR,
  /// Φ⁻¹(x)
  DIFFEO_UNARY_NDTRI,
  DIFFEO_UNARY_FLOOR,
  DIFFEO_UNARY_CBRT,
  /// 1 where x is finite, else 0.
  DIFFEO_UNARY_IS_FINITE,
  /// log I₀(x), I the modified Bessel function of the first kind
  DIFFEO_UNARY_LOG_I0,
  DIFFEO_UNARY_COUNT
} diffeo_unary;

/// Functions of two arguments, y = f(a, b). Comparisons give 1 or 0; min and max give NaN if either is.
typedef enum diffeo_binary {
  DIFFEO_BINARY_ADD,
  DIFFEO_BINARY_SUB,
  DIFFEO_BINARY_MUL,
  DIFFEO_BINARY_DIV,
  DIFFEO_BINARY_MAX,
  DIFFEO_BINARY_MIN,
  DIFFEO_BINARY_POW,
  DIFFEO_BINARY_ATAN2,
  DIFFEO_BINARY_LESS,
  DIFFEO_BINARY_LESS_EQUAL,
  DIFFEO_BINARY_EQUAL,
  /// a, but NaN where a = b
  DIFFEO_BINARY_EXCLUDING,
  /// a - b ⌊a / b⌋, between 0 and b; NaN unless b > 0
  DIFFEO_BINARY_REMAINDER,
  DIFFEO_BINARY_COUNT
} diffeo_binary;

/// What a dense layer applies to W x + b while it is in registers. Other functions take more time than memory does.
typedef enum diffeo_activation {
  DIFFEO_ACTIVATION_NONE,
  /// max(x, 0)
  DIFFEO_ACTIVATION_RELU
} diffeo_activation;

/// The columns first ..< last of one row of a weight matrix: all others are zero.
typedef struct diffeo_range {
  uint32_t first, last;
} diffeo_range;

enum { DIFFEO_SPLINE_MAX_BINS = 64 };

/// What a spline does at the ends of [-bound, bound], and so how many slopes are learned.
typedef enum diffeo_spline_ends {
  /// K - 1 slopes; the identity outside, end slopes 1.
  DIFFEO_SPLINE_IDENTITY,
  /// K + 1 slopes; outside, straight lines with the end slopes.
  DIFFEO_SPLINE_LINEAR,
  /// K slopes, the first also the last; f(x + 2 bound) = f(x) + 2 bound.
  DIFFEO_SPLINE_CIRCULAR
} diffeo_spline_ends;

/// A monotone rational-quadratic spline (Durkan et al. 2019) of each of D features, K bins each.
///
/// The parameters of feature d are the P = 3K - 1, 3K + 1 or 3K tile rows from d·P on: K widths, K heights,
/// then slopes, all unconstrained. Bins are 2·bound·(m + (1 - K·m)·softmax(u)), m the least width or height as a
/// share of the whole; slopes are s + softplus(u + log(exp(1 - s) - 1)), s the least slope: zeros give the identity.
///
/// At most DIFFEO_SPLINE_MAX_BINS bins. In a bin of width w, height h, s = h / w and end slopes d₀, d₁, with ξ the
/// position in the bin and u = ξ (1 - ξ): y = yₖ + h ξ (s ξ + d₀ (1 - ξ)) / (s (1 - 2u) + (d₀ + d₁) u).
typedef struct diffeo_spline {
  size_t features, bins;
  double bound, min_width, min_height, min_slope;
  diffeo_spline_ends ends;
} diffeo_spline;

/// Adam (Kingma and Ba 2015) with bias correction and decoupled weight decay (Loshchilov and Hutter 2019).
typedef struct diffeo_adam {
  double rate, beta1, beta2, epsilon, weight_decay;
} diffeo_adam;

#endif
