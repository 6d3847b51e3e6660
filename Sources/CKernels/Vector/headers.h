// What the kernels include, before any instruction set is chosen.
#include <math.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../levels.h"
