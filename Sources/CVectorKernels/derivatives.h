// Values and derivatives of an expression, with a look at each tile for what overflow has spoilt.

// Whether a tile must be looked at, from one tile to the next.
template <class T> struct RangeCheck {
  bool strictly;  // also values so small that their digits do not matter
  bool early;     // nothing matters any more once a value is not finite
  int64_t *budget;  // rows that may be evaluated again; null for any number
  bool always = false;
  bool ended = false;

  // After both sweeps.
  VK_MEMBER void tile(Sweeps<T> &sweeps, const vk_node *nodes, const T *const *columns, size_t row,
                      size_t rows, const int32_t *targets, int32_t k) {
    if (__builtin_expect(rangeWasLeft() | always, 0)) look(sweeps, nodes, columns, row, rows, targets, k);
  }

  __attribute__((noinline, cold)) void look(Sweeps<T> &sweeps, const vk_node *nodes, const T *const *columns,
                                            size_t row, size_t rows, const int32_t *targets, int32_t k) {
    if (ended) return;
    Rescue<T> rescue(sweeps, nodes, columns, sweeps.extra, budget);
    always = always || rescue.constantsLeaveRange();
    ended = !rescue.derivatives(row, rows, targets, k, strictly, early);
  }
};

template <class T>
static int32_t jacobianOf(const vk_node *nodes, int32_t count, const int32_t *targets, int32_t targetCount,
                          const T *const *columns, size_t row, size_t rows, T *values, T *jacobian,
                          size_t stride, void *scratch) {
  using V = typename VectorOf<T>::Type;
  Sweeps<T> sweeps;
  if (!sweeps.prepare(nodes, count, targets, targetCount, scratch)) return 0;
  RangeCheck<T> check{true, false, nullptr};
  for (size_t done = 0; done < rows; done += sweeps.tile) {
    const size_t n = rows - done < sweeps.tile ? rows - done : sweeps.tile;
    clearRangeFlags();
    sweeps.forward(columns, row + done, n, done == 0);
    sweeps.reverse(n);
    check.tile(sweeps, nodes, columns, row + done, n, targets, targetCount);
    const T *v = sweeps.records[count - 1].values;
    for (size_t i = 0; i < n; i += sweeps.lanes) store<V>(values + done + i, load<V>(v + i));
    for (int32_t t = 0; t < targetCount; t++) {
      const auto &r = sweeps.records[targets[t]];
      T *out = jacobian + t * stride + done;
      for (size_t i = 0; i < n; i += sweeps.lanes) {
        const V a = load<V>(r.adjoint + i);
        store<V>(out + i, r.negative ? -a : a);
      }
    }
  }
  return 1;
}
