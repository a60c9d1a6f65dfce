// Values and derivatives with respect to leaves: a forward sweep over a tile that keeps every node's values,
// then a reverse sweep (adjoints) through the ancestors of the targets (Griewank and Walther 2008, chapter
// 3).

template <class T> struct Sweeps {
  static constexpr size_t tile = VK_DERIVATIVE_TILE;
  // Distance between buffers: caches take addresses a multiple of 4096 bytes apart for one another.
  static constexpr size_t stride = tile + 192 / sizeof(T);
  static constexpr size_t lanes = Loops<T>::lanes;
  using Table = typename Loops<T>::All;
  using Fused = typename FusedLoops<T>::All;
  // Kernels for cos(x) a and sin(x) a.
  static constexpr int timesCosine = kernelOfProduct(VK_COS), timesSine = kernelOfProduct(VK_SIN);

  struct Record {
    const T *values;    // of this node on the tile
    const T *adjoint;   // d root / d node, up to the sign
    T *valueBuffer;
    T *adjointBuffer;
    int32_t child[3];
    int32_t argument;  // as in a link
    StableForm form;
    uint16_t feature;
    uint8_t opcode;
    uint8_t arity;
    bool active;    // is or contains a target
    bool constant;  // contains no feature
    bool negative;  // the sign of the adjoint
    bool marked;    // some row of the tile left the range of normal numbers here or below
    double value;
  };

  Record *records;
  int32_t count;
  T *ones, *zeros, *spare;
  void *extra;  // memory that is not used here

  static VK_MEMBER void fill(T *p, double x) {
    for (size_t i = 0; i < tile; i += lanes) Loops<T>::put(p + i, x);
  }

  // Lays out memory and links each node to its arguments. False when the nodes are no complete expression.
  bool prepare(const vk_node *nodes, int32_t nodeCount, const int32_t *targets, int32_t targetCount,
               void *scratch) {
    if (nodeCount < 1) return false;
    count = nodeCount;
    T *next = (T *)scratch;
    ones = next;
    zeros = next + stride;
    next += 2 * stride;
    T *tiles = next;
    next += 2 * stride * count;
    spare = next;
    records = (Record *)(next + (targetCount + 2) * stride);
    int32_t *stack = (int32_t *)(records + count), depth = 0;
    extra = stack + count;
    if (targetCount) {
      fill(ones, 1);
      fill(zeros, 0);
    }
    for (int32_t i = 0; i < count; i++) {
      const vk_node &node = nodes[i];
      const int op = node.opcode;
      Record &r = records[i];
      const bool isUnary = Loops<T>::isUnary(op) && op <= VK_CEIL;
      const int arity = op <= VK_FEATURE ? 0 : isUnary ? 1 : Loops<T>::isBinary(op) ? 2 : 3;
      if ((arity == 3 && !Loops<T>::isTernary(op)) || depth < arity) return false;
      T *buffer = tiles + 2 * stride * i;
      r = {buffer, zeros, buffer, buffer + stride};
      r.feature = node.feature;
      r.opcode = node.opcode;
      r.arity = (uint8_t)arity;
      r.constant = op != VK_FEATURE;
      r.value = node.value;
      depth -= arity;
      for (int j = 0; j < arity; j++) {
        r.child[j] = stack[depth + j];
        r.constant &= records[r.child[j]].constant;
      }
      if (arity) r.form = stableForm(nodes, i, r.child[0], records[i - 1].child[0], &r.argument);
      if (r.form == formLogarithmOfPower) records[i - 1].form = formUnused;
      stack[depth++] = i;
      if (op == VK_CONSTANT) fill(buffer, node.value);
    }
    if (depth != 1) return false;
    for (int32_t t = 0; t < targetCount; t++) {
      if (targets[t] < 0 || targets[t] >= count || records[targets[t]].arity != 0) return false;
      records[targets[t]].active = true;
    }
    for (int32_t i = 0; i < count; i++)
      for (int j = 0; j < records[i].arity; j++) records[i].active |= records[records[i].child[j]].active;
    return true;
  }

  // Values of all nodes on `rows` rows from `row` on. Constants are computed with the first tile only.
  void forward(const T *const *columns, size_t row, size_t rows, bool first) {
    const size_t padded = (row + rows + VK_ROW_PADDING - 1) / VK_ROW_PADDING * VK_ROW_PADDING;
    const size_t whole = (rows + lanes - 1) / lanes * lanes;
    for (int32_t i = 0; i < count; i++) {
      Record &r = records[i];
      if (r.opcode == VK_FEATURE) {
        r.values = columns[r.feature] + row;
        if (__builtin_expect(row + whole > padded, 0)) {
          // The last vector would be read from beyond the padding.
          __builtin_memcpy(r.valueBuffer, r.values, rows * sizeof(T));
          for (size_t k = rows; k < whole; k++) r.valueBuffer[k] = r.values[rows - 1];
          r.values = r.valueBuffer;
        }
      } else if (r.arity && (first || !r.constant)) {
        const size_t length = r.constant ? tile : whole;
        if (__builtin_expect(r.form != formPlain, 0)) {
          if (r.form == formUnused) continue;
          const T *u = records[r.argument].values;
          Table::forwards[operatorOf(r.form, r.opcode)](u, nullptr, nullptr, r.valueBuffer, length);
          if (r.form == formOneMinusExponential)
            Table::forwards[VK_NEGATE](r.valueBuffer, nullptr, nullptr, r.valueBuffer, length);
          continue;
        }
        const T *x = records[r.child[0]].values, *y = records[r.child[1]].values,
                *z = records[r.child[2]].values;
        Table::forwards[r.opcode](x, y, z, r.valueBuffer, length);
      }
    }
  }

  VK_MEMBER void pass(int32_t child, const T *adjoint, bool negative) {
    records[child].adjoint = adjoint;
    records[child].negative = negative;
  }

  // Adjoints of all active nodes. Where a node hands its adjoint on unchanged, or changed in sign only, or
  // where it is 1, no values are computed.
  void reverse(size_t rows) {
    records[count - 1].adjoint = ones;
    records[count - 1].negative = false;
    for (int32_t i = count - 1; i >= 0; i--) {
      const Record &r = records[i];
      if (!r.active || r.arity == 0) continue;
      const T *a = r.adjoint;
      if (__builtin_expect(r.form == formLogarithmOfPower, 0)) {
        // Past the exponential, which comes next.
        pass(r.argument, a, r.negative);
        i--;
        continue;
      }
      const bool sign = r.negative;
      const int32_t left = r.child[0], right = r.child[1];
      const Record &x = records[left], &y = records[right], &z = records[r.child[2]];
      switch (r.opcode) {
      case VK_ADD:
        pass(left, a, sign);
        pass(right, a, sign);
        continue;
      case VK_SUBTRACT:
        pass(left, a, sign);
        pass(right, a, !sign);
        continue;
      case VK_NEGATE:
        pass(left, a, !sign);
        continue;
      case VK_MULTIPLY:
        if (a == ones) {
          pass(left, y.values, sign);
          pass(right, x.values, sign);
          continue;
        }
        break;
      case VK_EXP:
        if (a == ones) {
          pass(left, r.values, sign);
          continue;
        }
        break;
      case VK_DIVIDE:
        if (y.active) {
          // -(a / y) v: the left adjoint is a by-product.
          T *quotient = x.adjointBuffer;
          Table::forwards[VK_DIVIDE](a, y.values, nullptr, quotient, rows);
          Table::forwards[VK_MULTIPLY](quotient, r.values, nullptr, y.adjointBuffer, rows);
          pass(left, quotient, sign);
          pass(right, y.adjointBuffer, !sign);
        } else {
          Table::forwards[VK_DIVIDE](a, y.values, nullptr, x.adjointBuffer, rows);
          pass(left, x.adjointBuffer, sign);
        }
        continue;
      case VK_SIN:
      case VK_COS: {
        // Times the other of the two functions, in one loop; the derivative of cos has the sign turned round.
        const int function = r.opcode == VK_SIN ? timesCosine : timesSine;
        const size_t masks[3] = {~(size_t)0, 0, ~(size_t)0};
        Fused::steps[function - kernelsFused](x.values, nullptr, a, masks, records[left].adjointBuffer, rows);
        pass(left, x.adjointBuffer, sign ^ (r.opcode == VK_COS));
        continue;
      }
      default:
        break;
      }
      for (int j = 0; j < r.arity; j++) {
        Record &child = records[r.child[j]];
        if (!child.active) continue;
        Table::reverses[r.opcode][j](x.values, y.values, z.values, r.values, a, child.adjointBuffer, rows);
        pass(r.child[j], child.adjointBuffer, sign);
      }
    }
  }
};
