// Two steps of a program in one loop. An operand's mask is 0 for a constant, of which one vector is read
// again and again, and all ones for values.

template <class T> struct FusedLoops {
  using V = typename VectorOf<T>::Type;
  static constexpr size_t lanes = VK_BYTES / sizeof(T);

  using Step = void (*)(const T *x, const T *y, const T *z, const size_t *masks, T *r, size_t rows);

  template <int op, bool swapped> static VK_MEMBER V combine(V a, V b) {
    return swapped ? binary<op>(b, a) : binary<op>(a, b);
  }

  template <int function, int inner, int count>
  static VK_MEMBER void functionsOfBinary(const T *x, const T *y, size_t i, size_t mx, size_t my, T *r) {
    V a[count], b[count];
    for (int k = 0; k < count; k++) {
      const size_t j = i + k * lanes;
      a[k] = binary<inner>(load<V>(x + (j & mx)), load<V>(y + (j & my)));
    }
    unaries<function, count>(a, b);
    for (int k = 0; k < count; k++) store<V>(r + i + k * lanes, b[k]);
  }
  template <int function, int inner>
  static void functionOfBinary(const T *x, const T *y, const T *, const size_t *masks, T *r, size_t rows) {
    const size_t mx = masks[0], my = masks[1];
    size_t i = 0;
#pragma clang loop unroll(disable)
    for (; i + functionGroup * lanes <= rows; i += functionGroup * lanes)
      functionsOfBinary<function, inner, functionGroup>(x, y, i, mx, my, r);
#pragma clang loop unroll(disable)
    for (; i < rows; i += lanes) functionsOfBinary<function, inner, 1>(x, y, i, mx, my, r);
  }

  template <int inner, int outer, bool swapped>
  static void binaryOfBinary(const T *x, const T *y, const T *z, const size_t *masks, T *r, size_t rows) {
    const size_t mx = masks[0], my = masks[1], mz = masks[2];
#pragma clang loop unroll_count(4)
    for (size_t i = 0; i < rows; i += lanes)
      store<V>(r + i, combine<outer, swapped>(binary<inner>(load<V>(x + (i & mx)), load<V>(y + (i & my))),
                                              load<V>(z + (i & mz))));
  }

  template <int function, int outer, bool swapped, int count>
  static VK_MEMBER void binariesOfFunction(const T *x, const T *z, size_t i, size_t mz, T *r) {
    V a[count], b[count];
    for (int k = 0; k < count; k++) a[k] = load<V>(x + i + k * lanes);
    unaries<function, count>(a, b);
    for (int k = 0; k < count; k++) {
      const size_t j = i + k * lanes;
      store<V>(r + j, combine<outer, swapped>(b[k], load<V>(z + (j & mz))));
    }
  }
  template <int function, int outer, bool swapped>
  static void binaryOfFunction(const T *x, const T *, const T *z, const size_t *masks, T *r, size_t rows) {
    const size_t mz = masks[2];
    size_t i = 0;
#pragma clang loop unroll(disable)
    for (; i + functionGroup * lanes <= rows; i += functionGroup * lanes)
      binariesOfFunction<function, outer, swapped, functionGroup>(x, z, i, mz, r);
#pragma clang loop unroll(disable)
    for (; i < rows; i += lanes) binariesOfFunction<function, outer, swapped, 1>(x, z, i, mz, r);
  }

  template <int kernel> static constexpr Step stepFor() {
    if constexpr (kernel < kernelsBinaryOfBinary) {
      constexpr int k = kernel - kernelsFunctionOfBinary;
      return functionOfBinary<fusedFunctionCodes[k / 4], VK_ADD + k % 4>;
    } else if constexpr (kernel < kernelsBinaryOfFunction) {
      constexpr int k = kernel - kernelsBinaryOfBinary;
      // What commutes needs no second version.
      constexpr bool swapped = k % 2 && (k / 2 % 4 == 1 || k / 2 % 4 == 3);
      return binaryOfBinary<VK_ADD + k / 8, VK_ADD + k / 2 % 4, swapped>;
    } else {
      constexpr int k = kernel - kernelsBinaryOfFunction;
      constexpr bool swapped = k % 2 && (k / 2 % 4 == 1 || k / 2 % 4 == 3);
      return binaryOfFunction<fusedFunctionCodes[k / 8], VK_ADD + k / 2 % 4, swapped>;
    }
  }
  template <class Sequence> struct Table;
  template <int... k> struct Table<Codes<k...>> {
    static constexpr Step steps[] = {stepFor<kernelsFused + k>()...};
  };
  using All = Table<CodesUpTo<kernelCount - kernelsFused>>;
};
