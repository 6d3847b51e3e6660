// The tables of all levels.
#ifndef DIFFEO_LEVELS_H
#define DIFFEO_LEVELS_H

#include "CKernels.h"

extern const diffeo_kernels_f32 reference_f32_kernels;
extern const diffeo_kernels_f64 reference_f64_kernels;

#endif
