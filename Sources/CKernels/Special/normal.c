// The standard normal distribution function, its logarithm and its inverse.
#include "special.h"

#include <math.h>

static const double sqrt_half = 0x1.6a09e667f3bcdp-1, sqrt_half_low = -0x1.bdd3413b26456p-55;
static const double sqrt_pi = 1.77245385090551602730;

/// Φ(x) = erfc(-x/√2)/2. In the lower tail the rounding of the argument u would be magnified by 2u²: it is made
/// good to first order.
double diffeo_ndtr(double x) {
  double u = -x * sqrt_half;
  if (!(u > 0.5 && u < 30)) return 0.5 * erfc(u);
  double rest = fma(-x, sqrt_half, -u) - x * sqrt_half_low;
  return 0.5 * erfc(u) - rest / sqrt_pi * exp(-u * u);
}

/// erfc(x) exp(x²) for x ≥ 5 by its continued fraction (DLMF 7.9.1), summed from the inside.
static double scaled_erfc(double x) {
  double tail = x;
  for (int k = 40; k > 0; k--) tail = x + 0.5 * k / tail;
  return 1 / (sqrt_pi * tail);
}

double diffeo_log_ndtr(double x) {
  if (x > 0) return log1p(-diffeo_ndtr(-x));
  if (x > -7) return log(diffeo_ndtr(x));
  return -0.5 * x * x + log(0.5 * scaled_erfc(-x * sqrt_half));
}

/// The x with erfc(x) = q, 0 < q ≤ 1: a first guess, then Newton steps on log erfc, which is concave.
static double erfc_inverse(double q) {
  double log_q = log(q);
  double x = q > 0.5 ? 0.5 * sqrt_pi * (1 - q) : sqrt(fmax(-log_q - 0.5 * log(3 - log_q), 0.1));
  for (int step = 0; step < 60; step++) {
    double value, slope;
    if (x < 5) {
      double tail = erfc(x);
      value = log(tail) - log_q;
      slope = -2 / sqrt_pi * exp(-x * x) / tail;
    } else {
      double tail = scaled_erfc(x);
      value = log(tail) - x * x - log_q;
      slope = -2 / (sqrt_pi * tail);
    }
    double change = value / slope;
    x -= change;
    if (fabs(change) <= 1e-16 * fabs(x)) break;
  }
  return x;
}

double diffeo_erfinv(double x) {
  double size = fabs(x);
  if (!(size < 1)) return size == 1 ? copysign(INFINITY, x) : NAN;
  if (size < 1e-8) return 0.5 * sqrt_pi * x;
  if (size > 0.5) return copysign(erfc_inverse(1 - size), x);
  double y = 0.5 * sqrt_pi * x;
  for (int step = 0; step < 60; step++) {
    double change = (erf(y) - x) * 0.5 * sqrt_pi * exp(y * y);
    y -= change;
    if (fabs(change) <= 1e-16 * fabs(y)) break;
  }
  return y;
}

double diffeo_ndtri(double p) {
  if (!(p > 0 && p < 1)) return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
  if (p < 0.25) return -erfc_inverse(2 * p) / sqrt_half;
  if (p > 0.75) return erfc_inverse(2 * (1 - p)) / sqrt_half;
  return diffeo_erfinv(2 * p - 1) / sqrt_half;
}
