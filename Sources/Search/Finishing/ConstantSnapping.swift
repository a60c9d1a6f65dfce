import Evaluation
import Expressions

/// Puts fitted constants to the simple numbers that they are within error of, and ties those that are equal
/// within error, where the loss agrees.
struct ConstantSnapping {
  let evaluator: Evaluator
  let full: EvaluationData
  let stop: StopSignal
  /// The loss up to which rounding error explains it, for a formula of the front.
  let roundingFloor: Double

  private var formula: Formula
  private var loss: Double
  private var held: [Int] = []
  /// What the loss is compared with: that of the constants as they were fitted.
  private let fittedLoss: Double
  private let freedom: Double

  init(
    _ formula: Formula, loss: Double, on full: EvaluationData, with evaluator: Evaluator, stop: StopSignal,
    roundingFloor: Double
  ) {
    self.formula = formula
    self.loss = loss
    self.full = full
    self.evaluator = evaluator
    self.stop = stop
    self.roundingFloor = roundingFloor
    fittedLoss = loss
    freedom = Double(full.rowCount - formula.constants.count)
  }

  /// Tries the least coincidental number first, fits the others again, and goes on with those that are left.
  ///
  /// - Returns: the formula with its simple constants and the loss it has; nil when none was found.
  mutating func run() -> (formula: Formula, loss: Double)? {
    guard freedom > 0, !formula.constants.isEmpty, fittedLoss.isFinite else { return nil }
    var refused: Set<Int> = []
    while !stop.isPastDeadline {
      let errors = standardErrors()
      var best: (position: Int, number: NiceNumber)?
      for (position, error) in errors where !refused.contains(position) {
        let value = formula.nodes[position].value
        let found = NiceNumber.nearest(value, error: error, isExponent: formula.isExponent(position))
        if let found, found.coincidence < best?.number.coincidence ?? .infinity { best = (position, found) }
      }
      guard let best else { break }
      if !hold([best.position], at: best.number.value) { refused.insert(best.position) }
    }
    tie()
    return held.isEmpty ? nil : (formula, loss)
  }

  /// Positions and standard errors of the constants that are not held.
  private func standardErrors() -> [(Int, Double?)] {
    let free = formula.nodes.indices.filter { formula.nodes[$0].isConstant && !held.contains($0) }
    return Array(zip(free, evaluator.standardErrors(formula, on: full, holding: held)))
  }

  /// Gives pairs of constants that are as good as equal one value.
  private mutating func tie() {
    let errors = standardErrors()
    for (index, first) in errors.enumerated() {
      guard let a = first.1, !held.contains(first.0) else { continue }
      for second in errors.dropFirst(index + 1) where !held.contains(second.0) && !stop.isPastDeadline {
        guard let b = second.1 else { continue }
        let (p, q) = (formula.nodes[first.0].value, formula.nodes[second.0].value)
        let error = (a * a + b * b).squareRoot()
        // Values that agree only because they are hardly determined say nothing.
        guard p != q, abs(p - q) <= max(2 * error, 1e-8 * abs(p)), error <= 0.02 * min(abs(p), abs(q)) else {
          continue
        }
        let weight = a + b > 0 ? b * b / (a * a + b * b) : 0.5
        if hold([first.0, second.0], at: weight.isFinite ? weight * p + (1 - weight) * q : p) { break }
      }
    }
  }

  /// Holds constants at a value and fits the others again, if the loss allows it.
  private mutating func hold(_ positions: [Int], at value: Double) -> Bool {
    var nodes = formula.nodes
    for position in positions { nodes[position].value = value }
    let trial = held + positions
    let found = nodes.withUnsafeMutableBufferPointer { memory in
      let start = memory.baseAddress!
      evaluator.polish(
        start, memory.count, on: full, steps: 40, holding: trial, isDue: { stop.isPastDeadline })
      return evaluator.loss(start, memory.count, on: full)
    }
    guard found <= allowed(trial.count) else { return false }
    held = trial
    formula = Formula(unchecked: nodes)
    loss = found
    return true
  }

  /// The loss up to which as many constants less are no worse: the F-test, with m + 2√(2m) for the upper
  /// twentieth of χ² with m degrees of freedom.
  private func allowed(_ constants: Int) -> Double {
    let m = Double(constants)
    return max(fittedLoss * (1 + (m + 2 * (2 * m).squareRoot()) / freedom), roundingFloor)
  }
}
