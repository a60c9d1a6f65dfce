import Evaluation
import Foundation

/// One weighted least-squares fit of masses and constants, each body's noise being given.
struct MassFit {
  private(set) var state: PullModel.State
  /// Residuals of each body at the end.
  private(set) var residuals: [Double]
  private let model: PullModel
  private let noise: [Double]
  /// The body whose mass is the unit.
  private let unit: Int
  private let found: PullModel.Accelerations

  /// What is believed of a mass without data: it may be off by so many decades. So a mass that the motions say
  /// nothing of stays where it was, with this error.
  static let priorError = 3.0
  private static let steps = 80
  /// Stretches of time whose scatter is looked at.
  private static let blocks = 40

  /// The fit that begins at `start`; nil where the law has no value there.
  init?(_ model: PullModel, _ start: PullModel.State, noise: [Double], unit: Int) {
    self.model = model
    self.noise = noise
    self.unit = unit
    guard var found = model.accelerations(start) else { return nil }
    var state = start
    func cost(_ found: PullModel.Accelerations?, _ state: PullModel.State) -> Double {
      model.cost(found, noise: noise) + MassFit.prior(state, start)
    }
    var best = cost(found, state)
    guard best.isFinite else { return nil }
    var damping = 1e-4
    var failures = 0
    for _ in 0..<MassFit.steps {
      var normal = NormalEquations(model, found, noise: noise, unit: unit, instants: 0..<model.instants)
      normal.addPrior(state, start)
      guard let step = normal.step(damping: damping) else { break }
      var next = state
      var largest = 0.0
      for (place, unknown) in normal.unknowns.enumerated() {
        if unknown < model.bodies {
          // A mass far too small pulls so little that linear steps overshoot.
          next.logarithms[unknown] += min(max(step[place], -1), 1)
          largest = max(largest, abs(step[place]))
        } else {
          next.constants[unknown - model.bodies] += step[place]
          largest = max(
            largest, abs(step[place]) / max(abs(state.constants[unknown - model.bodies]), 1e-300))
        }
      }
      let tried = model.accelerations(next)
      let value = cost(tried, next)
      if let tried, value <= best {
        let gain = best - value
        (state, found, best) = (next, tried, value)
        damping = max(damping / 10, 1e-14)
        failures = 0
        if gain <= 1e-10 * best, largest < 1e-6 { break }
      } else {
        damping *= 10
        failures += 1
        if failures > 12 || largest < 1e-9 { break }
      }
    }
    self.state = state
    self.found = found
    residuals = model.residuals(found)
  }

  private static func prior(_ state: PullModel.State, _ start: PullModel.State) -> Double {
    zip(state.logarithms, start.logarithms).reduce(0) { sum, pair in
      let left = (pair.0 - pair.1) / priorError
      return sum + left * left
    }
  }

  /// Standard errors of all bodies' logarithms, 0 for the unit, and of the constants; nil for a constant that
  /// the motions do not tell.
  func standardErrors() -> (masses: [Double], constants: [Double?]) {
    var normal = NormalEquations(model, found, noise: noise, unit: unit, instants: 0..<model.instants)
    normal.addPrior(state, state)
    let count = normal.unknowns.count
    var masses = Array(repeating: MassFit.priorError, count: model.bodies)
    masses[unit] = 0
    var constants: [Double?] = Array(repeating: nil, count: state.constants.count)
    guard let inverse = normal.inverse() else { return (masses, constants) }
    // Σ over blocks of the gradient's outer product, between two inverses.
    let blocks = min(MassFit.blocks, model.instants)
    var scatter = Array(repeating: 0.0, count: count)
    for block in 0..<blocks {
      let part = (block * model.instants / blocks)..<((block + 1) * model.instants / blocks)
      let gradient = NormalEquations(model, found, noise: noise, unit: unit, instants: part).gradient
      for one in 0..<count {
        let change = (0..<count).reduce(0) { $0 + inverse[one * count + $1] * gradient[$1] }
        scatter[one] += change * change
      }
    }
    let persistent = persistentErrors(inverse, count)
    let correction = Double(blocks) / Double(max(1, blocks - 1))
    for (place, unknown) in normal.unknowns.enumerated() {
      let error =
        (max(inverse[place * count + place], correction * scatter[place]) + persistent[place]).squareRoot()
      guard error.isFinite else { continue }
      if unknown < model.bodies {
        masses[unknown] = MassFit.decades(error)
      } else {
        constants[unknown - model.bodies] = error
      }
    }
    return (masses, constants)
  }

