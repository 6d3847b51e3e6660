// AVX-512: 32 registers of 64 bytes, float.
#if defined(__x86_64__)
#include "headers.h"

#define REGISTER_BYTES 64
#define ELEMENT_BYTES 64
#define BLOCK_ROWS 6
#define BLOCK_VECTORS 4
#define HAS_RECIPROCAL_GUESS 1
#define LEVEL(type, name) avx512_##type##_##name
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx512cd,avx2,fma,bmi,bmi2"))), apply_to = function)
#include "float.inc"

#include "kernels.inc"
#pragma clang attribute pop
#endif
