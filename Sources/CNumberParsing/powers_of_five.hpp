#pragma once

#include <cstdint>

namespace numbers {

/// The leading 128 bits of a power of five, the most significant bit set.
struct LeadingBits {
  uint64_t high, low;
};

/// The decimal exponents for which a 64-bit integer times a power of ten can be a finite non-zero double.
constexpr int least_exponent = -342;
constexpr int greatest_exponent = 308;

/// A natural number of a fixed number of 64-bit limbs, least significant first.
struct Natural {
  static constexpr int limbs = 16;
  uint64_t limb[limbs] = {};

  constexpr void multiply_by_five() {
    uint64_t carry = 0;
    for (int i = 0; i < limbs; ++i) {
      unsigned __int128 product = static_cast<unsigned __int128>(limb[i]) * 5 + carry;
      limb[i] = static_cast<uint64_t>(product);
      carry = static_cast<uint64_t>(product >> 64);
    }
  }

  constexpr void divide_by_five() {
    uint64_t remainder = 0;
    for (int i = limbs - 1; i >= 0; --i) {
      unsigned __int128 part = static_cast<unsigned __int128>(remainder) << 64 | limb[i];
      limb[i] = static_cast<uint64_t>(part / 5);
      remainder = static_cast<uint64_t>(part % 5);
    }
  }

  constexpr LeadingBits leading_bits() const {
    int top = limbs - 1;
    while (limb[top] == 0) --top;
    uint64_t second = top >= 1 ? limb[top - 1] : 0;
    uint64_t third = top >= 2 ? limb[top - 2] : 0;
    int shift = __builtin_clzll(limb[top]);
    if (shift == 0) return {limb[top], second};
    return {limb[top] << shift | second >> (64 - shift), second << shift | third >> (64 - shift)};
  }
};

/// The table of Eisel and Lemire's conversion: 5^q for q >= 0 cut off after 128 bits, and for q < 0 the
/// reciprocal of 5^-q, cut off too, but rounded up for q >= -27, where the exact quotient of the number can
/// be a tie (D. Lemire, "Number parsing at a gigabyte per second", Softw. Pract. Exper. 51, 2021, section 5).
struct PowersOfFive {
  LeadingBits entry[greatest_exponent - least_exponent + 1] = {};

  constexpr PowersOfFive() {
    Natural power;
    power.limb[0] = 1;
    for (int q = 0; q <= greatest_exponent; ++q) {
      entry[q - least_exponent] = power.leading_bits();
      power.multiply_by_five();
    }
    // Rounding down after each division by five gives the same as rounding down once.
    Natural reciprocal;
    reciprocal.limb[Natural::limbs - 1] = uint64_t(1) << 63;
    for (int q = -1; q >= least_exponent; --q) {
      reciprocal.divide_by_five();
      LeadingBits bits = reciprocal.leading_bits();
      if (q >= -27 && ++bits.low == 0) ++bits.high;
      entry[q - least_exponent] = bits;
    }
  }

  constexpr const LeadingBits &operator[](int64_t q) const { return entry[q - least_exponent]; }
};

inline constexpr PowersOfFive powers_of_five;

}  // namespace numbers
