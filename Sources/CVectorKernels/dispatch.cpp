// Chooses the instruction set and forwards the C entry points to its kernels.
#include "instructions.h"

#include <atomic>
#include <stdlib.h>
#include <string.h>

static const KernelTable *tableFor(int code) {
#if defined(__x86_64__)
  if (code == VK_AVX512) return &vk_avx512_kernels;
  if (code == VK_AVX2) return &vk_avx2_kernels;
#endif
  (void)code;
  return &vk_baseline_kernels;
}

int vk_best_instruction_set(void) {
#if defined(__x86_64__)
  // These also ask whether the operating system saves the registers.
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2"))
    return VK_BASELINE;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
    return VK_AVX512;
  return VK_AVX2;
#else
  return VK_BASELINE;
#endif
}

const char *vk_instruction_set_name(int code) {
  return code == VK_AVX512 ? "avx512" : code == VK_AVX2 ? "avx2" : "baseline";
}

static int codeAtStart(void) {
  const int best = vk_best_instruction_set();
  const char *name = getenv("SYMREG_INSTRUCTION_SET");
  if (name)
    for (int code = 0; code < best; code++)
      if (strcmp(name, vk_instruction_set_name(code)) == 0) return code;
  return best;
}

static std::atomic<int> &currentCode(void) {
  static std::atomic<int> code{codeAtStart()};
  return code;
}
static std::atomic<const KernelTable *> &currentTable(void) {
  static std::atomic<const KernelTable *> table{tableFor(currentCode())};
  return table;
}

const KernelTable &vk_kernels(void) { return *currentTable().load(std::memory_order_relaxed); }

int vk_instruction_set(void) { return currentCode(); }

int vk_set_instruction_set(int code) {
  const int best = vk_best_instruction_set();
  code = code < 0 ? 0 : code > best ? best : code;
  currentCode() = code;
  currentTable() = tableFor(code);
  return code;
}

double vk_apply(int opcode, double x, double y, double z) { return vk_kernels().apply(opcode, x, y, z); }

size_t vk_derivative_scratch_size(size_t count, size_t targets) {
  const size_t tiles = 2 * count + targets + 6;
  return tiles * (VK_DERIVATIVE_TILE * sizeof(double) + 192) + 320 * count + 16 * targets + 4096;
}

#define VK_FORWARD(name, member, T)                                                                          \
  void vk_evaluate_##name(const vk_instruction *program, int32_t count, const T *const *columns,             \
                          size_t first_row, size_t rows, int64_t *rescues, T *out, void *scratch) {          \
    vk_kernels().evaluate##member(program, count, columns, first_row, rows, rescues, out, scratch); \
  }                                                                                                          \
  void vk_moments_##name(const T *predictions, const T *targets, const T *weights, size_t rows,              \
                         double shift_y, double scale, vk_moments *moments) {                                \
    vk_kernels().moments##member(predictions, targets, weights, rows, shift_y, scale, moments);              \
  }                                                                                                          \
  int32_t vk_squared_error_##name(const vk_instruction *program, int32_t count, const T *const *columns,     \
                                  const T *targets, const T *weights, size_t first_row, size_t rows,         \
                                  double shift_y, double scale, double limit, int64_t *rescues,              \
                                  double *error, vk_moments *moments, void *scratch) {                       \
    return vk_kernels().squaredError##member(program, count, columns, targets, weights, first_row, rows,     \
                                             shift_y, scale, limit, rescues, error, moments, scratch);       \
  }                                                                                                          \
  int32_t vk_jacobian_##name(const vk_node *nodes, int32_t count, const int32_t *targets,                    \
                             int32_t target_count, const T *const *columns, size_t first_row, size_t rows,   \
                             T *values, T *jacobian, size_t stride, void *scratch) {                         \
    return vk_kernels().jacobian##member(nodes, count, targets, target_count, columns, first_row, rows,      \
                                         values, jacobian, stride, scratch);                                 \
  }                                                                                                          \
  void vk_normal_equations_##name(const T *jacobian, size_t stride, int32_t k, const T *residuals,           \
                                  const T *weights, size_t rows, double *jtj, double *jtr) {                 \
    vk_kernels().normalEquations##member(jacobian, stride, k, residuals, weights, rows, jtj, jtr);           \
  }                                                                                                          \
  int32_t vk_gauss_newton_##name(const vk_node *nodes, int32_t count, const int32_t *targets,                \
                                 int32_t target_count, const T *const *columns, const T *y,                  \
                                 const T *weights, size_t first_row, size_t rows, double scale,              \
                                 int64_t *rescues, double *jtj, double *jtr, double *error, void *scratch) { \
    return vk_kernels().gaussNewton##member(nodes, count, targets, target_count, columns, y, weights,        \
                                            first_row, rows, scale, rescues, jtj, jtr, error, scratch);      \
  }
VK_FORWARD(f64, 64, double)
VK_FORWARD(f32, 32, float)

double vk_dot(const double *x, const double *y, size_t count) { return vk_kernels().dot(x, y, count); }

void vk_add_multiple(double a, const double *x, double *y, size_t count) {
  vk_kernels().addMultiple(a, x, y, count);
}

void vk_library_sums(const double *matrix, size_t stride, size_t count, const double *weights,
                     const double *vectors, size_t k, double *out) {
  vk_kernels().librarySums(matrix, stride, count, weights, vectors, k, out);
}

size_t vk_pair_padding(size_t count) { return (count + 7) / 8 * 8; }

void vk_pair_search(const double *matrix, size_t stride, size_t count, const double *products, size_t targets,
                    size_t first, size_t end, double collinear, size_t kept, vk_pair *best, double *scratch) {
  vk_kernels().pairSearch(matrix, stride, count, products, targets, first, end, collinear, kept, best, scratch);
}
