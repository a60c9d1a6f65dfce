// Operators and their partial derivatives as loops over tiles in memory, in tables by operator code.

template <class T> struct Loops {
  using V = typename VectorOf<T>::Type;
  static constexpr size_t lanes = VK_BYTES / sizeof(T);

  // r = op(x, y, z) on whole vectors up to `rows`; operators of fewer arguments ignore the others.
  using Forward = void (*)(const T *x, const T *y, const T *z, T *r, size_t rows);
  // r = adjoint * (partial derivative of op with respect to one argument); v is the operator's value.
  using Reverse = void (*)(const T *x, const T *y, const T *z, const T *v, const T *adjoint, T *r,
                           size_t rows);

  static constexpr bool isUnary(int op) { return op >= VK_NEGATE && op <= kernelExponentialMinusOne; }
  static constexpr bool isBinary(int op) { return op >= VK_ADD && op <= VK_LOGICAL_AND; }
  static constexpr bool isTernary(int op) { return op >= VK_CLAMP && op <= VK_IF_ELSE; }

  static VK_MEMBER void put(T *p, double x) { store<V>(p, splat<V>(x)); }

  template <int op> static void forward(const T *x, const T *y, const T *z, T *r, size_t rows) {
    if constexpr (isUnary(op)) return function<op>(x, r, rows);
#pragma clang loop unroll_count(4)
    for (size_t i = 0; i < rows; i += lanes) {
      if constexpr (isBinary(op)) store<V>(r + i, binary<op>(load<V>(x + i), load<V>(y + i)));
      else if constexpr (isTernary(op))
        store<V>(r + i, ternary<op>(load<V>(x + i), load<V>(y + i), load<V>(z + i)));
      else if constexpr (op == VK_CONSTANT) put(r + i, *x);
      else store<V>(r + i, load<V>(x + i));
    }
  }

  template <int op, int count> static VK_MEMBER void functions(const T *x, T *r) {
    V a[count], b[count];
    for (int k = 0; k < count; k++) a[k] = load<V>(x + k * lanes);
    unaries<op, count>(a, b);
    for (int k = 0; k < count; k++) store<V>(r + k * lanes, b[k]);
  }
  template <int op> static VK_MEMBER void function(const T *x, T *r, size_t rows) {
    size_t i = 0;
#pragma clang loop unroll(disable)
    for (; i + functionGroup * lanes <= rows; i += functionGroup * lanes)
      functions<op, functionGroup>(x + i, r + i);
#pragma clang loop unroll(disable)
    for (; i < rows; i += lanes) functions<op, 1>(x + i, r + i);
  }

  // op(x, c) or, the other way round, op(c, x), with the constant at y.
  template <int op, bool left>
  static void withConstant(const T *x, const T *y, const T *, T *r, size_t rows) {
    const V c = splat<V>(*y);
#pragma clang loop unroll_count(4)
    for (size_t i = 0; i < rows; i += lanes) {
      const V v = load<V>(x + i);
      store<V>(r + i, left ? binary<op>(c, v) : binary<op>(v, c));
    }
  }

  template <int op, int argument>
  static void reverse(const T *x, const T *y, const T *z, const T *v, const T *adjoint, T *r, size_t rows) {
#pragma clang loop unroll_count(2)
    for (size_t i = 0; i < rows; i += lanes) {
      V p;
      if constexpr (isUnary(op)) p = unaryPartial<op>(load<V>(x + i), load<V>(v + i));
      else if constexpr (isBinary(op))
        p = binaryPartial<op, argument>(load<V>(x + i), load<V>(y + i), load<V>(v + i));
      else p = ternaryPartial<op, argument>(load<V>(x + i), load<V>(y + i), load<V>(z + i));
      const V a = load<V>(adjoint + i);
      if constexpr (isSelection(op)) {
        // An infinite adjoint must not turn the branch not taken into NaN.
        store<V>(r + i, p == splat<V>(0) ? p : a * p);
      } else {
        store<V>(r + i, a * p);
      }
    }
  }

  static constexpr bool isSelection(int op) {
    return op == VK_MAXIMUM || op == VK_MINIMUM || op == VK_CONDITION || op == VK_RELU || op == VK_CLAMP ||
           op == VK_MAXIMUM3 || op == VK_MINIMUM3 || op == VK_IF_ELSE;
  }

  template <int op> static constexpr Forward forwardFor() {
    if constexpr (op >= kernelsWithConstant)
      return withConstant<VK_ADD + (op - kernelsWithConstant) / 2, (op - kernelsWithConstant) % 2 == 1>;
    else if constexpr (op <= VK_FEATURE || isUnary(op) || isBinary(op) || isTernary(op)) return forward<op>;
    else return nullptr;
  }
  template <int op, int argument> static constexpr Reverse reverseFor() {
    if constexpr (op >= kernelsWithConstant) return nullptr;
    else if constexpr (isTernary(op) || (isBinary(op) && argument < 2) || (isUnary(op) && argument < 1))
      return reverse<op, argument>;
    else return nullptr;
  }
  template <class Sequence> struct Tables;
  template <int... op> struct Tables<Codes<op...>> {
    static constexpr Forward forwards[] = {forwardFor<op>()...};
    static constexpr Reverse reverses[][3] = {
      {reverseFor<op, 0>(), reverseFor<op, 1>(), reverseFor<op, 2>()}...};
  };
  using All = Tables<CodesUpTo<kernelsFused>>;
};
