// Elementary functions without branches, so that loops over them become vector code. What is not a number
// stays so: training looks for it in the loss.

#ifndef ELEMENTARY_H
#define ELEMENTARY_H

#define INLINE static inline __attribute__((always_inline))

// exp by reduction to |r| <= log(2)/2 and a polynomial (Moshier, Cephes).
INLINE float exponential(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  const float shift = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
  const float shifted = x * 1.44269504f + shift;
  const float n = shifted - shift;
  float r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  // The low bits of `shifted` are those of n; the others are shifted out.
  unsigned bits;
  __builtin_memcpy(&bits, &shifted, sizeof bits);
  bits = (bits + 127) << 23;
  float power;
  __builtin_memcpy(&power, &bits, sizeof power);
  return p * power;
}

// tanh: a polynomial near 0 (Moshier, Cephes), from exp elsewhere.
INLINE float hyperbolic_tangent(float x) {
  const float magnitude = __builtin_fabsf(x);
  const float z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  const float near = p * z * x + x;
  const float far = 1.0f - 2.0f / (exponential(2.0f * magnitude) + 1.0f);
  return magnitude < 0.625f ? near : __builtin_copysignf(far, x);
}

INLINE float logistic(float x) { return 1.0f / (1.0f + exponential(-x)); }

// log(1 + u) for 0 <= u <= 1: 2 artanh(u / (2 + u)), whose argument is at most 1/3.
INLINE float logarithm_of_one_plus(float u) {
  const float s = u / (2.0f + u), z = s * s;
  float p = 1.0f / 15.0f;
  p = p * z + 1.0f / 13.0f;
  p = p * z + 1.0f / 11.0f;
  p = p * z + 1.0f / 9.0f;
  p = p * z + 1.0f / 7.0f;
  p = p * z + 1.0f / 5.0f;
  p = p * z + 1.0f / 3.0f;
  return 2.0f * s * (p * z + 1.0f);
}

INLINE float soft_plus(float x) {
  const float positive = x < 0.0f ? 0.0f : x;
  return positive + logarithm_of_one_plus(exponential(-__builtin_fabsf(x)));
}

// The density of the standard normal distribution.
INLINE float normal_density(float x) { return 0.39894228f * exponential(-0.5f * x * x); }

// Its distribution function, by the error function of Abramowitz and Stegun 7.1.26.
INLINE float normal_distribution(float x) {
  const float y = __builtin_fabsf(x) * 0.70710678f;
  const float t = 1.0f / (1.0f + 0.3275911f * y);
  float p = 1.061405429f;
  p = p * t - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  const float tail = 0.5f * p * t * exponential(-y * y);
  return x < 0.0f ? tail : 1.0f - tail;
}

#endif
