#pragma once

#include <cstdint>
#include <cstring>
#include <limits>

#include "powers_of_five.hpp"

namespace numbers {

/// Correctly rounded value of a decimal number by the standard library; slow, for the few the fast ways leave
/// open. `mark` is the byte that stands for the decimal point; `leading_exponent` that of the first
/// significant digit.
double slow_value(
    const unsigned char *begin, const unsigned char *end, unsigned char mark, int64_t leading_exponent);

/// digits · 10^exponent, correctly rounded, without sign, by the method of Eisel and Lemire (see
/// `PowersOfFive`). Returns false where the method leaves the answer open or the result is not a normal
/// double.
inline bool eisel_lemire(uint64_t digits, int64_t exponent, double *value) {
  if (exponent < least_exponent || exponent > greatest_exponent || digits == 0) return false;
  int leading_zeros = __builtin_clzll(digits);
  uint64_t normalised = digits << leading_zeros;
  const LeadingBits &power = powers_of_five[exponent];
  unsigned __int128 product = static_cast<unsigned __int128>(normalised) * power.high;
  uint64_t high = static_cast<uint64_t>(product >> 64), low = static_cast<uint64_t>(product);
  // 52 stored bits, the hidden bit, the rounding bit and one that may shift out decide: 9 bits of `high` are
  // spare.
  if ((high & 0x1FF) == 0x1FF) {
    uint64_t more = static_cast<uint64_t>((static_cast<unsigned __int128>(normalised) * power.low) >> 64);
    low += more;
    if (low < more) ++high;
    if (low == ~uint64_t(0) && (exponent < -27 || exponent > 55)) return false;
  }
  int top = static_cast<int>(high >> 63);
  int shift = top + 9;
  uint64_t mantissa = high >> shift;
  // floor(exponent · log2(10)) is exact in this fixed-point form for |exponent| <= 400.
  int64_t biased = ((217706 * exponent) >> 16) + 63 + top - leading_zeros + 1023;
  if (biased <= 0 || biased >= 2046) return false;
  // A tie: the cut-off product is the exact one (up to one unit below) only for these exponents.
  bool may_tie = low <= 1 && exponent >= -4 && exponent <= 23;
  if (may_tie && (mantissa & 3) == 1 && mantissa << shift == high) return false;
  mantissa = (mantissa + (mantissa & 1)) >> 1;
  if (mantissa >> 53) {
    mantissa = uint64_t(1) << 52;
    ++biased;
  }
  uint64_t bits = (mantissa & ((uint64_t(1) << 52) - 1)) | static_cast<uint64_t>(biased) << 52;
  std::memcpy(value, &bits, sizeof bits);
  return true;
}

inline bool is_digit(unsigned char byte) { return static_cast<unsigned char>(byte - '0') < 10; }

/// Reads digits from `p` on into `digits` and returns the first byte that is none. `digits` overflows
/// silently.
inline const unsigned char *read_digits(const unsigned char *p, uint64_t *digits) {
  uint64_t sum = *digits;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  for (;;) {
    uint64_t eight;
    std::memcpy(&eight, p, 8);
    uint64_t high_nibbles = eight & 0xF0F0F0F0F0F0F0F0;
    uint64_t carried = (eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0;
    if (high_nibbles != 0x3030303030303030 || carried != 0x3030303030303030) break;
    // Neighbouring digits to numbers below 100, then those to 10,000s, by one multiplication each.
    eight -= 0x3030303030303030;
    eight = eight * 10 + (eight >> 8);
    uint64_t even = (eight & 0x000000FF000000FF) * 0x000F424000000064;
    uint64_t odd = ((eight >> 16) & 0x000000FF000000FF) * 0x0000271000000001;
    sum = sum * 100000000 + ((even + odd) >> 32);
    p += 8;
  }
#endif
  while (is_digit(*p)) sum = sum * 10 + (*p++ - '0');
  *digits = sum;
  return p;
}

/// The decimal marks a number may use; both are the same once it is known which.
struct Marks {
  unsigned char first, second;
};

constexpr double exact_powers_of_ten[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// The first 19 significant digits from `p` on as an integer; `dropped` counts the digits that were left out,
/// those behind the decimal mark included.
inline uint64_t leading_digits(const unsigned char *p, const unsigned char *end, int64_t *dropped) {
  uint64_t digits = 0;
  int taken = 0;
  int64_t rest = 0;
  for (; p != end; ++p) {
    if (!is_digit(*p)) continue;
    if (taken == 0 && *p == '0') continue;
    if (taken == 19) {
      ++rest;
      continue;
    }
    digits = digits * 10 + (*p - '0');
    ++taken;
  }
  *dropped = rest;
  return digits;
}

/// Reads a number `[+-] digits [mark digits] [e [+-] digits]` that begins at `p` and returns its end, or null
/// when there is none. The text must be followed by `NUMBER_SCANNER_PADDING` readable bytes, the first of
/// them no part of a number. `used_mark` is set to the decimal mark when there is one.
inline const unsigned char *read_number(
    const unsigned char *p, Marks marks, double *value, unsigned char *used_mark) {
  bool negative = *p == '-';
  if (negative || *p == '+') ++p;
  const unsigned char *begin = p;
  uint64_t digits = 0;
  while (is_digit(*p)) digits = digits * 10 + (*p++ - '0');
  int64_t count = p - begin;
  int64_t exponent = 0;
  unsigned char mark = 0;
  if (*p == marks.first || *p == marks.second) {
    mark = *p++;
    const unsigned char *fraction = p;
    p = read_digits(p, &digits);
    exponent = fraction - p;
    count -= exponent;
  }
  if (count == 0) return nullptr;
  const unsigned char *digits_end = p;
  if ((*p | 0x20) == 'e') {
    const unsigned char *q = p + 1;
    bool below_one = *q == '-';
    if (below_one || *q == '+') ++q;
    if (!is_digit(*q)) return nullptr;
    int64_t written = 0;
    for (; is_digit(*q); ++q) {
      // Beyond this no text of bearable length has digits enough to come back into range.
      if (written < 1000000000000) written = written * 10 + (*q - '0');
    }
    exponent += below_one ? -written : written;
    p = q;
  }
  *used_mark = mark;

  double result;
  bool done = false;
  if (__builtin_expect(count <= 19, 1)) {
    if (digits < uint64_t(1) << 53 && exponent >= -22 && exponent <= 22) {
      // Both operands are exact doubles, so the one operation rounds correctly (W. D. Clinger, "How to read
      // floating point numbers accurately", PLDI 1990).
      double exact = static_cast<double>(digits);
      result = exponent < 0 ? exact / exact_powers_of_ten[-exponent] : exact * exact_powers_of_ten[exponent];
      done = true;
    } else if (digits == 0) {
      result = 0;
      done = true;
    } else {
      done = eisel_lemire(digits, exponent, &result);
    }
  } else {
    int64_t dropped;
    digits = leading_digits(begin, digits_end, &dropped);
    exponent += dropped;
    if (digits == 0) {
      result = 0;
      done = true;
    } else if (dropped == 0) {
      done = eisel_lemire(digits, exponent, &result);
    } else {
      // The number lies between digits and digits + 1: done when both round to the same double.
      double above;
      done = eisel_lemire(digits, exponent, &result) &&
             eisel_lemire(digits + 1, exponent, &above) && result == above;
    }
  }
  if (__builtin_expect(!done, 0)) {
    int64_t leading = exponent;
    for (uint64_t rest = digits; rest >= 10; rest /= 10) ++leading;
    result = slow_value(begin, p, mark, leading);
  }
  *value = negative ? -result : result;
  return p;
}

}  // namespace numbers
