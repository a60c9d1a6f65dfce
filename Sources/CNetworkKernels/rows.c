#include "CNetworkKernels.h"
#include "clones.h"

CLONES void nk_column_sums(long rows, long columns, const float *restrict x, float keep, float *restrict out) {
  for (long j = 0; j < columns; j++) out[j] = keep == 0 ? 0 : keep * out[j];
  for (long row = 0; row < rows; row++)
    for (long j = 0; j < columns; j++) out[j] += x[row * columns + j];
}

CLONES void nk_multiply(long count, const float *restrict y, float *restrict x) {
  for (long i = 0; i < count; i++) x[i] *= y[i];
}

CLONES void nk_multiply_add(long count, const float *x, const float *y, const float *u, const float *v,
                            float *out) {
  // `out` may be one of the factors.
#pragma clang loop vectorize(assume_safety)
  for (long i = 0; i < count; i++) out[i] = x[i] * y[i] + u[i] * v[i];
}

void nk_pair_rows(long graphs, long nodes, long width, long relative, long edges, const int *receivers,
                  const int *senders, const float *restrict x, float *restrict out) {
  for (long graph = 0; graph < graphs; graph++) {
    const float *bodies = x + graph * nodes * width;
    for (long edge = 0; edge < edges; edge++) {
      const float *receiver = bodies + receivers[edge] * width;
      const float *sender = bodies + senders[edge] * width;
      for (long j = 0; j < relative; j++) *out++ = receiver[j] - sender[j];
      for (long j = relative; j < width; j++) *out++ = receiver[j];
      for (long j = relative; j < width; j++) *out++ = sender[j];
    }
  }
}

CLONES void nk_receiver_sums(long graphs, long nodes, long width, long edges, const int *receivers,
                             const float *restrict messages, float *restrict out, long stride) {
  for (long graph = 0; graph < graphs; graph++) {
    float *bodies = out + graph * nodes * stride;
    for (long node = 0; node < nodes; node++)
      for (long j = 0; j < width; j++) bodies[node * stride + j] = 0;
    for (long edge = 0; edge < edges; edge++) {
      float *restrict sum = bodies + receivers[edge] * stride;
      const float *restrict message = messages + (graph * edges + edge) * width;
      for (long j = 0; j < width; j++) sum[j] += message[j];
    }
  }
}

CLONES void nk_receiver_copies(long graphs, long nodes, long width, long edges, const int *receivers,
                               const float *restrict x, long stride, float *restrict out) {
  for (long graph = 0; graph < graphs; graph++) {
    const float *bodies = x + graph * nodes * stride;
    for (long edge = 0; edge < edges; edge++) {
      const float *restrict from = bodies + receivers[edge] * stride;
      float *restrict to = out + (graph * edges + edge) * width;
      for (long j = 0; j < width; j++) to[j] = from[j];
    }
  }
}

CLONES void nk_antisymmetric(long graphs, long width, long edges, const int *reverses, float *x) {
  for (long graph = 0; graph < graphs; graph++) {
    for (long edge = 0; edge < edges; edge++) {
      if (reverses[edge] < edge) continue;
      float *restrict one = x + (graph * edges + edge) * width;
      float *restrict other = x + (graph * edges + reverses[edge]) * width;
      for (long j = 0; j < width; j++) {
        const float half = 0.5f * (one[j] - other[j]);
        one[j] = half;
        other[j] = -half;
      }
    }
  }
}

double nk_absolute_loss(long rows, long columns, const float *target, float typical, float scale,
                        float *prediction) {
  double sum = 0;
  for (long row = 0; row < rows; row++) {
    float square = 0;
    for (long j = 0; j < columns; j++) square += target[j] * target[j];
    const float weight = typical > 0 ? typical / (typical + __builtin_sqrtf(square)) : 1;
    for (long j = 0; j < columns; j++) {
      const float difference = prediction[j] - target[j];
      sum += weight * __builtin_fabsf(difference);
      prediction[j] = difference > 0 ? weight * scale : difference < 0 ? -weight * scale : 0;
    }
    target += columns;
    prediction += columns;
  }
  return sum;
}
