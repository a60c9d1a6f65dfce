#include "CNetworkKernels.h"
#include "clones.h"

CLONES void nk_adam(long first, long count, int shards, const float *const *gradients,
                    float *restrict parameters, float *restrict mean, float *restrict square, float rate,
                    float correction, float beta1, float beta2, float epsilon, float decay) {
  enum { block = 512 };
  float gradient[block];
  for (long start = first; start < first + count; start += block) {
    const long size = first + count - start < block ? first + count - start : block;
    for (long i = 0; i < size; i++) gradient[i] = decay * parameters[start + i];
    for (int shard = 0; shard < shards; shard++) {
      const float *restrict part = gradients[shard] + start;
      for (long i = 0; i < size; i++) gradient[i] += part[i];
    }
    for (long i = 0; i < size; i++) {
      const long k = start + i;
      const float g = gradient[i];
      mean[k] = beta1 * mean[k] + (1 - beta1) * g;
      square[k] = beta2 * square[k] + (1 - beta2) * g * g;
      const float root = __builtin_elementwise_sqrt(square[k]) * correction;
      parameters[k] -= rate * mean[k] / (root + epsilon);
    }
  }
}
