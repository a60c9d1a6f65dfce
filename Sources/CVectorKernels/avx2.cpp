// The kernels for AVX2 and FMA (x86-64-v3).
#include "instructions.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define VK_FUSED 1
#define VK_BYTES 32
#define VK_AVX2_CODE 1
#define VK_TABLE vk_avx2_kernels
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2,lzcnt"))), apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif
