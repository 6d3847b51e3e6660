// log I₀ and I₁/I₀ of the modified Bessel functions of the first kind: power series (DLMF 10.25.2) up to 20,
// asymptotic expansion (DLMF 10.40.1) beyond, from which exp(x) is taken out.
#include "CKernels.h"

#include <math.h>

static const double log_two_pi = 1.83787706640934548356;
static const double series_limit = 20;

/// A number as the sum of two, the second of the size of the first one's rounding.
typedef struct pair {
  double high, low;
} pair;

/// Σ_k (x²/4)ᵏ / (k! (k + order)!) for order 0 or 1, times order!, less its first term 1. In pairs: the rounding of x² and
/// of each term would be magnified as often as terms follow.
static pair series_tail(double x, int order) {
  double square = x * x;
  pair quarter = {0.25 * square, 0.25 * fma(x, x, -square)};
  pair term = {1, 0}, sum = {0, 0};
  for (int k = 1; k < 500; k++) {
    double divisor = (double)k * (k + order);
    double product = term.high * quarter.high;
    double rest = fma(term.high, quarter.high, -product)
      + (term.high * quarter.low + term.low * quarter.high);
    term.high = product / divisor;
    term.low = (fma(-term.high, divisor, product) + rest) / divisor;
    double high = sum.high + term.high, back = high - sum.high;
    sum.low += (sum.high - (high - back)) + (term.high - back) + term.low;
    sum.high = high;
    if (term.high <= 1e-18 * sum.high) break;
  }
  return sum;
}

/// Σ_k (x²/4)ᵏ / (k! (k + order)!)
static double series(double x, int order) {
  pair tail = series_tail(x, order);
  double sum = 1 + tail.high, back = sum - 1;
  double rest = (1 - (sum - back)) + (tail.high - back) + tail.low;
  return sum + rest;
}

/// √(2πx) exp(-x) I_order(x), x > series_limit, the smallest term first.
static double asymptotic(double x, int order) {
  double terms[60] = {1}, mu = 4.0 * order * order, sum = 0;
  int count = 1;
  for (; count < 60 && fabs(terms[count - 1]) > 1e-18; count++) {
    double odd = 2 * count - 1, factor = (odd * odd - mu) / (8 * count * x);
    if (fabs(factor) >= 1) break;
    terms[count] = terms[count - 1] * factor;
  }
  while (count > 0) sum += terms[--count];
  return sum;
}

double diffeo_log_i0(double x) {
  x = fabs(x);
  if (x <= series_limit) {
    pair tail = series_tail(x, 0);
    return log1p(tail.high + tail.low);
  }
  if (isinf(x)) return x;
  return x + log(asymptotic(x, 0)) - 0.5 * (log_two_pi + log(x));
}

double diffeo_bessel_ratio(double x) {
  double size = fabs(x);
  if (size > series_limit) return copysign(asymptotic(size, 1) / asymptotic(size, 0), x);
  return 0.5 * x * (series(size, 1) / series(size, 0));
}
