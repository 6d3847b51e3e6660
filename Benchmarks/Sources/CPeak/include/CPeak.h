/// How many floating-point operations a processor can do: independent products added to sums in registers.
#ifndef CPEAK_H
#define CPEAK_H

#include <stdint.h>

/// Runs `rounds` rounds of float multiply-adds with vectors of `bytes` bytes (16, 32 or 64) and returns how many
/// operations that were, two for each multiply-add. The machine must have such vectors.
uint64_t peak_multiply_adds(int bytes, uint64_t rounds);

#endif
