// What compiler, machines and dispatch agree on. Private to this target.
#pragma once
#include "CVectorKernels.h"

#include <math.h>
#include <utility>

// How a binary instruction finds its operands: A the accumulator (the topmost computed value), S the value
// saved below it, F a column, C a constant. Starting modes compute a new accumulator from leaves; their saving
// forms first save the old one.
enum Mode : uint16_t { modeAF, modeFA, modeAC, modeCA, modeSA, modeFF, modeFC, modeCF, saveFF, saveFC, saveCF, modeCount };

// Functions that have a step of their own, unrolled over all registers.
#define VK_HOT_FUNCTIONS(X)                                                                                  \
  X(VK_NEGATE) X(VK_SQUARE) X(VK_CUBE) X(VK_SQRT) X(VK_ABS) X(VK_INVERSE) X(VK_EXP) X(VK_LOG) X(VK_SIN) X(VK_COS)

// Step numbers: + - * / have one step for each mode; hot functions one each; the other operators go through
// memory and are told apart by the instruction's opcode.
#define VK_HANDLER_OF(op) handler_##op,
enum Handler : uint8_t {
  handlerEnd,
  handlerLoadFeature,
  handlerSaveLoadFeature,
  handlerLoadConstant,
  handlerInMemory,
  handlerArithmetic,
  handlerBeforeFunctions = handlerArithmetic + 4 * modeCount - 1,
  VK_HOT_FUNCTIONS(VK_HANDLER_OF) handlerCount
};

// Operands of a ternary instruction, two bits each from the first on; bit 6 says to save the accumulator.
enum Operand : uint16_t { operandConstant, operandFeature, operandComputed };
enum : uint16_t { ternarySaves = 64 };

// Rows that the derivative sweeps take at a time: every node's values and adjoints should stay in the first cache.
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
};

extern const KernelTable vk_baseline_kernels;
#if defined(__x86_64__)
extern const KernelTable vk_avx2_kernels;
extern const KernelTable vk_avx512_kernels;
#endif

// The table in use; chosen before anything else of this target runs.
const KernelTable &vk_kernels(void);
