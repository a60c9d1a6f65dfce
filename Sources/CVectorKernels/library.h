// Sums over a library of expressions' values: rows of a matrix against a few vectors, and all pairs of rows.
// What closed-form sweeps spend their time in.

// out[i * (k + 1)] = sum of w f_i^2, out[i * (k + 1) + 1 + j] = sum of f_i v_j; v row-major with the matrix's
// stride.
static void librarySums(const double *matrix, size_t stride, size_t count, const double *weights,
                        const double *vectors, size_t k, double *out) {
  constexpr size_t lanes = laneCount<Vd>;
  for (size_t i = 0; i < count; i++) {
    const double *f = matrix + i * stride;
    double *sums = out + i * (k + 1);
    Vd squares = {};
    for (size_t r = 0; r < stride; r += lanes) {
      const Vd x = load<Vd>(f + r);
      squares = fma_(x * load<Vd>(weights + r), x, squares);
    }
    sums[0] = total(squares);
    size_t j = 0;
    // Four vectors at a time share the loads of the row.
    for (; j + 4 <= k; j += 4) {
      const double *v = vectors + j * stride;
      Vd s[4] = {};
      for (size_t r = 0; r < stride; r += lanes) {
        const Vd x = load<Vd>(f + r);
        for (int n = 0; n < 4; n++) s[n] = fma_(x, load<Vd>(v + n * stride + r), s[n]);
      }
      for (int n = 0; n < 4; n++) sums[1 + j + n] = total(s[n]);
    }
    for (; j < k; j++) {
      const double *v = vectors + j * stride;
      Vd s = {};
      for (size_t r = 0; r < stride; r += lanes) s = fma_(load<Vd>(f + r), load<Vd>(v + r), s);
      sums[1 + j] = total(s);
    }
  }
}

static double dot(const double *x, const double *y, size_t count) {
  constexpr size_t lanes = laneCount<Vd>;
  Vd s[4] = {};
  size_t i = 0;
  for (; i + 4 * lanes <= count; i += 4 * lanes)
    for (size_t n = 0; n < 4; n++)
      s[n] = fma_(load<Vd>(x + i + n * lanes), load<Vd>(y + i + n * lanes), s[n]);
  for (; i + lanes <= count; i += lanes) s[0] = fma_(load<Vd>(x + i), load<Vd>(y + i), s[0]);
  double sum = total((s[0] + s[1]) + (s[2] + s[3]));
  for (; i < count; i++) sum += x[i] * y[i];
  return sum;
}

static void addMultiple(double a, const double *x, double *y, size_t count) {
  constexpr size_t lanes = laneCount<Vd>;
  const Vd factor = splat<Vd>(a);
  size_t i = 0;
  for (; i + lanes <= count; i += lanes) store(y + i, fma_(factor, load<Vd>(x + i), load<Vd>(y + i)));
  for (; i < count; i++) y[i] += a * x[i];
}

// Puts a pair in a target's list of the best, in descending order.
VK_INLINE void keepPair(vk_pair *list, size_t kept, int32_t i, int32_t j, double share) {
  size_t place = kept - 1;
  if (!(share > list[place].share)) return;
  while (place > 0 && share > list[place - 1].share) {
    list[place] = list[place - 1];
    place--;
  }
  list[place] = {i, j, share};
}

static void pairSearch(const double *matrix, size_t stride, size_t count, const double *products,
                       size_t targets, size_t first, size_t end, double collinear, size_t kept,
                       vk_pair *best, double *scratch) {
  constexpr size_t lanes = laneCount<Vd>;
  constexpr size_t width = 4;
  const size_t padded = (count + 7) / 8 * 8;
  const Vd one = splat<Vd>(1), smallestRest = splat<Vd>(collinear);
  for (size_t i = first; i < end; i += width) {
    // Rows i to i + 3 against all before them.
    const size_t rows = end - i < width ? end - i : width;
    const double *f[width];
    for (size_t n = 0; n < width; n++) f[n] = matrix + (i + (n < rows ? n : 0)) * stride;
    for (size_t j = 0; j < i + rows; j++) {
      const double *g = matrix + j * stride;
      Vd s[width] = {};
      for (size_t r = 0; r < stride; r += lanes) {
        const Vd x = load<Vd>(g + r);
        for (size_t n = 0; n < width; n++) s[n] = fma_(x, load<Vd>(f[n] + r), s[n]);
      }
      for (size_t n = 0; n < width; n++) scratch[n * padded + j] = total(s[n]);
    }
    for (size_t n = 0; n < rows; n++) {
      double *g = scratch + n * padded;
      const size_t others = i + n;
      // What lies beyond the row's own number counts as collinear.
      for (size_t j = others; j < (others + lanes - 1) / lanes * lanes; j++) g[j] = 1;
      for (size_t t = 0; t < targets; t++) {
        const double *p = products + t * padded;
        vk_pair *list = best + t * kept;
        const Vd a = splat<Vd>(p[others]), aa = a * a;
        double least = list[kept - 1].share;
        for (size_t j = 0; j < others; j += lanes) {
          const Vd b = load<Vd>(p + j), c = load<Vd>(g + j);
          const Vd rest = one - c * c;
          // a^2 + b^2 - 2abc over 1 - c^2: the share of the target that both explain together.
          const Vd share = aa + b * b - (a + a) * b * c;
          const auto better = (share > splat<Vd>(least) * rest) & (rest > smallestRest);
          if (!any(better)) continue;
          for (size_t l = 0; l < lanes; l++)
            if (better[l]) keepPair(list, kept, (int32_t)others, (int32_t)(j + l), share[l] / rest[l]);
          least = list[kept - 1].share;
        }
      }
    }
  }
}
