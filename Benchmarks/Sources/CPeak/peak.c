#include "CPeak.h"

/// Twelve sums: more than the latency times the throughput of any processor, fewer than its registers.
#define SUMS 12

/// The sums are hidden from the optimiser after each round, which else would do all rounds at once.
#define PEAK(name, BYTES)                                                    \
  static uint64_t name(uint64_t rounds) {                                    \
    typedef float vector __attribute__((ext_vector_type(BYTES / 4)));        \
    vector sums[SUMS], factor = (vector)0.999f, term = (vector)0.001f;       \
    for (int i = 0; i < SUMS; i++) sums[i] = (vector)(float)i;               \
    for (uint64_t round = 0; round < rounds; round++) {                      \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++)      \
        sums[i] = sums[i] * factor + term;                                   \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++)      \
        __asm__ volatile("" : HIDDEN(sums[i]));                              \
    }                                                                        \
    return rounds * SUMS * (BYTES / 4) * 2;                                  \
  }

#if defined(__x86_64__)
#define HIDDEN(sum) "+v"(sum)
PEAK(peak_16, 16)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
PEAK(peak_32, 32)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
PEAK(peak_64, 64)
#pragma clang attribute pop
#else
#define HIDDEN(sum) "+w"(sum)
PEAK(peak_16, 16)
#endif

uint64_t peak_multiply_adds(int bytes, uint64_t rounds) {
#if defined(__x86_64__)
  if (bytes == 64) return peak_64(rounds);
  if (bytes == 32) return peak_32(rounds);
#else
  (void)bytes;
#endif
  return peak_16(rounds);
}
