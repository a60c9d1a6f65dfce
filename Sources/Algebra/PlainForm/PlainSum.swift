import Expressions

/// Terms and a constant.
struct PlainSum: Equatable {
  var constant = 0.0
  /// In the order in which they stand.
  var terms: [PlainProduct] = []

  /// The sum with all signs changed.
  var negated: PlainSum {
    PlainSum(
      constant: -constant,
      terms: terms.map {
        PlainProduct(coefficient: -$0.coefficient, factors: $0.factors, divisors: $0.divisors)
      })
  }

  /// Whether everything in it is subtracted.
  var isNegative: Bool { constant <= 0 && terms.allSatisfy { $0.coefficient < 0 } }
}

extension PlainForm {
  /// A plain formula as a sum.
  func sum(_ formula: Formula) -> PlainSum {
    var result = PlainSum()
    gather(formula, sign: 1, into: &result)
    return result
  }

  private func gather(_ formula: Formula, sign: Double, into result: inout PlainSum) {
    if let value = formula.constantValue {
      let isFirst = result.constant == 0
      result.constant += sign * value
      if !isFirst { result.constant = PlainNumber.tidied(result.constant) }
      return
    }
    switch formula.rootOperator {
    case .add, .subtract:
      gather(formula.rootArguments[0], sign: sign, into: &result)
      gather(
        formula.rootArguments[1], sign: formula.rootOperator == .add ? sign : -sign, into: &result)
    case .negate: gather(formula.rootArguments[0], sign: -sign, into: &result)
    default:
      var term = product(formula)
      let root = term.factors.first?.rootOperator
      if abs(term.coefficient) == 1, term.factors.count == 1, term.divisors.isEmpty,
        root == .add || root == .subtract
      {
        gather(term.factors[0], sign: sign * term.coefficient, into: &result)
      } else {
        term.coefficient *= sign
        result.terms.append(term)
      }
    }
  }

  /// A sum as a formula; nil where the operators do not suffice.
  func write(_ sum: PlainSum) -> Formula? {
    guard trades, sum.constant.isFinite else { return nil }
    var terms = sum.terms
    var constant = sum.constant
    guard !terms.isEmpty else { return .constant(constant) }
    var written: Formula?
    if let first = terms.firstIndex(where: { $0.coefficient > 0 }) {
      written = write(terms.remove(at: first))
    } else if constant > 0 {
      written = .constant(constant)
      constant = 0
    } else if let first = terms.firstIndex(where: { takesSign($0) }) {
      written = write(terms.remove(at: first))
    } else if constant < 0 {
      written = .constant(constant)
      constant = 0
    } else {
      written = write(terms.removeFirst())
    }
    for term in terms {
      var magnitude = term
      magnitude.coefficient = abs(term.coefficient)
      guard let left = written, let right = write(magnitude) else { return nil }
      written = Formula(term.coefficient < 0 ? .subtract : .add, [left, right])
    }
    guard let left = written, constant != 0 else { return written }
    return Formula(constant < 0 ? .subtract : .add, [left, .constant(abs(constant))])
  }

  /// Whether a term's minus costs nothing.
  private func takesSign(_ term: PlainProduct) -> Bool {
    if term.coefficient != -1 || term.factors.isEmpty { return true }
    return (term.factors + term.divisors).contains { negative($0) != nil }
  }
}
