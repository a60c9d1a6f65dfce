import Foundation
import Randomness

extension PeriodicSignal {
  /// A random signal: the same for the same number and seed.
  ///
  /// 12 to 500 rows; four fifths at even steps; steps of a millisecond to 30 years in seconds, or years and
  /// months of a calendar, or seconds since 1970; one or two frequencies, two thirds one, below nine tenths of
  /// the Nyquist frequency of the mean step, with at least a turn in the record, and two at least a turn apart;
  /// a third damped; noise of up to 20 % of the larger amplitude, none for a quarter.
  public init(random index: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, GroundTruthData.hash("periodic"), UInt64(index))
    let count = Int(stream.logUniform(12, 500.99))
    let isEven = !stream.chance(0.2)
    let times = PeriodicSignal.times(count, isEven: isEven, &stream)
    let highest = 0.45 * Double(count - 1)
    var turns = [stream.logUniform(1, highest)]
    if stream.chance(1.0 / 3) {
      var other = turns[0]
      while abs(other - turns[0]) < 1 { other = stream.logUniform(1, highest) }
      turns.append(other)
    }
    let amplitude = stream.logUniform(0.01, 1000)
    let components = turns.enumerated().map { place, turns in
      Component(
        amplitude: place == 0 ? amplitude : amplitude * stream.uniform(0.3, 1), turns: turns,
        phase: stream.uniform(-.pi, .pi))
    }
    let damping = stream.chance(1.0 / 3) ? stream.uniform(0.5, 3) : 0
    let offset = stream.chance(0.4) ? 0 : amplitude * stream.uniform(-5, 5)
    let noise = stream.chance(0.25) ? 0 : amplitude * stream.uniform(0, 0.2)
    let digits = stream.chance(0.5) ? 6 : 17
    self.init(
      index: index, times: times, offset: offset, components: components, damping: damping, noise: noise,
      digits: digits, isEven: isEven, &stream)
  }

  /// Moments as they are written.
  private static func times(_ count: Int, isEven: Bool, _ stream: inout RandomStream) -> [String] {
    let (start, step): (Double, Double)
    switch stream.index(8) {
    case 0: (start, step) = (1990, 1.0 / 12)
    case 1: (start, step) = (1, 1)
    case 2: (start, step) = (1_600_000_000, [60, 3600, 86_400][stream.index(3)])
    case 3:
      let unit = pow(10, Double(stream.index(6) - 3))
      (start, step) = (unit * (stream.uniform(-2, 10) * Double(count)).rounded(), unit)
    default:
      (start, step) = (0, [1, 2, 2.5, 5][stream.index(4)] * pow(10, Double(stream.index(12) - 3)))
    }
    var moment = 0.0
    return (0..<count).map { index in
      if index > 0 { moment += isEven ? 1 : stream.uniform(0.2, 1.8) }
      return String(format: "%.12g", start + step * (isEven ? Double(index) : moment))
    }
  }
}
