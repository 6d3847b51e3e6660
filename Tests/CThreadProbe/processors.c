// Where the calling thread may run.
#define _GNU_SOURCE
#include "CThreadProbe.h"

#if defined(__linux__)
#include <sched.h>

size_t allowed_processor_count(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 0;
}
#else
size_t allowed_processor_count(void) { return 0; }
#endif
