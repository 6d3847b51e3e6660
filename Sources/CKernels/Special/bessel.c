// Modified Bessel functions of the first kind, scaled by exp(-|x|): power series (DLMF 10.25.2) up to
// 20, asymptotic expansion (DLMF 10.40.1) beyond.
#include "special.h"

#include <math.h>

static const double two_pi = 6.28318530717958647693;
static const double series_limit = 30;

/// Σ_k (x²/4)ᵏ / (k! (k + order)!) for order 0 or 1, less its first term.
static double series_tail(double x, int order) {
  double quarter = 0.25 * x * x, term = 1, sum = 0;
  for (int k = 1; k < 500; k++) {
    term *= quarter / ((double)k * (k + order));
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return sum;
}

/// √(2πx) exp(-x) I_order(x), x > series_limit.
static double asymptotic(double x, int order) {
  double term = 1, sum = 1, mu = 4.0 * order * order;
  for (int k = 1; k < 60; k++) {
    double odd = 2 * k - 1;
    double next = -term * (mu - odd * odd) / (8 * k * x);
    if (fabs(next) > fabs(term) || fabs(next) < 1e-18) break;
    term = next;
    sum += term;
  }
  return sum;
}

double diffeo_bessel_i0e(double x) {
  x = fabs(x);
  if (x <= series_limit) return exp(-x) * (1 + series_tail(x, 0));
  return asymptotic(x, 0) / sqrt(two_pi * x);
}

double diffeo_bessel_i1e(double x) {
  double size = fabs(x);
  if (size <= series_limit) return exp(-size) * (0.5 * x) * (1 + series_tail(size, 1));
  return copysign(asymptotic(size, 1) / sqrt(two_pi * size), x);
}

double diffeo_log_i0(double x) {
  x = fabs(x);
  if (x <= series_limit) return log1p(series_tail(x, 0));
  return x + log(asymptotic(x, 0)) - 0.5 * log(two_pi * x);
}
