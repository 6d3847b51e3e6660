// The tables of all levels.
#ifndef DIFFEO_LEVELS_H
#define DIFFEO_LEVELS_H

#include "CKernels.h"

extern const diffeo_kernels_f32 reference_f32_kernels, baseline_f32_kernels;
extern const diffeo_kernels_f64 reference_f64_kernels, baseline_f64_kernels;
#if defined(__x86_64__)
extern const diffeo_kernels_f32 avx2_f32_kernels, avx512_f32_kernels;
extern const diffeo_kernels_f64 avx2_f64_kernels, avx512_f64_kernels;
#endif

#endif
