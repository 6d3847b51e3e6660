// One rational-quadratic spline in double (Durkan, Bekasov, Murray and Papamakarios 2019).
#include "spline.h"

static void make_knots(
  size_t bins, double bound, double least, const double *unconstrained, double *share,
  double *knots) {
  double best = unconstrained[0], sum = 0, end = -bound;
  for (size_t k = 1; k < bins; k++) best = fmax(best, unconstrained[k]);
  for (size_t k = 0; k < bins; k++) sum += exp(unconstrained[k] - best);
  knots[0] = -bound;
  for (size_t k = 0; k < bins; k++) {
    share[k] = exp(unconstrained[k] - best) / sum;
    end += 2 * bound * (least + (1 - (double)bins * least) * share[k]);
    knots[k + 1] = end;
  }
  knots[bins] = bound;
}

/// Which knot the j-th learned slope belongs to.
static size_t slope_knot(diffeo_spline_ends ends, size_t j) {
  return ends == DIFFEO_SPLINE_IDENTITY ? j + 1 : j;
}

scalar_spline scalar_spline_make(const diffeo_spline *spline, const double *parameters) {
  size_t bins = spline->bins;
  scalar_spline s = {
    .bins = bins, .slopes = spline_slopes(spline), .bound = spline->bound, .ends = spline->ends};
  s.width_scale = 2 * s.bound * (1 - (double)bins * spline->min_width);
  s.height_scale = 2 * s.bound * (1 - (double)bins * spline->min_height);
  make_knots(bins, s.bound, spline->min_width, parameters, s.width_share, s.x);
  make_knots(bins, s.bound, spline->min_height, parameters + bins, s.height_share, s.y);
  s.slope[0] = s.slope[bins] = 1;
  double shift = log(expm1(1 - spline->min_slope));
  for (size_t j = 0; j < s.slopes; j++) {
    double u = parameters[2 * bins + j] + shift;
    size_t knot = slope_knot(s.ends, j);
    s.slope[knot] = spline->min_slope + scalar_softplus(u);
    s.slope_rate[j] = scalar_sigmoid(u);
  }
  if (s.ends == DIFFEO_SPLINE_CIRCULAR) s.slope[bins] = s.slope[0];
  return s;
}

static size_t find_bin(const double *knots, size_t bins, double value) {
  size_t bin = 0;
  while (bin + 1 < bins && value >= knots[bin + 1]) bin++;
  return bin;
}

static scalar_bin bin_sizes(const scalar_spline *s, size_t bin) {
  scalar_bin b = {.bin = bin, .left = s->slope[bin], .right = s->slope[bin + 1]};
  b.width = s->x[bin + 1] - s->x[bin];
  b.height = s->y[bin + 1] - s->y[bin];
  b.secant = b.height / b.width;
  return b;
}

static void place(scalar_bin *b, double xi, double rest) {
  b->xi = xi;
  b->rest = rest;
  b->u = xi * rest;
  b->numerator = xi * (b->secant * xi + b->left * rest);
  b->denominator = b->secant * (xi * xi + rest * rest) + (b->left + b->right) * b->u;
  b->quadratic = b->right * xi * xi + 2 * b->secant * b->u + b->left * rest * rest;
}

static double bin_log_slope(const scalar_bin *b) {
  return 2 * log(b->secant) + log(b->quadratic) - 2 * log(b->denominator);
}

static scalar_bin bin_of_x(const scalar_spline *s, double x) {
  scalar_bin b = bin_sizes(s, find_bin(s->x, s->bins, x));
  double xi = (x - s->x[b.bin]) / b.width;
  place(&b, xi, 1 - xi);
  return b;
}

/// The root of the bin's quadratic without cancellation: with t = (y - yₖ) / h and p = d₀ (1 - t) - d₁ t its
/// discriminant is p² + 4 s² t (1 - t), a sum of squares.
static scalar_bin bin_of_y(const scalar_spline *s, double y) {
  scalar_bin b = bin_sizes(s, find_bin(s->y, s->bins, y));
  double t = (y - s->y[b.bin]) / b.height;
  double p = b.left * (1 - t) - b.right * t;
  double q = fabs(p) + sqrt(p * p + 4 * b.secant * b.secant * t * (1 - t));
  double part = 2 * b.secant * (p >= 0 ? t : 1 - t), whole = q + part;
  if (p >= 0)
    place(&b, part / whole, q / whole);
  else
    place(&b, q / whole, part / whole);
  return b;
}

/// The value in [-bound, bound) and, in `turns`, the multiple of 2 bound taken away.
static double wrap(const scalar_spline *s, double value, double *turns) {
  *turns = 0;
  if (s->ends != DIFFEO_SPLINE_CIRCULAR) return value;
  *turns = 2 * s->bound * floor((value + s->bound) / (2 * s->bound));
  return value - *turns;
}

/// The slope of the straight line outside, 0 for inside.
static double tail_slope(const scalar_spline *s, double value) {
  if (fabs(value) <= s->bound) return 0;
  return value < 0 ? s->slope[0] : s->slope[s->bins];
}

void scalar_spline_forward(const scalar_spline *s, double x, double *y, double *log_slope) {
  double turns, inner = wrap(s, x, &turns), slope = tail_slope(s, inner);
  if (slope != 0) {
    double end = copysign(s->bound, inner);
    *y = slope == 1 ? x : end + slope * (inner - end);
    *log_slope = log(slope);
    return;
  }
  scalar_bin b = bin_of_x(s, inner);
  *y = s->y[b.bin] + b.height * b.numerator / b.denominator + turns;
  *log_slope = bin_log_slope(&b);
}

