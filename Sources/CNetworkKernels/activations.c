#include "CNetworkKernels.h"
#include "clones.h"
#include "elementary.h"

// NaN is kept: comparisons with it are false.
INLINE float value_relu(float z) { return z < 0.0f ? 0.0f : z; }
INLINE float value_leaky_relu(float z) { return z < 0.0f ? 0.01f * z : z; }
INLINE float value_elu(float z) {
  const float below = exponential(z < 0.0f ? z : 0.0f) - 1.0f;
  return z < 0.0f ? below : z;
}
INLINE float value_tanh(float z) { return hyperbolic_tangent(z); }
INLINE float value_sigmoid(float z) { return logistic(z); }
INLINE float value_softplus(float z) { return soft_plus(z); }
INLINE float value_silu(float z) { return z * logistic(z); }
INLINE float value_gelu(float z) { return z * normal_distribution(z); }

// First derivatives: from the value a where it tells them.
INLINE float first_relu(float z, float a) { return a > 0.0f ? 1.0f : 0.0f; }
INLINE float first_leaky_relu(float z, float a) { return a > 0.0f ? 1.0f : 0.01f; }
INLINE float first_elu(float z, float a) { return a > 0.0f ? 1.0f : a + 1.0f; }
INLINE float first_tanh(float z, float a) { return 1.0f - a * a; }
INLINE float first_sigmoid(float z, float a) { return a * (1.0f - a); }
INLINE float first_softplus(float z, float a) { return 1.0f - exponential(-a); }
INLINE float first_silu(float z, float a) {
  const float s = logistic(z);
  return s * (1.0f + z * (1.0f - s));
}
INLINE float first_gelu(float z, float a) { return normal_distribution(z) + z * normal_density(z); }

INLINE float second_relu(float z, float a) { return 0.0f; }
INLINE float second_leaky_relu(float z, float a) { return 0.0f; }
INLINE float second_elu(float z, float a) { return a > 0.0f ? 0.0f : a + 1.0f; }
INLINE float second_tanh(float z, float a) { return -2.0f * a * (1.0f - a * a); }
INLINE float second_sigmoid(float z, float a) { return a * (1.0f - a) * (1.0f - 2.0f * a); }
INLINE float second_softplus(float z, float a) {
  const float s = logistic(z);
  return s * (1.0f - s);
}
INLINE float second_silu(float z, float a) {
  const float s = logistic(z);
  return s * (1.0f - s) * (2.0f + z * (1.0f - 2.0f * s));
}
INLINE float second_gelu(float z, float a) { return (2.0f - z * z) * normal_density(z); }

#define EACH(ACTION) \
  ACTION(relu) ACTION(leaky_relu) ACTION(elu) ACTION(tanh) ACTION(sigmoid) ACTION(softplus) ACTION(silu) \
      ACTION(gelu)

#define LOOPS(name) \
  CLONES static void forward_##name(long rows, long columns, const float *restrict bias, float *z, \
                                    float *a) { \
    for (long row = 0; row < rows; row++) { \
      float *z_row = z + row * columns, *a_row = a + row * columns; \
      _Pragma("clang loop vectorize(assume_safety)") for (long j = 0; j < columns; j++) { \
        const float sum = z_row[j] + bias[j]; \
        z_row[j] = sum; \
        a_row[j] = value_##name(sum); \
      } \
    } \
  } \
  CLONES static void backward_##name(long count, const float *z, const float *a, float *restrict gradient) { \
    _Pragma("clang loop vectorize(assume_safety)") for (long i = 0; i < count; i++) gradient[i] *= \
        first_##name(z[i], a[i]); \
  } \
  CLONES static void derivatives_##name(long count, const float *z, const float *a, float *restrict first, \
                                        float *restrict second) { \
    _Pragma("clang loop vectorize(assume_safety)") for (long i = 0; i < count; i++) { \
      first[i] = first_##name(z[i], a[i]); \
      second[i] = second_##name(z[i], a[i]); \
    } \
  }

EACH(LOOPS)

CLONES static void add_bias(long rows, long columns, const float *restrict bias, float *restrict z) {
  for (long row = 0; row < rows; row++)
    for (long j = 0; j < columns; j++) z[row * columns + j] += bias[j];
}

void nk_bias_activation(int kind, long rows, long columns, const float *bias, float *z, float *a) {
  switch (kind) {
#define CASE(name) \
  case nk_##name: forward_##name(rows, columns, bias, z, a); return;
    EACH(CASE)
#undef CASE
    default: break;
  }
  add_bias(rows, columns, bias, z);
  if (a != z) __builtin_memcpy(a, z, (unsigned long)(rows * columns) * sizeof *a);
}

void nk_activation_backward(int kind, long count, const float *z, const float *a, float *gradient) {
  switch (kind) {
#define CASE(name) \
  case nk_##name: backward_##name(count, z, a, gradient); return;
    EACH(CASE)
#undef CASE
    default: return;
  }
}

void nk_activation_derivatives(int kind, long count, const float *z, const float *a, float *first,
                               float *second) {
  switch (kind) {
#define CASE(name) \
  case nk_##name: derivatives_##name(count, z, a, first, second); return;
    EACH(CASE)
#undef CASE
    default: break;
  }
  for (long i = 0; i < count; i++) {
    first[i] = 1.0f;
    second[i] = 0.0f;
  }
}
