// The logarithm of the gamma function and its derivative.
#include "special.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/// lgamma_r rather than lgamma: the latter writes a global.
double diffeo_lgamma(double x) {
  int sign;
  return lgamma_r(x, &sign);
}

/// ψ(x) by reflection for x < 0, recurrence up to 10, and the asymptotic series (DLMF 5.11.2) beyond.
double diffeo_digamma(double x) {
  if (x == 0) return copysign(INFINITY, -x);
  if (x < 0) {
    double part = x - floor(x);
    if (part == 0) return NAN;
    return diffeo_digamma(1 - x) - pi / tan(pi * part);
  }
  double shift = 0;
  for (; x < 10; x += 1) shift += 1 / x;
  double w = 1 / (x * x);
  double series =
    w * (1.0 / 12 - w * (1.0 / 120 - w * (1.0 / 252 - w * (1.0 / 240 - w * (1.0 / 132 -
    w * (691.0 / 32760 - w * (1.0 / 12)))))));
  return log(x) - 0.5 / x - series - shift;
}
