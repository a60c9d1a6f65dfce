// Operators and their partial derivatives by code, in numbers of any magnitude. NaN comes through every
// operator, as in the vector kernels.
#include "extended_row.h"

#include "extended_functions.h"

#pragma STDC FP_CONTRACT OFF

namespace {
#include "digamma.h"

using X = ExtendedNumber;

X maximumOf(X a, X b) { return a.isNaN() ? a : b.isNaN() ? b : compare(a, b) > 0 ? a : b; }
X minimumOf(X a, X b) { return a.isNaN() ? a : b.isNaN() ? b : compare(a, b) < 0 ? a : b; }
X signOf(X x) { return x.isZero() || x.isNaN() ? x : x.isPositive() ? 1.0 : -1.0; }

// Rounding of numbers beyond doubles: huge ones are integers, and tiny ones are like the smallest double.
X integerOf(double (*f)(double), X x) {
  if (x.isOrdinary()) return f(x.rounded());
  return x.exponent > 0 ? x : X(f(copysign(0x1p-1022, x.mantissa)));
}

// f(x) for an f with f(x) = slope x near 0.
X oddOf(double (*f)(double), X x, double slope = 1) {
  return x.isTiny() ? x * X(slope) : X(f(x.rounded()));
}

double clipped(double x) { return moduloOf(x + 1, 2.0).rounded() - 1; }

X unaryOf(int op, X x) {
  switch (op) {
  case VK_NEGATE: return -x;
  case VK_SQUARE: return x * x;
  case VK_CUBE: return x * x * x;
  case VK_CBRT: return cubeRootOf(x);
  case VK_SQRT: return squareRootOf(x);
  case VK_ABS: return x.magnitude();
  case VK_SIGN: return signOf(x);
  case VK_INVERSE: return X(1.0) / x;
  case VK_EXP: return exponentialOf(x);
  case VK_LOG: return logarithmOf(x);
  case VK_LOG10: return logarithm10Of(x);
  case VK_LOG2: return logarithm2Of(x);
  case VK_LOG1P: return logarithm1pOf(x);
  case VK_SIN: return oddOf(sin, x);
  case VK_COS: return cos(x.rounded());
  case VK_TAN: return oddOf(tan, x);
  case VK_ASIN: return oddOf(asin, x);
  case VK_ACOS: return acos(x.rounded());
  case VK_ATAN: return oddOf(atan, x);
  case VK_SINH: return hyperbolicSineOf(x);
  case VK_COSH: return hyperbolicCosineOf(x);
  case VK_TANH: return oddOf(tanh, x);
  case VK_ASINH: return areaSineOf(x);
  case VK_ACOSH: return areaCosineOf(x);
  case VK_ATANH: return oddOf(atanh, x);
  case VK_ATANH_CLIP: return x.isTiny() ? x : X(atanh(clipped(x.rounded())));
  case VK_ERF: return oddOf(erf, x, M_2_SQRTPI);
  case VK_ERFC: return complementaryErrorOf(x);
  case VK_GAMMA: return gammaOf(x);
  case VK_RELU: return x.isNaN() || x.isPositive() ? x : X(0.0);
  case VK_SINC: return sineCardinalOf(x);
  case VK_ROUND: return integerOf(rint, x);
  case VK_FLOOR: return integerOf(floor, x);
  case VK_CEIL: return integerOf(ceil, x);
  default: return notANumber;
  }
}

X binaryOf(int op, X x, X y) {
  switch (op) {
  case VK_ADD: return x + y;
  case VK_SUBTRACT: return x - y;
  case VK_MULTIPLY: return x * y;
  case VK_DIVIDE: return x / y;
  case VK_POWER: return powerOf(x, y);
  case VK_MAXIMUM: return maximumOf(x, y);
  case VK_MINIMUM: return minimumOf(x, y);
  case VK_MODULO: return moduloOf(x, y);
  case VK_CONDITION: return x.isNaN() ? x : x.isPositive() ? y : X(0.0);
  default: break;
  }
  if (x.isNaN() || y.isNaN()) return notANumber;
  const int order = compare(x, y);
  switch (op) {
  case VK_GREATER: return order > 0;
  case VK_GREATER_OR_EQUAL: return order >= 0;
  case VK_LESS: return order < 0;
  case VK_LESS_OR_EQUAL: return order <= 0;
  case VK_LOGICAL_OR: return x.isPositive() || y.isPositive();
  case VK_LOGICAL_AND: return x.isPositive() && y.isPositive();
  default: return notANumber;
  }
}

X ternaryOf(int op, X x, X y, X z) {
  switch (op) {
  case VK_CLAMP: return minimumOf(maximumOf(x, y), z);
  case VK_FMA:
  case VK_MULADD: return x * y + z;
  case VK_MAXIMUM3: return maximumOf(maximumOf(x, y), z);
  case VK_MINIMUM3: return minimumOf(minimumOf(x, y), z);
  case VK_IF_ELSE: return x.isNaN() ? x : x.isPositive() ? y : z;
  default: return notANumber;
  }
}

X valueOf(const Link &link, const X *values) {
  const X u = values[link.argument];
  switch (link.form) {
  case formExponentialMinusOne: return exponentialMinusOneOf(u);
  case formOneMinusExponential: return -exponentialMinusOneOf(u);
  case formLogarithmOfOnePlus: return logarithm1pOf(u);
  case formLogarithmOfPower: return u;
  case formUnused:
  case formPlain: break;
  }
  const X x = values[link.child[0]];
  if (link.arity == 1) return unaryOf(link.opcode, x);
  const X y = values[link.child[1]];
  return link.arity == 2 ? binaryOf(link.opcode, x, y)
                         : ternaryOf(link.opcode, x, y, values[link.child[2]]);
}

// MARK: - Partial derivatives

X oneMinusSquare(X x) { return (X(1.0) - x) * (X(1.0) + x); }

X sineCardinalPartial(X x, X v) {
  const double u = piNearest * x.rounded();
  if (fabs(x.rounded()) < 0.01) return piNearest * u * (-1.0 / 3 + u * u * (1.0 / 30 - u * u / 840));
  return (X(cos(u)) - v) / x;
}

X unaryPartial(int op, X x, X v) {
  const X one = 1.0;
  switch (op) {
  case VK_NEGATE: return -1.0;
  case VK_SQUARE: return x.scaled(1);
  case VK_CUBE: return X(3.0) * x * x;
  case VK_CBRT: return one / (X(3.0) * v * v);
  case VK_SQRT: return X(0.5) / v;
  case VK_ABS: return signOf(x);
  case VK_INVERSE: return -(v * v);
  case VK_EXP: return v;
  case VK_LOG: return one / x;
  case VK_LOG10: return X(0.43429448190325182765) / x;
  case VK_LOG2: return X(1.44269504088896340736) / x;
  case VK_LOG1P: return one / (one + x);
  case VK_SIN: return cos(x.rounded());
  case VK_COS: return -oddOf(sin, x);
  case VK_TAN: return v * v + one;
  case VK_ASIN: return one / squareRootOf(oneMinusSquare(x));
  case VK_ACOS: return -(one / squareRootOf(oneMinusSquare(x)));
  case VK_ATAN: return one / (x * x + one);
  case VK_SINH: return hyperbolicCosineOf(x);
  case VK_COSH: return hyperbolicSineOf(x);
  case VK_TANH: {
    const X c = hyperbolicCosineOf(x);
    return one / (c * c);
  }
  case VK_ASINH: return one / squareRootOf(x * x + one);
  case VK_ACOSH: return one / squareRootOf((x - one) * (x + one));
  case VK_ATANH: return one / oneMinusSquare(x);
  case VK_ATANH_CLIP: return one / oneMinusSquare(x.isTiny() ? x : X(clipped(x.rounded())));
  case VK_ERF: return X(M_2_SQRTPI) * gaussianOf(x);
  case VK_ERFC: return X(-M_2_SQRTPI) * gaussianOf(x);
  case VK_GAMMA: return v * (x.isTiny() ? -(one / x) : X(digamma(x.rounded())));
  case VK_RELU: return x.isNaN() ? x : X(x.isPositive());
  case VK_SINC: return sineCardinalPartial(x, v);
  default: return x.isNaN() ? x : X(0.0);  // sign, round, floor, ceil
  }
}

X binaryPartial(int op, int argument, X x, X y, X v) {
  const X one = 1.0, zero = 0.0;
  switch (op) {
  case VK_ADD: return one;
  case VK_SUBTRACT: return argument == 0 ? one : -one;
  case VK_MULTIPLY: return argument == 0 ? y : x;
  case VK_DIVIDE: return argument == 0 ? one / y : -(v / y);
  case VK_POWER:
    if (argument == 0) return y.isZero() ? zero : y * powerOf(x, y - one);
    return x.isZero() && y.isPositive() ? zero : v * logarithmOf(x);
  case VK_MAXIMUM:
  case VK_MINIMUM: {
    if (x.isNaN() || y.isNaN()) return notANumber;
    const int order = compare(x, y);
    return (op == VK_MAXIMUM ? order >= 0 : order <= 0) == (argument == 0);
  }
  case VK_MODULO: return argument == 0 ? one : -integerOf(floor, x / y);
  case VK_CONDITION: return argument == 1 && x.isPositive();
  default: return zero;  // comparisons and logic
  }
}

X ternaryPartial(int op, int argument, X x, X y, X z) {
  const X one = 1.0;
  int chosen = 0;
  switch (op) {
  case VK_FMA:
  case VK_MULADD: return argument == 0 ? y : argument == 1 ? x : one;
  case VK_IF_ELSE: chosen = x.isPositive() ? 1 : 2; break;
  case VK_MINIMUM3:
    chosen = compare(x, y) <= 0 ? 0 : 1;
    if (compare(minimumOf(x, y), z) > 0) chosen = 2;
    break;
  default:
    chosen = compare(x, y) >= 0 ? 0 : 1;
    if (op == VK_CLAMP ? compare(maximumOf(x, y), z) > 0 : compare(maximumOf(x, y), z) < 0) chosen = 2;
    break;
  }
  return chosen == argument;
}

}  // namespace

