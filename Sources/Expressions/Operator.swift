/// One of the functions an expression may be built from.
///
/// The raw value is the code the vector kernels are addressed with; 0 and 1 are taken by the two kinds of
/// leaf (see ``Node``). Outside its domain an operator yields NaN or an infinity, it never traps, and an
/// expression that is not finite on every row is no candidate.
public enum Operator: UInt8, CaseIterable, Sendable {
  // Two arguments
  case add = 2
  case subtract, multiply, divide, power
  case maximum, minimum, modulo
  case greater, greaterOrEqual, less, lessOrEqual
  case condition, logicalOr, logicalAnd

  // One argument
  case negate = 20
  case square, cube, cbrt, sqrt, abs, sign, inverse
  case exp, log, log10, log2, log1p
  case sin, cos, tan, asin, acos, atan
  case sinh, cosh, tanh, asinh, acosh, atanh, atanhClip
  case erf, erfc, gamma
  case relu, sinc, round, floor, ceil

  // Three arguments
  case clamp = 56
  case fma, muladd, maximum3, minimum3, ifElse
}
