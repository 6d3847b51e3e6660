// One rational-quadratic spline in double: the definition that the vector kernels are held to.
#ifndef DIFFEO_REFERENCE_SPLINE_H
#define DIFFEO_REFERENCE_SPLINE_H

#include "../include/diffeo_operations.h"
#include "scalars.h"

/// The knots and slopes of one spline, and what softmax and softplus left for the pullback.
typedef struct scalar_spline {
  size_t bins, slopes;
  double bound;
  diffeo_spline_ends ends;
  double width_share[DIFFEO_SPLINE_MAX_BINS], height_share[DIFFEO_SPLINE_MAX_BINS];
  double width_scale, height_scale;
  double x[DIFFEO_SPLINE_MAX_BINS + 1], y[DIFFEO_SPLINE_MAX_BINS + 1];
  double slope[DIFFEO_SPLINE_MAX_BINS + 1], slope_rate[DIFFEO_SPLINE_MAX_BINS + 1];
} scalar_spline;

/// A point in its bin: ξ and 1 - ξ, u their product, the secant s and the terms of y and slope.
typedef struct scalar_bin {
  size_t bin;
  double xi, rest, u, width, height, secant, left, right;
  double numerator, denominator, quadratic;
} scalar_bin;

static inline size_t spline_slopes(const diffeo_spline *spline) {
  switch (spline->ends) {
    case DIFFEO_SPLINE_IDENTITY: return spline->bins - 1;
    case DIFFEO_SPLINE_LINEAR: return spline->bins + 1;
    default: return spline->bins;
  }
}

scalar_spline scalar_spline_make(const diffeo_spline *spline, const double *parameters);
void scalar_spline_forward(const scalar_spline *s, double x, double *y, double *log_slope);
void scalar_spline_inverse(const scalar_spline *s, double y, double *x, double *log_slope);
/// Writes dx and the gradient of all unconstrained parameters.
void scalar_spline_forward_pullback(
  const scalar_spline *s, double x, double dy, double dlog_slope, double *dx, double *gradient);
void scalar_spline_inverse_pullback(
  const scalar_spline *s, double y, double dx, double dlog_slope, double *dy, double *gradient);

#endif
