/// SIMD evaluation of postfix expressions over columns, in 64-bit and 32-bit floating point.
///
/// One source, compiled once per instruction set; the widest one that processor and operating system offer
/// is chosen when the program starts. Nothing here allocates, traps or keeps state between calls: callers own
/// all memory, and several threads may call everything except `vk_set_instruction_set` at the same time.
///
/// Columns are arrays of one value per row, aligned to 64 bytes and padded to a multiple of
/// `VK_ROW_PADDING` rows with copies of the last row. Kernels read the padding and never beyond it.
///
/// Numerical contract: the largest error in units in the last place (or spacings of subnormal
/// numbers) against the exact value, in both precisions and with every instruction set. `VectorKernelsTests`
/// hold the functions to it.
///
/// | function                      | ulp | range                                                |
/// | ----------------------------- | --- | ---------------------------------------------------- |
/// | + - * / square, inverse, fma  | 0.5 | all; fma rounds twice without a fused instruction    |
/// | sqrt                          | 1   | all                                                  |
/// | exp, log, log10, tanh         | 2   | all                                                  |
/// | sin, cos                      | 2   | all; 2.25 without a fused instruction                |
/// | log2, log1p, sinh, cosh       | 3   | all                                                  |
/// | power, tan                    | 4   | all; C's `pow`, except that NaN always propagates    |
/// | the others                    |     | the C library's                                      |
///
/// sin, cos and tan take longer beyond 2^30 (64-bit) or 2^17 (32-bit) radians; without a fused instruction
/// beyond 2^21 or 2^13.
///
/// Overflow and underflow on the way to a value do not count: where a row leaves the range of numbers so
/// that its result may be wrong, it is evaluated again with exponents of any size, derivatives as well. So
/// log(exp(u) - 1) and sqrt(u^2 + v^2) are finite and accurate wherever they are so mathematically. exp(u) -
/// 1, log(1 + u) and log(exp(u)), with a constant written as 1, do not cancel.
///
/// NaN comes through every operator; comparisons, logic and selections whose condition is NaN give NaN.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Columns and output arrays are padded to a multiple of this many rows.
#define VK_ROW_PADDING 128

/// Operator codes; the same numbers as the raw values of Swift's `Operator`, after the two kinds of leaf.
enum vk_opcode {
  VK_CONSTANT = 0, VK_FEATURE = 1,
  VK_ADD = 2, VK_SUBTRACT, VK_MULTIPLY, VK_DIVIDE, VK_POWER, VK_MAXIMUM, VK_MINIMUM, VK_MODULO,
  VK_GREATER, VK_GREATER_OR_EQUAL, VK_LESS, VK_LESS_OR_EQUAL, VK_CONDITION, VK_LOGICAL_OR, VK_LOGICAL_AND,
  VK_NEGATE = 20, VK_SQUARE, VK_CUBE, VK_CBRT, VK_SQRT, VK_ABS, VK_SIGN, VK_INVERSE,
  VK_EXP, VK_LOG, VK_LOG10, VK_LOG2, VK_LOG1P, VK_SIN, VK_COS, VK_TAN, VK_ASIN, VK_ACOS, VK_ATAN,
  VK_SINH, VK_COSH, VK_TANH, VK_ASINH, VK_ACOSH, VK_ATANH, VK_ATANH_CLIP, VK_ERF, VK_ERFC, VK_GAMMA,
  VK_RELU, VK_SINC, VK_ROUND, VK_FLOOR, VK_CEIL,
  VK_CLAMP = 56, VK_FMA, VK_MULADD, VK_MAXIMUM3, VK_MINIMUM3, VK_IF_ELSE
};

/// One element of a postfix expression; the layout of Swift's `Node`.
typedef struct {
  uint8_t opcode;    ///< `vk_opcode`
  uint8_t arity;     ///< arguments that precede: 0 for leaves, else 1 to 3
  uint16_t feature;  ///< column, for features
  uint32_t length;   ///< nodes of the subtree that ends here, this one included
  double value;      ///< for constants
} vk_node;

/// One step of a compiled program. Opaque; only its size matters to callers.
typedef struct {
  uint8_t kernel;
  uint8_t kinds;
  uint16_t result;
  uint16_t first;
  uint16_t second;
  double value;
} vk_instruction;

// MARK: - Instruction sets

enum vk_instruction_set_code { VK_BASELINE = 0, VK_AVX2 = 1, VK_AVX512 = 2 };

/// The instruction set in use. At first that is the best one, or a lower one named by the environment
/// variable `SYMREG_INSTRUCTION_SET` (`baseline`, `avx2` or `avx512`).
int vk_instruction_set(void);
/// Its name: `baseline`, `avx2`, `avx512`.
const char *vk_instruction_set_name(int code);
/// The best instruction set which this machine has.
int vk_best_instruction_set(void);
/// Chooses an instruction set, at most the best one; returns the one now in use. For tests and measurements:
/// not to be called while another thread evaluates.
int vk_set_instruction_set(int code);

