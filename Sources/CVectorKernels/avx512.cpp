// The kernels for AVX-512 F, DQ, VL and BW (x86-64-v4).
#include "instructions.h"
#if defined(__x86_64__)
#include <immintrin.h>
#define VK_FUSED 1
#define VK_BYTES 64
#define VK_AVX512_CODE 1
#define VK_TABLE vk_avx512_kernels
#pragma clang attribute push(                                                                                \
  __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi,bmi2,lzcnt"))), apply_to = function)
#include "kernels.h"
#pragma clang attribute pop
#endif
