// Vector types and the few primitives that differ between instruction sets. Included once by each of the
// per-instruction-set files, inside their namespace and target attribute.
//
// VK_BYTES is the width of a vector register; VK_FUSED says that a fused multiply-add is an instruction.

#define VK_INLINE static inline __attribute__((always_inline))
#define VK_MEMBER inline __attribute__((always_inline))

typedef double Vd __attribute__((vector_size(VK_BYTES)));
typedef float Vf __attribute__((vector_size(VK_BYTES)));
typedef long long Vl __attribute__((vector_size(VK_BYTES)));
typedef int32_t Vi __attribute__((vector_size(VK_BYTES)));
// Half a register of floats: as many lanes as Vd.
typedef float Hf __attribute__((vector_size(VK_BYTES / 2)));

template <class V> struct Lanes;
template <> struct Lanes<Vd> {
  using Scalar = double;
  using Integer = Vl;
  using Word = int64_t;
};
template <> struct Lanes<Vf> {
  using Scalar = float;
  using Integer = Vi;
  using Word = int32_t;
};
template <class T> struct VectorOf;
template <> struct VectorOf<double> { using Type = Vd; };
template <> struct VectorOf<float> { using Type = Vf; };

template <class V> using ScalarOf = typename Lanes<V>::Scalar;
template <class V> using IntegerOf = typename Lanes<V>::Integer;
template <class V> using WordOf = typename Lanes<V>::Word;
template <class V> constexpr int laneCount = VK_BYTES / sizeof(ScalarOf<V>);

template <class V> VK_INLINE V splat(double x) { return (ScalarOf<V>)x - (V){}; }
template <class V> VK_INLINE IntegerOf<V> splatWord(int64_t x) { return (IntegerOf<V>){} + (WordOf<V>)x; }
template <class V> VK_INLINE IntegerOf<V> bits(V x) { return (IntegerOf<V>)x; }
VK_INLINE Vd fromBits(Vl x) { return (Vd)x; }
VK_INLINE Vf fromBits(Vi x) { return (Vf)x; }

