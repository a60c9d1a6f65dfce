// Partial derivatives of operators on vectors. `x`, `y`, `z` are the arguments and `v` the operator's value,
// which spares work where the derivative is easy to tell from it.

static double gammaDerivative(double x) { return tgamma(x) * digamma(x); }

// d sinc / dx = (cos(pi x) - sinc x) / x; near 0, where that cancels, its power series.
template <class V> VK_INLINE V sineCardinalDerivative(V x, V v) {
  static constexpr ScalarOf<V> c[] = {-2.0 / 6,        4.0 / 120,         -6.0 / 5040,          8.0 / 362880,
                                      -10.0 / 39916800, 12.0 / 6227020800, -14.0 / 1307674368000};
  const V pi = splat<V>(0x1.921fb54442d18p+1), one = splat<V>(1), half = splat<V>(0.5);
  const V u = x * pi;
  const V series = pi * u * polynomial<V>(u * u, c);
  // cos(pi x) = sin(pi (x + 1/2)), reduced as in sineCardinal: |x| = n - 1/2 + f with |f| <= 1/2.
  const V a = absolute(x);
  const V n = floor_(a) + half;
  const V s = sineCore((a - n) * pi);
  const V parity = (n - half) * half;
  const V cosine = roundEven(parity) != parity ? s : -s;
  const V plain = (cosine - v) / x;
  return a < splat<V>(0.25) ? series : (a < splat<V>(infinity<V>) ? plain : one * splat<V>(0));
}

template <int op, class V> VK_INLINE V unaryPartial(V x, V v) {
  const V one = splat<V>(1), zero = splat<V>(0);
  // Where x^2 would overflow, sqrt(x^2 +- 1) is |x|.
  const V huge = splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p500 : 0x1p60);
  if constexpr (op == VK_NEGATE) return -one;
  else if constexpr (op == VK_SQUARE) return x + x;
  else if constexpr (op == VK_CUBE) return splat<V>(3) * x * x;
  else if constexpr (op == VK_CBRT) return one / (splat<V>(3) * v * v);
  else if constexpr (op == VK_SQRT) return splat<V>(0.5) / v;
  else if constexpr (op == VK_ABS) return x > zero ? one : (x < zero ? -one : x);
  else if constexpr (op == VK_INVERSE) return -(v * v);
  else if constexpr (op == VK_EXP) return v;
  else if constexpr (op == VK_LOG) return one / x;
  else if constexpr (op == VK_LOG10) return splat<V>(0.43429448190325182765) / x;
  else if constexpr (op == VK_LOG2) return splat<V>(1.44269504088896340736) / x;
  else if constexpr (op == VK_LOG1P) return one / (one + x);
  else if constexpr (op == VK_SIN) return cosine(x);
  else if constexpr (op == VK_COS) return -sine(x);
  else if constexpr (op == VK_TAN) return fma_(v, v, one);
  else if constexpr (op == VK_ASIN) return one / squareRoot((one - x) * (one + x));
  else if constexpr (op == VK_ACOS) return -one / squareRoot((one - x) * (one + x));
  else if constexpr (op == VK_ATAN) return one / fma_(x, x, one);
  else if constexpr (op == VK_SINH) return hyperbolicCosine(x);
  else if constexpr (op == VK_COSH) return hyperbolicSine(x);
  else if constexpr (op == VK_TANH) {
    // 1 - v^2 would lose all digits where v is near 1.
    const V c = one / hyperbolicCosine(x);
    return c * c;
  } else if constexpr (op == VK_ASINH)
    return one / (absolute(x) < huge ? squareRoot(fma_(x, x, one)) : absolute(x));
  else if constexpr (op == VK_ACOSH)
    return one / (absolute(x) < huge ? squareRoot((x - one) * (x + one)) : x);
  else if constexpr (op == VK_ATANH) return one / ((one - x) * (one + x));
  else if constexpr (op == VK_ATANH_CLIP) {
    const V m = onLanes(remainderOneTwo, x);
    return one / ((one - m) * (one + m));
  } else if constexpr (op == VK_ERF) return splat<V>(1.12837916709551257390) * exponential(-(x * x));
  else if constexpr (op == VK_ERFC) return splat<V>(-1.12837916709551257390) * exponential(-(x * x));
  else if constexpr (op == VK_GAMMA) return onLanes(gammaDerivative, x);
  else if constexpr (op == VK_RELU) return x > zero ? one : (x == x ? zero : x);
  else if constexpr (op == VK_SINC) return sineCardinalDerivative(x, v);
  else return x == x ? zero : x;  // sign, round, floor, ceil
}

// With respect to argument `argument` of a binary operator.
template <int op, int argument, class V> VK_INLINE V binaryPartial(V x, V y, V v) {
  const V one = splat<V>(1), zero = splat<V>(0);
  if constexpr (op == VK_ADD) return one;
  else if constexpr (op == VK_SUBTRACT) return argument == 0 ? one : -one;
  else if constexpr (op == VK_MULTIPLY) return argument == 0 ? y : x;
  else if constexpr (op == VK_DIVIDE) return argument == 0 ? one / y : -v / y;
  else if constexpr (op == VK_POWER) {
    if constexpr (argument == 0) {
      // y x^(y-1); the quotient serves wherever x is not 0 and the value is a normal number.
      const V quotient = y * (v / x);
      const V tiny = splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p-1000 : 0x1p-120);
      const auto unsafe = ~((absolute(v) > tiny) & (absolute(v) < splat<V>(infinity<V>)) & (x != zero));
      if (__builtin_expect(any(unsafe), 0)) {
        const V slow = y * power(x, y - one);
        return unsafe ? (y == zero ? zero : slow) : quotient;
      }
      return quotient;
    } else {
      const V p = v * logarithm(x);
      return ((x == zero) & (y > zero)) ? zero : p;
    }
  } else if constexpr (op == VK_MAXIMUM)
    return x >= y ? splat<V>(argument == 0) : splat<V>(argument == 1);
  else if constexpr (op == VK_MINIMUM)
    return x <= y ? splat<V>(argument == 0) : splat<V>(argument == 1);
  else if constexpr (op == VK_MODULO) return argument == 0 ? one : -floor_(x / y);
  else if constexpr (op == VK_CONDITION) return argument == 1 ? (x > zero ? one : zero) : zero;
  else return zero;  // comparisons and logic
}

template <int op, int argument, class V> VK_INLINE V ternaryPartial(V x, V y, V z) {
  const V one = splat<V>(1), zero = splat<V>(0);
  // Which argument the value is taken from.
  V chosen = zero;
  if constexpr (op == VK_FMA || op == VK_MULADD) return argument == 0 ? y : argument == 1 ? x : one;
  else if constexpr (op == VK_CLAMP) {
    chosen = x >= y ? zero : one;
    chosen = maximum_(x, y) <= z ? chosen : splat<V>(2);
  } else if constexpr (op == VK_MAXIMUM3) {
    chosen = x >= y ? zero : one;
    chosen = maximum_(x, y) >= z ? chosen : splat<V>(2);
  } else if constexpr (op == VK_MINIMUM3) {
    chosen = x <= y ? zero : one;
    chosen = minimum_(x, y) <= z ? chosen : splat<V>(2);
  } else if constexpr (op == VK_IF_ELSE) chosen = x > zero ? one : splat<V>(2);
  return chosen == splat<V>(argument) ? one : zero;
}