  /// Squared errors of the unknowns if that part of each body's residuals which goes on for longer than the
  /// blocks is the law's own error, and pushes every unknown one way throughout: no scatter would show it.
  private func persistentErrors(_ inverse: [Double], _ count: Int) -> [Double] {
    var squares = Array(repeating: 0.0, count: count)
    let persistence = model.persistence(found, length: model.instants / MassFit.blocks)
    for body in persistence.indices where persistence[body] > 0 {
      var sums = Array(repeating: 0.0, count: count)
      for instant in 0..<model.instants {
        let gradient = NormalEquations(
          model, found, noise: noise, unit: unit, instants: instant..<(instant + 1), body: body
        ).gradient
        for one in 0..<count {
          sums[one] += abs((0..<count).reduce(0) { $0 + inverse[one * count + $1] * gradient[$1] })
        }
      }
      for one in 0..<count { squares[one] += persistence[body] * sums[one] * persistence[body] * sums[one] }
    }
    return squares
  }

  /// The error towards smaller masses, the larger side: a mass of 1 ± 0.5 may be half as large, and one of
  /// 1 ± 1 any smaller.
  private static func decades(_ error: Double) -> Double {
    let relative = M_LN10 * error
    return relative < 0.999 ? min(-log10(1 - relative), priorError) : priorError
  }
}

/// The normal equations of a ``PullModel``, without the body that is the unit of masses.
private struct NormalEquations {
  /// What the unknowns are: numbers of bodies, then that of bodies plus those of constants.
  let unknowns: [Int]
  private(set) var matrix: [Double]
  private(set) var gradient: [Double]
  private let bodies: Int

  init(
    _ model: PullModel, _ found: PullModel.Accelerations, noise: [Double], unit: Int, instants: Range<Int>,
    body: Int? = nil
  ) {
    let receivers = body.map { $0..<($0 + 1) } ?? 0..<model.bodies
    let all = model.bodies + found.byConstant.count
    var matrix = Array(repeating: 0.0, count: all * all)
    var gradient = Array(repeating: 0.0, count: all)
    for instant in instants {
      model.addNormalEquations(
        instant: instant, receivers: receivers, found, noise: noise, matrix: &matrix, gradient: &gradient)
    }
    let kept = (0..<all).filter { $0 != unit }
    unknowns = kept
    bodies = model.bodies
    self.matrix = kept.flatMap { row in kept.map { matrix[max(row, $0) * all + min(row, $0)] } }
    self.gradient = kept.map { gradient[$0] }
  }

  mutating func addPrior(_ state: PullModel.State, _ start: PullModel.State) {
    let weight = 1 / (MassFit.priorError * MassFit.priorError)
    for (place, unknown) in unknowns.enumerated() where unknown < bodies {
      matrix[place * unknowns.count + place] += weight
      gradient[place] += weight * (start.logarithms[unknown] - state.logarithms[unknown])
    }
  }

  /// The factor of the matrix, scaled to a unit diagonal and damped, and the scale; nil when it has none.
  private func factor(damping: Double) -> (factor: [Double], scale: [Double])? {
    let count = unknowns.count
    // An unknown that nothing depends on has a unit diagonal and no gradient: it stays.
    let scale = (0..<count).map { place in
      let square = matrix[place * count + place]
      return square > 0 ? 1 / square.squareRoot() : 0
    }
    var scaled = matrix
    for row in 0..<count {
      for column in 0..<count { scaled[row * count + column] *= scale[row] * scale[column] }
      scaled[row * count + row] = 1 + damping
    }
    guard Cholesky.factor(&scaled, count) else { return nil }
    return (scaled, scale)
  }

  /// The step of a damped fit.
  func step(damping: Double) -> [Double]? {
    guard let (factor, scale) = factor(damping: max(damping, 1e-13)) else { return nil }
    var solution = zip(gradient, scale).map { $0 * $1 }
    Cholesky.solve(factor, unknowns.count, &solution)
    return zip(solution, scale).map { $0 * $1 }
  }

  /// The covariance of the unknowns, row by row.
  func inverse() -> [Double]? {
    let count = unknowns.count
    guard let (factor, scale) = factor(damping: 1e-13) else { return nil }
    var result = Array(repeating: 0.0, count: count * count)
    for column in 0..<count {
      var unit = Array(repeating: 0.0, count: count)
      unit[column] = 1
      Cholesky.solve(factor, count, &unit)
      for row in 0..<count { result[row * count + column] = unit[row] * scale[row] * scale[column] }
    }
    return result
  }
}
