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

// Follows one row through an expression and decides whether its value stands.
//
// Of every node it keeps how far the computed value may be from the exact one, because something underflowed
// below: a power of two, `exact` where nothing did (rounding apart), `huge` where the value is infinite and
// the exact one merely large. An underflow next to something large is forgotten; one that is divided by, or
// whose logarithm is taken, makes the row `doubtful`. So the value of 1 + exp(-800) stands, as does that of
// x / (exp(800) - 1), but not that of log(exp(-800)).
template <class T> struct RangeWalk {
  enum : int32_t { exact = INT32_MIN, huge = INT32_MAX, doubtful = INT32_MAX - 1 };
  // Results smaller than that may have been rounded as subnormal numbers.
  static constexpr double tiny = sizeof(T) == 8 ? 0x1p-1000 : 0x1p-120;
  static constexpr int32_t underflow = sizeof(T) == 8 ? -1074 : -149;
  // Most of an error that is still followed, and the exponent of what infinity may stand for.
  static constexpr int32_t largestError = sizeof(T) == 8 ? -500 : -60, least = sizeof(T) == 8 ? 1000 : 120;
  static constexpr int32_t digits = sizeof(T) == 8 ? 54 : 25, headroom = sizeof(T) == 8 ? 60 : 20;

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

  static int32_t exponentOf(double v) {
    uint64_t word;
    __builtin_memcpy(&word, &v, sizeof word);
    return (int32_t)(word >> 52 & 0x7ff) - 1023;
  }

  // The error of a value v that an underflow may have changed by 2^error.
  static int32_t settled(double v, int32_t error) {
    if (error < underflow) error = underflow;
    if (exponentOf(v) - error > digits) return exact;
    return error > largestError ? doubtful : error;
  }

  // A node all of whose arguments are exact.
  static int32_t origin(int op, double v, const double *x, int arity) {
    if (v != v) return exact;
    bool isZero = false;
    for (int j = 0; j < arity; j++) {
      // Infinite although exact: a pole, and whatever comes of it.
      if (fabs(x[j]) == __builtin_inf()) return exact;
      isZero |= x[j] == 0;
    }
    if (fabs(v) == __builtin_inf()) {
      const bool pole = op == VK_DIVIDE ? x[1] == 0 : !originates(op) || (isZero && op != VK_FMA);
      return op == VK_ADD || op == VK_SUBTRACT ? huge : pole ? exact : huge;
    }
    if (op == VK_FMA || op == VK_MULADD) {
      if (isZero && (x[0] == 0 || x[1] == 0)) return exact;
      return fabs(x[0] * x[1]) < tiny ? settled(v, underflow) : exact;
    }
    if (!vanishes(op) || !(fabs(v) < tiny)) return exact;
    // Nothing was lost where zero is what there was.
    return isZero && v == 0 && op != VK_GAMMA ? exact : underflow;
  }

  static int32_t product(double v, const double *x, const int32_t *error) {
    for (int j = 0; j < 2; j++) {
      const int32_t other = error[1 - j];
      if (error[j] != huge) continue;
      return other == exact && fabs(x[1 - j]) >= 1 && fabs(v) == __builtin_inf() ? huge : doubtful;
    }
    if (error[0] != exact && error[1] != exact) return settled(v, error[0] + error[1] + 2 * digits);
    const int j = error[0] == exact;
    if (!(fabs(x[1 - j]) < __builtin_inf())) return doubtful;
    return settled(v, error[j] + exponentOf(x[1 - j]) + 1);
  }

  static int32_t quotient(double v, double x, double y, int32_t xError, int32_t yError) {
    if (yError == huge) {
      const bool small = xError == exact && exponentOf(x) < headroom;
      return small ? settled(v, headroom - least) : doubtful;
    }
    if (yError != exact || xError == huge || y == 0) return doubtful;
    return settled(v, xError - exponentOf(y) + 1);
  }

  static int32_t sum(double v, const double *x, const int32_t *error) {
    for (int j = 0; j < 2; j++)
      if (error[j] == huge)
        return error[1 - j] != huge && exponentOf(x[1 - j]) < least - 10 ? huge : doubtful;
    return settled(v, (error[0] > error[1] ? error[0] : error[1]) + 1);
  }

  // A node with an argument that is not exact.
  static int32_t follow(int op, double v, const double *x, const int32_t *error) {
    const bool isHuge = error[0] == huge;
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
      return quotient(v, 1, x[0], exact, error[0]);
    case VK_SQUARE:
    case VK_CUBE:
      return isHuge ? huge : settled(v, error[0]);
    case VK_EXP:
      if (isHuge) return x[0] > 0 ? huge : underflow;
      return exact;
    case kernelExponentialMinusOne:
      if (isHuge) return x[0] > 0 ? huge : exact;
      return settled(v, error[0] + 1);
    case VK_COS:
    case VK_COSH:
    case VK_ERFC:
    case VK_SINC:
      return isHuge ? (op == VK_COSH ? huge : doubtful) : exact;
    case VK_SIN:
    case VK_TAN:
    case VK_ASIN:
    case VK_SINH:
    case VK_ASINH:
    case VK_ATANH:
    case VK_LOG1P:
      return isHuge ? doubtful : settled(v, error[0] + 1);
    case VK_ATAN:
    case VK_TANH:
    case VK_ERF:
      return isHuge ? exact : settled(v, error[0] + 1);
    case VK_IF_ELSE:
    case VK_CONDITION:
      if (error[0] != exact || x[0] != x[0]) return doubtful;
      return x[0] > 0 ? error[1] : op == VK_CONDITION ? exact : error[2];
    default:
      return doubtful;
    }
  }
};
