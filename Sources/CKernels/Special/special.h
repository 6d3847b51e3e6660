// Functions that libm lacks, for accuracy rather than speed; every level shares them.
#ifndef DIFFEO_SPECIAL_H
#define DIFFEO_SPECIAL_H

#include "CKernels.h"

double diffeo_bessel_i0e(double x);
double diffeo_bessel_i1e(double x);

#endif