// MARK: - Programs

/// Instructions that a program of `count` nodes needs room for.
static inline size_t vk_program_capacity(size_t count) { return 2 * count + 4; }

/// Bytes of scratch memory, aligned to 64, that evaluating a program of `count` nodes needs.
static inline size_t vk_scratch_size(size_t count) { return 9088 * count + 64 * 1024; }

/// Translates a postfix expression of `count` nodes (at least 1) to a program: leaves become operands,
/// constant subtrees are evaluated. `program` has room for `vk_program_capacity(count)`. Returns the number
/// of instructions, or 0 when the nodes are no complete expression, hold an unknown operator, or leave more
/// than 65,535 values pending.
int32_t vk_compile(const vk_node *nodes, int32_t count, vk_instruction *program);

/// Values of a program on rows `first_row ..< first_row + rows` (rows >= 1) into `out[0 ..< rows]`. `out` is
/// padded like a column (values there are unspecified); `scratch` as `vk_scratch_size` says. The result for a
/// row does not depend on which rows are evaluated with it.
///
/// `*rescues` is how many rows may be evaluated again because they overflowed, at hundreds of times the cost;
/// it is counted down. Where it does not suffice, or a row is found not to be finite however it is evaluated,
/// some row is NaN or infinite and the others need not be right. Null: any number, and all rows are right.
void vk_evaluate_f64(const vk_instruction *program, int32_t count, const double *const *columns,
                     size_t first_row, size_t rows, int64_t *rescues, double *out, void *scratch);
/// The same in 32-bit; constants are rounded to 32-bit.
void vk_evaluate_f32(const vk_instruction *program, int32_t count, const float *const *columns,
                     size_t first_row, size_t rows, int64_t *rescues, float *out, void *scratch);

/// The value of one operator, as the 64-bit kernels in use compute it; unused arguments are ignored.
/// Returns NaN for an unknown operator.
double vk_apply(int opcode, double x, double y, double z);

// MARK: - Losses

/// Sums over rows of predictions p, targets y and weights w (1 where no weights are given), accumulated in
/// 64-bit: with u = (p - shift_p) * scale and v = (y - shift_y) * scale.
typedef struct {
  double weight;            ///< sum of w
  double prediction;        ///< sum of w u
  double target;            ///< sum of w v
  double prediction_square; ///< sum of w u^2
  double product;           ///< sum of w u v
  double squared_error;     ///< sum of w ((p - y) * scale)^2
  double shift_prediction;  ///< shift_p: the first row's prediction
} vk_moments;

/// Moments of `rows` predictions against targets, from which the mean squared error and the best a p + b
/// follow in closed form: a = (product - prediction * target / weight) / (prediction_square - prediction^2 /
/// weight). Shifting by the first prediction keeps the variance of p from cancelling. `weights` may be null.
/// `scale` should be a power of two near 1 / max|y|, so that squares neither overflow nor vanish.
void vk_moments_f64(const double *predictions, const double *targets, const double *weights, size_t rows,
                    double shift_y, double scale, vk_moments *moments);
/// The same for 32-bit columns; sums are still accumulated in 64-bit.
void vk_moments_f32(const float *predictions, const float *targets, const float *weights, size_t rows,
                    double shift_y, double scale, vk_moments *moments);

/// Evaluates a program and sums w ((p - y) * scale)^2 in one pass over rows `first_row ..< first_row + rows`
/// of columns, targets and weights (both are indexed as columns are). The result goes to `*error`. Returns 1
/// when all rows were summed; 0 as soon as the sum so far exceeds `limit` or is not finite, which also says
/// that some prediction is not finite: `*error` is then that partial sum. `moments` may be null; otherwise it
/// receives all sums (with their cost: about a third of a nanosecond a row).
int32_t vk_squared_error_f64(const vk_instruction *program, int32_t count, const double *const *columns,
                             const double *targets, const double *weights, size_t first_row, size_t rows,
                             double shift_y, double scale, double limit, int64_t *rescues,
                             double *error, vk_moments *moments, void *scratch);
/// The same for 32-bit columns; sums are accumulated in 64-bit.
int32_t vk_squared_error_f32(const vk_instruction *program, int32_t count, const float *const *columns,
                             const float *targets, const float *weights, size_t first_row, size_t rows,
                             double shift_y, double scale, double limit, int64_t *rescues,
                             double *error, vk_moments *moments, void *scratch);

// MARK: - Derivatives

/// Bytes of scratch memory, aligned to 64, that derivatives of `count` nodes with respect to `targets` leaves
/// need.
size_t vk_derivative_scratch_size(size_t count, size_t targets);

