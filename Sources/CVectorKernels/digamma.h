// The digamma function, for derivatives of gamma.

// psi(x) by recurrence up to x >= 10, there the asymptotic series (Abramowitz and Stegun 6.3.18); x < 1/2 by
// reflection (6.3.7). NaN at the poles.
static double digamma(double x) {
  const double pi = 3.14159265358979323846;
  if (!(x < __builtin_inf())) return x;
  if (x < 0.5) {
    if (x == floor(x)) return __builtin_nan("");
    const double fraction = x - floor(x);
    return digamma(1 - x) - pi / tan(pi * fraction);
  }
  double shift = 0;
  for (; x < 10; x++) shift += 1 / x;
  // B(2n) / 2n
  static constexpr double c[] = {1.0 / 12,  -1.0 / 120,     1.0 / 252, -1.0 / 240,
                                 1.0 / 132, -691.0 / 32760, 1.0 / 12};
  const double z = 1 / (x * x);
  double series = 0;
  for (int i = 6; i >= 0; i--) series = (series + c[i]) * z;
  return log(x) - 0.5 / x - series - shift;
}
