// The one place that knows where the headers of FLINT, Arb, Antic and Calcium lie (Debian 12 keeps
// Arb at <arb.h> and Calcium at <calcium/...>; FLINT 3 moved everything below <flint/...>).
#include <flint/flint.h>
#include <flint/fmpq.h>
#include <flint/fmpq_poly.h>
#include <flint/fmpz.h>
#include <flint/fmpz_mpoly.h>
#include <flint/fmpz_mpoly_factor.h>
#include <flint/fmpz_poly.h>
#if __has_include(<flint/ca.h>)
#include <flint/arb.h>
#include <flint/arb_hypgeom.h>
#include <flint/ca.h>
#include <flint/fmpz_mpoly_q.h>
#include <flint/qqbar.h>
#else
#include <arb.h>
#include <arb_hypgeom.h>
#include <calcium/ca.h>
#include <calcium/fmpz_mpoly_q.h>
#include <calcium/qqbar.h>
#endif

// Macros of C that Swift does not import, and small loops over numbers that are simpler in C.

static inline fmpz *fmpq_numerator_pointer(const fmpq *x) { return (fmpz *)&x->num; }

static inline fmpz *fmpq_denominator_pointer(const fmpq *x) { return (fmpz *)&x->den; }

// Writes the `count` limbs of |x|, least significant first.
static inline void fmpz_get_magnitude(mp_limb_t *limbs, slong count, const fmpz *x) {
  fmpz_t magnitude;
  fmpz_init(magnitude);
  fmpz_abs(magnitude, x);
  if (count > 0) fmpz_get_ui_array(limbs, count, magnitude);
  fmpz_clear(magnitude);
}

// The double nearest to p/q, q > 0. The quotient keeps 64 bits or more and its lowest bit says
// whether anything was cut off, so that the one rounding in arf_get_d is that of the exact value.
static inline double rational_get_double(const fmpz *p, const fmpz *q) {
  slong shift = 66 + (slong)fmpz_bits(q) - (slong)fmpz_bits(p);
  fmpz_t above, below, quotient, remainder;
  arf_t rounded;
  double result;
  fmpz_init(above);
  fmpz_init(below);
  fmpz_init(quotient);
  fmpz_init(remainder);
  arf_init(rounded);
  fmpz_abs(above, p);
  fmpz_set(below, q);
  if (shift >= 0)
    fmpz_mul_2exp(above, above, (ulong)shift);
  else
    fmpz_mul_2exp(below, below, (ulong)-shift);
  fmpz_tdiv_qr(quotient, remainder, above, below);
  if (!fmpz_is_zero(remainder)) fmpz_setbit(quotient, 0);
  arf_set_fmpz(rounded, quotient);
  arf_mul_2exp_si(rounded, rounded, -shift);
  result = arf_get_d(rounded, ARF_RND_NEAR);
  if (fmpz_sgn(p) < 0) result = -result;
  fmpz_clear(above);
  fmpz_clear(below);
  fmpz_clear(quotient);
  fmpz_clear(remainder);
  arf_clear(rounded);
  return result;
}

// Towards -∞ and towards +∞.
static const int arf_round_down = ARF_RND_FLOOR;
static const int arf_round_up = ARF_RND_CEIL;

// mantissa · 2^exponent, for a finite number whose exponent the caller has bounded.
static inline void arf_get_fraction(fmpq *result, const arf_struct *x) {
  fmpz_t exponent;
  fmpz_init(exponent);
  arf_get_fmpz_2exp(fmpq_numref(result), exponent, x);
  fmpz_one(fmpq_denref(result));
  if (fmpz_sgn(exponent) >= 0)
    fmpz_mul_2exp(fmpq_numref(result), fmpq_numref(result), fmpz_get_ui(exponent));
  else
    fmpz_mul_2exp(fmpq_denref(result), fmpq_denref(result), (ulong)-fmpz_get_si(exponent));
  fmpz_clear(exponent);
}

// The sign of x - p/q, exactly: that of q·x - p.
static inline int arf_compare_fraction(const arf_struct *x, const fmpq *value) {
  arf_t scaled, numerator;
  int result;
  arf_init(scaled);
  arf_init(numerator);
  arf_mul_fmpz(scaled, x, fmpq_denref(value), ARF_PREC_EXACT, ARF_RND_DOWN);
  arf_set_fmpz(numerator, fmpq_numref(value));
  result = arf_cmp(scaled, numerator);
  arf_clear(scaled);
  arf_clear(numerator);
  return result;
}

static inline double ball_midpoint_double(const arf_struct *lower, const arf_struct *upper) {
  arf_t sum;
  double result;
  arf_init(sum);
  arf_add(sum, lower, upper, 64, ARF_RND_NEAR);
  arf_mul_2exp_si(sum, sum, -1);
  result = arf_get_d(sum, ARF_RND_NEAR);
  arf_clear(sum);
  return result;
}

// Whether the midpoint of x is below 2^exponent.
static inline int ball_is_below_power_of_two(const arb_struct *x, slong exponent) {
  return arf_cmp_2exp_si(arb_midref(x), exponent) < 0;
}

// The longest coefficient, in bits, of an element of a number field.
static inline slong number_field_element_bits(const ca_struct *x, ca_ctx_struct *ctx) {
  fmpq_poly_t coordinates;
  slong bits;
  fmpq_poly_init(coordinates);
  nf_elem_get_fmpq_poly(coordinates, CA_NF_ELEM(x), CA_FIELD_NF(CA_FIELD(x, ctx)));
  bits = FLINT_ABS(_fmpz_vec_max_bits(coordinates->coeffs, coordinates->length));
  bits = FLINT_MAX(bits, (slong)fmpz_bits(coordinates->den));
  fmpq_poly_clear(coordinates);
  return bits;
}

// Whether an exact number has grown beyond what later operations handle quickly: the lengths are
// those of its rational coefficients in bits, of its polynomials in terms, of its field in
// generators. A special value (unknown, undefined, infinite) is never oversized.
static inline int exact_number_is_oversized(const ca_struct *x, ca_ctx_struct *ctx) {
  const slong bits = 1 << 16, terms = 400, generators = 10;
  if (CA_IS_SPECIAL(x)) return 0;
  if (CA_IS_QQ(x, ctx)) return (slong)fmpq_height_bits(CA_FMPQ(x)) > bits;
  if (CA_FIELD_IS_NF(CA_FIELD(x, ctx))) return number_field_element_bits(x, ctx) > bits;
  ca_field_srcptr field = CA_FIELD(x, ctx);
  fmpz_mpoly_struct *above = fmpz_mpoly_q_numref(CA_MPOLY_Q(x));
  fmpz_mpoly_struct *below = fmpz_mpoly_q_denref(CA_MPOLY_Q(x));
  fmpz_mpoly_ctx_struct *polynomials = CA_FIELD_MCTX(field, ctx);
  return CA_FIELD_LENGTH(field) > generators || above->length > terms || below->length > terms
      || FLINT_ABS(fmpz_mpoly_max_bits(above)) > bits
      || FLINT_ABS(fmpz_mpoly_max_bits(below)) > bits
      || fmpz_mpoly_total_degree_si(above, polynomials) > terms
      || fmpz_mpoly_total_degree_si(below, polynomials) > terms;
}
