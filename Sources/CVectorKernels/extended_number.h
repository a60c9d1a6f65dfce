// Numbers of any magnitude: a double with an exponent of its own. Operations round as those of doubles do,
// so that a value which never leaves the range of doubles is the same in both. Private to this target.
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

struct ExtendedNumber {
  double mantissa;   // 1 <= |mantissa| < 2, or zero, infinite, NaN
  int64_t exponent;  // 0 where the mantissa is one of the latter

  // Beyond these exponents numbers are infinite or zero, so that sums of exponents cannot overflow.
  static constexpr int64_t largestExponent = (int64_t)1 << 60;

  static ExtendedNumber normalised(double m, int64_t e) {
    uint64_t word;
    memcpy(&word, &m, sizeof word);
    int64_t field = (int64_t)(word >> 52 & 0x7ff);
    if (field == 0x7ff || m == 0) return {m, 0};
    if (field == 0) {
      m *= 0x1p54;
      e -= 54;
      memcpy(&word, &m, sizeof word);
      field = (int64_t)(word >> 52 & 0x7ff);
    }
    e += field - 1023;
    if (e > largestExponent) return {copysign(__builtin_inf(), m), 0};
    if (e < -largestExponent) return {copysign(0.0, m), 0};
    word = (word & 0x800fffffffffffff) | 0x3ff0000000000000;
    memcpy(&m, &word, sizeof word);
    return {m, e};
  }

  ExtendedNumber() = default;
  ExtendedNumber(double m, int64_t e) : mantissa(m), exponent(e) {}
  ExtendedNumber(double x) { *this = normalised(x, 0); }

  // Rounded to the nearest double; infinite where it is too large.
  double rounded() const {
    if (exponent > 1023) return mantissa * __builtin_inf();
    return exponent < -1100 ? mantissa * 0.0 : ldexp(mantissa, (int)exponent);
  }

  bool isSpecial() const { return !(fabs(mantissa) >= 1 && fabs(mantissa) < 2); }
  bool isNaN() const { return mantissa != mantissa; }
  bool isZero() const { return mantissa == 0; }
  bool isInfinite() const { return fabs(mantissa) == __builtin_inf(); }
  bool isPositive() const { return mantissa > 0; }
  // So near zero that a function with f(x) = x f'(0) + O(x^2) there is x f'(0).
  bool isTiny() const { return !isSpecial() && exponent < -500; }
  // Whether it is a normal double with room to either side.
  bool isOrdinary() const { return isSpecial() || (exponent > -1000 && exponent < 1000); }

  ExtendedNumber operator-() const { return {-mantissa, exponent}; }
  ExtendedNumber magnitude() const { return {fabs(mantissa), exponent}; }
  ExtendedNumber scaled(int64_t shift) const { return normalised(mantissa, exponent + shift); }
};

inline ExtendedNumber operator*(ExtendedNumber a, ExtendedNumber b) {
  return ExtendedNumber::normalised(a.mantissa * b.mantissa, a.exponent + b.exponent);
}
inline ExtendedNumber operator/(ExtendedNumber a, ExtendedNumber b) {
  return ExtendedNumber::normalised(a.mantissa / b.mantissa, a.exponent - b.exponent);
}
inline ExtendedNumber operator+(ExtendedNumber a, ExtendedNumber b) {
  if (a.isSpecial() || b.isSpecial()) {
    if (a.isZero() && !b.isZero()) return b;
    if (b.isZero() && !a.isZero()) return a;
    return {a.mantissa + b.mantissa, 0};
  }
  if (a.exponent < b.exponent) {
    const ExtendedNumber c = a;
    a = b;
    b = c;
  }
  const int64_t shift = a.exponent - b.exponent;
  if (shift > 64) return a;
  // 2^-shift, written as a double.
  const uint64_t word = (uint64_t)(1023 - shift) << 52;
  double factor;
  memcpy(&factor, &word, sizeof factor);
  return ExtendedNumber::normalised(a.mantissa + b.mantissa * factor, a.exponent);
}
inline ExtendedNumber operator-(ExtendedNumber a, ExtendedNumber b) { return a + -b; }

// -1, 0 or 1 as a is less than, equal to or greater than b; neither is NaN.
inline int compare(ExtendedNumber a, ExtendedNumber b) {
  const double x = a.mantissa, y = b.mantissa;
  if (a.isSpecial() || b.isSpecial() || (x < 0) != (y < 0) || a.exponent == b.exponent)
    return x < y ? -1 : x > y ? 1 : 0;
  return (a.exponent < b.exponent) == (x > 0) ? -1 : 1;
}
