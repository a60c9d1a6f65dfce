import Expressions

/// Tries functions of the target as polynomials of the features: all terms up to a degree at once, then
/// without those that are zero within their errors, written with complete squares.
///
/// Degrees with nearly as many terms as there are rows are tried, too, for polynomials that fit exactly.
package struct PolynomialSweep {
  private let sample: SweepSample
  private let operators: OperatorSet
  private let writer: ProductWriter
  private let targets: [TargetTransform]
  private let bases: [Basis]

  /// All terms up to a degree.
  private struct Basis {
    /// Exponents of each feature in each term.
    var terms: [[Int]]
    var columns: [Vector]
    /// Whether only a fit without a rest says anything, as there are few rows for so many terms.
    var isForExactFits: Bool

    init(_ terms: [[Int]], _ sample: SweepSample, isForExactFits: Bool) {
      self.terms = terms
      self.isForExactFits = isForExactFits
      columns = terms.map { exponents in
        var column = Vector(repeating: 0, count: sample.stride)
        for row in 0..<sample.rowCount {
          var product = 1.0
          for (feature, exponent) in exponents.enumerated() {
            for _ in 0..<exponent { product *= sample.features[feature][row] }
          }
          column[row] = product
        }
        return column
      }
    }
  }

  /// Most terms of a full polynomial, and of one that is written.
  private static let (mostTerms, mostWritten) = (70, 10)
  /// Rows that an exact fit must have beside its terms.
  private static let spareRows = 5
  /// Share of the squares that a fit may leave, and an exact one.
  private static let (mostLeft, exactShare) = (0.2, 1e-18)

  /// A sweep for the targets that ``SparseSweep`` has, too.
  package init(_ logarithms: LogarithmLibrary, operators: OperatorSet) {
    let sample = logarithms.library.sample
    self.sample = sample
    self.operators = operators
    writer = ProductWriter(operators)
    let features = sample.features.count
    let degrees = stride(from: 5, through: 2, by: -1).map { PolynomialSweep.terms(features, $0) }
      .filter { !$0.isEmpty && $0.count <= PolynomialSweep.mostTerms }
    let ordinary = degrees.first { $0.count * 2 <= sample.rowCount }
    let exact = degrees.first { $0.count + PolynomialSweep.spareRows <= sample.rowCount }
    var bases: [Basis] = []
    if let ordinary { bases.append(Basis(ordinary, sample, isForExactFits: false)) }
    if let exact, exact.count > ordinary?.count ?? 0 {
      bases.append(Basis(exact, sample, isForExactFits: true))
    }
    self.bases = bases
    targets = bases.isEmpty ? [] : TargetTransform.peeled(logarithms, operators)
  }

  /// Number of tasks that may run at the same time: one for each target and set of terms.
  package var taskCount: Int { targets.count * bases.count }

  /// Exponents of all terms from degree 1 to `degree`.
  private static func terms(_ features: Int, _ degree: Int) -> [[Int]] {
    guard features <= 12 else { return [] }
    var found: [[Int]] = []
    var exponents = Array(repeating: 0, count: features)
    func fill(_ feature: Int, _ left: Int) {
      if feature == features {
        if left < degree { found.append(exponents) }
        return
      }
      for exponent in 0...left {
        exponents[feature] = exponent
        fill(feature + 1, left - exponent)
      }
      exponents[feature] = 0
    }
    fill(0, degree)
    return found
  }

  /// What the sweep proposes for one target and set of terms.
  package func candidates(_ task: Int) -> [SweepCandidate] {
    let target = targets[task % targets.count]
    let basis = bases[task / targets.count]
    guard let (problem, independent) = problem(target, basis) else { return [] }
    let mostLeft = basis.isForExactFits ? PolynomialSweep.exactShare : PolynomialSweep.mostLeft
    var active = independent
    var found: [SweepCandidate] = []
    while !active.isEmpty {
      guard let (fit, kept) = fit(problem, independent, active) else { return found }
      active = kept
      let share = fit.residual / sample.targetSquares
      // What a full polynomial does not explain, its parts do not.
      guard share < mostLeft else { return found }
      let ratios = zip(fit.coefficients, fit.errors).dropFirst().map { abs($0 / max($1, 1e-300)) }
      let weakest = ratios.indices.min { ratios[$0] < ratios[$1] } ?? 0
      if active.count <= PolynomialSweep.mostWritten {
        found += write(target, active.map { basis.terms[$0] }, fit, share)
        // From here on every term matters, or the fit is exact.
        if found.count > 24 || share < 1e-22 && ratios[weakest] > 1e4 { return found }
      }
      // Far from the end several may go at once.
      let many = max(1, (active.count - PolynomialSweep.mostWritten) / 3)
      let order = ratios.indices.sorted { ratios[$0] < ratios[$1] }
      let dropped = Set(order.prefix(many))
      active = active.indices.filter { !dropped.contains($0) }.map { active[$0] }
    }
    return found
  }

  /// The full polynomial's problem in an orthonormal basis, and the terms that are independent.
  private func problem(_ target: TargetTransform, _ basis: Basis) -> (LeastSquares.Reduced, [Int])? {
    var span = LeastSquares(weights: target.weights)
    guard span.add(sample.ones) else { return nil }
    let kept = basis.columns.indices.filter { span.add(basis.columns[$0]) }
    return kept.isEmpty ? nil : (span.reduced(target.values), kept)
  }

  private func fit(_ problem: LeastSquares.Reduced, _ independent: [Int], _ active: [Int])
    -> (LeastSquares.Fit, [Int])?
  {
    var span = LeastSquares(weights: Array(repeating: 1, count: problem.target.count))
    guard span.add(problem.columns[0]) else { return nil }
    var places: [Int: Int] = [:]
    for (place, term) in independent.enumerated() { places[term] = place + 1 }
    let kept = active.filter { span.add(problem.columns[places[$0]!]) }
    guard !kept.isEmpty else { return nil }
    return (span.fit(problem.target, rows: sample.rowCount, beyond: problem.left), kept)
  }

  private func write(
    _ target: TargetTransform, _ terms: [[Int]], _ fit: LeastSquares.Fit, _ share: Double
  ) -> [SweepCandidate] {
    LinearCoefficients.variants(fit, isScaleFree: target.isScaleFree).compactMap { coefficients in
      let polynomial = PolynomialWriter.Polynomial(
        constant: coefficients[0],
        terms: zip(terms, coefficients.dropFirst()).filter { $1 != 0 }.map { ($0, $1) })
      guard let sum = PolynomialWriter(writer, operators).write(polynomial),
        let nodes = target.expression(sum, writer, operators)
      else { return nil }
      return SweepCandidate(nodes: nodes, residualShare: share)
    }
  }
}
