// Sums over predictions and targets, always in 64-bit, and the fused pass that evaluates and sums.

// As many values as a register of doubles holds, from either precision.
VK_INLINE Vd wide(const double *p) { return load<Vd>(p); }
VK_INLINE Vd wide(const float *p) {
  Hf v;
  __builtin_memcpy(&v, p, sizeof v);
  return __builtin_convertvector(v, Vd);
}

VK_INLINE double total(Vd v) {
  double s = 0;
  for (int i = 0; i < laneCount<Vd>; i++) s += v[i];
  return s;
}

// The last, incomplete vector: zeros beyond `count`, which with zero weights add nothing.
template <class T> VK_INLINE Vd partial(const T *p, size_t count) {
  Vd v = {};
  for (size_t i = 0; i < count; i++) v[i] = (double)p[i];
  return v;
}
VK_INLINE Vd ones(size_t count) {
  Vd v = {};
  for (size_t i = 0; i < count; i++) v[i] = 1;
  return v;
}

// sum of w ((p - y) scale)^2
template <class T>
VK_INLINE double squaredError(const T *p, const T *y, const T *w, size_t rows, double scale) {
  const Vd s = splat<Vd>(scale);
  Vd sums[4] = {};
  constexpr size_t lanes = laneCount<Vd>;
  size_t i = 0;
  if (w) {
    for (; i + 4 * lanes <= rows; i += 4 * lanes)
      for (int j = 0; j < 4; j++) {
        const Vd d = (wide(p + i + j * lanes) - wide(y + i + j * lanes)) * s;
        sums[j] = fma_(d * wide(w + i + j * lanes), d, sums[j]);
      }
    for (; i + lanes <= rows; i += lanes) {
      const Vd d = (wide(p + i) - wide(y + i)) * s;
      sums[0] = fma_(d * wide(w + i), d, sums[0]);
    }
  } else {
    for (; i + 4 * lanes <= rows; i += 4 * lanes)
      for (int j = 0; j < 4; j++) {
        const Vd d = (wide(p + i + j * lanes) - wide(y + i + j * lanes)) * s;
        sums[j] = fma_(d, d, sums[j]);
      }
    for (; i + lanes <= rows; i += lanes) {
      const Vd d = (wide(p + i) - wide(y + i)) * s;
      sums[0] = fma_(d, d, sums[0]);
    }
  }
  if (i < rows) {
    const Vd d = (partial(p + i, rows - i) - partial(y + i, rows - i)) * s;
    sums[1] = fma_(w ? d * partial(w + i, rows - i) : d, d, sums[1]);
  }
  return total((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

struct MomentSums {
  Vd weight = {}, prediction = {}, target = {}, predictionSquare = {}, product = {}, squaredError = {};
};

VK_INLINE void addMoments(MomentSums &sums, Vd p, Vd y, Vd w, Vd shiftP, Vd shiftY, Vd scale) {
  const Vd u = (p - shiftP) * scale, v = (y - shiftY) * scale, d = (p - y) * scale;
  const Vd wu = w * u;
  sums.weight += w;
  sums.prediction += wu;
  sums.target = fma_(w, v, sums.target);
  sums.predictionSquare = fma_(wu, u, sums.predictionSquare);
  sums.product = fma_(wu, v, sums.product);
  sums.squaredError = fma_(d * w, d, sums.squaredError);
}

// Adds to `moments`, whose shift of the predictions is set already.
template <class T>
static void accumulateMoments(const T *p, const T *y, const T *w, size_t rows, double shift_y, double scale,
                              vk_moments *moments) {
  const Vd shiftP = splat<Vd>(moments->shift_prediction), shiftY = splat<Vd>(shift_y), s = splat<Vd>(scale);
  constexpr size_t lanes = laneCount<Vd>;
  MomentSums sums;
  size_t i = 0;
  if (w)
    for (; i + lanes <= rows; i += lanes)
      addMoments(sums, wide(p + i), wide(y + i), wide(w + i), shiftP, shiftY, s);
  else
    for (; i + lanes <= rows; i += lanes)
      addMoments(sums, wide(p + i), wide(y + i), splat<Vd>(1), shiftP, shiftY, s);
  if (const size_t n = rows - i)
    addMoments(sums, partial(p + i, n), partial(y + i, n), w ? partial(w + i, n) : ones(n), shiftP, shiftY,
               s);
  moments->weight += total(sums.weight);
  moments->prediction += total(sums.prediction);
  moments->target += total(sums.target);
  moments->prediction_square += total(sums.predictionSquare);
  moments->product += total(sums.product);
  moments->squared_error += total(sums.squaredError);
}

template <class T>
static void momentsOf(const T *p, const T *y, const T *w, size_t rows, double shift_y, double scale,
                      vk_moments *moments) {
  *moments = {};
  moments->shift_prediction = (double)p[0];
  accumulateMoments(p, y, w, rows, shift_y, scale, moments);
}

template <class T>
static int32_t fusedSquaredError(const vk_instruction *program, int32_t count, const T *const *columns,
                                 const T *y, const T *w, size_t row, size_t rows, double shift_y,
                                 double scale, double limit, int64_t *rescues, double *error,
                                 vk_moments *moments, void *scratch) {
  constexpr size_t block = programTile<T>;
  T *values = (T *)scratch, *slots = values + slotStride<T>;
  double sum = 0;
  if (moments) *moments = {};
  const size_t end = row + rows;
  // A short block first: most expressions that fail at all fail at once.
  size_t n = 128;
  for (size_t start = row; start < end; start += n, n = block) {
    n = end - start < n ? end - start : n;
    clearRangeFlags();
    Evaluation<T>::run(program, count, columns, start, n, values, slots);
    if (__builtin_expect(rangeWasLeft() | foldsBeyondRange(program, count), 0))
      rescueValues(program, count, columns, start, n, values, scratch, !losesTiny(scale), true, rescues);
    const T *weights = w ? w + start : nullptr;
    if (moments) {
      if (start == row) moments->shift_prediction = (double)values[0];
      accumulateMoments(values, y + start, weights, n, shift_y, scale, moments);
      sum = moments->squared_error;
    } else {
      sum += squaredError(values, y + start, weights, n, scale);
    }
    // Also taken when the sum is NaN.
    if (!(sum <= limit && sum < __builtin_inf())) {
      *error = sum;
      return 0;
    }
  }
  *error = sum;
  return 1;
}
