// What compiler, kernels and dispatch agree on. Private to this target.
#pragma once
#include "CVectorKernels.h"

#include <fenv.h>
#include <math.h>
#include <utility>

// Kernels of a program are numbered by operator code. 0 spreads a constant over the result, 1 copies a
// column. exp(x) - 1 has a kernel, though no operator. + - * / have two more kernels each for a constant as
// their right and as their left argument.
//
// Fused kernels do two steps in one loop, which saves a round trip through memory and a jump: a function of x
// . y, or (x . y) . z, or f(x) . y, with . among + - * / and f among `fusedFunctionCodes`. They take two
// instructions.
enum : int {
  kernelExponentialMinusOne = VK_CEIL + 1,
  kernelsWithConstant = VK_IF_ELSE + 1,
  kernelsFused = kernelsWithConstant + 2 * 4,
  fusedFunctions = 5,
  // function * 4 + inner
  kernelsFunctionOfBinary = kernelsFused,
  // (inner * 4 + outer) * 2 + swapped, where swapped means z . (x . y)
  kernelsBinaryOfBinary = kernelsFunctionOfBinary + fusedFunctions * 4,
  // (function * 4 + outer) * 2 + swapped, where swapped means y . f(x)
  kernelsBinaryOfFunction = kernelsBinaryOfBinary + 4 * 4 * 2,
  kernelCount = kernelsBinaryOfFunction + fusedFunctions * 4 * 2,
};
static_assert(kernelCount <= 256, "a kernel's number is a byte");
constexpr uint8_t fusedFunctionCodes[fusedFunctions] = {VK_EXP, VK_LOG, VK_SIN, VK_COS, VK_SQRT};

// The fused kernel for f(x) y.
constexpr int kernelOfProduct(uint8_t function) {
  int number = 0;
  while (fusedFunctionCodes[number] != function) number++;
  return kernelsBinaryOfFunction + (number * 4 + (VK_MULTIPLY - VK_ADD)) * 2;
}

// Where an operand is; two bits for each in an instruction's `kinds`, from the first on.
enum Kind : uint8_t { kindConstant, kindColumn, kindSlot };

// Rows that a program takes at a time. Steps are long loops because a processor guesses the next step of a
// program it has not seen wrong nearly every time, and yet all temporaries should stay in the first cache.
template <class T> constexpr size_t programTile = 4096 / sizeof(T);
// Distance between temporaries; not a multiple of 4096 bytes, at which caches take addresses for one another.
template <class T> constexpr size_t slotStride = (4096 + 256) / sizeof(T);

// Rows that the derivative sweeps take at a time: every node's values and adjoints should stay in cache.
#define VK_DERIVATIVE_TILE 256

template <int... op> using Codes = std::integer_sequence<int, op...>;
template <int count> using CodesUpTo = std::make_integer_sequence<int, count>;

// The entry points of one instruction set.
struct KernelTable {
  double (*apply)(int, double, double, double);
  decltype(&vk_evaluate_f64) evaluate64;
  decltype(&vk_evaluate_f32) evaluate32;
  decltype(&vk_moments_f64) moments64;
  decltype(&vk_moments_f32) moments32;
  decltype(&vk_squared_error_f64) squaredError64;
  decltype(&vk_squared_error_f32) squaredError32;
  decltype(&vk_jacobian_f64) jacobian64;
  decltype(&vk_jacobian_f32) jacobian32;
  decltype(&vk_normal_equations_f64) normalEquations64;
  decltype(&vk_normal_equations_f32) normalEquations32;
  decltype(&vk_gauss_newton_f64) gaussNewton64;
  decltype(&vk_gauss_newton_f32) gaussNewton32;
  decltype(&vk_dot) dot;
  decltype(&vk_add_multiple) addMultiple;
  decltype(&vk_library_sums) librarySums;
  decltype(&vk_pair_search) pairSearch;
};

extern const KernelTable vk_baseline_kernels;
#if defined(__x86_64__)
extern const KernelTable vk_avx2_kernels;
extern const KernelTable vk_avx512_kernels;
#endif

// The table in use; chosen before anything else of this target runs.
const KernelTable &vk_kernels(void);