void extendedValues(const Link *links, int32_t count, const RowSource &row, ExtendedNumber *values) {
  for (int32_t i = 0; i < count; i++) {
    const Link &link = links[i];
    if (link.opcode == VK_CONSTANT) values[i] = row.constant(link.value);
    else if (link.opcode == VK_FEATURE) values[i] = row.feature(link.feature);
    else values[i] = valueOf(link, values);
  }
}

void extendedAdjoints(const Link *links, int32_t count, const ExtendedNumber *values,
                      ExtendedNumber *adjoints) {
  adjoints[count - 1] = 1.0;
  for (int32_t i = count - 1; i >= 0; i--) {
    const Link &link = links[i];
    if (!link.active) continue;
    const X x = values[link.child[0]], y = values[link.child[1]], z = values[link.child[2]];
    for (int j = 0; j < link.arity; j++) {
      if (!links[link.child[j]].active) continue;
      const X p = link.arity == 1   ? unaryPartial(link.opcode, x, values[i])
                  : link.arity == 2 ? binaryPartial(link.opcode, j, x, y, values[i])
                                    : ternaryPartial(link.opcode, j, x, y, z);
      // An infinite adjoint must not turn the branch not taken into NaN.
      adjoints[link.child[j]] = p.isZero() ? p : adjoints[i] * p;
    }
  }
}
