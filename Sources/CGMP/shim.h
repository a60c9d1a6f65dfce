// GMP's rational numbers under names that Swift can import: most of GMP's own names are macros.

#ifndef CGMP_SHIM_H
#define CGMP_SHIM_H

#include <gmp.h>
#include <stdlib.h>

static inline void gmp_rational_init(mpq_ptr x) { mpq_init(x); }
static inline void gmp_rational_clear(mpq_ptr x) { mpq_clear(x); }
static inline void gmp_rational_add(mpq_ptr r, mpq_srcptr x, mpq_srcptr y) { mpq_add(r, x, y); }
static inline void gmp_rational_multiply(mpq_ptr r, mpq_srcptr x, mpq_srcptr y) { mpq_mul(r, x, y); }
static inline void gmp_rational_divide(mpq_ptr r, mpq_srcptr x, mpq_srcptr y) { mpq_div(r, x, y); }
static inline int gmp_rational_compare(mpq_srcptr x, mpq_srcptr y) { return mpq_cmp(x, y); }
static inline int gmp_rational_sign(mpq_srcptr x) { return mpq_sgn(x); }
static inline double gmp_rational_truncated(mpq_srcptr x) { return mpq_get_d(x); }
static inline void gmp_rational_set_double(mpq_ptr r, double x) { mpq_set_d(r, x); }

// Reads "numerator/denominator" in decimal digits and brings it to lowest terms; 0 when it could be read.
static inline int gmp_rational_set_text(mpq_ptr r, const char *text) {
  if (mpq_set_str(r, text, 10) != 0 || mpz_sgn(mpq_denref(r)) == 0) return -1;
  mpq_canonicalize(r);
  return 0;
}

// Numerator over denominator, both 64-bit integers, the latter positive.
static inline void gmp_rational_set_words(mpq_ptr r, long numerator, long denominator) {
  mpq_set_si(r, numerator, (unsigned long)denominator);
  mpq_canonicalize(r);
}

// Whether numerator and denominator fit 64-bit integers, which are then stored.
static inline int gmp_rational_get_words(mpq_srcptr x, long *numerator, long *denominator) {
  if (!mpz_fits_slong_p(mpq_numref(x)) || !mpz_fits_slong_p(mpq_denref(x))) return 0;
  *numerator = mpz_get_si(mpq_numref(x));
  *denominator = mpz_get_si(mpq_denref(x));
  return 1;
}

// Bits of the numerator and of the denominator together.
static inline size_t gmp_rational_bits(mpq_srcptr x) {
  return mpz_sizeinbase(mpq_numref(x), 2) + mpz_sizeinbase(mpq_denref(x), 2);
}

// The value to a whole power that is not negative; the caller has seen to it that the result is not huge.
static inline void gmp_rational_power(mpq_ptr r, mpq_srcptr x, unsigned long exponent) {
  mpz_pow_ui(mpq_numref(r), mpq_numref(x), exponent);
  mpz_pow_ui(mpq_denref(r), mpq_denref(x), exponent);
}

// The value in decimal digits, "numerator/denominator" or an integer, to be freed by the caller.
static inline char *gmp_rational_text(mpq_srcptr x) { return mpq_get_str(NULL, 10, x); }

// The largest integer that is not above the value, as a rational.
static inline void gmp_rational_floor(mpq_ptr r, mpq_srcptr x) {
  mpz_fdiv_q(mpq_numref(r), mpq_numref(x), mpq_denref(x));
  mpz_set_ui(mpq_denref(r), 1);
}

static inline int gmp_rational_is_integer(mpq_srcptr x) { return mpz_cmp_ui(mpq_denref(x), 1) == 0; }

#endif
