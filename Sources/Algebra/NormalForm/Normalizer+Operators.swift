import Expressions

extension Normalizer {
  /// The normal form of an operator of normal forms.
  func apply(_ operation: Operator, _ a: [Quotient]) throws(AlgebraLimit) -> Quotient {
    let x = a[0]
    switch operation {
    case .add: return try workspace.add(x, a[1])
    case .subtract: return try workspace.add(x, -a[1])
    case .multiply: return try workspace.multiply(x, a[1])
    case .divide: return try workspace.divide(x, a[1])
    case .power: return try power(x, a[1])
    case .negate: return -x
    case .square: return try workspace.power(x, 2)
    case .cube: return try workspace.power(x, 3)
    case .inverse: return try workspace.divide(.one, x)
    case .fma, .muladd: return try workspace.add(try workspace.multiply(x, a[1]), a[2])
    case .cbrt: return try cubeRoot(x)
    case .sqrt: return try power(x, Rational(1, over: 2))
    case .abs: return try magnitude(x)
    case .exp: return try exponential(x)
    case .log: return try logarithm(x)
    case .log10: return try workspace.divide(try logarithm(x), try logarithm(Quotient(Rational(10))))
    case .log2: return try workspace.divide(try logarithm(x), try logarithm(Quotient(Rational(2))))
    case .log1p: return try logarithm(try workspace.add(.one, x))
    default: return try applyFunction(operation, a)
    }
  }

  private func applyFunction(_ operation: Operator, _ a: [Quotient]) throws(AlgebraLimit) -> Quotient {
    let x = a[0]
    switch operation {
    case .sin: return try sine(x)
    case .cos: return try cosine(x)
    case .tan: return try workspace.divide(try sine(x), try cosine(x))
    case .asin: return try arcsine(x)
    case .acos:
      let quarter = Quotient(generator: workspace.generator(.pi)).scaled(by: Rational(1, over: 2))
      return try workspace.add(quarter, -(try arcsine(x)))
    case .atan: return try arctangent(x)
    case .sinh: return try hyperbolic(x).sine
    case .cosh: return try hyperbolic(x).cosine
    case .tanh:
      let (sine, cosine) = try hyperbolic(x)
      return try workspace.divide(sine, cosine)
    case .asinh: return try inverseHyperbolic(x, plus: .one)
    case .acosh:
      try learn(try workspace.add(x, -.one), isStrict: false)
      return try inverseHyperbolic(x, plus: -.one)
    case .atanh: return try inverseHyperbolicTangent(x)
    case .atanhClip:
      let shifted = try remainder(try workspace.add(x, .one), Quotient(Rational(2)))
      return try inverseHyperbolicTangent(try workspace.add(shifted, -.one))
    case .erf: return try oddFunction("erf", x)
    case .erfc: return try workspace.add(.one, -(try oddFunction("erf", x)))
    case .gamma: return try gamma(x)
    case .sinc:
      if x.isZero { return .one }
      let angle = try workspace.multiply(x, Quotient(generator: workspace.generator(.pi)))
      return try workspace.divide(try sine(angle), angle)
    default: return try applyPiecewise(operation, a)
    }
  }

  private func applyPiecewise(_ operation: Operator, _ a: [Quotient]) throws(AlgebraLimit) -> Quotient {
    let x = a[0]
    switch operation {
    case .relu: return try extremum(x, .zero, sign: 1)
    case .maximum: return try extremum(x, a[1], sign: 1)
    case .minimum: return try extremum(x, a[1], sign: -1)
    case .maximum3: return try extremum(try extremum(x, a[1], sign: 1), a[2], sign: 1)
    case .minimum3: return try extremum(try extremum(x, a[1], sign: -1), a[2], sign: -1)
    case .clamp: return try extremum(try extremum(x, a[1], sign: 1), a[2], sign: -1)
    case .modulo: return try remainder(x, a[1])
    case .floor: return try floor(x)
    case .ceil: return -(try floor(-x))
    case .round: return try oddFunction("round", x)
    case .sign:
      if let number = x.constant { return Quotient(Rational(number.sign)) }
      return try oddFunction("sign", x)
    case .greater: return try positive(try workspace.add(x, -a[1]))
    case .less: return try positive(try workspace.add(a[1], -x))
    case .greaterOrEqual: return try workspace.add(.one, -(try positive(try workspace.add(a[1], -x))))
    case .lessOrEqual: return try workspace.add(.one, -(try positive(try workspace.add(x, -a[1]))))
    case .logicalAnd: return try workspace.multiply(try positive(x), try positive(a[1]))
    case .logicalOr: return try either(try positive(x), try positive(a[1]))
    case .condition: return try workspace.multiply(try positive(x), a[1])
    case .ifElse:
      let holds = try positive(x)
      let first = try workspace.multiply(holds, a[1])
      return try workspace.add(first, try workspace.multiply(try workspace.add(.one, -holds), a[2]))
    default: throw .tooLarge
    }
  }

