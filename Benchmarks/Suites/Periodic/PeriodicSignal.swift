import Foundation
import Randomness
import Tables

/// A periodic signal as an instrument records it: one or two frequencies, perhaps damped, about a level, with
/// normal errors.
public struct PeriodicSignal: Sendable {
  /// One frequency of a signal.
  public struct Component: Sendable, Hashable {
    /// Half the distance of crest and trough, at the beginning of the record.
    public var amplitude: Double
    /// Turns over the record.
    public var turns: Double
    /// Angle at the middle of the record.
    public var phase: Double

    /// A frequency of a signal.
    public init(amplitude: Double, turns: Double, phase: Double) {
      self.amplitude = amplitude
      self.turns = turns
      self.phase = phase
    }
  }

  /// Number of the signal.
  public let index: Int
  /// The moments, ascending, as they are written.
  public let times: [Double]
  /// The signal with its errors, as it is written.
  public let values: [Double]
  /// Level about which the signal swings.
  public let offset: Double
  /// The frequencies.
  public let components: [Component]
  /// Logarithm of what is lost of the amplitude over the record; 0 without damping.
  public let damping: Double
  /// Standard deviation of the errors, rounding included.
  public let deviation: Double
  /// Whether moments are equally far apart.
  public let isEven: Bool

  private let cells: [(String, String)]

  /// A signal from its parts; errors are drawn from the stream.
  ///
  /// - Parameter digits: significant digits of the written values.
  package init(
    index: Int, times: [String], offset: Double, components: [Component], damping: Double, noise: Double,
    digits: Int, isEven: Bool, _ stream: inout RandomStream
  ) {
    self.index = index
    self.offset = offset
    self.components = components
    self.damping = damping
    self.isEven = isEven
    let moments = times.map { Double($0) ?? .nan }
    self.times = moments
    let shape = Shape(start: moments[0], end: moments[moments.count - 1], count: components.count)
    let parameters = PeriodicSignal.parameters(offset, components, damping)
    let format = WrittenNumber.significant(digits)
    let written = moments.map { format.text(shape.value(parameters, at: $0) + noise * stream.normal()) }
    values = written.map { Double($0) ?? .nan }
    let rounding = values.map { pow(format.deviation($0), 2) }.reduce(0, +) / Double(values.count)
    deviation = (noise * noise + rounding).squareRoot()
    cells = zip(times, written).map { ($0, $1) }
  }

  /// The true form with its parameters free.
  package var shape: Shape { Shape(start: times[0], end: times[times.count - 1], count: components.count) }

  /// The true parameters, in the order of ``Shape``.
  package var parameters: [Double] { PeriodicSignal.parameters(offset, components, damping) }

  private static func parameters(_ offset: Double, _ components: [Component], _ damping: Double) -> [Double] {
    [offset] + components.flatMap { [$0.amplitude, $0.turns, $0.phase] } + (damping == 0 ? [] : [damping])
  }

  /// The signal without errors.
  public func value(at time: Double) -> Double { shape.value(parameters, at: time) }

  /// The text of a CSV file with the columns `t` and `y`.
  public var csv: String { "t,y\n" + cells.map { "\($0.0),\($0.1)\n" }.joined() }

  /// The record read from a file, so that a search knows all a file tells.
  ///
  /// - Throws: `DataError`, or an error of the system where no temporary file can be written.
  public func dataset() throws -> Dataset {
    try ChoiceData.dataset(csv: csv, target: "y", features: ["t"])
  }

  /// offset + exp(-d s) Σ A cos(2π u (s - 1/2) + φ), s the share of the record that has passed.
  package struct Shape: Sendable {
    let start: Double
    let end: Double
    /// Frequencies.
    let count: Int

    /// The value for parameters offset, (A, u, φ) of each frequency, and d if it is there.
    package func value(_ parameters: [Double], at time: Double) -> Double {
      let share = (time - start) / (end - start)
      var sum = 0.0
      for index in 0..<count {
        let (amplitude, turns) = (parameters[1 + 3 * index], parameters[2 + 3 * index])
        sum += amplitude * cos(2 * .pi * turns * (share - 0.5) + parameters[3 + 3 * index])
      }
      let damping = parameters.count > 1 + 3 * count ? parameters[1 + 3 * count] : 0
      return parameters[0] + exp(-damping * share) * sum
    }
  }
}
