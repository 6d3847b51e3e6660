// Where threads run.
#define _GNU_SOURCE
#include "CKernels.h"

#include <errno.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>

size_t diffeo_allowed_cpus(void) {
  cpu_set_t set;
  if (sched_getaffinity(getpid(), sizeof set, &set) != 0) return 1;
  return (size_t)CPU_COUNT(&set);
}

int diffeo_pin_thread(size_t index) {
  // The allowed set is the process's: the calling thread's own may already be one CPU.
  cpu_set_t set, one;
  if (sched_getaffinity(getpid(), sizeof set, &set) != 0) return errno;
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (!CPU_ISSET(cpu, &set) || index-- > 0) continue;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return sched_setaffinity(0, sizeof one, &one) == 0 ? 0 : errno;
  }
  return EINVAL;
}
#else
size_t diffeo_allowed_cpus(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}

int diffeo_pin_thread(size_t index) {
  (void)index;
  return ENOTSUP;
}
#endif

void diffeo_spin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}
