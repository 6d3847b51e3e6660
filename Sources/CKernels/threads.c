// Where threads run.
#define _GNU_SOURCE
#include "CKernels.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>

/// What the process may use, as it was before any of its threads was pinned: the system knows the sets of threads
/// alone, and that of the main one is narrow once it is pinned.
static cpu_set_t allowed;
static pthread_once_t known = PTHREAD_ONCE_INIT;

static void find_allowed(void) {
  if (sched_getaffinity(getpid(), sizeof allowed, &allowed) != 0) CPU_ZERO(&allowed);
}

size_t diffeo_allowed_cpus(void) {
  pthread_once(&known, find_allowed);
  int count = CPU_COUNT(&allowed);
  return count > 0 ? (size_t)count : 1;
}

int diffeo_pin_thread(size_t index) {
  pthread_once(&known, find_allowed);
  cpu_set_t one;
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (!CPU_ISSET(cpu, &allowed) || index-- > 0) continue;
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

/// The first numbers in a file, at most two; returns how many there are.
static int numbers_in_file(const char *folder, const char *name, long long numbers[2]) {
  char path[4096];
  int length = snprintf(path, sizeof path, "%s/%s", folder, name);
  if (length < 0 || (size_t)length >= sizeof path) return 0;
  FILE *file = fopen(path, "re");
  if (!file) return 0;
  int found = fscanf(file, "%lld %lld", &numbers[0], &numbers[1]);
  fclose(file);
  return found;
}

/// The limit of one group in microseconds of CPU time and of the period in which they may be used: "QUOTA PERIOD"
/// or "max PERIOD" in version 2, two files and -1 for no limit in version 1.
static size_t limit_of_group(const char *folder) {
  long long time[2] = {0, 0};
  if (numbers_in_file(folder, "cpu.max", time) != 2) {
    long long period[2] = {0, 0};
    if (numbers_in_file(folder, "cpu.cfs_quota_us", time) < 1) return SIZE_MAX;
    if (numbers_in_file(folder, "cpu.cfs_period_us", period) < 1) return SIZE_MAX;
    time[1] = period[0];
  }
  if (time[0] <= 0 || time[1] <= 0) return SIZE_MAX;
  return (size_t)((time[0] - 1) / time[1] + 1);
}

size_t diffeo_granted_cpus(const char *_Nonnull root, const char *_Nonnull group) {
  char folder[4096];
  int length = snprintf(folder, sizeof folder, "%s%s", root, group);
  if (length < 0 || (size_t)length >= sizeof folder) return SIZE_MAX;
  size_t least = SIZE_MAX, top = strlen(root);
  for (;;) {
    size_t limit = limit_of_group(folder);
    if (limit < least) least = limit;
    char *slash = strrchr(folder, '/');
    if (!slash || (size_t)(slash - folder) < top) return least;
    *slash = 0;
  }
}

size_t diffeo_usable_cpus(void) {
  size_t allowed = diffeo_allowed_cpus();
  FILE *file = fopen("/proc/self/cgroup", "re");
  if (!file) return allowed;
  // A line is NUMBER:CONTROLLERS:GROUP; the one hierarchy of version 2 has no controllers listed.
  char line[4096];
  size_t least = allowed;
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!group) continue;
    *group++ = 0;
    int is_unified = controllers[1] == 0;
    if (!is_unified && strncmp(controllers + 1, "cpu", 4) != 0 && strncmp(controllers + 1, "cpu,", 4) != 0) continue;
    size_t granted = diffeo_granted_cpus(is_unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/cpu", group);
    if (granted < least) least = granted;
  }
  fclose(file);
  return least;
}

void diffeo_spin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}
