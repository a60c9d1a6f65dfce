// exp, expm1 and the hyperbolic functions. Coefficients: interpolation at Chebyshev nodes in 400-bit
// arithmetic.

// Parts of ln 2; the first has trailing zeros so that its product with an exponent is exact.
template <class V> constexpr ScalarOf<V> ln2High;
template <> constexpr double ln2High<Vd> = 0x1.62e42fefp-1;
template <> constexpr float ln2High<Vf> = 0x1.62ep-1f;
template <class V> constexpr ScalarOf<V> ln2Low;
template <> constexpr double ln2Low<Vd> = 0x1.473de6af278edp-34;
template <> constexpr float ln2Low<Vf> = 0x1.0bfbe8p-15f;

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2) / 2, relative error of exp below 2^-54 (64-bit) and 2^-25.
VK_INLINE Vd exponentialTail(Vd r) {
  static constexpr double c[] = {
    0x1.0000000000001p-1,  0x1.5555555555556p-3,  0x1.5555555553d63p-5,  0x1.11111111109b3p-7,
    0x1.6c16c1788bd90p-10, 0x1.a01a01a7c41d5p-13, 0x1.a019b90d2ae7ap-16, 0x1.71de0dae63bb3p-19,
    0x1.289185613a3d6p-22, 0x1.af38a9b0ec855p-26,
  };
  return polynomial(r, c);
}
VK_INLINE Vf exponentialTail(Vf r) {
  static constexpr float c[] = {
    0x1.0p-1f, 0x1.5554dcp-3f, 0x1.55551ap-5f, 0x1.120b6ep-7f, 0x1.6d110ap-10f,
  };
  return polynomial(r, c);
}

// Beyond these arguments exp is 0 or infinite, also when shifted by one binary order.
template <class V> constexpr ScalarOf<V> exponentialLow;
template <> constexpr double exponentialLow<Vd> = -746;
template <> constexpr float exponentialLow<Vf> = -105;
template <class V> constexpr ScalarOf<V> exponentialHigh;
template <> constexpr double exponentialHigh<Vd> = 711;
template <> constexpr float exponentialHigh<Vf> = 90;

#if VK_AVX512_CODE
VK_INLINE Vd scaled(Vd x, Vd exponent) { return _mm512_scalef_pd(x, exponent); }
VK_INLINE Vf scaled(Vf x, Vf exponent) { return _mm512_scalef_ps(x, exponent); }
VK_INLINE Vd clampExponent(Vd x) {
  // Operand order: these instructions return the second operand when one is NaN.
  return _mm512_max_pd(splat<Vd>(-746), _mm512_min_pd(splat<Vd>(711), x));
}
VK_INLINE Vf clampExponent(Vf x) {
  return _mm512_max_ps(splat<Vf>(-105), _mm512_min_ps(splat<Vf>(90), x));
}
#else
template <class V> VK_INLINE V clampExponent(V x) {
  const V low = splat<V>(exponentialLow<V>), high = splat<V>(exponentialHigh<V>);
  x = x < low ? low : x;
  return x > high ? high : x;
}
// x * 2^exponent in two steps, so that neither factor leaves the range of normal numbers.
template <class V> VK_INLINE V scaled(V x, V exponent) {
  const V m = splat<V>(magic<V>);
  const V half = (exponent * splat<V>(0.5) + m) - m;
  return (x * powerOfTwo(half + m)) * powerOfTwo((exponent - half) + m);
}
#endif

// exp(x) * 2^shift
template <int shift, class V> VK_INLINE V shiftedExponential(V x) {
  const V m = splat<V>(magic<V>);
  x = clampExponent(x);
  const V k = fma_(x, splat<V>(0x1.71547652b82fep+0), m) - m;
  V r = fnma_(k, splat<V>(ln2High<V>), x);
  r = fnma_(k, splat<V>(ln2Low<V>), r);
  const V p = fma_(r * r, exponentialTail(r), r) + splat<V>(1);
  return scaled(p, shift ? k + splat<V>(shift) : k);
}

#if VK_AVX512_CODE
// 2^(j/8) from a table held in one register leaves |r| <= ln(2) / 16 to a short polynomial.
VK_INLINE Vd exponential(Vd x) {
  static constexpr double c[] = {
    0x1.000000000002ep-1, 0x1.555555555556ap-3, 0x1.5555554e93acap-5,
    0x1.1111110e10556p-7, 0x1.6c1b7131a0993p-10, 0x1.a01e2c15a33f3p-13,
  };
  const Vd table = {0x1.0000000000000p+0, 0x1.172b83c7d517bp+0, 0x1.306fe0a31b715p+0, 0x1.4bfdad5362a27p+0,
                    0x1.6a09e667f3bcdp+0, 0x1.8ace5422aa0dbp+0, 0x1.ae89f995ad3adp+0, 0x1.d5818dcfba487p+0};
  // Rounds to multiples of 1/8 and leaves the eighths in the lowest bits, where the permutation looks for
  // them.
  const Vd m = splat<Vd>(magic<Vd> / 8);
  x = clampExponent(x);
  const Vd t = fma_(x, splat<Vd>(0x1.71547652b82fep+0), m);
  const Vd k = t - m;
  Vd r = fnma_(k, splat<Vd>(ln2High<Vd>), x);
  r = fnma_(k, splat<Vd>(ln2Low<Vd>), r);
  const Vd p = fma_(r * r, polynomial(r, c), r);
  const Vd power = _mm512_permutexvar_pd((__m512i)t, table);
  // scalef takes the floor of its second argument.
  return scaled(fma_(power, p, power), k);
}
VK_INLINE Vf exponential(Vf x) { return shiftedExponential<0>(x); }
#else
template <class V> VK_INLINE V exponential(V x) {
  // One scaling suffices unless the result leaves the range of normal numbers.
  const V limit = splat<V>(sizeof(ScalarOf<V>) == 8 ? 708 : 87);
  if (__builtin_expect(any(~(absolute(x) < limit)), 0)) return shiftedExponential<0>(x);
  const V m = splat<V>(magic<V>);
  const V t = fma_(x, splat<V>(0x1.71547652b82fep+0), m);
  const V k = t - m;
  V r = fnma_(k, splat<V>(ln2High<V>), x);
  r = fnma_(k, splat<V>(ln2Low<V>), r);
  const V p = fma_(r * r, exponentialTail(r), r) + splat<V>(1);
  return fromBits(bits(p) + (bits(t) << mantissaBits<V>));
}
#endif

