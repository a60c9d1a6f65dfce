// Elementary functions of numbers of any magnitude, within a few units in the last place. Private to this
// target.
#pragma once
#include "extended_number.h"

// ln 2 = ln2Leading + ln2Trailing
constexpr double ln2Leading = 0x1.62e42fefa39efp-1, ln2Trailing = 0x1.abc9e3b39803fp-56;
constexpr double piNearest = 0x1.921fb54442d18p+1;
constexpr long double ln2Long = 0.693147180559945309417232121458176568L;
constexpr double notANumber = __builtin_nan("");

inline ExtendedNumber exponentialOf(ExtendedNumber x) {
  if (x.isSpecial()) return exp(x.mantissa);
  if (x.exponent > 59) return x.isPositive() ? __builtin_inf() : 0.0;
  if (x.exponent < -60) return 1.0;
  const double u = x.rounded(), k = rint(u / ln2Leading);
  // The first difference is exact: both terms are multiples of 2^-53.
  const double r = fma(-k, ln2Trailing, fma(-k, ln2Leading, u));
  return ExtendedNumber::normalised(exp(fabs(u) < 0x1p52 ? r : 0), (int64_t)k);
}

// Mantissa in [3/4, 3/2), so that logarithms do not cancel near 1.
inline ExtendedNumber centred(ExtendedNumber x) {
  return fabs(x.mantissa) < 1.5 ? x : ExtendedNumber(x.mantissa / 2, x.exponent + 1);
}

inline ExtendedNumber logarithmOf(ExtendedNumber x) {
  if (x.isSpecial() || x.mantissa < 0) return log(x.mantissa);
  const ExtendedNumber c = centred(x);
  const double e = (double)c.exponent, high = e * ln2Leading;
  return high + (fma(e, ln2Leading, -high) + e * ln2Trailing + log(c.mantissa));
}
inline ExtendedNumber logarithm2Of(ExtendedNumber x) {
  if (x.isSpecial() || x.mantissa < 0) return log2(x.mantissa);
  const ExtendedNumber c = centred(x);
  return (double)c.exponent + log2(c.mantissa);
}
inline ExtendedNumber logarithm10Of(ExtendedNumber x) {
  if (x.isOrdinary()) return log10(x.rounded());
  return logarithmOf(x) * ExtendedNumber(0x1.bcb7b1526e50ep-2);
}
inline ExtendedNumber logarithm1pOf(ExtendedNumber x) {
  if (x.isTiny()) return x;
  return x.isOrdinary() ? log1p(x.rounded()) : logarithmOf(x);
}
inline ExtendedNumber exponentialMinusOneOf(ExtendedNumber x) {
  if (x.isTiny()) return x;
  if (fabs(x.rounded()) < 100) return expm1(x.rounded());
  return exponentialOf(x) - ExtendedNumber(1.0);
}

inline ExtendedNumber squareRootOf(ExtendedNumber x) {
  if (x.isSpecial() || x.mantissa < 0) return sqrt(x.mantissa);
  const int64_t odd = x.exponent & 1;
  return ExtendedNumber::normalised(sqrt(odd ? 2 * x.mantissa : x.mantissa), (x.exponent - odd) / 2);
}
inline ExtendedNumber cubeRootOf(ExtendedNumber x) {
  if (x.isSpecial()) return cbrt(x.mantissa);
  const int64_t rest = ((x.exponent % 3) + 3) % 3;
  return ExtendedNumber::normalised(cbrt(ldexp(x.mantissa, (int)rest)), (x.exponent - rest) / 3);
}

// 2^p and e^p for a finite p of more digits than a double has.
inline ExtendedNumber powerOfTwoOf(long double p) {
  if (!(fabsl(p) < 0x1p59L)) return p > 0 ? __builtin_inf() : 0.0;
  const long double k = rintl(p);
  return ExtendedNumber::normalised((double)exp2l(p - k), (int64_t)k);
}
inline ExtendedNumber exponentialOfLong(long double p) {
  if (!(fabsl(p) < 0x1p59L)) return p > 0 ? __builtin_inf() : 0.0;
  const long double k = rintl(p / ln2Long);
  return ExtendedNumber::normalised((double)expl(p - k * ln2Long), (int64_t)k);
}

