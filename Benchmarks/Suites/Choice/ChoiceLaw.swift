import Expressions
import Randomness

/// A law with known constants, and columns spread as measurements spread them.
public struct ChoiceLaw: Sendable {
  /// How one column is spread.
  public struct Axis: Sendable, Hashable {
    /// What the data cover.
    public let range: ClosedRange<Double>
    /// Whether values are uniform in their logarithm rather than in themselves.
    public let isLogarithmic: Bool

    /// The axis wider by a factor of two at both ends, signs kept.
    var widened: Axis { Axis(range: JudgedRows.widened(range), isLogarithmic: isLogarithmic) }

    func draw(_ stream: inout RandomStream) -> Double {
      isLogarithmic
        ? stream.logUniform(range.lowerBound, range.upperBound)
        : stream.uniform(range.lowerBound, range.upperBound)
    }
  }

  /// Short name, as in commands.
  public let key: String
  /// The law's name and the kind of textbook it stands in.
  public let source: String
  /// Name of the target.
  public let target: String
  /// Names of the columns, in the order of the law's indices.
  public let features: [String]
  /// The law, with its true constants.
  public let formula: Formula
  /// How the columns are spread, one each.
  public let axes: [Axis]

  /// The law as it is printed in the project's grammar.
  public var text: String { formula.description(features: features) }

  /// Rows of the columns, the same for the same seed and part.
  public func rows(_ count: Int, seed: UInt64, part: UInt64, widened: Bool = false) -> [[Double]] {
    var stream = RandomStream(seed: seed, GroundTruthData.hash(key), UInt64(count), part)
    let axes = widened ? self.axes.map(\.widened) : self.axes
    return (0..<count).map { _ in axes.map { $0.draw(&stream) } }
  }

  /// Whether the law is positive at every one of many rows of its ranges.
  public var isPositive: Bool {
    rows(500, seed: 0, part: 9).allSatisfy { PlainValue.of(formula, features: $0) > 0 }
  }

  /// The law that a line of the table describes; nil where it cannot be read.
  ///
  /// A line reads `key | target = law | column low..high, … | source`; `log` after a range spreads the column
  /// uniformly in its logarithm.
  package init?(line: String) {
    let fields = ChoiceLaw.parts(line, "|")
    guard fields.count == 4 else { return nil }
    var features: [String] = []
    var axes: [Axis] = []
    for column in ChoiceLaw.parts(fields[2], ",") {
      let words = ChoiceLaw.parts(column, " ")
      guard words.count >= 2, let dots = words[1].firstRange(of: ".."),
        let low = Double(words[1][..<dots.lowerBound]), let high = Double(words[1][dots.upperBound...]),
        low < high
      else { return nil }
      features.append(words[0])
      axes.append(Axis(range: low...high, isLogarithmic: words.last == "log"))
    }
    guard let equals = fields[1].firstRange(of: " = "),
      let formula = try? Formula(
        parsing: String(fields[1][equals.upperBound...]), features: features)
    else { return nil }
    key = fields[0]
    source = fields[3]
    target = String(fields[1][..<equals.lowerBound])
    self.features = features
    self.formula = formula
    self.axes = axes
  }

  /// The parts of a text between separators, without the spaces around them.
  private static func parts(_ text: String, _ separator: Character) -> [String] {
    text.split(separator: separator).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}