/// Values and exact derivatives of an expression with respect to some of its leaves, on rows `first_row ..<
/// first_row + rows`: one forward sweep that keeps all values of a tile, one reverse sweep through the
/// ancestors of the targets only.
///
/// `targets` are indices of leaf nodes, each named once. `values` receives the expression's values, and
/// `jacobian[t * stride + row]` the derivative with respect to target t; both are padded like columns (so
/// `stride` is a multiple of `VK_ROW_PADDING`). Where a function has a kink or a jump its derivative is
/// taken as 0 (round, floor, ceil, sign, comparisons) or that of the branch taken.
/// Returns 0, having done nothing, when the nodes are no complete expression or a target is no leaf; else 1.
int32_t vk_jacobian_f64(const vk_node *nodes, int32_t count, const int32_t *targets, int32_t target_count,
                        const double *const *columns, size_t first_row, size_t rows, double *values,
                        double *jacobian, size_t stride, void *scratch);
/// The same in 32-bit.
int32_t vk_jacobian_f32(const vk_node *nodes, int32_t count, const int32_t *targets, int32_t target_count,
                        const float *const *columns, size_t first_row, size_t rows, float *values,
                        float *jacobian, size_t stride, void *scratch);

/// Adds J'WJ (lower triangle of the k by k matrix `jtj`, row-major) and J'Wr (`jtr`, k values) to what is
/// there. `jacobian` is target-major with `stride` as above; `weights` may be null. Sums over a tile of rows
/// are taken in the columns' own precision, sums over tiles in 64-bit.
void vk_normal_equations_f64(const double *jacobian, size_t stride, int32_t k, const double *residuals,
                             const double *weights, size_t rows, double *jtj, double *jtr);
/// The same for 32-bit columns.
void vk_normal_equations_f32(const float *jacobian, size_t stride, int32_t k, const float *residuals,
                             const float *weights, size_t rows, double *jtj, double *jtr);

/// One step's worth of a least squares fit in one pass, tile by tile in cache: with residuals r = (f - y) *
/// scale and J = scale * df/dtargets, sets `jtj` (lower triangle, row-major), `jtr` and `*error` to J'WJ,
/// J'Wr and r'Wr. Arguments as above; targets and weights are indexed as columns are. Returns 1; 0 when the
/// nodes are no complete expression or a target is no leaf. `*error` is not finite where a value is not; the
/// other sums then mean nothing. They are not finite where derivatives are not.
int32_t vk_gauss_newton_f64(const vk_node *nodes, int32_t count, const int32_t *targets, int32_t target_count,
                            const double *const *columns, const double *y, const double *weights,
                            size_t first_row, size_t rows, double scale, int64_t *rescues, double *jtj,
                            double *jtr, double *error, void *scratch);
/// The same for 32-bit columns.
int32_t vk_gauss_newton_f32(const vk_node *nodes, int32_t count, const int32_t *targets, int32_t target_count,
                            const float *const *columns, const float *y, const float *weights,
                            size_t first_row, size_t rows, double scale, int64_t *rescues, double *jtj,
                            double *jtr, double *error, void *scratch);

// MARK: - Libraries of values

/// Sum of x y.
double vk_dot(const double *x, const double *y, size_t count);

/// y += a x.
void vk_add_multiple(double a, const double *x, double *y, size_t count);

/// For each row f of a matrix: out[0] = sum of w f^2 and out[1 + j] = sum of f v_j, `k + 1` sums a row.
/// `matrix` (`count` rows), `vectors` (k rows) and `weights` are row-major with `stride` values a row, a
/// multiple of 8; padding holds zeros.
void vk_library_sums(const double *matrix, size_t stride, size_t count, const double *weights,
                     const double *vectors, size_t k, double *out);

/// Two rows of a library, and the share of a target's squares that they explain together.
typedef struct vk_pair {
  int32_t first, second;
  double share;
} vk_pair;

/// `count` rounded up to what `products` and `scratch` of `vk_pair_search` need.
size_t vk_pair_padding(size_t count);

/// The pairs of rows that explain each of several targets best in least squares: rows `first ..< end` of the
/// matrix, each against all before it.
///
/// All rows have norm 1. `products[t * vk_pair_padding(count) + i]` is row i times target t of norm 1. Pairs
/// of which less than `collinear` of one's squares is left beside the other are passed over. `best` holds
/// `kept` pairs for each target in descending order of their share, and is added to; `scratch` has room for
/// 4 * vk_pair_padding(count) numbers.
void vk_pair_search(const double *matrix, size_t stride, size_t count, const double *products, size_t targets,
                    size_t first, size_t end, double collinear, size_t kept, vk_pair *best, double *scratch);

#ifdef __cplusplus
}
#endif
