// Sums of products of columns: J'WJ and J'Wr.

template <class V> VK_INLINE double sumOfLanes(V v) {
  double s = 0;
  for (int i = 0; i < laneCount<V>; i++) s += (double)v[i];
  return s;
}

// Dot products of every pair of `count` columns, lower triangle by rows, added to `sums`. All sums stay in
// registers.
template <class T, int count> static void products(const T *const *columns, size_t rows, double *sums) {
  using V = typename VectorOf<T>::Type;
  V s[count * (count + 1) / 2] = {};
  for (size_t i = 0; i < rows; i += VK_BYTES / sizeof(T)) {
    V c[count];
#pragma clang loop unroll(full)
    for (int j = 0; j < count; j++) c[j] = load<V>(columns[j] + i);
#pragma clang loop unroll(full)
    for (int j = 0; j < count; j++)
#pragma clang loop unroll(full)
      for (int k = 0; k <= j; k++) s[j * (j + 1) / 2 + k] = fma_(c[j], c[k], s[j * (j + 1) / 2 + k]);
  }
#pragma clang loop unroll(full)
  for (int j = 0; j < count * (count + 1) / 2; j++) sums[j] += sumOfLanes(s[j]);
}

// Dot products of four columns with four others, added to `sums[row * 4 + column]`.
template <class T>
static void products4x4(const T *const *left, const T *const *right, size_t rows, double *sums) {
  using V = typename VectorOf<T>::Type;
  V s[16] = {};
  for (size_t i = 0; i < rows; i += VK_BYTES / sizeof(T)) {
    V c[4];
#pragma clang loop unroll(full)
    for (int k = 0; k < 4; k++) c[k] = load<V>(right[k] + i);
#pragma clang loop unroll(full)
    for (int j = 0; j < 4; j++) {
      const V l = load<V>(left[j] + i);
#pragma clang loop unroll(full)
      for (int k = 0; k < 4; k++) s[4 * j + k] = fma_(l, c[k], s[4 * j + k]);
    }
  }
#pragma clang loop unroll(full)
  for (int j = 0; j < 16; j++) sums[j] += sumOfLanes(s[j]);
}

// The columns of a Jacobian with the residuals as one more column after them, either in one array (`base`,
// `stride`) or wherever `pointers` says.
template <class T> struct ProductColumns {
  const T *const *pointers;
  const T *base;
  size_t stride;
  const T *residuals;
  int32_t k;

  VK_MEMBER const T *at(int32_t j, size_t row) const {
    return (j == k ? residuals : pointers ? pointers[j] : base + j * stride) + row;
  }
};

struct ProductSums {
  double *jtj, *jtr, *error;
  int32_t k;
  VK_MEMBER void add(int32_t row, int32_t column, double value) const {
    if (row < k) jtj[row * k + column] += value;
    else if (column < k) jtr[column] += value;
    else if (error) *error += value;
  }
};

// Column j as the products need it: in place, or copied to `copy` with the root of the weights as a factor
// and zeros beyond the last row.
template <class T>
static const T *productColumn(const T *source, const T *weights, size_t rows, T *copy) {
  using V = typename VectorOf<T>::Type;
  constexpr size_t lanes = VK_BYTES / sizeof(T);
  if (!weights && rows % lanes == 0) return source;
  if (weights) {
    size_t i = 0;
    for (; i + lanes <= rows; i += lanes)
      store<V>(copy + i, load<V>(source + i) * squareRoot(load<V>(weights + i)));
    for (; i < rows; i++) copy[i] = source[i] * squareRoot(splat<V>(weights[i]))[0];
  } else {
    __builtin_memcpy(copy, source, rows * sizeof(T));
  }
  for (size_t i = rows; i % lanes; i++) copy[i] = 0;
  return copy;
}

