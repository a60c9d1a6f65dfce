// Logarithms. x = 2^e m with m in [3/4, 3/2), so that log x has one cancellation-free form near 1.

template <class V> struct Split {
  V mantissaMinusOne;
  V exponent;
};

#if VK_AVX512_CODE
// getexp and getmant handle subnormal numbers, zeros and infinities; a negative x gives NaN.
VK_INLINE Split<Vd> splitExponent(Vd x) {
  const Vd m = _mm512_getmant_pd(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
  const Vd e = _mm512_getexp_pd(x);
  const __mmask8 low = _mm512_cmp_pd_mask(m, splat<Vd>(1), _CMP_LT_OQ);
  return {m - splat<Vd>(1), _mm512_mask_add_pd(e, low, e, splat<Vd>(1))};
}
VK_INLINE Split<Vf> splitExponent(Vf x) {
  const Vf m = _mm512_getmant_ps(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
  const Vf e = _mm512_getexp_ps(x);
  const __mmask16 low = _mm512_cmp_ps_mask(m, splat<Vf>(1), _CMP_LT_OQ);
  return {m - splat<Vf>(1), _mm512_mask_add_ps(e, low, e, splat<Vf>(1))};
}
template <class V> VK_INLINE V logarithmEdges(V, V result) { return result; }
#else
// True where x is not a positive normal number.
template <class V> VK_INLINE IntegerOf<V> edgeMask(V x) {
  const V smallest = splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p-1022 : 0x1p-126);
  return ~((x >= smallest) & (x < splat<V>(infinity<V>)));
}
VK_INLINE Vd exponentFrom(Vl biased) {
  return fromBits(biased | splatWord<Vd>(0x4330000000000000)) - splat<Vd>(0x1p52 + 1023);
}
VK_INLINE Vf exponentFrom(Vi biased) { return __builtin_convertvector(biased, Vf) - splat<Vf>(127); }
template <class V> VK_INLINE Split<V> splitNormal(V x) {
  constexpr int shift = mantissaBits<V>;
  const auto quarter = splatWord<V>((WordOf<V>)1 << (shift - 1));
  typedef uint64_t Ul __attribute__((vector_size(VK_BYTES)));
  typedef uint32_t Ui __attribute__((vector_size(VK_BYTES)));
  const auto moved = bits(x) + quarter;
  IntegerOf<V> biased;
  if constexpr (sizeof(ScalarOf<V>) == 8)
    biased = (Vl)((Ul)moved >> shift);
  else
    biased = (Vi)((Ui)moved >> shift);
  const auto mantissa = bits(x) - ((biased - splatWord<V>(exponentBias<V>)) << shift);
  return {fromBits(mantissa) - splat<V>(1), exponentFrom(biased)};
}
template <class V> VK_INLINE Split<V> splitExponent(V x) {
  if (__builtin_expect(any(edgeMask(x)), 0)) {
    const auto subnormal = x < splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p-1022 : 0x1p-126);
    const V up = splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p54 : 0x1p25);
    Split<V> s = splitNormal(subnormal ? x * up : x);
    s.exponent -= subnormal ? splat<V>(sizeof(ScalarOf<V>) == 8 ? 54 : 25) : splat<V>(0);
    return s;
  }
  return splitNormal(x);
}
// Zero, negative numbers, infinity and NaN, where the formula's result means nothing.
template <class V> VK_INLINE V logarithmEdges(V x, V result) {
  if (__builtin_expect(any(edgeMask(x)), 0)) {
    result = x == splat<V>(infinity<V>) ? x : result;
    result = x == splat<V>(0) ? splat<V>(-infinity<V>) : result;
    result = x < splat<V>(0) ? nan_<V>() : result;
    result = x != x ? x : result;
  }
  return result;
}
#endif

