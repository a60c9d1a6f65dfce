// Runs programs over any number of rows: wide tiles, then narrow ones for what is left.

template <class T> struct Evaluation {
  using Wide = WideMachine<T>;
  using Narrow = NarrowMachine<T>;

  // A tile that would read beyond the padding starts earlier, and its surplus rows are thrown away.
  template <class M>
  static void shifted(const vk_instruction *program, const T *const *columns, size_t row, size_t padded, T *out,
                      T *saved) {
    const size_t start = padded - M::tile;
    T *values = saved;
    M::run(program, columns, start, padded, values, saved + M::tile);
    const size_t skipped = row - start;
    __builtin_memcpy(out, values + skipped, (M::tile - skipped) * sizeof(T));
  }

  // Runs whole tiles from `row` on while more than `least` rows are left and a tile fits.
  template <class M>
  static VK_MEMBER void tiles(const vk_instruction *program, const T *const *columns, size_t &row, size_t end,
                              size_t padded, size_t least, T *&out, T *saved) {
    if (end - row <= least) return;
    size_t count = (end - row - least + M::tile - 1) / M::tile;
    const bool beyond = row + count * M::tile > padded;
    count -= beyond;
    if (count) M::run(program, columns, row, row + count * M::tile, out, saved);
    row += count * M::tile;
    out += count * M::tile;
    if (!beyond) return;
    shifted<M>(program, columns, row, padded, out, saved);
    row = end;
  }

  static VK_MEMBER void run(const vk_instruction *program, const T *const *columns, size_t row, size_t rows,
                            T *out, T *saved) {
    const size_t end = row + rows;
    const size_t padded = (end + VK_ROW_PADDING - 1) / VK_ROW_PADDING * VK_ROW_PADDING;
    tiles<Wide>(program, columns, row, end, padded, 2 * Narrow::tile, out, saved);
    if (row < end) tiles<Narrow>(program, columns, row, end, padded, 0, out, saved);
  }
};

static void evaluate64(const vk_instruction *program, int32_t, const double *const *columns, size_t first_row,
                       size_t rows, double *out, void *scratch) {
  Evaluation<double>::run(program, columns, first_row, rows, out, (double *)scratch);
}
static void evaluate32(const vk_instruction *program, int32_t, const float *const *columns, size_t first_row,
                       size_t rows, float *out, void *scratch) {
  Evaluation<float>::run(program, columns, first_row, rows, out, (float *)scratch);
}
