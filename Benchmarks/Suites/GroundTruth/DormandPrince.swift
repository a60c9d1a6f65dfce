import Foundation

/// Integrates ordinary differential equations by the embedded Runge-Kutta pair of orders 5 and 4 with steps
/// that fit the error (Dormand and Prince, J. Comput. Appl. Math. 6, 19, 1980; Hairer, Nørsett and Wanner,
/// *Solving Ordinary Differential Equations I*, section II.4).
package struct DormandPrince {
  /// The state reached.
  package private(set) var state: [Double]
  private let rate: ([Double]) -> [Double]
  private var step = 1e-3
  /// Largest error of a step, relative to one plus the state's size.
  private static let tolerance = 1e-9
  /// Steps after which an advance is given up.
  private static let mostSteps = 20_000

  /// An integrator of `rate` from a first state.
  package init(state: [Double], rate: @escaping ([Double]) -> [Double]) {
    self.state = state
    self.rate = rate
  }

  /// Goes on by `time`; false when steps become too many or the state is no longer finite, and the state is
  /// then where the integration stopped.
  package mutating func advance(by time: Double) -> Bool {
    var left = time
    var steps = 0
    while left > 0 {
      guard steps < DormandPrince.mostSteps else { return false }
      steps += 1
      let length = min(step, left)
      let (next, error) = trial(length)
      let isAccepted = error <= 1
      if isAccepted {
        state = next
        left = length == left ? 0 : left - length
      }
      let factor = error.isFinite ? 0.9 * pow(max(error, 1e-10), -0.2) : 0.1
      // A step cut short by the end of the time says nothing against a longer one.
      let proposal = length * min(5, max(0.1, factor))
      step = isAccepted ? max(proposal, length < step ? step : 0) : proposal
      if step < 1e-14 * time { return false }
    }
    return state.allSatisfy(\.isFinite)
  }

  /// The state after a step and its error in units of the tolerance; infinite where a rate is not defined.
  private func trial(_ length: Double) -> (state: [Double], error: Double) {
    var slopes: [[Double]] = []
    for stage in DormandPrince.stages {
      slopes.append(rate(moved(length, stage, slopes)))
    }
    let next = moved(length, DormandPrince.stages[6], slopes)
    var error = 0.0
    for index in state.indices {
      let difference = zip(DormandPrince.errors, slopes).reduce(0) { $0 + $1.0 * $1.1[index] }
      let size = 1 + max(abs(state[index]), abs(next[index]))
      let relative = abs(length * difference) / (DormandPrince.tolerance * size)
      guard relative.isFinite else { return (state, .infinity) }
      error = max(error, relative)
    }
    return (next, error)
  }

  private func moved(_ length: Double, _ weights: [Double], _ slopes: [[Double]]) -> [Double] {
    state.indices.map { index in
      state[index] + length * zip(weights, slopes).reduce(0) { $0 + $1.0 * $1.1[index] }
    }
  }

  /// Weights of the earlier slopes at each stage; the last are also those of the fifth-order step.
  private static let stages: [[Double]] = [
    [],
    [1.0 / 5],
    [3.0 / 40, 9.0 / 40],
    [44.0 / 45, -56.0 / 15, 32.0 / 9],
    [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
    [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
    [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
  ]

  /// Fifth-order weights minus fourth-order ones.
  private static let errors: [Double] = [
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40,
  ]
}
