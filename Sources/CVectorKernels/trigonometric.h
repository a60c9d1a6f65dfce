// sin, cos, tan, sinc. x = n pi + r with |r| <= pi / 2, after Cody and Waite (1980) with pi in parts. Two
// parts serve unless r is small (`smallSquare` bounds its square), which is where the last part shows.

// The reduction serves below `trigonometricLimit`.
#if VK_FUSED
// Fused products are exact, so full-width parts serve and the range is wide.
template <class V> constexpr ScalarOf<V> trigonometricLimit;
template <> constexpr double trigonometricLimit<Vd> = 0x1p30;
template <> constexpr float trigonometricLimit<Vf> = 0x1p17f;
template <class V> constexpr ScalarOf<V> smallSquare = sizeof(ScalarOf<V>) == 8 ? 0x1p-48 : 0x1p-126;
VK_INLINE Vd minusMultipleOfPiShort(Vd n, Vd x) {
  x = fnma_(n, splat<Vd>(0x1.921fb54442d18p+1), x);
  return fnma_(n, splat<Vd>(0x1.1a62633145c07p-53), x);
}
VK_INLINE Vd minusMultipleOfPi(Vd n, Vd x) {
  return fma_(n, splat<Vd>(0x1.f1976b7ed8fbcp-109), minusMultipleOfPiShort(n, x));
}
VK_INLINE Vf minusMultipleOfPi(Vf n, Vf x) {
  x = fnma_(n, splat<Vf>(0x1.921fb6p+1), x);
  x = fma_(n, splat<Vf>(0x1.777a5cp-24), x);
  return fma_(n, splat<Vf>(0x1.ee59dap-49), x);
}
#else
// Parts with trailing zeros, whose products with n are exact without a fused instruction.
template <class V> constexpr ScalarOf<V> trigonometricLimit;
template <> constexpr double trigonometricLimit<Vd> = 0x1p21;
template <> constexpr float trigonometricLimit<Vf> = 0x1p13f;
template <class V> constexpr ScalarOf<V> smallSquare = sizeof(ScalarOf<V>) == 8 ? 0x1p-1022 : 0x1p-126;
VK_INLINE Vd minusMultipleOfPi(Vd n, Vd x) {
  x -= n * splat<Vd>(0x1.921fb544p+1);
  const Vd second = n * splat<Vd>(0x1.0b4611a6p-33);
  const Vd y = x - second;
  // The second step rounds when x is large compared to it; what it lost goes into the third.
  const Vd lost = (x - y) - second;
  return y + (lost - n * splat<Vd>(0x1.3198a2e037073p-68));
}
VK_INLINE Vf minusMultipleOfPi(Vf n, Vf x) {
  x -= n * splat<Vf>(0x1.92p+1);
  x -= n * splat<Vf>(0x1.fb4p-11);
  const Vf third = n * splat<Vf>(0x1.444p-23);
  const Vf y = x - third;
  const Vf lost = (x - y) - third;
  return y + (lost - n * splat<Vf>(0x1.68c234p-38));
}
#endif

// Among 32-bit numbers a small r is too common for a case of its own.
VK_INLINE Vf minusMultipleOfPiShort(Vf n, Vf x) { return minusMultipleOfPi(n, x); }
#if !VK_FUSED
VK_INLINE Vd minusMultipleOfPiShort(Vd n, Vd x) { return minusMultipleOfPi(n, x); }
#endif

// sin r for |r| <= pi / 2.
VK_INLINE Vd sineCore(Vd r) {
  static constexpr double c[] = {
    -0x1.5555555555555p-3,  0x1.1111111111107p-7, -0x1.a01a01a018a8cp-13, 0x1.71de3a54550e5p-19,
    -0x1.ae6455a0f5155p-26, 0x1.6124011228d99p-33, -0x1.ae5121644b564p-41, 0x1.89a19d105d35ep-49,
  };
  const Vd z = r * r;
  return fma_(r * z, polynomial(z, c), r);
}
VK_INLINE Vf sineCore(Vf r) {
  static constexpr float c[] = {-0x1.555556p-3f, 0x1.11111p-7f, -0x1.a018fep-13f, 0x1.719524p-19f,
                                -0x1.9d87c4p-26f};
  const Vf z = r * r;
  return fma_(r * z, polynomial(z, c), r);
}

// Flips the sign of x where the integer held by magicPlusN is odd.
template <class V> VK_INLINE V signByParity(V x, V magicPlusN) {
  return fromBits(bits(x) ^ (bits(magicPlusN) << (8 * sizeof(ScalarOf<V>) - 1)));
}

// Where x is too large for the reduction, yet finite. The reduction itself turns infinities into NaN.
template <class V> VK_INLINE IntegerOf<V> beyondReduction(V x) {
  const V a = absolute(x);
  return (a >= splat<V>(trigonometricLimit<V>)) & (a < splat<V>(infinity<V>));
}

// sin or cos there; elsewhere `result` as it is. Out of line: rare.
template <class V> static __attribute__((noinline)) V beyond(V x, V result, bool quarter) {
  const auto far = beyondReduction(x);
  V r = {};
  IntegerOf<V> flip = {};
  for (int i = 0; i < laneCount<V>; i++) {
    if (!far[i]) continue;
    const HalfTurns turns = halfTurns((double)x[i], quarter);
    r[i] = (ScalarOf<V>)turns.remainder;
    flip[i] = (WordOf<V>)turns.odd;
  }
  return far ? signByParity(sineCore(r), fromBits(flip)) : result;
}
template <class V> static __attribute__((noinline)) V tangentBeyond(V x, V result) {
  return beyondReduction(x) ? onLanes((double (*)(double))tan, x) : result;
}

