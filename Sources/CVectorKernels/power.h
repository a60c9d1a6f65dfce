// power and modulo.

static double powerPropagating(double x, double y) { return x != x || y != y ? x + y : pow(x, y); }

// Floored: the result has the sign of the divisor.
static double flooredRemainder(double x, double y) {
  const double r = fmod(x, y);
  if (r == 0) return copysign(0.0, y);
  return (r < 0) != (y < 0) ? r + y : r;
}

template <class V> static __attribute__((noinline)) V powerOnLanes(V x, V y) {
  return onLanes(powerPropagating, x, y);
}
template <class V> static __attribute__((noinline)) V moduloOnLanes(V x, V y) {
  return onLanes(flooredRemainder, x, y);
}

// Where |x| is no positive normal number, or y is not finite.
template <class V> VK_INLINE IntegerOf<V> powerEdges(V x, V y) {
  const V a = absolute(x), top = splat<V>(infinity<V>);
  const V smallest = splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p-1022 : 0x1p-126);
  return ~((a >= smallest) & (a < top) & (absolute(y) < top));
}

// The sign and domain of x^y given |x|^y.
template <class V> VK_INLINE V powerSign(V x, V y, V magnitude) {
  const auto negative = x < splat<V>(0);
  if (__builtin_expect(!any(negative), 1)) return magnitude;
  const V half = y * splat<V>(0.5);
  const auto odd = roundEven(half) != half;
  const V valid = odd ? -magnitude : magnitude;
  return negative ? (roundEven(y) == y ? valid : nan_<V>()) : magnitude;
}

#if VK_FUSED
// exp(y log x) with log x as an unevaluated sum of two numbers, accurate to about 2^-64.
VK_INLINE Vd powerMagnitude(Vd x, Vd y) {
  static constexpr double c[] = {
    0x1.9999999999999p-2, 0x1.24924924929a2p-2, 0x1.c71c71c5d1859p-3, 0x1.745d1846f9df8p-3,
    0x1.3b134f48c7465p-3, 0x1.1125432cc63f7p-3, 0x1.dd4bc703ca43bp-4, 0x1.f390140ece71dp-4,
  };
  const Split<Vd> split = splitExponent(x);
  const Vd f = split.mantissaMinusOne, e = split.exponent, two = splat<Vd>(2);
  // s = f / (2 + f) with its error.
  const Vd d = f + two;
  const Vd dLow = f - (d - two);
  const Vd inverse = splat<Vd>(1) / d;
  const Vd s = f * inverse;
  const Vd sLow = fnma_(s, dLow, fnma_(s, d, f)) * inverse;
  // log(1 + f) = 2 s + s^3 (2/3 + s^2 Q)
  const Vd z = s * s;
  const Vd zLow = fma_(s + s, sLow, fma_(s, s, -z));
  const Vd w = z * polynomial(z, c);
  const Vd third = splat<Vd>(0x1.5555555555555p-1);
  const Vd t = third + w;
  const Vd tLow = ((third - t) + w) + splat<Vd>(0x1.5555555555555p-55);
  const Vd cube = s * z;
  const Vd cubeLow = fma_(s, zLow, fma_(sLow, z, fma_(s, z, -cube)));
  const Vd u = cube * t;
  const Vd uLow = fma_(cube, tLow, fma_(cubeLow, t, fma_(cube, t, -u)));
  // plus e ln 2
  const Vd whole = e * splat<Vd>(ln2High<Vd>), twice = s + s;
  const Vd a = whole + twice;
  const Vd aLow = (whole - a) + twice;
  const Vd b = a + u;
  const Vd bLow = (a - b) + u;
  const Vd low = (aLow + bLow) + fma_(e, splat<Vd>(ln2Low<Vd>), fma_(two, sLow, uLow));
  const Vd high = b + low;
  const Vd rest = (b - high) + low;
  // times y, and the exponential of the sum
  const Vd p = y * high;
  const Vd pLow = fma_(y, rest, fma_(y, high, -p));
  const Vd q = clampExponent(p);
  const Vd m = splat<Vd>(magic<Vd>);
  const Vd k = fma_(q, splat<Vd>(0x1.71547652b82fep+0), m) - m;
  Vd r = fnma_(k, splat<Vd>(ln2High<Vd>), q);
  r = fnma_(k, splat<Vd>(ln2Low<Vd>), q == p ? r + pLow : r);
  return scaled(fma_(r * r, exponentialTail(r), r) + splat<Vd>(1), k);
}

template <class V> VK_INLINE V moduloFinite(V x, V y) {
  // Rounding can only lift a quotient to the integer above it. The remainder is representable, so a fused
  // multiply-add gives it exactly once the quotient is right.
  V q = floor_(x / y);
  V r = fnma_(q, y, x);
  const auto lifted = ((r < splat<V>(0)) & (y > splat<V>(0))) | ((r > splat<V>(0)) & (y < splat<V>(0)));
  q = lifted ? q - splat<V>(1) : q;
  r = fnma_(q, y, x);
  return r == splat<V>(0) ? copySign(r, y) : r;
}
#endif

VK_INLINE Vd power(Vd x, Vd y) {
#if VK_FUSED
  const auto edge = powerEdges(x, y);
  const Vd r = powerSign(x, y, powerMagnitude(absolute(x), y));
  if (__builtin_expect(any(edge), 0)) return edge ? powerOnLanes(x, y) : r;
  return r;
#else
  return powerOnLanes(x, y);
#endif
}
// In 64-bit, where the exponential of y log x is far more accurate than the result can show.
VK_INLINE Vf power(Vf x, Vf y) {
  constexpr int half = laneCount<Vf> / 2;
  const Vf a = absolute(x);
  Vf magnitude;
  for (int part = 0; part < 2; part++) {
    Hf u, v;
    __builtin_memcpy(&u, (const float *)&a + part * half, sizeof u);
    __builtin_memcpy(&v, (const float *)&y + part * half, sizeof v);
    const Vd l = logarithm(__builtin_convertvector(u, Vd));
    const Hf e = __builtin_convertvector(exponential(l * __builtin_convertvector(v, Vd)), Hf);
    __builtin_memcpy((float *)&magnitude + part * half, &e, sizeof e);
  }
  const Vf r = powerSign(x, y, magnitude);
  const auto edge = powerEdges(x, y);
  if (__builtin_expect(any(edge), 0)) return edge ? powerOnLanes(x, y) : r;
  return r;
}

template <class V> VK_INLINE V modulo(V x, V y) {
#if VK_FUSED
  const V q = x / y;
  const V limit = splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p50 : 0x1p21);
  // Subnormal numbers lose the exactness the short form rests on.
  const V tiny = splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p-960 : 0x1p-100);
  const auto plain = (absolute(q) < limit) & (absolute(y) < splat<V>(infinity<V>)) & (absolute(y) > tiny);
  if (__builtin_expect(!any(~plain), 1)) return moduloFinite(x, y);
#endif
  return moduloOnLanes(x, y);
}