inline ExtendedNumber powerOf(ExtendedNumber x, ExtendedNumber y) {
  if (x.isNaN() || y.isNaN()) return notANumber;
  const double exponent = y.rounded();
  if (x.isSpecial() || isinf(exponent) || exponent == 0) return pow(x.rounded(), exponent);
  if (exponent == 1) return x;
  if (exponent == 2) return x * x;
  if (exponent == 3) return x * x * x;
  if (exponent == -1) return ExtendedNumber(1.0) / x;
  if (exponent == 0.5) return squareRootOf(x);
  const bool negative = x.mantissa < 0;
  if (negative && rint(exponent) != exponent) return notANumber;
  const ExtendedNumber c = centred(x.magnitude());
  const long double logarithm = (long double)c.exponent + log2l((long double)c.mantissa);
  const ExtendedNumber r = powerOfTwoOf((long double)exponent * logarithm);
  return negative && fmod(exponent, 2) != 0 ? -r : r;
}

inline ExtendedNumber hyperbolicSineOf(ExtendedNumber x) {
  if (x.isTiny()) return x;
  if (x.isSpecial() || fabs(x.rounded()) < 700) return sinh(x.rounded());
  const ExtendedNumber half = exponentialOf(x.magnitude()).scaled(-1);
  return x.isPositive() ? half : -half;
}
inline ExtendedNumber hyperbolicCosineOf(ExtendedNumber x) {
  if (x.isSpecial() || fabs(x.rounded()) < 700) return cosh(x.rounded());
  return exponentialOf(x.magnitude()).scaled(-1);
}
inline ExtendedNumber areaSineOf(ExtendedNumber x) {
  if (x.isTiny()) return x;
  if (x.isOrdinary()) return asinh(x.rounded());
  const ExtendedNumber r = logarithmOf(x.magnitude().scaled(1));
  return x.isPositive() ? r : -r;
}
inline ExtendedNumber areaCosineOf(ExtendedNumber x) {
  if (x.isOrdinary() || !x.isPositive() || x.exponent < 0) return acosh(x.rounded());
  return logarithmOf(x.scaled(1));
}

// exp(-x^2), with what x^2 loses to rounding.
inline ExtendedNumber gaussianOf(ExtendedNumber x) {
  const double u = x.rounded(), square = u * u;
  if (!(square < 1e17)) return x.isNaN() ? notANumber : 0.0;
  return exponentialOf(-square) * ExtendedNumber(1 - fma(u, u, -square));
}
// Beyond 25 the asymptotic series (Abramowitz and Stegun 7.1.23).
inline ExtendedNumber complementaryErrorOf(ExtendedNumber x) {
  const double u = x.rounded();
  if (!(u > 25) || isinf(u)) return erfc(u);
  double series = 1, term = 1;
  for (int n = 1; n <= 8; n++) {
    term *= -(2 * n - 1) / (2 * u * u);
    series += term;
  }
  return gaussianOf(x) * ExtendedNumber(series / (u * sqrt(piNearest)));
}

// sin(pi x) for |x| below 2^52.
inline double sineOfHalfTurns(double x) {
  const double n = rint(x), s = sin(piNearest * (x - n));
  return fmod(n, 2) == 0 ? s : -s;
}
inline ExtendedNumber sineCardinalOf(ExtendedNumber x) {
  if (x.isNaN() || x.isZero() || x.isTiny()) return x.isNaN() ? x : 1.0;
  const double u = x.rounded();
  if (fabs(u) >= 0x1p52) return 0.0;
  return sineOfHalfTurns(u) / (piNearest * u);
}

// Stirling's series (Abramowitz and Stegun 6.1.40) where doubles overflow, reflection (6.1.17) where they
// vanish.
inline ExtendedNumber gammaOf(ExtendedNumber x) {
  if (x.isTiny()) return ExtendedNumber(1.0) / x;
  const double u = x.rounded();
  if (!(fabs(u) >= 170) || isinf(u)) return tgamma(u);
  if (u < 0) {
    if (u == floor(u)) return notANumber;
    return ExtendedNumber(piNearest / sineOfHalfTurns(u)) / gammaOf(1 - u);
  }
  const long double z = u;
  return exponentialOfLong((z - 0.5L) * logl(z) - z + 0.918938533204672741780329736405617640L +
                           (1 - 1 / (30 * z * z)) / (12 * z));
}

// Floored: the result has the sign of the divisor.
inline ExtendedNumber moduloOf(ExtendedNumber x, ExtendedNumber y) {
  const double a = x.rounded(), b = y.rounded();
  const double r = fmod(a, b);
  if (r == 0) return copysign(0.0, b);
  return (r < 0) != (b < 0) ? r + b : r;
}
