// Which level this machine runs.
#include "levels.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static diffeo_level best_level = DIFFEO_LEVEL_REFERENCE;
static pthread_once_t chosen = PTHREAD_ONCE_INIT;

static int machine_has(diffeo_level level) {
  switch (level) {
    case DIFFEO_LEVEL_REFERENCE:
    case DIFFEO_LEVEL_BASELINE: return 1;
#if defined(__x86_64__)
    case DIFFEO_LEVEL_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case DIFFEO_LEVEL_AVX512:
      return __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("fma");
#endif
    default: return 0;
  }
}

/// Indexed by level; levels of other machines are missing.
static const diffeo_kernels_f32 *const kernels_f32[DIFFEO_LEVEL_COUNT] = {
  &reference_f32_kernels,
  &baseline_f32_kernels,
#if defined(__x86_64__)
  &avx2_f32_kernels,
  &avx512_f32_kernels,
#endif
};

static const diffeo_kernels_f64 *const kernels_f64[DIFFEO_LEVEL_COUNT] = {
  &reference_f64_kernels,
  &baseline_f64_kernels,
#if defined(__x86_64__)
  &avx2_f64_kernels,
  &avx512_f64_kernels,
#endif
};

const diffeo_kernels_f32 *diffeo_kernels_f32_level(diffeo_level level) {
  return machine_has(level) ? kernels_f32[level] : NULL;
}

const diffeo_kernels_f64 *diffeo_kernels_f64_level(diffeo_level level) {
  return machine_has(level) ? kernels_f64[level] : NULL;
}

diffeo_level diffeo_level_named(const char *name) {
  static const char *const names[DIFFEO_LEVEL_COUNT] = {
    "reference", "baseline", "avx2", "avx512"};
  diffeo_level best = DIFFEO_LEVEL_REFERENCE;
  for (int level = DIFFEO_LEVEL_REFERENCE; level < DIFFEO_LEVEL_COUNT; level++) {
    if (!diffeo_kernels_f32_level((diffeo_level)level)) continue;
    best = (diffeo_level)level;
    if (name && strcmp(name, names[level]) == 0) break;
  }
  return best;
}

static void choose_level(void) { best_level = diffeo_level_named(getenv("DIFFEO_ISA")); }

diffeo_level diffeo_best_level(void) {
  pthread_once(&chosen, choose_level);
  return best_level;
}
