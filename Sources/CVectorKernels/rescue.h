// Evaluates again, in numbers of any magnitude, the rows of a tile that overflow or underflow has spoilt.

// Memory for one row, after what the caller uses itself.
struct RescueMemory {
  Link *links;
  ExtendedNumber *values, *adjoints;
  void *rest;

  RescueMemory(const vk_node *nodes, int32_t count, void *memory) {
    uintptr_t next = ((uintptr_t)memory + 63) / 64 * 64;
    values = (ExtendedNumber *)next;
    adjoints = values + count;
    links = (Link *)(adjoints + count);
    rest = (void *)(((uintptr_t)(links + count) + 63) / 64 * 64);
    linkNodes(nodes, count, links, (int32_t *)rest);
  }
};

template <class T> struct Rescue {
  using V = typename VectorOf<T>::Type;
  using Walk = RangeWalk<T>;
  using Mask = IntegerOf<V>;
  static constexpr size_t lanes = laneCount<V>;

  Sweeps<T> &sweeps;
  const T *const *columns;
  RescueMemory memory;
  V *errors;
  // How many rows may be evaluated again; null for any number.
  int64_t *budget;
  Rescue(Sweeps<T> &sweeps, const vk_node *nodes, const T *const *columns, void *extra, int64_t *budget)
    : sweeps(sweeps), columns(columns), memory(nodes, sweeps.count, extra), errors((V *)memory.rest),
      budget(budget) {
    for (int32_t i = 0; i < sweeps.count; i++) memory.links[i].active = sweeps.records[i].active;
  }

  // Marks the rows in which some operator left the range of normal numbers.
  bool mark(size_t rows, Mask *marks) {
    for (size_t i = 0; i * lanes < rows; i++) marks[i] = Mask{};
    const V top = splat<V>(sizeof(T) == 8 ? 0x1.fffffffffffffp1023 : 0x1.fffffep127);
    Mask all = {};
    for (int32_t i = 0; i < sweeps.count; i++) {
      auto &r = sweeps.records[i];
      r.marked = false;
      errors[i] = V{};
      if (r.arity == 0 || r.form == formUnused) continue;
      // Sums are zero because they cancel.
      const V low = splat<V>(Walk::vanishes(r.opcode) ? Walk::tiny : 0);
      Mask some = {};
      for (size_t k = 0; k * lanes < rows; k++) {
        const V a = absolute(load<V>(r.values + k * lanes));
        const Mask out = ~((a >= low) & (a <= top));
        marks[k] |= out;
        some |= out;
      }
      all |= some;
      r.marked = any(some);
      for (int j = 0; j < r.arity; j++) r.marked |= sweeps.records[r.child[j]].marked;
      if (r.form != formPlain) r.marked |= sweeps.records[r.argument].marked;
    }
    return any(all);
  }

  // Whether a subtree of constants left the range: that is computed, and flagged, with the first tile only.
  bool constantsLeaveRange() const {
    bool result = false;
    for (int32_t i = 0; i < sweeps.count; i++) {
      const auto &r = sweeps.records[i];
      const double a = fabs((double)r.values[0]);
      if (r.constant && r.arity && r.form != formUnused) result |= !(a >= Walk::tiny && a < __builtin_inf());
    }
    return result;
  }

  // Which values of one vector of rows do not stand; `strictly` also asks for all digits where they are tiny.
  Mask fallen(size_t row, bool strictly) {
    Mask isOrigin = {};
    if (!sweeps.records[sweeps.count - 1].marked) return isOrigin;
    for (int32_t i = 0; i < sweeps.count; i++) {
      const auto &r = sweeps.records[i];
      if (!r.marked) continue;
      V x[3], error[3];
      const int arity = r.form == formPlain ? r.arity : 1;
      for (int j = 0; j < arity; j++) {
        const int32_t child = r.form == formPlain ? r.child[j] : r.argument;
        x[j] = load<V>(sweeps.records[child].values + row);
        error[j] = errors[child];
      }
      const V v = load<V>(r.values + row);
      errors[i] = Walk::next(operatorOf(r.form, r.opcode), v, x, error, arity, &isOrigin);
    }
    // What was too large or too small only in the end, or is zero to all digits, is right as it is.
    const V last = errors[sweeps.count - 1];
    const V limit = splat<V>(strictly ? Walk::underflow / 4 : Walk::most);
    return ~(isOrigin | (last <= limit) | Walk::isHuge(last));
  }

  // Takes the marked rows from the budget; the first of them if there are too many, else -1.
  int64_t overdrawn(const Mask *marks, size_t rows) {
    if (!budget) return -1;
    int64_t first = -1;
    for (size_t i = 0; i < rows; i++) {
      if (!marks[i / lanes][i % lanes]) continue;
      if (first < 0) first = (int64_t)i;
      --*budget;
    }
    return *budget < 0 ? first : -1;
  }

  T evaluate(size_t row) {
    const RowSource source{(const void *const *)columns, sizeof(T) == 4, row};
    extendedValues(memory.links, sweeps.count, source, memory.values);
    return (T)memory.values[sweeps.count - 1].rounded();
  }

  // The rows in which the derivative by some inner node has vanished, though what comes below may be large.
  Mask vanishedAdjoints(size_t row) {
    const V tiny = splat<V>(Walk::tiny), large = splat<V>(sizeof(T) == 8 ? 0x1p100 : 0x1p30);
    Mask vanished = {}, isLarge = {};
    for (int32_t i = 0; i < sweeps.count; i++) {
      const auto &r = sweeps.records[i];
      if (!r.active || r.arity == 0 || r.form == formUnused) continue;
      vanished |= absolute(load<V>(r.adjoint + row)) < tiny;
      isLarge |= absolute(load<V>(r.values + row)) > large;
    }
    return vanished & isLarge;
  }

  // Values `out` of the tile that `sweeps` has just been through, which begins at `row`. With `early` false
  // as soon as a row is not finite, the others being left as they are.
  bool values(size_t row, size_t rows, T *out, bool strictly, bool early) {
    Mask marks[Sweeps<T>::tile / lanes];
    if (!mark(rows, marks)) return true;
    for (size_t i = 0; i < rows; i += lanes)
      if (any(marks[i / lanes])) marks[i / lanes] &= fallen(i, strictly);
    const int64_t first = overdrawn(marks, rows);
    if (first >= 0) {
      out[first] = (T)__builtin_nan("");
      return false;
    }
    for (size_t i = 0; i < rows; i++) {
      if (!marks[i / lanes][i % lanes]) continue;
      out[i] = evaluate(row + i);
      if (early && !(fabs((double)out[i]) < __builtin_inf())) return false;
    }
    return true;
  }

  // The same for values and derivatives, in the buffers of `sweeps`.
  bool derivatives(size_t row, size_t rows, const int32_t *targets, int32_t k, bool strictly, bool early) {
    auto &root = sweeps.records[sweeps.count - 1];
    if (root.arity == 0) return true;
    Mask marks[Sweeps<T>::tile / lanes];
    mark(rows, marks);
    const V top = splat<V>(sizeof(T) == 8 ? 0x1.fffffffffffffp1023 : 0x1.fffffep127);
    Mask all = {}, singular[Sweeps<T>::tile / lanes];
    for (size_t i = 0; i * lanes < rows; i++) {
      if (any(marks[i])) marks[i] &= fallen(i * lanes, strictly);
      singular[i] = vanishedAdjoints(i * lanes);
      for (int32_t t = 0; t < k; t++)
        singular[i] |= ~(absolute(load<V>(sweeps.records[targets[t]].adjoint + i * lanes)) <= top);
      all |= singular[i] | marks[i];
    }
    if (!any(all)) return true;
    for (size_t i = 0; i * lanes < rows; i++) singular[i] |= marks[i];
    const int64_t first = overdrawn(singular, rows);
    if (first >= 0) {
      root.valueBuffer[first] = (T)__builtin_nan("");
      return false;
    }
    bool owned = false;
    for (size_t i = 0; i < rows; i++) {
      const bool isSingular = singular[i / lanes][i % lanes];
      const bool isStanding = !marks[i / lanes][i % lanes];
      if (!isSingular) continue;
      const T value = evaluate(row + i);
      if (early && !(fabs((double)value) < __builtin_inf())) return false;
      extendedAdjoints(memory.links, sweeps.count, memory.values, memory.adjoints);
      if (!owned) own(rows, targets, k);
      owned = true;
      if (!isStanding) root.valueBuffer[i] = value;
      for (int32_t t = 0; t < k; t++) {
        auto &r = sweeps.records[targets[t]];
        const T d = (T)memory.adjoints[targets[t]].rounded();
        r.adjointBuffer[i] = r.negative ? -d : d;
      }
    }
    return true;
  }

  // Moves the targets' adjoints to buffers that nothing else reads.
  void own(size_t rows, const int32_t *targets, int32_t k) {
    for (int32_t t = 0; t < k; t++) {
      auto &r = sweeps.records[targets[t]];
      if (r.adjoint == r.adjointBuffer) continue;
      for (size_t i = 0; i < rows; i += lanes) store<V>(r.adjointBuffer + i, load<V>(r.adjoint + i));
      r.adjoint = r.adjointBuffer;
    }
  }
};

