// Baseline: SSE2, or NEON, with vectors of 16 bytes, float.
#include "headers.h"

#define REGISTER_BYTES 16
#define ELEMENT_BYTES 16
#define BLOCK_ROWS 4
#define BLOCK_VECTORS 3
#define LEVEL(type, name) baseline_##type##_##name
#include "float.inc"

#include "kernels.inc"
