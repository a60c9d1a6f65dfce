import ArgumentParser
import Foundation
import Networks
import Suites

/// `symreg-bench train`: rows a second of training a perceptron.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Rows a second of training a network's message function.",
    discussion: """
      Forward pass, backward pass and a step of Adam, for random rows. The layers are those of the message \
      function that graph networks of particles are published with. The median of nine repetitions.
      """)

  @Option(help: "Widths of the layers, input first.") var widths = "12,300,300,300,100"
  @Option(help: "What stands between the layers.") var activation = "relu"
  @Option(help: "Rows of a batch.") var rows = 768
  @Option(help: "Parts of a batch that threads take.") var shards = 4
  @Option(help: "Threads.") var threads = 2
  @Option(help: "Seconds of one repetition.") var seconds = 0.5
  @Option(help: "How the result is printed.") var format = OutputFormat.table

  private var sizes: [Int] { widths.split(separator: ",").compactMap { Int($0) } }

  func validate() throws {
    try Checks.rows(rows)
    try Checks.threads(threads)
    try Checks.seconds(seconds, "seconds")
    guard sizes.count >= 2, sizes.count == widths.split(separator: ",").count,
      sizes.allSatisfy({ (1...10_000).contains($0) })
    else { throw ValidationError("--widths takes two or more numbers from 1 to 10000, such as 12,300,100") }
    guard (1...rows).contains(shards) else { throw ValidationError("--shards must be from 1 to --rows") }
    guard Activation(rawValue: activation) != nil else {
      let names = Activation.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--activation must be one of \(names)")
    }
  }

  func run() throws {
    let meter = TrainingMeter(
      widths: sizes, activation: Activation(rawValue: activation) ?? .relu, rows: rows, shards: shards,
      threads: threads, seed: 1)
    let (begin, processor) = (ContinuousClock.now, TrainCommand.processorSeconds)
    let rates = (0..<9).map { _ in
      let (steps, seconds) = meter.measure(seconds: seconds)
      return Double(steps) / seconds
    }.sorted()
    let elapsed = (ContinuousClock.now - begin) / .seconds(1)
    let share = (TrainCommand.processorSeconds - processor) / elapsed
    let result = Result(
      stepsPerSecond: rates[4], rowsPerSecond: rates[4] * Double(rows), lowest: rates[0], highest: rates[8],
      processors: share,
      widths: sizes, rows: rows, shards: shards, threads: threads, usesOpenBLAS: TrainingMeter.usesOpenBLAS,
      machine: Machine.name)
    guard format == .table else { return try Output.json(result) }
    Output.text(
      """
      \(Output.rate(result.rowsPerSecond)) rows/s   \(String(format: "%.1f", rates[4])) steps/s \
      (\(String(format: "%.1f", rates[0])) to \(String(format: "%.1f", rates[8]))), \
      \(String(format: "%.2f", share)) processors
      \(widths), \(activation), \(rows) rows in \(shards) shards, \(threads) \
      \(threads == 1 ? "thread" : "threads"), \(result.usesOpenBLAS ? "OpenBLAS" : "without OpenBLAS")
      \(result.machine)

      """)
  }

  /// Seconds of processor time that this process has used: on a busy machine the rates are to be seen with it.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  private struct Result: Encodable {
    let stepsPerSecond: Double
    let rowsPerSecond: Double
    let lowest: Double
    let highest: Double
    let processors: Double
    let widths: [Int]
    let rows: Int
    let shards: Int
    let threads: Int
    let usesOpenBLAS: Bool
    let machine: String

    enum CodingKeys: String, CodingKey {
      case stepsPerSecond = "steps_per_second"
      case rowsPerSecond = "rows_per_second"
      case lowest = "lowest_steps_per_second"
      case highest = "highest_steps_per_second"
      case processors, widths, rows, shards, threads, machine
      case usesOpenBLAS = "uses_openblas"
    }
  }
}
