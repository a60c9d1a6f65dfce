// Runs programs: a tile of rows at a time, each step a loop over the tile.

template <class T> struct Evaluation {
  static constexpr size_t tile = programTile<T>, stride = slotStride<T>, lanes = Loops<T>::lanes;
  using Table = typename Loops<T>::All;

  // What the steps of one tile share.
  struct Frame {
    const T *const *columns;
    size_t row;
    size_t rows;
    T *slots;
    T *constants;  // room for three tiles
  };

  // Address of operand `number`. Which of column and slot it is cannot be predicted, so both are computed.
  static VK_MEMBER const T *operand(const Frame &f, uint8_t kinds, uint16_t index, double value, int number) {
    const unsigned kind = (kinds >> (2 * number)) & 3;
    if (__builtin_expect(kind == kindConstant, 0)) {
      T *spread = f.constants + number * stride;
      for (size_t i = 0; i < f.rows; i += lanes) Loops<T>::put(spread + i, value);
      return spread;
    }
    const uintptr_t isColumn = -(uintptr_t)(kind == kindColumn);
    const uintptr_t column = (uintptr_t)(f.columns[index & isColumn] + f.row);
    const uintptr_t slot = (uintptr_t)(f.slots + index * stride);
    return (const T *)((column & isColumn) | (slot & ~isColumn));
  }

  // The same for fused kernels: of a constant one vector, and a mask that keeps the kernel reading that
  // vector.
  static VK_MEMBER const T *masked(const Frame &f, uint8_t kinds, uint16_t index, double value, int number,
                                   size_t *masks) {
    const unsigned kind = (kinds >> (2 * number)) & 3;
    T *spread = f.constants + number * stride;
    Loops<T>::put(spread, value);
    const uintptr_t isColumn = -(uintptr_t)(kind == kindColumn), isSlot = -(uintptr_t)(kind == kindSlot);
    const uintptr_t column = (uintptr_t)(f.columns[index & isColumn] + f.row);
    const uintptr_t slot = (uintptr_t)(f.slots + index * stride);
    masks[number] = isColumn | isSlot;
    return (const T *)((column & isColumn) | (slot & isSlot) | ((uintptr_t)spread & ~(isColumn | isSlot)));
  }

  // One tile; the last step writes to `out`.
  static void runTile(const vk_instruction *program, const vk_instruction *end, const Frame &f, T *out) {
    for (const vk_instruction *ip = program; ip < end; ip++) {
      const vk_instruction &step = *ip;
      const unsigned kernel = step.kernel;
      const T *x, *y = nullptr, *z = nullptr;
      T value = (T)step.value;
      if (kernel >= kernelsFused) {
        size_t masks[3];
        x = masked(f, step.kinds, step.first, step.value, 0, masks);
        y = masked(f, step.kinds, step.second, step.value, 1, masks);
        z = masked(f, step.kinds, ip[1].first, ip[1].value, 2, masks);
        ip++;
        T *r = ip + 1 == end ? out : f.slots + step.result * stride;
        FusedLoops<T>::All::steps[kernel - kernelsFused](x, y, z, masks, r, f.rows);
        continue;
      }
      if (kernel >= kernelsWithConstant) {
        // One operand is a constant, which the kernel keeps in a register.
        const bool constantLeft = (kernel - kernelsWithConstant) & 1;
        const uint16_t index = constantLeft ? step.second : step.first;
        x = operand(f, constantLeft ? step.kinds >> 2 : step.kinds, index, 0, 0);
        y = &value;
      } else if (kernel <= VK_FEATURE) {
        x = kernel == VK_CONSTANT ? &value : f.columns[step.first] + f.row;
      } else {
        x = operand(f, step.kinds, step.first, step.value, 0);
        if (!Loops<T>::isUnary(kernel)) y = operand(f, step.kinds, step.second, step.value, 1);
        if (Loops<T>::isTernary(kernel)) {
          // The following instructions hold the constants of the second and the column of the third operand.
          y = operand(f, step.kinds, step.second, ip[1].value, 1);
          z = operand(f, step.kinds, ip[1].first, ip[2].value, 2);
          ip += 2;
        }
      }
      T *r = ip + 1 == end ? out : f.slots + step.result * stride;
      Table::forwards[kernel](x, y, z, r, f.rows);
    }
  }

  static void run(const vk_instruction *program, int32_t count, const T *const *columns, size_t row,
                  size_t rows, T *out, T *slots) {
    const size_t end = row + rows;
    const size_t padded = (end + VK_ROW_PADDING - 1) / VK_ROW_PADDING * VK_ROW_PADDING;
    Frame f{columns, row, 0, slots + 3 * stride, slots};
    for (; f.row < end; f.row += tile, out += tile) {
      const size_t n = end - f.row < tile ? end - f.row : tile;
      f.rows = (n + lanes - 1) / lanes * lanes;
      if (__builtin_expect(f.row + f.rows > padded, 0)) {
        // The last vector would be read from beyond the padding: it starts earlier, over rows done already
        // or, when there are none, unasked for.
        const size_t whole = n / lanes * lanes;
        if (whole) {
          f.rows = whole;
          runTile(program, program + count, f, out);
        }
        const size_t back = f.row + whole + lanes - padded;
        Frame last{columns, f.row + whole - back, lanes, f.slots, slots};
        T values[lanes];
        runTile(program, program + count, last, values);
        __builtin_memcpy(out + whole, values + back, (n - whole) * sizeof(T));
        return;
      }
      runTile(program, program + count, f, out);
    }
  }
};

template <class T>
static void evaluate(const vk_instruction *program, int32_t count, const T *const *columns, size_t first_row,
                     size_t rows, int64_t *rescues, T *out, void *scratch) {
  clearRangeFlags();
  Evaluation<T>::run(program, count, columns, first_row, rows, out, (T *)scratch);
  if (__builtin_expect(rangeWasLeft() | foldsBeyondRange(program, count), 0))
    rescueValues(program, count, columns, first_row, rows, out, scratch, true, rescues != nullptr, rescues);
}
