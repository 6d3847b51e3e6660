/// What tests ask about the calling thread.
#ifndef CTHREADPROBE_H
#define CTHREADPROBE_H

#include <stddef.h>

/// Whether allocations are counted: with the GNU C library, and where no sanitizer has its own.
int allocations_are_counted(void);

/// How often the calling thread has asked for memory so far, by malloc and the like.
size_t allocation_count(void);

/// On how many processors the calling thread may run; 0 where the system does not say.
size_t allowed_processor_count(void);

#endif
