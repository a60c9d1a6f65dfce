import Algebra
import Expressions

extension ValueLibrary {
  /// Most expressions of a library, beside the features.
  private static let usual = 4500

  /// The library that searches start from: what laws are made of first, then whatever is small.
  ///
  /// - Parameter units: for each feature of very large or very small numbers the factor that brings it near 1:
  ///   small expressions of such features are there a second time with the factors in place.
  package static func standard(_ sample: SweepSample, _ operators: OperatorSet, units: [Double?] = [])
    -> ValueLibrary
  {
    let features = sample.features.count
    let hasUnits = operators.contains(.multiply) && units.contains { $0 != nil }
    let library = ValueLibrary(sample, capacity: usual + features + (hasUnits ? usual / 3 : 0))
    let writer = ProductWriter(operators)
    library.enumerate(operators, largest: 2, limit: 800 + features)
    if hasUnits { library.addScaled(operators, units, limit: usual / 3) }
    library.addSums(writer, operators, limit: 300)
    library.enumerate(operators, largest: 3, limit: 1400 + features)
    library.addMonomials(writer, degree: 4, limit: 400)
    let functions = library.addFunctions(writer, operators, limit: 300)
    library.addMixedProducts(writer, of: functions, limit: 1300)
    library.enumerate(operators, largest: 7, limit: usual + features)
    return library
  }

  /// Adds functions of single features, of ratios and products of two, with factors that bring their arguments
  /// near 1.
  private func addScaled(_ operators: OperatorSet, _ units: [Double?], limit: Int) {
    let scratch = ValueLibrary(sample.unscaled(units), capacity: limit)
    scratch.enumerate(operators, largest: 4, limit: limit)
    for index in 0..<scratch.count {
      let formula = Formula(unchecked: Array(scratch.expression(index)))
      let scaled = formula.reduce(leaf: { node -> [Node] in
        guard node.isFeature, let unit = units[Int(node.feature)] else { return [node] }
        return [node, .constant(unit), .operation(.multiply, argumentLength: 2)]
      }) { operation, arguments in
        let inner = arguments.flatMap { $0 }
        return inner + [.operation(operation, argumentLength: inner.count)]
      }
      let simple = Formula(unchecked: scaled).simplified(using: operators)
      // A single constant is most often the factor of the whole, which is solved for in any case.
      if simple.nodes.last?.operation == .multiply, simple.constants.count == 1 { continue }
      if simple.complexity > formula.complexity { add(simple.nodes) }
    }
  }
}