template <class V> VK_INLINE V load(const ScalarOf<V> *p) {
  V v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
template <class V> VK_INLINE void store(ScalarOf<V> *p, V v) { __builtin_memcpy(p, &v, sizeof v); }

// a * b + c, fused where that is an instruction. What calls this tolerates either.
template <class V> VK_INLINE V fma_(V a, V b, V c) {
#if VK_FUSED
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}
// c - a * b
template <class V> VK_INLINE V fnma_(V a, V b, V c) { return fma_(-a, b, c); }

// Horner's rule, highest coefficient last.
template <class V, int count> VK_INLINE V polynomial(V x, const ScalarOf<V> (&c)[count]) {
  V p = splat<V>(c[count - 1]);
#pragma clang loop unroll(full)
  for (int i = count - 2; i >= 0; i--) p = fma_(p, x, splat<V>(c[i]));
  return p;
}

template <class V> VK_INLINE V absolute(V x) { return __builtin_elementwise_abs(x); }

// Whether any lane of a comparison's result is true.
template <class M> VK_INLINE bool any(M mask) {
#if VK_AVX512_CODE
  if constexpr (sizeof(mask[0]) == 8) return _mm512_movepi64_mask((__m512i)mask) != 0;
  else return _mm512_movepi32_mask((__m512i)mask) != 0;
#elif VK_AVX2_CODE
  if constexpr (sizeof(mask[0]) == 8) return _mm256_movemask_pd((__m256d)mask) != 0;
  else return _mm256_movemask_ps((__m256)mask) != 0;
#elif defined(__x86_64__)
  if constexpr (sizeof(mask[0]) == 8) return _mm_movemask_pd((__m128d)mask) != 0;
  else return _mm_movemask_ps((__m128)mask) != 0;
#else
  return __builtin_reduce_or(mask) != 0;
#endif
}

template <class V> constexpr ScalarOf<V> infinity = (ScalarOf<V>)__builtin_inf();
template <class V> VK_INLINE V nan_() { return splat<V>(__builtin_nan("")); }

// Adding `magic` rounds to the nearest integer (half to even) and leaves that integer in the low bits of
// the sum, for arguments up to 2^50 (2^21 in 32-bit) in magnitude.
template <class V> constexpr ScalarOf<V> magic;
template <> constexpr double magic<Vd> = 0x1.8p52;
template <> constexpr float magic<Vf> = 0x1.8p23f;

template <class V> constexpr int mantissaBits = sizeof(ScalarOf<V>) == 8 ? 52 : 23;
template <class V> constexpr int exponentBias = sizeof(ScalarOf<V>) == 8 ? 1023 : 127;

// 2^k for an integer k given as magic + k; k within the range of normal exponents.
template <class V> VK_INLINE V powerOfTwo(V magicPlusK) {
  return fromBits((bits(magicPlusK) + splatWord<V>(exponentBias<V>)) << mantissaBits<V>);
}

#if VK_AVX512_CODE
#define VK_ROUNDED(name, immediate)                                                                          \
  VK_INLINE Vd name(Vd x) { return _mm512_roundscale_pd(x, immediate); }                                     \
  VK_INLINE Vf name(Vf x) { return _mm512_roundscale_ps(x, immediate); }
VK_ROUNDED(roundEven, 8)
VK_ROUNDED(floor_, 9)
VK_ROUNDED(ceil_, 10)
#elif VK_AVX2_CODE
#define VK_ROUNDED(name, immediate)                                                                          \
  VK_INLINE Vd name(Vd x) { return _mm256_round_pd(x, immediate); }                                          \
  VK_INLINE Vf name(Vf x) { return _mm256_round_ps(x, immediate); }
VK_ROUNDED(roundEven, 8)
VK_ROUNDED(floor_, 9)
VK_ROUNDED(ceil_, 10)
#elif defined(__x86_64__)
// SSE2 has no rounding instruction: adding and subtracting 2^52 (2^23) rounds; larger values are integers.
template <class V> VK_INLINE V roundEven(V x) {
  const V large = splat<V>(sizeof(ScalarOf<V>) == 8 ? 0x1p52 : 0x1p23);
  const auto sign = bits(x) & splatWord<V>((WordOf<V>)1 << (8 * sizeof(ScalarOf<V>) - 1));
  const V a = absolute(x);
  const V r = fromBits(bits((a + large) - large) | sign);
  return a < large ? r : x;
}
template <class V> VK_INLINE V floor_(V x) {
  const V r = roundEven(x);
  const V f = r > x ? r - splat<V>(1) : r;
  return x == f ? x : f;
}
template <class V> VK_INLINE V ceil_(V x) { return -floor_(-x); }
#else
template <class V> VK_INLINE V roundEven(V x) { return __builtin_elementwise_roundeven(x); }
template <class V> VK_INLINE V floor_(V x) { return __builtin_elementwise_floor(x); }
template <class V> VK_INLINE V ceil_(V x) { return __builtin_elementwise_ceil(x); }
#endif

#if VK_AVX512_CODE
// `result`, but `x` itself where x is zero or, if `infinite`, positive infinity. The table has four bits for
// each kind of number, zero the third and positive infinity the sixth.
template <bool infinite> VK_INLINE Vd keepEdges(Vd x, Vd result) {
  return _mm512_fixupimm_pd(result, x, _mm512_set1_epi64(infinite ? 0x100100 : 0x100), 0);
}
template <bool infinite> VK_INLINE Vf keepEdges(Vf x, Vf result) {
  return _mm512_fixupimm_ps(result, x, _mm512_set1_epi32(infinite ? 0x100100 : 0x100), 0);
}

// From the processor's estimate of 1 / sqrt(x) by Newton's method, coupled for sqrt and 1 / (2 sqrt): within
// 1 ulp at half the time of the instruction, which serves where intermediate values would leave the range of
// normal numbers.
VK_INLINE Vd squareRoot(Vd x) {
  const Vd estimate = _mm512_rsqrt14_pd(x);
  Vd g = x * estimate, h = splat<Vd>(0.5) * estimate;
  const Vd r = fnma_(g, h, splat<Vd>(0.5));
  g = fma_(g, r, g);
  h = fma_(h, r, h);
  g = keepEdges<true>(x, fma_(fnma_(g, g, x), h, g));
  const Vl one = splatWord<Vd>(1), smallest = splatWord<Vd>(0x0800000000000000);
  const __mmask8 tiny = _mm512_cmplt_epu64_mask(bits(x) - one, smallest - one);
  return __builtin_expect(tiny, 0) ? _mm512_mask_sqrt_pd(g, tiny, x) : g;
}
VK_INLINE Vf squareRoot(Vf x) {
  const Vf estimate = _mm512_rsqrt14_ps(x);
  Vf g = x * estimate;
  g = keepEdges<true>(x, fma_(fnma_(g, g, x), splat<Vf>(0.5) * estimate, g));
  const Vi one = splatWord<Vf>(1), smallest = splatWord<Vf>(0x10000000);
  const __mmask16 tiny = _mm512_cmplt_epu32_mask((__m512i)(bits(x) - one), (__m512i)(smallest - one));
  return __builtin_expect(tiny, 0) ? _mm512_mask_sqrt_ps(g, tiny, x) : g;
}
#else
template <bool, class V> VK_INLINE V keepEdges(V x, V result) { return x == splat<V>(0) ? x : result; }
template <class V> VK_INLINE V squareRoot(V x) { return __builtin_elementwise_sqrt(x); }
#endif

// The larger of |x| and `largest`; `largest` where x is NaN.
#if VK_AVX512_CODE
VK_INLINE Vd largerMagnitude(Vd x, Vd largest) { return _mm512_range_pd(x, largest, 11); }
VK_INLINE Vf largerMagnitude(Vf x, Vf largest) { return _mm512_range_ps(x, largest, 11); }
#else
template <class V> VK_INLINE V largerMagnitude(V x, V largest) {
  const V a = absolute(x);
  return a > largest ? a : largest;
}
#endif

// NaN if either argument is.
template <class V> VK_INLINE V maximum_(V a, V b) {
  const V m = a > b ? a : b;
  return a == a ? m : a;
}
template <class V> VK_INLINE V minimum_(V a, V b) {
  const V m = a < b ? a : b;
  return a == a ? m : a;
}

// A C library function on each lane, through 64-bit in either precision.
template <class V> VK_INLINE V onLanes(double (*f)(double), V x) {
  V r;
  for (int i = 0; i < laneCount<V>; i++) r[i] = (ScalarOf<V>)f((double)x[i]);
  return r;
}
template <class V> VK_INLINE V onLanes(double (*f)(double, double), V x, V y) {
  V r;
  for (int i = 0; i < laneCount<V>; i++) r[i] = (ScalarOf<V>)f((double)x[i], (double)y[i]);
  return r;
}