// After the steps of a program stands one more instruction, and then the nodes it was made from.
VK_INLINE bool foldsBeyondRange(const vk_instruction *program, int32_t count) {
  return program[count].kernel;
}

// Values `out` of a program on some rows, after they left the range of normal numbers. With `early` returns
// as soon as a row is known not to be finite.
template <class T>
static __attribute__((noinline, cold)) void rescueValues(const vk_instruction *program, int32_t count,
                                                         const T *const *columns, size_t row, size_t rows,
                                                         T *out, void *scratch, bool strictly, bool early,
                                                         int64_t *budget) {
  const vk_node *nodes = (const vk_node *)(program + count + 1);
  const int32_t nodeCount = (int32_t)program[count].value;
  void *memory = (char *)scratch + 4352 * ((size_t)nodeCount / 2 + 8);
  if (nodeCount == 1) return;
  if (early) {
    // Most expressions that are not finite now are not finite at all.
    size_t first = 0;
    while (first < rows && fabs((double)out[first]) < __builtin_inf()) first++;
    if (first < rows) {
      const RescueMemory single(nodes, nodeCount, memory);
      const RowSource source{(const void *const *)columns, sizeof(T) == 4, row + first};
      extendedValues(single.links, nodeCount, source, single.values);
      if (!(fabs((double)(T)single.values[nodeCount - 1].rounded()) < __builtin_inf())) return;
    }
  }
  Sweeps<T> sweeps;
  if (!sweeps.prepare(nodes, nodeCount, nullptr, 0, memory)) return;
  Rescue<T> rescue(sweeps, nodes, columns, sweeps.extra, budget);
  for (size_t done = 0; done < rows; done += sweeps.tile) {
    const size_t n = rows - done < sweeps.tile ? rows - done : sweeps.tile;
    sweeps.forward(columns, row + done, n, done == 0);
    if (!rescue.values(row + done, n, out + done, strictly, early)) return;
  }
}
