// The logarithm of the gamma function and its derivative.
#include "CKernels.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/// lgamma_r rather than lgamma: the latter writes a global.
double diffeo_lgamma(double x) {
  int sign;
  return lgamma_r(x, &sign);
}

/// The zero of ψ on the positive numbers, in two parts.
static const double root_high = 0x1.762d86356be3fp+0, root_low = 0x1.b86a722197829p-54;

/// ψ(x)/(x - root) for 1 ≤ x ≤ 2 in powers of x - 3/2, interpolated at Chebyshev's points: 2⁻⁵⁸.
static const double quotient_terms[] = {
  0x1.e6f0cbb873617p-1, -0x1.b1cb63005ee97p-2, 0x1.eca189b8e6da1p-3, -0x1.2feeeb98a7cd8p-3,
  0x1.8512e5905d180p-4, -0x1.fb442029cdbf4p-5, 0x1.4de9aa05d3418p-5, -0x1.b9f8b1367959dp-6,
  0x1.256475e5ac975p-6, -0x1.86355f6f68797p-7, 0x1.03c00801ba958p-7, -0x1.5a071c746535bp-8,
  0x1.cd3e42d157015p-9, -0x1.33661f9073563p-9, 0x1.980fc9c9f0be8p-10, -0x1.1002aaf6255f5p-10,
  0x1.7b3b41b0b38cdp-11, -0x1.f99f529bd0771p-12, 0x1.dc8ae08af0fc4p-13, -0x1.3db05b36d9a48p-13,
  0x1.104c9d0897b58p-12, -0x1.6b107f71aa124p-13,
};

/// ψ(x) for 1 ≤ x ≤ 2, to the precision of `double` also next to its zero.
static double digamma_near_root(double x) {
  int count = (int)(sizeof quotient_terms / sizeof *quotient_terms);
  double t = x - 1.5, sum = quotient_terms[count - 1];
  for (int k = count - 2; k >= 0; k--) sum = sum * t + quotient_terms[k];
  return ((x - root_high) - root_low) * sum;
}

/// ψ(x), x > 0: by recurrence from [1, 2] up to 10, and the asymptotic series (DLMF 5.11.2) beyond.
static double digamma_positive(double x) {
  if (x < 1) return digamma_near_root(1 + x) - 1 / x;
  if (x < 10) {
    double shift = 0;
    while (x > 2) {
      x -= 1;
      shift += 1 / x;
    }
    return shift + digamma_near_root(x);
  }
  double w = 1 / (x * x);
  double series =
    w * (1.0 / 12 - w * (1.0 / 120 - w * (1.0 / 252 - w * (1.0 / 240 - w * (1.0 / 132 -
    w * (691.0 / 32760 - w * (1.0 / 12)))))));
  return log(x) - (0.5 / x + series);
}

/// π cot πx, x not an integer; next to its zeros, where x is a half more than one, as a tangent.
static double pi_cotangent(double x) {
  double part = x - round(x);
  if (fabs(part) > 0.25) return pi * tan(pi * (copysign(0.5, part) - part));
  return pi / tan(pi * part);
}

/// By reflection for x < 0, ψ(x) = ψ(1 - x) - π cot πx: near its zeros there the two terms cancel, and the error is that of the
/// terms. The rounding of 1 - x is made good by a first approximation of ψ'.
double diffeo_digamma(double x) {
  if (x == 0) return copysign(INFINITY, -x);
  if (!(x < 0)) return digamma_positive(x);
  if (x == round(x)) return NAN;
  if (x > -0.25) return digamma_positive(1 + x) - 1 / x;
  double mirror = 1 - x, rest = (1 - mirror) - x;
  double slope = (1 + (0.5 + 1 / (6 * mirror)) / mirror) / mirror;
  return (digamma_positive(mirror) - pi_cotangent(x)) + rest * slope;
}
