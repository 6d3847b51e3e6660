// The reference level: every kernel as plain loops, sums and functions in double.
#include "../levels.h"
#include "scalars.h"
#include "spline.h"

#define T float
#define REFERENCE(name) reference_f32_##name
#define DIFFEO_TABLE diffeo_kernels_f32
#define BASELINE_KERNELS baseline_f32_kernels
#include "reference.inc"
#undef T
#undef REFERENCE
#undef DIFFEO_TABLE
#undef BASELINE_KERNELS

#define T double
#define REFERENCE(name) reference_f64_##name
#define DIFFEO_TABLE diffeo_kernels_f64
#define BASELINE_KERNELS baseline_f64_kernels
#include "reference.inc"
