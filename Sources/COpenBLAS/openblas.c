#include "COpenBLAS.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

typedef void (*sgemm_function)(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                               const float *a, int lda, const float *b, int ldb, float beta, float *c,
                               int ldc);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sgemm_function sgemm;

static const char *const names[] = {
    "libopenblas.so.0",
    "libopenblas.so",
    "libopenblas.dylib",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
};

static void load(void) {
  // Read by the library while it is loaded; afterwards it would be too late to keep it from starting threads.
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    sgemm = (sgemm_function)dlsym(library, "cblas_sgemm");
    if (sgemm) return;
    dlclose(library);
  }
}

int blas_is_loaded(void) {
  pthread_once(&once, load);
  return sgemm != 0;
}

void blas_sgemm(int transpose_a, int transpose_b, int m, int n, int k, const float *a, int lda,
                const float *b, int ldb, float beta, float *c, int ldc) {
  // The numbers of cblas.h: row-major order, not transposed, transposed.
  enum { row_major = 101, as_it_is = 111, transposed = 112 };
  if (!blas_is_loaded()) {
    blas_sgemm_portable(transpose_a, transpose_b, m, n, k, a, lda, b, ldb, beta, c, ldc);
    return;
  }
  sgemm(row_major, transpose_a ? transposed : as_it_is, transpose_b ? transposed : as_it_is, m, n, k, 1.0f, a,
        lda, b, ldb, beta, c, ldc);
}

void blas_sgemm_portable(int transpose_a, int transpose_b, int m, int n, int k, const float *a, int lda,
                         const float *b, int ldb, float beta, float *c, int ldc) {
  for (int i = 0; i < m; i++) {
    float *restrict row = c + (long)i * ldc;
    for (int j = 0; j < n; j++) row[j] = beta == 0 ? 0 : beta * row[j];
    for (int p = 0; p < k; p++) {
      const float factor = transpose_a ? a[(long)p * lda + i] : a[(long)i * lda + p];
      if (transpose_b) {
        for (int j = 0; j < n; j++) row[j] += factor * b[(long)j * ldb + p];
      } else {
        const float *restrict other = b + (long)p * ldb;
        for (int j = 0; j < n; j++) row[j] += factor * other[j];
      }
    }
  }
}