// exp(x) - 1 = 2^k (1 + r + tail) - 1, in which 2^k - 1 + 2^k r is kept as a sum of two numbers.
template <class V> VK_INLINE V exponentialMinusOne(V x) {
  const V m = splat<V>(magic<V>), one = splat<V>(1);
  const V high = splat<V>(sizeof(ScalarOf<V>) == 8 ? 700 : 85);
  const V low = splat<V>(sizeof(ScalarOf<V>) == 8 ? -40 : -20);
  V a = x < low ? low : x;
  a = a > high ? high : a;
  const V t = fma_(a, splat<V>(0x1.71547652b82fep+0), m);
  const V k = t - m;
  const V leading = fnma_(k, splat<V>(ln2High<V>), a), rest = k * splat<V>(ln2Low<V>);
  const V r = leading - rest;
  const V tail = fma_(r * r, exponentialTail(r), (leading - r) - rest);
  const V power = powerOfTwo(t);
  const V base = power - one, linear = power * r;
  const V sum = base + linear;
  // The larger summand first: only for k = 0 is that the linear one, and then the sum is exact.
  const V result = sum + fma_(power, tail, (base - sum) + linear);
  if (__builtin_expect(any(x > high), 0)) return x > high ? exponential(x) : result;
  return result;
}

template <class V> VK_INLINE V copySign(V magnitude, V sign) {
  const auto mask = splatWord<V>((WordOf<V>)((uint64_t)1 << (8 * sizeof(ScalarOf<V>) - 1)));
  return fromBits((bits(magnitude) & ~mask) | (bits(sign) & mask));
}

// tanh |x| = -E / (E + 2) with E = exp(-2 |x|) - 1. E and E + 2 are kept as sums of two numbers: rounding
// either of them would alone cost most of the error allowed.
template <class V> VK_INLINE V hyperbolicTangent(V x) {
  const V m = splat<V>(magic<V>), one = splat<V>(1), two = splat<V>(2);
  const V limit = splat<V>(sizeof(ScalarOf<V>) == 8 ? 20 : 10);
  V a = absolute(x);
  a = (a > limit ? limit : a) * splat<V>(-2);
  const V t = fma_(a, splat<V>(0x1.71547652b82fep+0), m);
  const V k = t - m;
  const V rHigh = fnma_(k, splat<V>(ln2High<V>), a), rest = k * splat<V>(ln2Low<V>);
  const V r = rHigh - rest;
  const V tail = fma_(r * r, exponentialTail(r), (rHigh - r) - rest);
  const V power = powerOfTwo(t);
  // E = 2^k (1 + r + tail) - 1
  const V base = power - one, linear = power * r;
  const V high = base + linear;
  const V low = fma_(power, tail, (base - high) + linear);
  const V e = high + low, eLow = (high - e) + low;
  const V d = e + two, dLow = ((two - d) + e) + eLow;
  // To first order in the small parts, with 1 / d to within a tenth for d in [1, 2].
  const V q = e / d;
  const V correction = fnma_(q, dLow, eLow) * fnma_(d, splat<V>(0.4857), splat<V>(1.4571));
  return copySign(-(q + correction), x);
}

template <class V> VK_INLINE V hyperbolicCosine(V x) {
  const V half = shiftedExponential<-1>(absolute(x));
  return half + splat<V>(0.25) / half;
}

// (sinh(x) - x) / x^3 for |x| <= 1, a polynomial in x^2.
VK_INLINE Vd hyperbolicSineTail(Vd z) {
  static constexpr double c[] = {
    0x1.5555555555555p-3,  0x1.11111111110fdp-7,  0x1.a01a01a01ee70p-13, 0x1.71de3a4e14f40p-19,
    0x1.ae6460fae3728p-26, 0x1.611cb330c1fe8p-33, 0x1.b41232cf9950fp-41,
  };
  return polynomial(z, c);
}
VK_INLINE Vf hyperbolicSineTail(Vf z) {
  static constexpr float c[] = {0x1.555556p-3f, 0x1.11111ep-7f, 0x1.a009p-13f, 0x1.78a70ep-19f};
  return polynomial(z, c);
}

template <class V> VK_INLINE V hyperbolicSine(V x) {
  const V a = absolute(x);
  const V half = shiftedExponential<-1>(a);
  const V z = x * x;
  const V small = fma_(x * z, hyperbolicSineTail(z), x);
  return a < splat<V>(1) ? small : copySign(half - splat<V>(0.25) / half, x);
}
