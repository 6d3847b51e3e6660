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