  /// max(x, y) is (x + y + |x - y|) / 2.
  private func extremum(_ x: Quotient, _ y: Quotient, sign: Int) throws(AlgebraLimit) -> Quotient {
    let distance = try magnitude(try workspace.add(x, -y))
    let sum = try workspace.add(x, y)
    return try workspace.add(sum, distance.scaled(by: Rational(sign))).scaled(by: Rational(1, over: 2))
  }

  private func either(_ x: Quotient, _ y: Quotient) throws(AlgebraLimit) -> Quotient {
    try workspace.add(try workspace.add(x, y), -(try workspace.multiply(x, y)))
  }

  /// 1 where `x` is above zero, else 0; a positive factor of `x` does not count.
  private func positive(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    if let number = x.constant { return number.sign > 0 ? .one : .zero }
    if x.isZero { return .zero }
    let scaled = x.scaled(by: x.numerator.content.magnitude.inverse)
    if scaled.denominator.isOne, isTruth(scaled.numerator) { return scaled }
    return Quotient(generator: try interned(scaled) { .positive($0) })
  }

  /// Whether this is a product of truth values, or 1 less one.
  private func isTruth(_ x: Polynomial) -> Bool {
    let rest = x.terms.last?.monomial.isOne == true ? -(x - .one) : x
    guard rest.isSingleTerm, rest.terms[0].coefficient.isOne else { return false }
    return rest.terms[0].monomial.powers.allSatisfy {
      if case .positive = workspace.generators[$0.generator].kind { true } else { false }
    }
  }

  /// x - y floor(x / y), the remainder with the divisor's sign.
  private func remainder(_ x: Quotient, _ y: Quotient) throws(AlgebraLimit) -> Quotient {
    let whole = try floor(try workspace.divide(x, y))
    return try workspace.add(x, -(try workspace.multiply(y, whole)))
  }

  /// The whole part of the constant term stands outside.
  private func floor(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    if let number = x.constant { return Quotient(number.floor) }
    var outside = Rational.zero
    if x.denominator.isOne, let last = x.numerator.terms.first(where: { $0.monomial.isOne }) {
      outside = last.coefficient.floor
    }
    let inside = try workspace.add(x, Quotient(-outside))
    let generator = try interned(inside) { .function("floor", $0) }
    return try workspace.add(Quotient(generator: generator), Quotient(outside))
  }

  private func gamma(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    if let whole = x.constant?.integer, whole > 0, whole <= 30 {
      return Quotient((1..<max(2, whole)).reduce(Rational.one) { $0 * Rational($1) })
    }
    return Quotient(generator: try interned(x) { .function("gamma", $0) })
  }

  /// log(x + sqrt(x² + c)).
  private func inverseHyperbolic(_ x: Quotient, plus constant: Quotient) throws(AlgebraLimit) -> Quotient {
    let square = try workspace.add(try workspace.multiply(x, x), constant)
    return try logarithm(try workspace.add(x, try power(square, Rational(1, over: 2))))
  }

  /// Half of log((1 + x) / (1 - x)).
  private func inverseHyperbolicTangent(_ x: Quotient) throws(AlgebraLimit) -> Quotient {
    let above = try workspace.add(.one, x)
    let below = try workspace.add(.one, -x)
    try learn(above, isStrict: true)
    try learn(below, isStrict: true)
    return try workspace.add(try logarithm(above), -(try logarithm(below))).scaled(by: Rational(1, over: 2))
  }

  /// A function with f(-x) = -f(x) that no other rule takes apart.
  func oddFunction(_ name: String, _ x: Quotient) throws(AlgebraLimit) -> Quotient {
    guard let lead = x.numerator.terms.first else { return .zero }
    let isNegative = lead.coefficient.sign < 0
    let generator = try interned(isNegative ? -x : x) { .function(name, $0) }
    let value = Quotient(generator: generator)
    return isNegative ? -value : value
  }

  /// The generator of this argument, or of one that is the same though it is written otherwise.
  private func interned(_ x: Quotient, _ kind: (Quotient) -> Generator.Kind) throws(AlgebraLimit) -> Int {
    let wanted = kind(x)
    if let index = workspace.indices[wanted] { return index }
    for (index, generator) in workspace.generators.enumerated() {
      let argument: Quotient
      switch generator.kind {
      case .function(_, let known), .positive(let known): argument = known
      default: continue
      }
      guard kind(argument) == generator.kind else { continue }
      if argument.denominator.isOne && x.denominator.isOne { continue }
      if try workspace.areSame(argument, x) { return index }
    }
    return workspace.generator(wanted)
  }
}
