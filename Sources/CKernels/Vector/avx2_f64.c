// AVX2 with FMA: 16 registers of 32 bytes, double.
#if defined(__x86_64__)
#include "headers.h"

#define REGISTER_BYTES 32
#define ELEMENT_BYTES 64
#define BLOCK_ROWS 6
#define BLOCK_VECTORS 2
#define LEVEL(type, name) avx2_##type##_##name
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#include "double.inc"

#include "kernels.inc"
#pragma clang attribute pop
#endif
