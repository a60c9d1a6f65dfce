import ArgumentParser
import Evaluation
import Foundation
import Suites

/// `symreg-bench evaluate`: node-rows per second of bare evaluation.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Node-rows per second of bare evaluation.",
    discussion: """
      1,000 random trees of 5 to 50 nodes on 5 features, every node counted, leaves too. Turning each \
      tree into a kernel program is part of the measured time. The median of nine repetitions.
      """)

  @Option(name: .customLong("set"), help: "Operators: + - * /, or these and exp log sin cos sqrt.")
  var operators = RandomTrees.Operators.arithmetic
  @Option(help: "Rows of the data.") var rows = 1000
  @Option(help: "Bits of a number.") var precision = Precision.single
  @Option(help: "Workers, each with its share of the trees.") var threads = 1
  @Option(help: "Seconds of one repetition.") var seconds = 0.3
  @Option(help: "How the result is printed.") var format = OutputFormat.table

  func validate() throws {
    try Checks.rows(rows)
    try Checks.threads(threads)
    try Checks.seconds(seconds, "seconds")
  }

  func run() throws {
    var settings = EvaluationRate.Settings(
      operators: operators, rows: rows, precision: precision, threads: threads)
    settings.seconds = seconds
    let rate = EvaluationRate(measuring: settings)
    guard format == .table else { return try Output.json(rate) }
    Output.text(
      """
      \(Output.rate(rate.nodeRowsPerSecond)) node-rows/s   \
      (\(Output.rate(rate.lowest)) to \(Output.rate(rate.highest)))
      \(operators.rawValue), \(rows) rows, \(precision.rawValue)-bit, \(threads) \
      \(threads == 1 ? "thread" : "threads"), \(rate.instructionSet)
      \(rate.machine)

      """)
  }
}
