import Expressions

/// The one hundred equations of Udrescu and Tegmark, *AI Feynman: a physics-inspired method for symbolic
/// regression*, Science Advances 6, eaay2631 (2020), tables 4 and 5, with the ranges given there.
///
/// A line reads `number | target = law | features low..high, …`; every feature is uniform on its range.
/// Constants of nature such as G or h are features like any other; what is written as a number, π or a
/// half, has to be found.
enum Feynman {
  /// The problems in the order of the lectures.
  static let problems: [GroundTruthProblem] = [volumeOne, volumeTwo, volumeThree]
    .flatMap { $0.split(separator: "\n") }.map { line in
      guard let problem = problem(String(line)) else { preconditionFailure("unreadable equation: \(line)") }
      return problem
    }

  /// The problem that a line of the tables describes; nil where it cannot be read.
  private static func problem(_ line: String) -> GroundTruthProblem? {
    let fields = parts(line, "|")
    guard fields.count == 3 else { return nil }
    var features: [String] = []
    var ranges: [ClosedRange<Double>] = []
    for group in parts(fields[2], ",") {
      let words = parts(group, " ")
      guard words.count >= 2, let ends = words.last?.split(separator: "."), ends.count == 2,
        let low = Double(ends[0]), let high = Double(ends[1])
      else { return nil }
      features += words.dropLast()
      ranges += words.dropLast().map { _ in low...high }
    }
    let equation = parts(fields[1], "=")
    guard equation.count == 2, let law = try? Formula(parsing: equation[1], features: features) else {
      return nil
    }
    return GroundTruthProblem(
      key: fields[0], target: equation[0], features: features, law: law, source: .uniform(ranges))
  }

  /// The parts of a text between separators, without the spaces around them.
  private static func parts(_ text: String, _ separator: Character) -> [String] {
    text.split(separator: separator).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}
