// The scalar functions behind the reference level, all in double.
#ifndef DIFFEO_SCALARS_H
#define DIFFEO_SCALARS_H

#include <math.h>

#include "CKernels.h"

static inline double scalar_neg(double x) { return -x; }
static inline double scalar_abs(double x) { return fabs(x); }
static inline double scalar_sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
static inline double scalar_square(double x) { return x * x; }
static inline double scalar_sqrt(double x) { return sqrt(x); }
static inline double scalar_recip(double x) { return 1 / x; }
static inline double scalar_exp(double x) { return exp(x); }
static inline double scalar_log(double x) { return log(x); }
static inline double scalar_log1p(double x) { return log1p(x); }
static inline double scalar_expm1(double x) { return expm1(x); }
static inline double scalar_tanh(double x) { return tanh(x); }
static inline double scalar_sigmoid(double x) {
  return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}
static inline double scalar_softplus(double x) {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}
static inline double scalar_relu(double x) { return x < 0 ? 0 : x; }
static inline double scalar_sin(double x) { return diffeo_sin(x); }
static inline double scalar_cos(double x) { return diffeo_cos(x); }
static inline double scalar_tan(double x) { return diffeo_tan(x); }
static inline double scalar_asin(double x) { return asin(x); }
static inline double scalar_acos(double x) { return acos(x); }
static inline double scalar_atan(double x) { return atan(x); }
static inline double scalar_sinh(double x) { return sinh(x); }
static inline double scalar_cosh(double x) { return cosh(x); }
static inline double scalar_asinh(double x) { return asinh(x); }
static inline double scalar_acosh(double x) { return acosh(x); }
static inline double scalar_atanh(double x) { return atanh(x); }
static inline double scalar_erf(double x) { return erf(x); }
static inline double scalar_erfc(double x) { return erfc(x); }
static inline double scalar_erfinv(double x) { return diffeo_erfinv(x); }
static inline double scalar_lgamma(double x) { return diffeo_lgamma(x); }
static inline double scalar_digamma(double x) { return diffeo_digamma(x); }
static inline double scalar_log_ndtr(double x) { return diffeo_log_ndtr(x); }
static inline double scalar_ndtr(double x) { return diffeo_ndtr(x); }
static inline double scalar_ndtri(double x) { return diffeo_ndtri(x); }
static inline double scalar_floor(double x) { return floor(x); }
static inline double scalar_cbrt(double x) { return cbrt(x); }
static inline double scalar_is_finite(double x) { return fabs(x) < INFINITY; }
static inline double scalar_log_i0(double x) { return diffeo_log_i0(x); }

static inline double scalar_add(double a, double b) { return a + b; }
static inline double scalar_sub(double a, double b) { return a - b; }
static inline double scalar_mul(double a, double b) { return a * b; }
static inline double scalar_div(double a, double b) { return a / b; }
static inline double scalar_max(double a, double b) { return a != a || a > b ? a : b; }
static inline double scalar_min(double a, double b) { return a != a || a < b ? a : b; }
static inline double scalar_pow(double a, double b) { return pow(a, b); }
static inline double scalar_atan2(double a, double b) { return atan2(a, b); }
static inline double scalar_less(double a, double b) { return a < b; }
static inline double scalar_less_equal(double a, double b) { return a <= b; }
static inline double scalar_equal(double a, double b) { return a == b; }
static inline double scalar_excluding(double a, double b) { return a == b ? NAN : a; }
static inline double scalar_remainder(double a, double b) {
  if (!(b > 0)) return NAN;
  double rest = fmod(a, b);
  return rest < 0 ? rest + b : rest;
}

#endif
