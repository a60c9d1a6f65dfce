import Expressions

/// Writes polynomials with few nodes: squares of sums are completed, common features taken out.
struct PolynomialWriter {
  /// Σ coefficient · Πxᵢ^eᵢ + constant.
  struct Polynomial {
    var constant: Double
    var terms: [(exponents: [Int], coefficient: Double)]
  }

  private let writer: ProductWriter
  private let operators: OperatorSet

  init(_ writer: ProductWriter, _ operators: OperatorSet) {
    self.writer = writer
    self.operators = operators
  }

  /// The polynomial; nil when the operators cannot write it.
  func write(_ polynomial: Polynomial) -> [Node]? {
    var rest = polynomial.terms
    var parts: [(coefficient: Double, expression: [Node])] = []
    while let square = takeSquare(&rest) { parts.append(square) }
    var constant = polynomial.constant
    let largest = (polynomial.terms.map { abs($0.coefficient) } + [abs(constant)]).max() ?? 0
    while let square = takeShiftedSquare(&rest, &constant) { parts.append(square) }
    // What cancels but for rounding is zero.
    if abs(constant) < 1e-12 * largest { constant = 0 }
    guard let remaining = gathered(rest) else { return nil }
    return ExpressionWriting.sum(
      PolynomialWriter.gathered(parts, operators) + remaining, constant: constant, operators)
  }

  /// Parts of equal coefficients as one part: a·p + a·q is a·(p + q).
  private static func gathered(
    _ parts: [(coefficient: Double, expression: [Node])], _ operators: OperatorSet
  ) -> [(coefficient: Double, expression: [Node])] {
    var groups: [(coefficient: Double, expressions: [[Node]])] = []
    for part in parts {
      let place = groups.firstIndex {
        abs($0.coefficient - part.coefficient) < 1e-6 * abs(part.coefficient)
      }
      if let place {
        groups[place].expressions.append(part.expression)
      } else {
        groups.append((part.coefficient, [part.expression]))
      }
    }
    return groups.flatMap { group -> [(coefficient: Double, expression: [Node])] in
      let terms = group.expressions.map { (coefficient: 1.0, expression: $0) }
      guard terms.count > 1, abs(group.coefficient) != 1,
        let sum = ExpressionWriting.sum(terms, constant: 0, operators)
      else { return group.expressions.map { (group.coefficient, $0) } }
      return [(group.coefficient, sum)]
    }
  }

  /// Takes a·x² + b·x as a·(x + b/2a)² - b²/4a, where x is in no other term.
  private func takeShiftedSquare(
    _ terms: inout [(exponents: [Int], coefficient: Double)], _ constant: inout Double
  ) -> (coefficient: Double, expression: [Node])? {
    let count = terms.first?.exponents.count ?? 0
    for feature in 0..<count {
      let with = terms.indices.filter { terms[$0].exponents[feature] > 0 }
      guard with.count == 2,
        with.allSatisfy({ terms[$0].exponents[feature] == terms[$0].exponents.reduce(0, +) }),
        let square = with.first(where: { terms[$0].exponents[feature] == 2 }),
        let linear = with.first(where: { terms[$0].exponents[feature] == 1 })
      else { continue }
      let (a, b) = (terms[square].coefficient, terms[linear].coefficient)
      let sum = ExpressionWriting.sum([(1, [.feature(feature)])], constant: b / (2 * a), operators)
      guard let sum, let squared = writer.product([.init(sum, 2)]) else { continue }
      constant -= b * b / (4 * a)
      terms = terms.indices.filter { !with.contains($0) }.map { terms[$0] }
      return (a, squared)
    }
    return nil
  }

  /// Takes a·x² + b·xy + c·y² with b² = 4ac out of the terms.
  private func takeSquare(_ terms: inout [(exponents: [Int], coefficient: Double)]) -> (
    coefficient: Double, expression: [Node]
  )? {
    for mixed in terms.indices {
      let exponents = terms[mixed].exponents
      let features = exponents.indices.filter { exponents[$0] == 1 }
      guard features.count == 2, exponents.reduce(0, +) == 2 else { continue }
      func position(_ feature: Int) -> Int? {
        terms.firstIndex { $0.exponents[feature] == 2 && $0.exponents.reduce(0, +) == 2 }
      }
      guard let first = position(features[0]), let second = position(features[1]) else { continue }
      let (a, b, c) = (terms[first].coefficient, terms[mixed].coefficient, terms[second].coefficient)
      guard a * c > 0, abs(b * b / (4 * a * c) - 1) < 0.1 else { continue }
      let ratio = (c / a).squareRoot()
      let inner = abs(ratio - 1) < 0.05 ? 1 : ratio
      let sum = ExpressionWriting.sum(
        [(1, [.feature(features[0])]), (b * a > 0 ? inner : -inner, [.feature(features[1])])], constant: 0,
        operators)
      guard let sum, let square = writer.product([.init(sum, 2)]) else { continue }
      let taken = Set([first, mixed, second])
      terms = terms.indices.filter { !taken.contains($0) }.map { terms[$0] }
      return (a, square)
    }
    return nil
  }

  /// The terms as parts of a sum, with the feature that most of them share taken out.
  private func gathered(_ terms: [(exponents: [Int], coefficient: Double)]) -> [(
    coefficient: Double, expression: [Node]
  )]? {
    guard let first = terms.first else { return [] }
    let counts = first.exponents.indices.map { feature in terms.count { $0.exponents[feature] > 0 } }
    let shared = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    guard terms.count > 1, counts[shared] > 1 else {
      var parts: [(coefficient: Double, expression: [Node])] = []
      for term in terms {
        let factors = term.exponents.indices.filter { term.exponents[$0] > 0 }.map {
          ProductWriter.Factor([.feature($0)], Double(term.exponents[$0]))
        }
        guard let product = writer.product(factors) else { return nil }
        parts.append((term.coefficient, product))
      }
      return parts
    }
    var inner: [(exponents: [Int], coefficient: Double)] = []
    var outer: [(exponents: [Int], coefficient: Double)] = []
    var constant = 0.0
    let unit = terms.first { $0.exponents[shared] > 0 }!.coefficient
    for term in terms {
      guard term.exponents[shared] > 0 else {
        outer.append(term)
        continue
      }
      var exponents = term.exponents
      exponents[shared] -= 1
      if exponents.allSatisfy({ $0 == 0 }) {
        constant = term.coefficient / unit
      } else {
        inner.append((exponents, term.coefficient / unit))
      }
    }
    guard let innerParts = gathered(inner), let outerParts = gathered(outer),
      let sum = ExpressionWriting.sum(innerParts, constant: constant, operators),
      let product = writer.product([.init([.feature(shared)], 1), .init(sum, 1)])
    else { return nil }
    return [(unit, product)] + outerParts
  }
}
