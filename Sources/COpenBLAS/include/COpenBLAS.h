// Matrix products by OpenBLAS, which is loaded when the first product is asked for.
//
// It is not linked: as a linked library it would start threads of its own before `main`, one for each further
// core, in every program that can train a network, also when it trains none; and signals meant for the
// program could reach those threads. Loaded here it starts none: callers have workers of their own.

#ifndef COPENBLAS_H
#define COPENBLAS_H

// C := op(A) op(B) + beta C in row-major order, in 32 bits; op transposes where the flag is not 0. op(A) has
// m rows and k columns, op(B) k rows and n columns; lda, ldb and ldc are the distances between rows in
// memory. With beta 0, C need not hold numbers. May be called by several threads at once.
void blas_sgemm(int transpose_a, int transpose_b, int m, int n, int k, const float *a, int lda,
                const float *b, int ldb, float beta, float *c, int ldc);

// The same in plain loops, several times slower: what blas_sgemm does where there is no OpenBLAS.
void blas_sgemm_portable(int transpose_a, int transpose_b, int m, int n, int k, const float *a, int lda,
                         const float *b, int ldb, float beta, float *c, int ldc);

// Whether OpenBLAS was found. Loads it if that has not been tried yet.
int blas_is_loaded(void);

#endif
