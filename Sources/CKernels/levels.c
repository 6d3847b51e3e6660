// Which level this machine runs.
#include "levels.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static diffeo_level best_level = DIFFEO_LEVEL_REFERENCE;
static pthread_once_t chosen = PTHREAD_ONCE_INIT;

const diffeo_kernels_f32 *diffeo_kernels_f32_level(diffeo_level level) {
  return level == DIFFEO_LEVEL_REFERENCE ? &reference_f32_kernels : NULL;
}

const diffeo_kernels_f64 *diffeo_kernels_f64_level(diffeo_level level) {
  return level == DIFFEO_LEVEL_REFERENCE ? &reference_f64_kernels : NULL;
}

static void choose_level(void) {
  static const char *const names[DIFFEO_LEVEL_COUNT] = {
    "reference", "baseline", "avx2", "avx512"};
  const char *forced = getenv("DIFFEO_ISA");
  for (int level = DIFFEO_LEVEL_REFERENCE; level < DIFFEO_LEVEL_COUNT; level++) {
    if (!diffeo_kernels_f32_level((diffeo_level)level)) continue;
    best_level = (diffeo_level)level;
    if (forced && strcmp(forced, names[level]) == 0) return;
  }
}

diffeo_level diffeo_best_level(void) {
  pthread_once(&chosen, choose_level);
  return best_level;
}

const diffeo_kernels_f32 *diffeo_kernels_f32_best(void) {
  return diffeo_kernels_f32_level(diffeo_best_level());
}

const diffeo_kernels_f64 *diffeo_kernels_f64_best(void) {
  return diffeo_kernels_f64_level(diffeo_best_level());
}
