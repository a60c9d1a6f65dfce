// Which rows left the range of normal numbers on the way to their value, so that the value may be wrong
// although it is finite, or finite although it is not.

// Whether some operation has overflowed or lost digits to underflow since the flags were last cleared. The
// processor keeps account of that at no cost.
#if defined(__x86_64__)
VK_INLINE bool rangeWasLeft() { return _mm_getcsr() & (_MM_EXCEPT_OVERFLOW | _MM_EXCEPT_UNDERFLOW); }
VK_INLINE void clearRangeFlags() {
  if (rangeWasLeft()) _mm_setcsr(_mm_getcsr() & ~_MM_EXCEPT_MASK);
}
#else
VK_INLINE bool rangeWasLeft() { return fetestexcept(FE_OVERFLOW | FE_UNDERFLOW); }
VK_INLINE void clearRangeFlags() { feclearexcept(FE_OVERFLOW | FE_UNDERFLOW); }
#endif

// Whether a sum of errors, taken in this unit, does not notice values that underflowed.
VK_INLINE bool losesTiny(double scale) { return scale < 0x1p600; }

// Follows rows through an expression and decides whether their values stand.
//
// Of every node it keeps how far the computed value may be from the exact one because something underflowed
// below, times `unit`: 0 where nothing did (rounding apart), infinity where the value is infinite and the
// exact one merely large. An underflow next to something large is forgotten; one that is divided by, or whose
// logarithm is taken, makes the row doubtful: NaN. So the value of 1 + exp(-800) stands, as does that of
// x / (exp(800) - 1), but not that of log(exp(-800)).
template <class T> struct RangeWalk {
  using V = typename VectorOf<T>::Type;
  using Mask = IntegerOf<V>;
  static constexpr bool isDouble = sizeof(T) == 8;
  // Results smaller than that may have been rounded as subnormal numbers.
  static constexpr double tiny = isDouble ? 0x1p-1000 : 0x1p-120;
  static constexpr double unit = isDouble ? 0x1p1000 : 0x1p100, inverseUnit = isDouble ? 0x1p-1000 : 0x1p-100;
  // The spacing of subnormal numbers, what stands for less, and the most that is still followed.
  static constexpr double underflow = isDouble ? 0x1p-74 : 0x1p-49, least = isDouble ? 0x1p-1000 : 0x1p-110;
  static constexpr double most = isDouble ? 0x1p500 : 0x1p40;
  // An error that many binary digits below a value cannot be seen in it.
  static constexpr double visible = isDouble ? 0x1p946 : 0x1p75;
  // x / infinity is less than `quotient` where x is less than `moderate`.
  static constexpr double moderate = isDouble ? 0x1p60 : 0x1p20, quotientError = isDouble ? 0x1p60 : 1;
  // What infinity plus x may be, with x less than this, is huge.
  static constexpr double large = isDouble ? 0x1p990 : 0x1p110;

  // Whether the operator can leave the range of normal numbers where its arguments are within it.
  static constexpr bool originates(int op) {
    return op == VK_MULTIPLY || op == VK_DIVIDE || op == VK_POWER || op == VK_SQUARE || op == VK_CUBE ||
           op == VK_INVERSE || op == VK_EXP || op == VK_SINH || op == VK_COSH || op == VK_ERFC ||
           op == VK_GAMMA || op == VK_FMA || op == VK_MULADD || op == kernelExponentialMinusOne;
  }
  // Whether its result can vanish where its arguments do not.
  static constexpr bool vanishes(int op) {
    return originates(op) && op != VK_SINH && op != kernelExponentialMinusOne;
  }

  static VK_MEMBER V zero() { return V{}; }
  static VK_MEMBER V huge() { return splat<V>(infinity<V>); }
  static VK_MEMBER V doubtful() { return nan_<V>(); }
  static VK_MEMBER Mask isHuge(V x) { return absolute(x) == huge(); }

  // The error of a value v that may have been changed by `error`.
  static VK_MEMBER V settled(V v, V error) {
    const V a = absolute(v);
    error = error < splat<V>(least) ? splat<V>(least) : error;
    const Mask hidden = (a >= splat<V>(tiny)) & (a * splat<V>(visible) >= error);
    return hidden ? zero() : error > splat<V>(most) ? doubtful() : error;
  }

  // A node all of whose arguments are exact.
  static VK_MEMBER V origin(int op, V v, const V *x, int arity) {
    Mask isZero = {}, isPole = {};
    for (int j = 0; j < arity; j++) {
      isPole |= isHuge(x[j]);
      isZero |= x[j] == zero();
    }
    V error = zero();
    if (op == VK_FMA || op == VK_MULADD) {
      const V p = x[0] * x[1];
      const Mask vanished = (absolute(p) < splat<V>(tiny)) & (x[0] != zero()) & (x[1] != zero());
      error = vanished ? settled(v, splat<V>(underflow)) : zero();
      isZero = Mask{};
    } else if (vanishes(op)) {
      const Mask lost = (absolute(v) < splat<V>(tiny)) & ~(isZero & (v == zero()));
      error = lost ? vanished(op, x) : zero();
    }
    if (op == VK_DIVIDE) isZero = x[1] == zero();
    if (op == VK_ADD || op == VK_SUBTRACT) isZero = Mask{};
    else if (!originates(op)) return error;
    error = isHuge(v) & ~isZero ? huge() : error;
    return isPole ? zero() : error;
  }

  // A bound of what underflowed.
  static VK_MEMBER V vanished(int op, const V *x) {
    const V most = splat<V>(underflow);
    V size = most;
    if (op == VK_EXP) size = x[0] < splat<V>(isDouble ? -760 : -115) ? splat<V>(least) : most;
    else if (op == VK_MULTIPLY) size = (absolute(x[0]) * splat<V>(2 * unit)) * absolute(x[1]);
    else if (op == VK_SQUARE) size = (absolute(x[0]) * splat<V>(2 * unit)) * absolute(x[0]);
    return size < splat<V>(least) ? splat<V>(least) : size < most ? size : most;
  }

  static VK_MEMBER V product(V v, const V *x, const V *error) {
    const V followed = settled(v, error[0] * absolute(x[1]) + error[1] * absolute(x[0]) +
                                    error[0] * (error[1] * splat<V>(inverseUnit)));
    const Mask left = isHuge(error[0]), right = isHuge(error[1]);
    const V other = left ? x[1] : x[0], otherError = left ? error[1] : error[0];
    const Mask stays = (otherError == zero()) & (absolute(other) >= splat<V>(1)) & isHuge(v);
    return (left | right) ? (stays ? huge() : doubtful()) : followed;
  }

  static VK_MEMBER V quotient(V v, V x, V y, V xError, V yError) {
    const Mask small = (xError == zero()) & (absolute(x) < splat<V>(moderate));
    const V byHuge = small ? settled(v, splat<V>(quotientError)) : doubtful();
    const Mask plain = (yError == zero()) & (y != zero()) & ~isHuge(xError);
    return isHuge(yError) ? byHuge : plain ? settled(v, xError / absolute(y)) : doubtful();
  }

  static VK_MEMBER V sum(V v, const V *x, const V *error) {
    const Mask left = isHuge(error[0]), right = isHuge(error[1]);
    const V other = left ? x[1] : x[0];
    const Mask stays = ~(left & right) & (absolute(other) < splat<V>(large));
    return (left | right) ? (stays ? huge() : doubtful()) : settled(v, error[0] + error[1]);
  }

  // A node with an argument that is not exact.
  static V follow(int op, V v, const V *x, const V *error) {
    const Mask huge0 = isHuge(error[0]);
    const Mask certain = error[0] == error[0];
    V result;
    switch (op) {
    case VK_NEGATE:
    case VK_ABS:
      return error[0];
    case VK_ADD:
    case VK_SUBTRACT:
      return sum(v, x, error);
    case VK_MULTIPLY:
      return product(v, x, error);
    case VK_DIVIDE:
      return quotient(v, x[0], x[1], error[0], error[1]);
    case VK_INVERSE:
      return quotient(v, splat<V>(1), x[0], zero(), error[0]);
    case VK_SQUARE:
    case VK_CUBE:
      return huge0 ? huge() : settled(v, error[0]);
    case VK_EXP:
      result = huge0 ? (x[0] > zero() ? huge() : splat<V>(least)) : zero();
      break;
    case kernelExponentialMinusOne:
      result = huge0 ? (x[0] > zero() ? huge() : zero()) : settled(v, error[0] + error[0]);
      break;
    case VK_COSH:
      result = huge0 ? huge() : zero();
      break;
    case VK_COS:
    case VK_ERFC:
    case VK_SINC:
      result = huge0 ? doubtful() : zero();
      break;
    case VK_SIN:
    case VK_TAN:
    case VK_ASIN:
    case VK_SINH:
    case VK_ASINH:
    case VK_ATANH:
    case VK_LOG1P:
      result = huge0 ? doubtful() : settled(v, error[0] + error[0]);
      break;
    case VK_ATAN:
    case VK_TANH:
    case VK_ERF:
      result = huge0 ? zero() : settled(v, error[0] + error[0]);
      break;
    case VK_FEATURE:
      return error[0];
    case VK_IF_ELSE:
    case VK_CONDITION:
      result = x[0] > zero() ? error[1] : op == VK_CONDITION ? zero() : error[2];
      return ((error[0] == zero()) & (x[0] == x[0])) ? result : doubtful();
    default:
      return doubtful();
    }
    return certain ? result : doubtful();
  }

  // The error of a node, and whether that of all its arguments is none.
  static VK_MEMBER V next(int op, V v, const V *x, const V *error, int arity, Mask *isOrigin) {
    Mask exact = error[0] == zero();
    for (int j = 1; j < arity; j++) exact &= error[j] == zero();
    *isOrigin = exact;
    const V first = origin(op, v, x, arity);
    return any(~exact) ? (exact ? first : follow(op, v, x, error)) : first;
  }
};
