/// The inner loops of the engine: elementwise functions, small dense products on tiles, splines, optimizer
/// steps and random numbers, one table of function pointers for each scalar type.
///
/// Every kernel has one body, compiled for each instruction set with vectors of its own width; the best
/// set the machine has is chosen once. The reference level is the same mathematics as plain loops.
#ifndef DIFFEO_CKERNELS_H
#define DIFFEO_CKERNELS_H

#include "diffeo_operations.h"

#define T float
#define DIFFEO_TABLE diffeo_kernels_f32
#include "diffeo_table.inc"
#undef T
#undef DIFFEO_TABLE

#define T double
#define DIFFEO_TABLE diffeo_kernels_f64
#include "diffeo_table.inc"
#undef T
#undef DIFFEO_TABLE

#include "diffeo_kernel_set.h"

/// The level called avx512, avx2, baseline or reference if the machine has it, the best one of the machine otherwise.
diffeo_level diffeo_level_named(const char *_Nullable name);

/// The level that the environment's DIFFEO_ISA names; the best one where it names none. Read once; safe from any
/// thread.
diffeo_level diffeo_best_level(void);

/// The kernels of one level; NULL where the machine lacks it.
const diffeo_kernels_f32 *_Nullable diffeo_kernels_f32_level(diffeo_level level);
const diffeo_kernels_f64 *_Nullable diffeo_kernels_f64_level(diffeo_level level);

/// The four words of Philox4x32-10 (Salmon et al. 2011) for a key and a counter.
void diffeo_philox4x32(
  const uint32_t key[_Nonnull 2], const uint32_t counter[_Nonnull 4],
  uint32_t words[_Nonnull 4]);

/// sin x, cos x and tan x: the C library's, with an argument reduction of our own from 2²⁰ on, where the library's
/// may lose bits next to a multiple of π/2.
double diffeo_sin(double x);
double diffeo_cos(double x);
double diffeo_tan(double x);

/// log|Γ(x)|, ψ(x) = Γ'(x)/Γ(x), log I₀(x) and I₁(x)/I₀(x).
double diffeo_lgamma(double x);
double diffeo_digamma(double x);
double diffeo_log_i0(double x);
double diffeo_bessel_ratio(double x);

/// Φ(x), log Φ(x) and Φ⁻¹(p) of the standard normal distribution, full precision in both tails; the y with erf y = x;
/// and exp(x²) erfc(x) for x ≥ 0.
double diffeo_ndtr(double x);
double diffeo_log_ndtr(double x);
double diffeo_ndtri(double p);
double diffeo_erfinv(double x);
double diffeo_scaled_erfc(double x);

/// How many CPUs this process may run on, as it was before any of its threads was bound; at least 1.
size_t diffeo_allowed_cpus(void);

/// How many CPUs' time the control group `group`, as in "/service/part", and those around it grant, rounded up,
/// where control groups (version 2, or the `cpu` controller of version 1) are mounted at `root`; SIZE_MAX without a limit.
size_t diffeo_granted_cpus(const char *_Nonnull root, const char *_Nonnull group);

/// How many threads can run at once: no more than there are CPUs allowed and granted, and at least 1.
size_t diffeo_usable_cpus(void);

/// Binds the calling thread to the `index`-th of the CPUs that `diffeo_allowed_cpus` counts. Returns 0, or an errno value.
int diffeo_pin_thread(size_t index);

/// A hint that the calling thread spins.
void diffeo_spin_pause(void);

#endif
