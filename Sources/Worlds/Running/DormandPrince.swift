import Foundation

/// Integrates ordinary differential equations by the embedded Runge–Kutta pair of orders 5 and 4 of Dormand and
/// Prince (J. Comput. Appl. Math. 6, 19, 1980; Hairer, Nørsett and Wanner, *Solving Ordinary Differential Equations
/// I*, section II.4), with steps that keep the estimated error of each below ``tolerance`` times one plus the size of
/// what is followed, and that end at the wanted times exactly.
package final class DormandPrince {
  /// Why the integration came to a stand.
  package enum Failure: Error {
    /// Steps would have to be shorter than times can be told apart.
    case stepTooSmall
    /// More than ``mostSteps``.
    case tooManySteps
  }

  /// The largest estimated error of a step, relative, and absolute near zero.
  static let tolerance = 1e-9
  /// The most steps from one wanted time to the next.
  static let mostSteps = 1_000_000

  /// Writes the rates of change at a state.
  package typealias Rate = (_ state: UnsafePointer<Double>, _ into: UnsafeMutablePointer<Double>) -> Void

  private let rate: Rate
  private let count: Int
  /// Nine vectors: the state, a trial of it, and seven slopes.
  private let memory: UnsafeMutablePointer<Double>
  /// The time reached.
  package private(set) var time = 0.0
  private var step: Double

  /// The state reached.
  package var state: UnsafePointer<Double> { UnsafePointer(memory) }
  /// The rates of change at ``state``.
  package var rates: UnsafePointer<Double> { UnsafePointer(slope(0)) }

  /// An integration from a state at the time 0.
  ///
  /// - Parameter firstStep: length of the first step that is tried.
  package init(state: [Double], firstStep: Double = 1e-4, rate: @escaping Rate) {
    self.rate = rate
    step = firstStep
    count = state.count
    memory = .allocate(capacity: 9 * count)
    memory.initialize(repeating: 0, count: 9 * count)
    memory.update(from: state, count: count)
    setSlope(0, at: memory)
  }

  deinit { memory.deallocate() }

  private func slope(_ index: Int) -> UnsafeMutablePointer<Double> { memory + (2 + index) * count }

  /// Puts the rates of change at `state` into slope number `index`.
  private func setSlope(_ index: Int, at state: UnsafeMutablePointer<Double>) { rate(state, slope(index)) }

  /// Goes on to `end`, which must not lie before ``time``.
  package func advance(to end: Double) throws(Failure) {
    var steps = 0
    while time < end {
      steps += 1
      if steps > DormandPrince.mostSteps { throw .tooManySteps }
      let left = end - time
      let isLast = step >= left
      let length = isLast ? left : step
      if !isLast, time + length == time || length < 1e-14 { throw .stepTooSmall }
      let error = attempt(length)
      let factor = error.isFinite ? 0.9 * pow(max(error, 1e-10), -0.2) : 0.1
      let proposal = length * min(5, max(0.1, factor))
      guard error <= 1 else {
        step = proposal
        continue
      }
      time = isLast ? end : time + length
      memory.update(from: memory + count, count: count)
      // The last slope of a step is the first of the next.
      slope(0).update(from: slope(6), count: count)
      // A step cut short by a wanted time says nothing against a longer one.
      step = isLast ? max(proposal, step) : proposal
    }
  }

  /// Tries a step of `length`; returns its error in units of the tolerance, infinite where something is.
  private func attempt(_ h: Double) -> Double {
    let y = memory
    let trial = memory + count
    let k0 = slope(0)
    let k1 = slope(1)
    let k2 = slope(2)
    let k3 = slope(3)
    let k4 = slope(4)
    let k5 = slope(5)
    let k6 = slope(6)
    for i in 0..<count { trial[i] = y[i] + h * (1.0 / 5) * k0[i] }
    setSlope(1, at: trial)
    for i in 0..<count { trial[i] = y[i] + h * (3.0 / 40 * k0[i] + 9.0 / 40 * k1[i]) }
    setSlope(2, at: trial)
    for i in 0..<count {
      trial[i] = y[i] + h * (44.0 / 45 * k0[i] - 56.0 / 15 * k1[i] + 32.0 / 9 * k2[i])
    }
    setSlope(3, at: trial)
    for i in 0..<count {
      let early = 19372.0 / 6561 * k0[i] - 25360.0 / 2187 * k1[i]
      trial[i] = y[i] + h * (early + 64448.0 / 6561 * k2[i] - 212.0 / 729 * k3[i])
    }
    setSlope(4, at: trial)
    for i in 0..<count {
      let early = 9017.0 / 3168 * k0[i] - 355.0 / 33 * k1[i] + 46732.0 / 5247 * k2[i]
      trial[i] = y[i] + h * (early + 49.0 / 176 * k3[i] - 5103.0 / 18656 * k4[i])
    }
    setSlope(5, at: trial)
    for i in 0..<count {
      let early = 35.0 / 384 * k0[i] + 500.0 / 1113 * k2[i] + 125.0 / 192 * k3[i]
      trial[i] = y[i] + h * (early - 2187.0 / 6784 * k4[i] + 11.0 / 84 * k5[i])
    }
    setSlope(6, at: trial)
    var worst = 0.0
    for i in 0..<count {
      let early = 71.0 / 57600 * k0[i] - 71.0 / 16695 * k2[i] + 71.0 / 1920 * k3[i]
      let difference = early - 17253.0 / 339200 * k4[i] + 22.0 / 525 * k5[i] - 1.0 / 40 * k6[i]
      let size = 1 + max(y[i].magnitude, trial[i].magnitude)
      let error = (h * difference).magnitude / (DormandPrince.tolerance * size)
      // Also where the error is no number.
      if !(error <= worst) { worst = error.isFinite ? error : .infinity }
    }
    return worst
  }
}
