import Expressions

extension ValueLibrary {
  /// Adds products of whole powers of the features, in ascending order of their degree.
  ///
  /// - Parameters:
  ///   - degree: largest sum of the exponents' magnitudes.
  ///   - limit: most products to add.
  package func addMonomials(_ writer: ProductWriter, degree: Int, limit: Int) {
    let features = sample.features.count
    var left = limit
    for total in stride(from: 2, through: degree, by: 1) {
      var exponents = Array(repeating: 0, count: features)
      func fill(_ feature: Int, _ rest: Int) {
        guard left > 0 else { return }
        if rest == 0 || feature == features {
          guard rest == 0 else { return }
          let factors = exponents.indices.filter { exponents[$0] != 0 }.map {
            ProductWriter.Factor([.feature($0)], Double(exponents[$0]))
          }
          if let nodes = writer.product(factors), add(nodes, transcendental: false) { left -= 1 }
          return
        }
        for size in 0...min(rest, 2) {
          for sign in size == 0 ? [0] : [1, -1] {
            exponents[feature] = sign * size
            fill(feature + 1, rest - size)
          }
        }
        exponents[feature] = 0
      }
      fill(0, total)
    }
  }

  /// Adds the operators' functions of features, of differences, ratios and products of two.
  ///
  /// - Returns: the functions among the library's expressions, those found before included.
  package func addFunctions(_ writer: ProductWriter, _ operators: OperatorSet, limit: Int) -> [Int] {
    let functions = operators.unary.filter { !$0.isAlgebraic }
    let features = sample.features.count
    var arguments: [[Node]] = (0..<features).map { [.feature($0)] }
    func pairs(_ make: (Int, Int) -> [Node]?) {
      for first in 0..<features {
        for second in 0..<first { if let pair = make(first, second) { arguments.append(pair) } }
      }
    }
    pairs { first, second in
      ExpressionWriting.sum([(1, [.feature(first)]), (-1, [.feature(second)])], constant: 0, operators)
    }
    pairs { writer.product([.init([.feature($0)], 1), .init([.feature($1)], 1)]) }
    pairs { writer.product([.init([.feature($0)], 1), .init([.feature($1)], -1)]) }
    var left = limit
    var found: [Int] = []
    for argument in arguments {
      for function in functions where left > 0 {
        if let index = index(of: ExpressionWriting.apply(function, argument)) {
          found.append(index)
          left -= 1
        }
      }
    }
    return found
  }

  /// Adds products of the given expressions with one or two features or their inverses.
  package func addMixedProducts(_ writer: ProductWriter, of members: [Int], limit: Int) {
    let features = sample.features.count
    var left = limit
    var monomials: [[ProductWriter.Factor]] = []
    for first in 0..<features { monomials.append([.init([.feature(first)], 1)]) }
    for first in 0..<features {
      for second in 0..<first {
        monomials.append([.init([.feature(first)], 1), .init([.feature(second)], 1)])
      }
    }
    for first in 0..<features { monomials.append([.init([.feature(first)], -1)]) }
    for first in 0..<features {
      for second in 0..<features where second != first {
        monomials.append([.init([.feature(first)], 1), .init([.feature(second)], -1)])
      }
    }
    for monomial in monomials {
      for index in members {
        guard left > 0 else { return }
        let inner = Array(expression(index))
        if let nodes = writer.product(monomial + [.init(inner, 1)]), add(nodes) { left -= 1 }
      }
    }
  }

  /// Adds sums and differences that laws of nature are full of: of squares, of the number 1 and a product of
  /// powers, of three features or their squares, squares of differences.
  ///
  /// - Parameter limit: most sums to add.
  package func addSums(_ writer: ProductWriter, _ operators: OperatorSet, limit: Int) {
    let features = sample.features.count
    var left = limit
    func offer(_ expression: [Node]?) {
      if left > 0, let expression, add(expression, transcendental: false) { left -= 1 }
    }
    func sum(_ terms: [(coefficient: Double, expression: [Node])]) -> [Node]? {
      ExpressionWriting.sum(terms, constant: 0, operators)
    }
    func power(_ feature: Int, _ exponent: Double) -> [Node]? {
      writer.product([.init([.feature(feature)], exponent)])
    }
    for first in 0..<features {
      for second in 0..<first {
        guard let one = power(first, 2), let other = power(second, 2) else { return }
        offer(sum([(1, one), (1, other)]))
        offer(sum([(1, one), (-1, other)]))
        if let difference = sum([(1, [.feature(first)]), (-1, [.feature(second)])]) {
          offer(writer.product([.init(difference, 2)]))
        }
      }
    }
    for first in 0..<features {
      for second in 0..<features where second != first {
        for exponent in [1.0, 2] {
          let ratio = writer.product([
            .init([.feature(first)], exponent), .init([.feature(second)], -exponent),
          ])
          guard let ratio else { continue }
          offer(sum([(1, [.constant(1)]), (-1, ratio)]))
          offer(sum([(1, [.constant(1)]), (1, ratio)]))
        }
      }
    }
    for first in 0..<features {
      for second in 0..<first {
        for third in 0..<second {
          for exponent in [1.0, 2] {
            let parts = [first, second, third].compactMap { power($0, exponent) }
            if parts.count == 3 { offer(sum(parts.map { (1, $0) })) }
          }
        }
      }
    }
  }
}
