import Foundation
import SymbolicRegression
import Testing

/// What is printed is what was found: printed equations have the losses that stand beside them.
@Suite struct PrintedFrontTests {
  private let scratch = Scratch()
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Datasets").path

  /// A line of a printed table.
  private struct Line {
    let complexity: Int
    let loss: Double
    var equation: String
  }

  /// The lines of a table, wrapped equations put together again.
  private func lines(_ table: String) -> [Line] {
    var found: [Line] = []
    for text in table.split(separator: "\n").dropFirst() {
      if text.dropFirst(2).first != " ", let complexity = Int(text.dropFirst(2).prefix { $0 != " " }) {
        let words = text.dropFirst(2).split(separator: " ", maxSplits: 3, omittingEmptySubsequences: true)
        found.append(
          Line(
            complexity: complexity, loss: Double(words[1]) ?? .nan,
            equation: words[3].trimmingCharacters(in: .whitespaces)))
      } else if !found.isEmpty {
        found[found.count - 1].equation += " " + text.trimmingCharacters(in: .whitespaces)
      }
    }
    return found
  }

  /// Checks each printed equation against the rows of the data.
  private func check(_ table: String, _ dataset: Dataset, operators: OperatorSet) throws {
    let members = lines(table)
    #expect(!members.isEmpty)
    let targets = dataset.target.array
    let mean = targets.reduce(0, +) / Double(targets.count)
    let variance = targets.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(targets.count)
    for member in members {
      let sides = member.equation.components(separatedBy: " = ")
      try #require(sides.count == 2, "\(member.equation)")
      let formula = try Formula(parsing: sides[1], features: dataset.featureNames)
      #expect(formula.complexity == member.complexity, "\(member.equation)")
      #expect(formula.shortDescription(features: dataset.featureNames) == sides[1])
      #expect(formula.operators.all.allSatisfy(operators.contains), "\(member.equation)")
      let values = try Prediction.values(of: formula, features: dataset.featureNames, in: dataset)
      let loss = zip(values, targets).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) / Double(targets.count)
      let isRounding = member.loss < 1e-20 * variance && loss < 1e-20 * variance
      #expect(
        isRounding || abs(loss - member.loss) <= 0.005 * member.loss,
        "\(member.equation): \(loss), not \(member.loss)")
    }
  }

  @Test(arguments: [
    "bode", "hubble", "ideal_gas", "kepler", "leavitt", "newton", "planck", "rydberg", "schechter",
  ])
  func `printed equations have the printed losses`(_ name: String) async throws {
    let file = "\(PrintedFrontTests.folder)/\(name).csv"
    let fitted = try await symreg(
      "fit", file, "--max-evaluations", "15000", "--seed", "3", "--output", "run", in: scratch)
    #expect(fitted.status == 0)
    try check(fitted.output, try Dataset(contentsOf: file), operators: .standard)
    let shown = try await symreg("show", "run", in: scratch)
    #expect(shown.output == fitted.output)
  }

  @Test func `exponents, offsets and phases have the digits that they need`() async throws {
    var rows = "year,y\n"
    for year in 1950..<2020 { rows += "\(year),\(0.0123 * Double(year) + Double(year * 7919 % 101) / 400)\n" }
    let file = try scratch.write(rows, to: "year.csv")
    for operators in ["+ - * ^", "* cos +"] {
      let fitted = try await symreg(
        "fit", file, "--max-evaluations", "15000", "--seed", "1", "--operators", operators, in: scratch)
      try check(
        fitted.output, try Dataset(contentsOf: file), operators: try OperatorSet(parsing: operators))
    }
  }

  @Test func `a document of before prints six digits, a new one what was printed`() async throws {
    let fitted = try await shortFit("data.csv", ["--output", "run"], in: withData(noisyData))
    #expect(fitted.status == 0)
    var document = try #require(FileSystem.json(scratch.file("run/run.json")))
    var front = try #require(document["front"] as? [[String: Any]])
    let best = try #require(document["best"] as? Int)
    let printed = try #require(front[best]["equation"] as? String)
    #expect(fitted.output.contains("y = \(printed)"))
    let latex = try await symreg("show", "run", "--as", "latex", in: scratch)
    #expect(latex.output == "\(try #require(front[best]["latex"] as? String))\n")
    for index in front.indices {
      front[index]["equation"] = nil
      front[index]["expression"] = "1.23456789 * x"
    }
    document["front"] = front
    try scratch.write(
      String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self), to: "old.json")
    let shown = try await symreg("show", "old.json", in: scratch)
    #expect(shown.status == 0 && shown.output.contains("y = 1.23457 * x"))
  }

  private func withData(_ text: String) throws -> Scratch {
    try scratch.write(text, to: "data.csv")
    return scratch
  }
}
