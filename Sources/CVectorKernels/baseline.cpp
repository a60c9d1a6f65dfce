// The kernels for what every machine of the architecture has: SSE2 on x86-64, NEON on aarch64.
#include "instructions.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define VK_FUSED 0
#else
#define VK_FUSED 1
#endif
#define VK_BYTES 16
#define VK_TABLE vk_baseline_kernels
#include "kernels.h"
