// Steps of the accumulator machine that are not worth a copy for each register: operators that cost much more than a
// store and a load of the accumulator, or are rare. They find it at `saved`, leave their result there, and loop
// over vectors.

template <class T, int registers> struct InMemorySteps {
  using V = typename VectorOf<T>::Type;
  static constexpr int lanes = VK_BYTES / sizeof(T);
  static constexpr size_t tile = (size_t)registers * lanes;

  // Does one step on rows `row ..< row + tile`. Returns where the result is, at or below `saved`, which is also
  // where the next value may be saved.
  using Step = T *(*)(const vk_instruction *ip, const T *const *columns, size_t row, T *saved);

  template <int op>
  static T *unaryStep(const vk_instruction *, const T *const *, size_t, T *saved) {
#pragma clang loop unroll(disable)
    for (int i = 0; i < registers; i++) store<V>(saved + i * lanes, unary<op>(load<V>(saved + i * lanes)));
    return saved;
  }

  // Address of an operand; constants are spread over `buffer`.
  static VK_MEMBER const T *operand(uint16_t kind, const T *computed, const T *const *columns, uint16_t feature,
                                    size_t row, double constant, T *buffer) {
    if (kind == operandComputed) return computed;
    if (kind == operandFeature) return columns[feature] + row;
    for (int i = 0; i < registers; i++) store<V>(buffer + i * lanes, splat<V>(constant));
    return buffer;
  }

  template <int op>
  static T *binaryStep(const vk_instruction *ip, const T *const *columns, size_t row, T *saved) {
    // For each mode the kinds of its operands.
    static constexpr uint8_t left[modeCount] = {2, 1, 2, 0, 2, 1, 1, 0, 1, 1, 0};
    static constexpr uint8_t right[modeCount] = {1, 2, 0, 2, 2, 1, 0, 1, 1, 0, 1};
    const uint16_t mode = ip->mode;
    T *buffer = saved + 2 * tile, *result = saved;
    if (mode >= saveFF) result += tile;
    if (mode == modeSA) result -= tile;
    const T *x = operand(left[mode], result, columns, ip->first, row, ip->value, buffer);
    const T *y = operand(right[mode], saved, columns, ip->second, row, ip->value, buffer);
#pragma clang loop unroll(disable)
    for (int i = 0; i < registers; i++)
      store<V>(result + i * lanes, binary<op>(load<V>(x + i * lanes), load<V>(y + i * lanes)));
    return result;
  }

  // Three instructions long: each holds the column and the constant of one operand.
  template <int op>
  static T *ternaryStep(const vk_instruction *ip, const T *const *columns, size_t row, T *saved) {
    const uint16_t mode = ip->mode;
    T *buffer = saved + 2 * tile, *result = saved + tile;
    const T *operands[3];
    // The last computed operand is the accumulator, the ones before it were saved below.
    const T *computed = saved;
    for (int j = 2; j >= 0; j--) {
      const uint16_t kind = (mode >> (2 * j)) & 3;
      operands[j] = operand(kind, computed, columns, ip[j].first, row, ip[j].value, buffer + j * tile);
      if (kind == operandComputed) {
        computed -= tile;
        result -= tile;
      }
    }
    // Nothing is computed: the accumulator stays where it is when it is needed later, else is written over.
    if (result > saved && !(mode & ternarySaves)) result -= tile;
#pragma clang loop unroll(disable)
    for (int i = 0; i < registers; i++)
      store<V>(result + i * lanes, ternary<op>(load<V>(operands[0] + i * lanes), load<V>(operands[1] + i * lanes),
                                               load<V>(operands[2] + i * lanes)));
    return result;
  }

  template <int code> static constexpr Step stepFor() {
    if constexpr (code >= VK_CLAMP && code <= VK_IF_ELSE) return ternaryStep<code>;
    else if constexpr (code >= VK_NEGATE && code <= VK_CEIL) return unaryStep<code>;
    else if constexpr (code >= VK_POWER && code <= VK_LOGICAL_AND) return binaryStep<code>;
    else return nullptr;
  }
  template <class Sequence> struct Table;
  template <int... code> struct Table<Codes<code...>> {
    static constexpr Step steps[] = {stepFor<code>()...};
  };

  static VK_MEMBER T *run(const vk_instruction *ip, const T *const *columns, size_t row, T *saved) {
    return Table<CodesUpTo<VK_IF_ELSE + 1>>::steps[ip->opcode](ip, columns, row, saved);
  }
};
