import Expressions

extension ValueLibrary {
  /// The library that sweeps run on: what laws are made of first, then whatever is small.
  package static func standard(_ sample: SweepSample, _ operators: OperatorSet) -> ValueLibrary {
    let library = ValueLibrary(sample, capacity: 4500)
    let writer = ProductWriter(operators)
    library.enumerate(operators, largest: 2, limit: 800)
    library.addSums(writer, operators, limit: 300)
    library.enumerate(operators, largest: 3, limit: 1400)
    library.addMonomials(writer, degree: 4, limit: 400)
    let functions = library.addFunctions(writer, operators, limit: 300)
    library.addMixedProducts(writer, of: functions, limit: 1300)
    library.enumerate(operators, largest: 7, limit: 4500)
    return library
  }
}
