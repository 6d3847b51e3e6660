// The standard normal distribution function, its logarithm and its inverse.
#include "CKernels.h"

#include <math.h>

static const double sqrt_half = 0x1.6a09e667f3bcdp-1, sqrt_half_low = -0x1.bdd3413b26456p-55;
static const double sqrt_pi = 1.77245385090551602730, sqrt_half_pi = 1.25331413731550025121;

/// Φ(x) = erfc(-x/√2)/2. In the lower tail the rounding of the argument u would be magnified by 2u²: it is made
/// good to first order.
double diffeo_ndtr(double x) {
  double u = -x * sqrt_half;
  if (!(u > 0.5 && u < 30)) return 0.5 * erfc(u);
  double rest = fma(-x, sqrt_half, -u) - x * sqrt_half_low;
  return 0.5 * erfc(u) - rest / sqrt_pi * exp(-u * u);
}

/// For x < 25 with x² as an exact sum of two numbers; beyond, the asymptotic series in 1/(2x²), whose eighth term is
/// below 1e-17.
double diffeo_scaled_erfc(double x) {
  if (x < 25) {
    double square = x * x;
    double value = exp(square) * erfc(x);
    return value + value * fma(x, x, -square);
  }
  double t = 0.5 / (x * x), sum = 1;
  for (int k = 15; k > 0; k -= 2) sum = 1 - k * t * sum;
  return sum / (x * sqrt_pi);
}

double diffeo_log_ndtr(double x) {
  if (x > 0) return log1p(-diffeo_ndtr(-x));
  return log(0.5 * diffeo_scaled_erfc(-x * sqrt_half)) - 0.5 * x * x;
}

/// Φ⁻¹(p) for 0 < p < 1/4 by two Halley steps on log Φ(y) = log p, which is well conditioned however small p is. The start
/// is the rational approximation 26.2.23 of Abramowitz and Stegun, within 4.5e-4.
static double lower_quantile(double p) {
  double log_p = log(p), t = sqrt(-2 * log_p);
  double numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  double y = numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (int step = 0; step < 2; step++) {
    // With Mills' ratio m = Φ(y)/φ(y), the derivatives of log Φ are 1/m and -(1/m)(y + 1/m).
    double scaled = diffeo_scaled_erfc(-y * sqrt_half), mills = scaled * sqrt_half_pi;
    double error = log(0.5 * scaled) - 0.5 * y * y - log_p;
    y -= error * mills / (1 + 0.5 * error * (1 + mills * y));
  }
  return y;
}

/// erf⁻¹(x) for |x| ≤ 3/4: its power series to the seventh order, then two Halley steps.
static double central_erfinv(double x) {
  double u = x * 0.5 * sqrt_pi, s = u * u;
  double y = u * (1 + s * (1 / 3.0 + s * (7 / 30.0 + s * (127 / 630.0))));
  for (int step = 0; step < 2; step++) {
    double change = (erf(y) - x) * 0.5 * sqrt_pi * exp(y * y);
    y -= change / (1 + y * change);
  }
  return y;
}

double diffeo_erfinv(double x) {
  double size = fabs(x);
  if (!(size < 1)) return size == 1 ? copysign(INFINITY, x) : NAN;
  if (size <= 0.75) return central_erfinv(x);
  // 1 - |x| is exact here.
  return copysign(lower_quantile((1 - size) / 2) * sqrt_half, x);
}

double diffeo_ndtri(double p) {
  if (!(p > 0 && p < 1)) return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
  if (p < 0.25) return lower_quantile(p);
  // 2p - 1 and 1 - p are exact here.
  if (p <= 0.75) return central_erfinv(2 * p - 1) / sqrt_half;
  return -lower_quantile(1 - p);
}