void scalar_spline_inverse(const scalar_spline *s, double y, double *x, double *log_slope) {
  double turns, inner = wrap(s, y, &turns), slope = tail_slope(s, inner);
  if (slope != 0) {
    double end = copysign(s->bound, inner);
    *x = slope == 1 ? y : end + (inner - end) / slope;
    *log_slope = -log(slope);
    return;
  }
  scalar_bin b = bin_of_y(s, inner);
  *x = s->x[b.bin] + b.width * b.xi + turns;
  *log_slope = -bin_log_slope(&b);
}

/// ∂ log slope / ∂ξ
static double log_slope_rate(const scalar_bin *b) {
  double tilt = 1 - 2 * b->xi;
  double quadratic = 2 * (b->right * b->xi + b->secant * tilt - b->left * b->rest);
  double denominator = (b->left + b->right - 2 * b->secant) * tilt;
  return quadratic / b->quadratic - 2 * denominator / b->denominator;
}

static void shares_pullback(
  size_t bins, const double *share, double scale, size_t bin, double dstart, double dsize,
  double *gradient) {
  double mean = 0;
  for (size_t k = 0; k < bins; k++) {
    gradient[k] = k < bin ? dstart : k == bin ? dsize : 0;
    mean += share[k] * gradient[k];
  }
  for (size_t k = 0; k < bins; k++) gradient[k] = scale * share[k] * (gradient[k] - mean);
}

/// Adds the gradient of the slope at a knot to the learned slope there, if there is one.
static void slope_pullback(const scalar_spline *s, size_t knot, double dslope, double *gradient) {
  size_t j = knot;
  if (s->ends == DIFFEO_SPLINE_CIRCULAR && knot == s->bins) j = 0;
  if (s->ends == DIFFEO_SPLINE_IDENTITY) {
    if (knot == 0 || knot == s->bins) return;
    j = knot - 1;
  }
  gradient[2 * s->bins + j] += dslope * s->slope_rate[j];
}

/// Writes the parameters' gradient and gives dξ.
static double bin_pullback(
  const scalar_spline *s, const scalar_bin *b, double dy, double dlog_slope, double *gradient) {
  double tilt = 1 - 2 * b->xi, ratio = b->numerator / b->denominator;
  double dnumerator = dy * b->height / b->denominator;
  double ddenominator = -dnumerator * ratio - 2 * dlog_slope / b->denominator;
  double dquadratic = dlog_slope / b->quadratic;
  double dsecant = 2 * dlog_slope / b->secant + dnumerator * b->xi * b->xi +
    ddenominator * (1 - 2 * b->u) + 2 * dquadratic * b->u;
  double dxi = dnumerator * (2 * b->secant * b->xi + b->left * tilt) +
    ddenominator * (b->left + b->right - 2 * b->secant) * tilt +
    2 * dquadratic * (b->right * b->xi + b->secant * tilt - b->left * b->rest);
  double dstart = -dxi / b->width;
  double dwidth = -(dxi * b->xi + dsecant * b->secant) / b->width;
  double dheight = dy * ratio + dsecant / b->width;
  shares_pullback(s->bins, s->width_share, s->width_scale, b->bin, dstart, dwidth, gradient);
  shares_pullback(
    s->bins, s->height_share, s->height_scale, b->bin, dy, dheight, gradient + s->bins);
  for (size_t j = 0; j < s->slopes; j++) gradient[2 * s->bins + j] = 0;
  slope_pullback(
    s, b->bin, (dnumerator + ddenominator) * b->u + dquadratic * b->rest * b->rest, gradient);
  slope_pullback(s, b->bin + 1, ddenominator * b->u + dquadratic * b->xi * b->xi, gradient);
  return dxi;
}

static void tail_pullback(
  const scalar_spline *s, double x, double dslope, double *gradient) {
  for (size_t j = 0; j < 2 * s->bins + s->slopes; j++) gradient[j] = 0;
  slope_pullback(s, x < 0 ? 0 : s->bins, dslope, gradient);
}

void scalar_spline_forward_pullback(
  const scalar_spline *s, double x, double dy, double dlog_slope, double *dx, double *gradient) {
  double turns, inner = wrap(s, x, &turns), slope = tail_slope(s, inner);
  if (slope != 0) {
    *dx = dy * slope;
    double beyond = inner - copysign(s->bound, inner);
    tail_pullback(s, inner, dy * beyond + dlog_slope / slope, gradient);
    return;
  }
  scalar_bin b = bin_of_x(s, inner);
  *dx = bin_pullback(s, &b, dy, dlog_slope, gradient) / b.width;
}

void scalar_spline_inverse_pullback(
  const scalar_spline *s, double y, double dx, double dlog_slope, double *dy, double *gradient) {
  double turns, inner = wrap(s, y, &turns), slope = tail_slope(s, inner);
  if (slope != 0) {
    *dy = dx / slope;
    double beyond = (inner - copysign(s->bound, inner)) / slope;
    tail_pullback(s, inner, -(*dy * beyond) - dlog_slope / slope, gradient);
    return;
  }
  scalar_bin b = bin_of_y(s, inner);
  double total = dx - dlog_slope * log_slope_rate(&b) / b.width;
  *dy = total * exp(-bin_log_slope(&b));
  bin_pullback(s, &b, -*dy, -dlog_slope, gradient);
}
