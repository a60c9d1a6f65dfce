// Operators by code: what each computes on vectors. NaN propagates; see the header for the contract.

static double remainderOneTwo(double x) { return flooredRemainder(x + 1, 2) - 1; }
static double clippedArtanh(double x) { return atanh(remainderOneTwo(x)); }

template <int op, class V> VK_INLINE V unary(V x) {
  const V one = splat<V>(1), zero = splat<V>(0);
  if constexpr (op == VK_NEGATE) return -x;
  else if constexpr (op == VK_SQUARE) return x * x;
  else if constexpr (op == VK_CUBE) return x * x * x;
  else if constexpr (op == VK_CBRT) return onLanes((double (*)(double))cbrt, x);
  else if constexpr (op == VK_SQRT) return squareRoot(x);
  else if constexpr (op == VK_ABS) return absolute(x);
  else if constexpr (op == VK_SIGN) return x > zero ? one : (x < zero ? -one : x);
  else if constexpr (op == VK_INVERSE) return one / x;
  else if constexpr (op == VK_EXP) return exponential(x);
  else if constexpr (op == kernelExponentialMinusOne) return exponentialMinusOne(x);
  else if constexpr (op == VK_LOG) return logarithm(x);
  else if constexpr (op == VK_LOG10) return logarithm10(x);
  else if constexpr (op == VK_LOG2) return logarithm2(x);
  else if constexpr (op == VK_LOG1P) return logarithm1p(x);
  else if constexpr (op == VK_SIN) return sine(x);
  else if constexpr (op == VK_COS) return cosine(x);
  else if constexpr (op == VK_TAN) return tangent(x);
  else if constexpr (op == VK_ASIN) return onLanes((double (*)(double))asin, x);
  else if constexpr (op == VK_ACOS) return onLanes((double (*)(double))acos, x);
  else if constexpr (op == VK_ATAN) return onLanes((double (*)(double))atan, x);
  else if constexpr (op == VK_SINH) return hyperbolicSine(x);
  else if constexpr (op == VK_COSH) return hyperbolicCosine(x);
  else if constexpr (op == VK_TANH) return hyperbolicTangent(x);
  else if constexpr (op == VK_ASINH) return onLanes((double (*)(double))asinh, x);
  else if constexpr (op == VK_ACOSH) return onLanes((double (*)(double))acosh, x);
  else if constexpr (op == VK_ATANH) return onLanes((double (*)(double))atanh, x);
  else if constexpr (op == VK_ATANH_CLIP) return onLanes(clippedArtanh, x);
  else if constexpr (op == VK_ERF) return onLanes((double (*)(double))erf, x);
  else if constexpr (op == VK_ERFC) return onLanes((double (*)(double))erfc, x);
  else if constexpr (op == VK_GAMMA) return onLanes((double (*)(double))tgamma, x);
  else if constexpr (op == VK_RELU) return x > zero ? x : (x == x ? zero : x);
  else if constexpr (op == VK_SINC) return sineCardinal(x);
  else if constexpr (op == VK_ROUND) return roundEven(x);
  else if constexpr (op == VK_FLOOR) return floor_(x);
  else if constexpr (op == VK_CEIL) return ceil_(x);
  else return nan_<V>();
}

// Vectors that loops over functions take at a time.
#if VK_AVX512_CODE
constexpr int functionGroup = 4;
#else
constexpr int functionGroup = 2;
#endif

template <int op, int count, class V> VK_INLINE void unaries(const V *x, V *r) {
  if constexpr (op == VK_SIN) sines<false, count>(x, r);
  else if constexpr (op == VK_COS) sines<true, count>(x, r);
  else
    for (int i = 0; i < count; i++) r[i] = unary<op>(x[i]);
}

// 1 where true, 0 where false, NaN where either argument is.
template <class V> VK_INLINE V truth(IntegerOf<V> condition, V a, V b) {
  const V value = condition ? splat<V>(1) : splat<V>(0);
  return ((a == a) & (b == b)) ? value : a + b;
}

template <int op, class V> VK_INLINE V binary(V a, V b) {
  const V zero = splat<V>(0);
  if constexpr (op == VK_ADD) return a + b;
  else if constexpr (op == VK_SUBTRACT) return a - b;
  else if constexpr (op == VK_MULTIPLY) return a * b;
  else if constexpr (op == VK_DIVIDE) return a / b;
  else if constexpr (op == VK_POWER) return power(a, b);
  else if constexpr (op == VK_MAXIMUM) return maximum_(a, b);
  else if constexpr (op == VK_MINIMUM) return minimum_(a, b);
  else if constexpr (op == VK_MODULO) return modulo(a, b);
  else if constexpr (op == VK_GREATER) return truth<V>(a > b, a, b);
  else if constexpr (op == VK_GREATER_OR_EQUAL) return truth<V>(a >= b, a, b);
  else if constexpr (op == VK_LESS) return truth<V>(a < b, a, b);
  else if constexpr (op == VK_LESS_OR_EQUAL) return truth<V>(a <= b, a, b);
  else if constexpr (op == VK_CONDITION) return a > zero ? b : (a == a ? zero : a);
  else if constexpr (op == VK_LOGICAL_OR) return truth<V>((a > zero) | (b > zero), a, b);
  else if constexpr (op == VK_LOGICAL_AND) return truth<V>((a > zero) & (b > zero), a, b);
  else return nan_<V>();
}

template <int op, class V> VK_INLINE V ternary(V a, V b, V c) {
  const V zero = splat<V>(0);
  if constexpr (op == VK_CLAMP) return minimum_(maximum_(a, b), c);
  else if constexpr (op == VK_FMA || op == VK_MULADD) return fma_(a, b, c);
  else if constexpr (op == VK_MAXIMUM3) return maximum_(maximum_(a, b), c);
  else if constexpr (op == VK_MINIMUM3) return minimum_(minimum_(a, b), c);
  else if constexpr (op == VK_IF_ELSE) return a > zero ? b : (a == a ? c : a);
  else return nan_<V>();
}

// One operator on one vector, chosen at run time: for constant folding, so that folded constants are what
// the kernels would have computed.
template <int... op> VK_INLINE bool applyUnary(int code, Vd x, Vd *r, Codes<op...>) {
  return ((code == op + VK_NEGATE && ((void)(*r = unary<op + VK_NEGATE>(x)), true)) || ...);
}
template <int... op> VK_INLINE bool applyBinary(int code, Vd x, Vd y, Vd *r, Codes<op...>) {
  return ((code == op + VK_ADD && ((void)(*r = binary<op + VK_ADD>(x, y)), true)) || ...);
}
template <int... op> VK_INLINE bool applyTernary(int code, Vd x, Vd y, Vd z, Vd *r, Codes<op...>) {
  return ((code == op + VK_CLAMP && ((void)(*r = ternary<op + VK_CLAMP>(x, y, z)), true)) || ...);
}
static double apply(int code, double x, double y, double z) {
  const Vd a = splat<Vd>(x), b = splat<Vd>(y), c = splat<Vd>(z);
  Vd r = nan_<Vd>();
  if (code >= VK_CLAMP) applyTernary(code, a, b, c, &r, CodesUpTo<VK_IF_ELSE - VK_CLAMP + 1>{});
  else if (code >= VK_NEGATE) applyUnary(code, a, &r, CodesUpTo<kernelExponentialMinusOne - VK_NEGATE + 1>{});
  else applyBinary(code, a, b, &r, CodesUpTo<VK_LOGICAL_AND - VK_ADD + 1>{});
  return r[0];
}
