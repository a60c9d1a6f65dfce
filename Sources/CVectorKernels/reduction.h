// Reduction of huge arguments of sin, cos and tan: x modulo 2 pi by multiplication with as many digits of 1 /
// (2 pi) as matter (Payne and Hanek, ACM SIGNUM Newsletter 18, 1983), one value at a time.

// What is left of x after whole half turns: |remainder| <= pi / 2.
struct HalfTurns {
  double remainder;
  bool odd;  // whether an odd number of half turns was taken off
};

// x finite with |x| >= 2^-10; `quarter` adds a quarter turn, which makes a cosine out of a sine.
static HalfTurns halfTurns(double x, bool quarter) {
  // 1 / (2 pi), 64 binary digits a word.
  static constexpr uint64_t digits[] = {
    0x28be60db9391054a, 0x7f09d5f47d4d3770, 0x36d8a5664f10e410, 0x7f9458eaf7aef158,
    0x6dc91b8e909374b8, 0x01924bba82746487, 0x3f877ac72c4a69cf, 0xba208d7d4baed121,
    0x3a671c09ad17df90, 0x4e64758e60d4ce7d, 0x272117e2ef7e4a0e, 0xc7fe25fff7816603,
    0xfbcbc462d6829b47, 0xdb4d9fb3c9f2c26d, 0xd3d18fd9a797fa8b, 0x5d49eeb1faf97c5e,
    0xcf41ce7de294a4ba, 0x9afed7ec47e35742, 0x1580cc11bf1edaea, 0xfc33ef0826bd0d87,
  };
  uint64_t word;
  __builtin_memcpy(&word, &x, sizeof word);
  const uint64_t mantissa = (word & 0xfffffffffffff) | 0x10000000000000;
  // x = mantissa 2^shift; digits worth whole turns are left out from the start.
  const int shift = (int)((word >> 52) & 0x7ff) - 1075;
  const int start = shift + 64, index = start / 64, offset = start % 64;
  uint64_t w[3];
  for (int i = 0; i < 3; i++) {
    const uint64_t high = index + i >= 1 ? digits[index + i - 1] : 0, low = digits[index + i];
    w[i] = offset ? high << offset | low >> (64 - offset) : high;
  }
  typedef unsigned __int128 Wide;
  const Wide middle = (Wide)mantissa * w[1] + (uint64_t)((Wide)mantissa * w[2] >> 64);
  Wide turns = ((Wide)(mantissa * w[0]) << 64) + middle;
  if (word >> 63) turns = -turns;
  if (quarter) turns += (Wide)1 << 126;
  bool odd = turns >> 127;
  Wide half = turns << 1;
  const bool negative = half >> 127;
  if (negative) {
    half = -half;
    odd = !odd;
  }
  // The leading digits of the fraction of a half turn, wherever they begin.
  const uint64_t top = (uint64_t)(half >> 64);
  const int zeros = top ? __builtin_clzll(top) : 63;
  const uint64_t fraction = (uint64_t)((half << zeros) >> 64);
  // Times pi in two parts, of which the product of the leading ones is exact.
  const double high = (double)(fraction >> 38), low = (double)(fraction & 0x3fffffffff);
  const double product =
    high * 0x1.921fb5p+39 + (high * 0x1.110b4611a6263p+13 + low * 0x1.921fb54442d18p+1);
  // times 2^-64 2^-zeros
  const uint64_t scaleWord = (uint64_t)(1023 - 64 - zeros) << 52;
  double scale;
  __builtin_memcpy(&scale, &scaleWord, sizeof scale);
  const double r = product * scale;
  return {negative ? -r : r, odd};
}