// log(1 + f) for f in [-1/4, 1/2), minus f; `carry` is subtracted from the same small part. Relative error of
// the logarithm below 2^-54 and 2^-25. 64-bit: with s = f / (2 + f), log(1 + f) = f - s (f - s^2 Q(s^2)).
VK_INLINE Vd logarithmTail(Vd f, Vd carry) {
  static constexpr double c[] = {
    0x1.555555555556ep-1, 0x1.999999997c60ap-2, 0x1.2492495208437p-2, 0x1.c71c3cd5b95f4p-3,
    0x1.746bbab7ddfe4p-3, 0x1.39029fee44135p-3, 0x1.35a069e7c1f02p-3,
  };
  const Vd s = f / (f + splat<Vd>(2));
  const Vd z = s * s;
  const Vd w = fnma_(z, polynomial(z, c), f);
  return fnma_(s, w, carry);
}
VK_INLINE Vf logarithmTail(Vf f, Vf carry) {
  static constexpr float c[] = {
    0x1.55555ep-2f, -0x1.000060p-2f, 0x1.998936p-3f, -0x1.54fb10p-3f,
    0x1.268cc4p-3f, -0x1.0b7f6ep-3f, 0x1.be5024p-4f, -0x1.a5b0d2p-5f,
  };
  const Vf z = f * f;
  const Vf t = fma_(z * f, polynomial(f, c), carry);
  return fnma_(z, splat<Vf>(0.5), t);
}

template <class V> VK_INLINE V logarithm(V x) {
  const Split<V> s = splitExponent(x);
  const V tail = logarithmTail(s.mantissaMinusOne, s.exponent * splat<V>(ln2Low<V>));
  return logarithmEdges(x, fma_(s.exponent, splat<V>(ln2High<V>), s.mantissaMinusOne + tail));
}

template <class V> VK_INLINE V logarithm2(V x) {
  const Split<V> s = splitExponent(x);
  const V f = s.mantissaMinusOne;
  const V tail = logarithmTail(f, splat<V>(0));
  const V c = splat<V>(0.44269504088896340736);  // 1 / ln 2 - 1
  const V rest = fma_(tail, c, fma_(f, c, tail));
  return logarithmEdges(x, s.exponent + (f + rest));
}

// The high part has trailing zeros: its product with an exponent is exact.
template <class V> constexpr ScalarOf<V> log10of2High;
template <> constexpr double log10of2High<Vd> = 0x1.34413508p-2;
template <> constexpr float log10of2High<Vf> = 0x1.344p-2f;
template <class V> constexpr ScalarOf<V> log10of2Low;
template <> constexpr double log10of2Low<Vd> = 0x1.f79fef311f12bp-34;
template <> constexpr float log10of2Low<Vf> = 0x1.3509f8p-18f;

template <class V> VK_INLINE V logarithm10(V x) {
  constexpr double log10e = 0x1.bcb7b1526e50ep-2;
  const Split<V> s = splitExponent(x);
  const V f = s.mantissaMinusOne;
  const V tail = logarithmTail(f, splat<V>(0));
  // The remainder of log10(e) after rounding, worth half a unit in the last place of small results.
  constexpr double remainder =
    sizeof(ScalarOf<V>) == 8 ? 0x1.95355baaafad3p-57 : log10e - (double)(float)log10e;
  V rest = fma_(f, splat<V>(remainder), s.exponent * splat<V>(log10of2Low<V>));
  rest = fma_(tail, splat<V>(log10e), rest);
  return logarithmEdges(x, fma_(s.exponent, splat<V>(log10of2High<V>), fma_(f, splat<V>(log10e), rest)));
}

// log(1 + x) = log(u) + (x - (u - 1)) / u with u = 1 + x rounded.
template <class V> VK_INLINE V logarithm1p(V x) {
  const V one = splat<V>(1);
  const V u = x + one;
  // Whichever of the two summands is larger, this is the exact rounding error of their sum.
  const V error = absolute(x) < one ? x - (u - one) : one - (u - x);
  const V correction = error / u;
  const V result = logarithm(u) + (absolute(correction) < one ? correction : splat<V>(0));
  return absolute(x) < splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p-54 : 0x1p-25) ? x : result;
}
