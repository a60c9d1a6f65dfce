import Foundation

/// A sum of damped sinusoids of one column, with a constant and perhaps a line:
/// c + b·t + m·Σ exp(-gⱼt)·(aⱼ·cos ωⱼt + bⱼ·sin ωⱼt).
///
/// Frequencies and dampings are its own; what is linear is solved for (variable projection, Golub and Pereyra
/// 1973).
struct HarmonicModel {
  /// One sinusoid.
  struct Term {
    /// Angular frequency.
    var frequency: Double
    /// The rate g of exp(-g·t); 0 for none.
    var decay = 0.0
  }

  /// How often the interval is cut in which a frequency or a decay is refined.
  private static let refinements = 14

  /// Whether a multiple of the column stands beside the sinusoids.
  var hasTrend: Bool
  /// The sinusoids.
  var terms: [Term] = []
  /// Whether one damping is that of all of them.
  var sharesDecay = false

  /// What is solved for.
  struct Fit {
    /// Coefficient of the column itself.
    var trend = 0.0
    /// Coefficients of cosine and sine of each term, counted from the column's least value.
    var amplitudes: [(cosine: Double, sine: Double)] = []
    /// Part of the weighted squares that is left, in the target's unit.
    var left: Double
    /// What is left on each row.
    var residual: Vector
  }

  /// Unknowns, the constant among them.
  var freedom: Int {
    let dampings = sharesDecay ? 1 : terms.count { $0.decay != 0 }
    return 1 + (hasTrend ? 1 : 0) + 3 * terms.count + dampings
  }

  /// The model with one damping for all sinusoids.
  func damped(by decay: Double) -> HarmonicModel {
    var model = self
    model.sharesDecay = true
    for index in terms.indices { model.terms[index].decay = decay }
    return model
  }

  /// The least squares fit of the linear coefficients.
  func fit(_ rows: HarmonicRows) -> Fit {
    var span = LeastSquares(weights: rows.weights)
    var places: [Int?] = []
    var added = 0
    func add(_ column: Vector) {
      let isIndependent = column.allSatisfy(\.isFinite) && span.add(column)
      places.append(isIndependent ? added : nil)
      if isIndependent { added += 1 }
    }
    add(rows.ones)
    if hasTrend { add(rows.times) }
    for term in terms {
      let envelope = zip(rows.times, rows.factors).map { time, factor in
        term.decay == 0 ? factor : factor * Foundation.exp(-term.decay * time)
      }
      add(zip(rows.times, envelope).map { Foundation.cos(term.frequency * $0) * $1 })
      add(zip(rows.times, envelope).map { Foundation.sin(term.frequency * $0) * $1 })
    }
    let solution = span.fit(rows.target, rows: rows.count)
    func coefficient(_ index: Int) -> Double { places[index].map { solution.coefficients[$0] } ?? 0 }
    let start = hasTrend ? 2 : 1
    return Fit(
      trend: hasTrend ? coefficient(1) : 0,
      amplitudes: terms.indices.map { (coefficient(start + 2 * $0), coefficient(start + 2 * $0 + 1)) },
      left: max(solution.residual, 0), residual: span.residual(rows.target))
  }

  /// Moves each frequency, and each damping that is not zero, to where the squares are least, in turn.
  ///
  /// - Parameter width: how far a frequency may be from where it should be.
  mutating func refine(_ rows: HarmonicRows, width: Double, rounds: Int) {
    for round in 0..<rounds {
      let reach = width / Foundation.pow(4, Double(round))
      for index in terms.indices {
        minimise(rows, reach: reach) {
          $0.terms[index].frequency = max(1e-3 * width, $0.terms[index].frequency + $1)
        }
        if !sharesDecay { refineDecay(of: [index], rows, round) }
      }
      if sharesDecay { refineDecay(of: Array(terms.indices), rows, round) }
    }
  }

  private mutating func refineDecay(of changed: [Int], _ rows: HarmonicRows, _ round: Int) {
    guard let first = changed.first, terms[first].decay != 0 else { return }
    let most = 0.5 * abs(terms[first].decay) / Double(round + 1)
    minimise(rows, reach: most) { for index in changed { $0.terms[index].decay += $1 } }
  }

  /// Golden section (Kiefer 1953) over a change of the model.
  private mutating func minimise(
    _ rows: HarmonicRows, reach: Double, _ change: (inout HarmonicModel, Double) -> Void
  ) {
    let start = self
    func changed(_ step: Double) -> HarmonicModel {
      var model = start
      change(&model, step)
      return model
    }
    let best = GoldenSection.minimum(-reach, reach, refinements: HarmonicModel.refinements) {
      changed($0).fit(rows).left
    }
    if best.value < start.fit(rows).left { self = changed(best.point) }
  }
}