// One tile: `rows` rows, at most VK_DERIVATIVE_TILE, from `row` on.
template <class T>
static void addProducts(const ProductColumns<T> &columns, const T *weights, size_t row, size_t rows,
                        const ProductSums &sums) {
  constexpr size_t lanes = VK_BYTES / sizeof(T), tile = VK_DERIVATIVE_TILE;
  const int32_t n = columns.k + 1;
  alignas(64) T copies[8][tile];
  const size_t whole = (rows + lanes - 1) / lanes * lanes;
  if (n <= 5) {
    const T *pointers[5];
    double s[15] = {};
    for (int32_t j = 0; j < n; j++) pointers[j] = productColumn(columns.at(j, row), weights, rows, copies[j]);
    switch (n) {
    case 1: products<T, 1>(pointers, whole, s); break;
    case 2: products<T, 2>(pointers, whole, s); break;
    case 3: products<T, 3>(pointers, whole, s); break;
    case 4: products<T, 4>(pointers, whole, s); break;
    default: products<T, 5>(pointers, whole, s); break;
    }
    for (int32_t j = 0, t = 0; j < n; j++)
      for (int32_t k = 0; k <= j; k++) sums.add(j, k, s[t++]);
    return;
  }
  for (int32_t j = 0; j < n; j += 4) {
    // Surplus columns repeat the last one; their products are left out.
    const T *left[4], *right[4];
    for (int32_t i = 0; i < 4; i++)
      left[i] = productColumn(columns.at(j + i < n ? j + i : n - 1, row), weights, rows, copies[i]);
    for (int32_t k = 0; k <= j; k += 4) {
      for (int32_t i = 0; i < 4; i++)
        right[i] = productColumn(columns.at(k + i < n ? k + i : n - 1, row), weights, rows, copies[4 + i]);
      double s[16] = {};
      products4x4(left, right, whole, s);
      for (int32_t a = 0; a < 4; a++)
        for (int32_t b = 0; b < 4; b++)
          if (j + a < n && k + b <= j + a) sums.add(j + a, k + b, s[4 * a + b]);
    }
  }
}

template <class T>
static void normalEquations(const T *jacobian, size_t stride, int32_t k, const T *residuals, const T *weights,
                            size_t rows, double *jtj, double *jtr) {
  const ProductColumns<T> columns{nullptr, jacobian, stride, residuals, k};
  const ProductSums sums{jtj, jtr, nullptr, k};
  for (size_t row = 0; row < rows; row += VK_DERIVATIVE_TILE) {
    const size_t n = rows - row < VK_DERIVATIVE_TILE ? rows - row : VK_DERIVATIVE_TILE;
    addProducts(columns, weights ? weights + row : nullptr, row, n, sums);
  }
}

template <class T>
static int32_t gaussNewton(const vk_node *nodes, int32_t count, const int32_t *targets, int32_t k,
                           const T *const *columns, const T *y, const T *weights, size_t row, size_t rows,
                           double scale, int64_t *rescues, double *jtj, double *jtr, double *error,
                           void *scratch) {
  using V = typename VectorOf<T>::Type;
  Sweeps<T> sweeps;
  if (!sweeps.prepare(nodes, count, targets, k, scratch)) return 0;
  T *residuals = sweeps.spare;
  const T **adjoints = (const T **)(sweeps.spare + sweeps.stride);
  for (int32_t i = 0; i < k; i++) {
    jtr[i] = 0;
    for (int32_t j = 0; j <= i; j++) jtj[i * k + j] = 0;
  }
  *error = 0;
  const ProductColumns<T> products{adjoints, nullptr, 0, residuals, k};
  const ProductSums sums{jtj, jtr, error, k};
  const V s = splat<V>(scale);
  RangeCheck<T> check{!losesTiny(scale), true, rescues};
  for (size_t done = 0; done < rows; done += sweeps.tile) {
    const size_t n = rows - done < sweeps.tile ? rows - done : sweeps.tile;
    const size_t start = row + done;
    clearRangeFlags();
    sweeps.forward(columns, start, n, done == 0);
    if (k) sweeps.reverse(n);
    check.tile(sweeps, nodes, columns, start, n, targets, k);
    if (check.ended) {
      *error = __builtin_nan("");
      return 1;
    }
    const T *v = sweeps.records[count - 1].values;
    size_t i = 0;
    for (; i + sweeps.lanes <= n; i += sweeps.lanes)
      store<V>(residuals + i, (load<V>(v + i) - load<V>(y + start + i)) * s);
    for (; i < n; i++) residuals[i] = (v[i] - y[start + i]) * (T)scale;
    for (int32_t t = 0; t < k; t++) adjoints[t] = sweeps.records[targets[t]].adjoint;
    addProducts(products, weights ? weights + start : nullptr, 0, n, sums);
  }
  // Signs and the scale of the columns were left for here.
  for (int32_t a = 0; a < k; a++) {
    const double left = sweeps.records[targets[a]].negative ? -scale : scale;
    jtr[a] *= left;
    for (int32_t b = 0; b <= a; b++)
      jtj[a * k + b] *= sweeps.records[targets[b]].negative ? -left * scale : left * scale;
  }
  return 1;
}