// sin x for a quarter of 0, cos x for a quarter of 1/2: x = (n + quarter) pi + r, and the sign is that of the
// parity of n.
template <class V> struct Turns {
  V magicPlusN;
  V multiple;
};
template <bool cosine, class V> VK_INLINE Turns<V> turns(V x) {
  const V m = splat<V>(magic<V>), inverse = splat<V>(0x1.45f306dc9c883p-2), half = splat<V>(0.5);
  if constexpr (cosine) {
    // One more than `m`, which turns the sign round.
    const V odd = splat<V>(magic<V> + 1);
    const V t = fma_(x, inverse, -half) + odd;
    return {t, (t - odd) + half};
  } else {
    const V t = fma_(x, inverse, m);
    return {t, t - m};
  }
}

// The rare cases: a small r, where the polynomial makes +0 of -0 besides, and an x beyond the reduction. The
// choice is each lane's own, lest results depend on neighbours.
template <bool cosine, class V> static __attribute__((noinline)) V mendedSine(V x, V result) {
  const Turns<V> n = turns<cosine>(x);
  const V brief = minusMultipleOfPiShort(n.multiple, x);
  const V precise = signByParity(sineCore(minusMultipleOfPi(n.multiple, x)), n.magicPlusN);
  result = brief * brief < splat<V>(smallSquare<V>) ? precise : result;
  if constexpr (!cosine) result = x == splat<V>(0) ? x : result;
  return any(beyondReduction(x)) ? beyond(x, result, cosine) : result;
}

// Several vectors with one test for all of them: of the smallest r^2 and the largest |n|.
template <bool cosine, int count, class V> VK_INLINE void sines(const V *x, V *result) {
  V smallest = splat<V>(1), largest = splat<V>(0);
  for (int i = 0; i < count; i++) {
    const Turns<V> n = turns<cosine>(x[i]);
    const V r = minusMultipleOfPiShort(n.multiple, x[i]);
    const V z = r * r;
    result[i] = signByParity(sineCore(r), n.magicPlusN);
    smallest = z < smallest ? z : smallest;
    largest = largerMagnitude(n.multiple, largest);
  }
  constexpr ScalarOf<V> bound = trigonometricLimit<V> / 4;
  const auto rare = (smallest < splat<V>(smallSquare<V>)) | (largest >= splat<V>(bound));
  if (__builtin_expect(any(rare), 0))
    for (int i = 0; i < count; i++) result[i] = mendedSine<cosine>(x[i], result[i]);
}

template <class V> VK_INLINE V sine(V x) {
  V r;
  sines<false, 1>(&x, &r);
  return r;
}
template <class V> VK_INLINE V cosine(V x) {
  V r;
  sines<true, 1>(&x, &r);
  return r;
}

// sin and cos of r, |r| <= pi / 4, for the tangent.
VK_INLINE Vd sineQuarter(Vd r, Vd z) {
  static constexpr double c[] = {
    -0x1.5555555555555p-3, 0x1.1111111110ba5p-7, -0x1.a01a019e80693p-13,
    0x1.71de379252004p-19, -0x1.ae60069e53ef1p-26, 0x1.5e098556d302ep-33,
  };
  return fma_(r * z, polynomial(z, c), r);
}
VK_INLINE Vd cosineQuarter(Vd z) {
  static constexpr double c[] = {
    0x1.5555555555555p-5, -0x1.6c16c16c16960p-10, 0x1.a01a019f4d0edp-16,
    -0x1.27e4fa15bd814p-22, 0x1.1eeb66b683028p-29, -0x1.907c0e63adbb6p-37,
  };
  return fma_(z * z, polynomial(z, c), fnma_(z, splat<Vd>(0.5), splat<Vd>(1)));
}
VK_INLINE Vf sineQuarter(Vf r, Vf z) {
  static constexpr float c[] = {-0x1.555556p-3f, 0x1.11110ep-7f, -0x1.a013a2p-13f, 0x1.6dbbeep-19f};
  return fma_(r * z, polynomial(z, c), r);
}
VK_INLINE Vf cosineQuarter(Vf z) {
  static constexpr float c[] = {0x1.555554p-5f, -0x1.6c12cep-10f, 0x1.9bd67p-16f};
  return fma_(z * z, polynomial(z, c), fnma_(z, splat<Vf>(0.5), splat<Vf>(1)));
}

template <class V> VK_INLINE V tangent(V x) {
  const V m = splat<V>(magic<V>);
  const V t = fma_(x, splat<V>(0x1.45f306dc9c883p-1), m);
  const V r = minusMultipleOfPi((t - m) * splat<V>(0.5), x);
  const V z = r * r;
  const V s = sineQuarter(r, z), c = cosineQuarter(z);
  const auto odd = (bits(t) & splatWord<V>(1)) != splatWord<V>(0);
  const V result = keepEdges<false>(x, (odd ? -c : s) / (odd ? s : c));
  return __builtin_expect(any(beyondReduction(x)), 0) ? tangentBeyond(x, result) : result;
}

// sin(pi x) / (pi x), 1 at 0. The reduction of pi x is exact: x less its nearest integer.
template <class V> VK_INLINE V sineCardinal(V x) {
  const V pi = splat<V>(0x1.921fb54442d18p+1);
  const V n = roundEven(x);
  // The parity of n from n / 2, which has a fraction only when n is odd.
  const V half = n * splat<V>(0.5);
  const auto odd = roundEven(half) != half;
  const V s = sineCore((x - n) * pi);
  const V y = (odd ? -s : s) / (x * pi);
  const V atInfinity = absolute(x) == splat<V>(infinity<V>) ? splat<V>(0) : y;
  return x == splat<V>(0) ? splat<V>(1) : atInfinity;
}
