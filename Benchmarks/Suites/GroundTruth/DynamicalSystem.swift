import Expressions
import Randomness
import Worlds

/// How the first state of a trajectory is drawn.
public enum InitialCondition: Sendable {
  /// Both coordinates normal, each with mean and standard deviation.
  case normal((mean: Double, deviation: Double), (mean: Double, deviation: Double))
  /// Both coordinates uniform on their ranges.
  case uniform(ClosedRange<Double>, ClosedRange<Double>)
  /// The same first states for every seed, one a trajectory.
  case listed([[Double]])
}

/// A system of two coupled ordinary differential equations without explicit time.
public struct DynamicalSystem: Sendable {
  /// Short name.
  public let name: String
  /// The rates of change of x and y, formulas in these two.
  public let rates: [Formula]
  /// First states.
  public let start: InitialCondition

  /// Trajectories of a data set.
  static let trajectoryCount = 4
  /// Time between two states of a trajectory, in the system's own units.
  static let samplingTime = 0.1
  /// First states that are tried before a trajectory is given up.
  private static let mostAttempts = 100

  /// States of ``trajectoryCount`` trajectories, each from its own first state, `rowCount` in all.
  ///
  /// A first state from which the system runs away, or comes to a point where a rate is not defined, is drawn
  /// again.
  ///
  /// - Returns: nil where no first state of many tried gives a trajectory.
  func states(rowCount: Int, stream: inout RandomStream) -> [[Double]]? {
    var states: [[Double]] = []
    for index in 0..<DynamicalSystem.trajectoryCount {
      // Rows that do not divide evenly go to the first trajectories.
      let extra = index < rowCount % DynamicalSystem.trajectoryCount ? 1 : 0
      let count = rowCount / DynamicalSystem.trajectoryCount + extra
      var trajectory: [[Double]]?
      for _ in 0..<DynamicalSystem.mostAttempts where trajectory == nil {
        trajectory = self.trajectory(from: firstState(index, &stream), count: count)
      }
      guard let trajectory else { return nil }
      states += trajectory
    }
    return states
  }

  private func firstState(_ index: Int, _ stream: inout RandomStream) -> [Double] {
    switch start {
    case .normal(let x, let y):
      [x.mean + x.deviation * stream.normal(), y.mean + y.deviation * stream.normal()]
    case .uniform(let x, let y):
      [stream.uniform(x.lowerBound, x.upperBound), stream.uniform(y.lowerBound, y.upperBound)]
    case .listed(let states): states[index % states.count]
    }
  }

  /// `count` states at equal times, the first being `state`; nil where the integration does not get there.
  private func trajectory(from state: [Double], count: Int) -> [[Double]]? {
    let size = state.count
    let integrator = DormandPrince(state: state, firstStep: DynamicalSystem.samplingTime / 100) {
      [rates] state, into in
      let features = Array(UnsafeBufferPointer(start: state, count: size))
      for (index, rate) in rates.enumerated() { into[index] = PlainValue.of(rate, features: features) }
    }
    var states = [state]
    while states.count < count {
      do { try integrator.advance(to: integrator.time + DynamicalSystem.samplingTime) } catch { return nil }
      states.append(Array(UnsafeBufferPointer(start: integrator.state, count: size)))
    }
    return states
  }
}
