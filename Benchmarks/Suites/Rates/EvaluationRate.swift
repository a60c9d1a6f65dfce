import Dispatch
import Evaluation
import Synchronization
import Tables

/// How many node-rows a second are evaluated: nodes of an expression, leaves too, times rows of the data.
public struct EvaluationRate: Sendable, Codable {
  /// What is measured.
  public struct Settings: Sendable {
    /// Operators of the expressions.
    public var operators: RandomTrees.Operators
    /// Rows of the data.
    public var rows: Int
    /// Width of the numbers.
    public var precision: Precision
    /// Workers, each with its share of the expressions.
    public var threads: Int
    /// Seconds of one repetition.
    public var seconds = 0.3
    /// Repetitions, of which the median counts.
    public var repetitions = 9
    /// Expressions.
    public var expressions = 1000

    /// Settings with the usual nine repetitions of 0.3 s on 1,000 expressions.
    public init(operators: RandomTrees.Operators, rows: Int, precision: Precision, threads: Int) {
      self.operators = operators
      self.rows = rows
      self.precision = precision
      self.threads = threads
    }
  }

  /// Median over the repetitions.
  public let nodeRowsPerSecond: Double
  /// The slowest repetition.
  public let lowest: Double
  /// The fastest repetition.
  public let highest: Double
  /// Operators of the expressions.
  public let operators: RandomTrees.Operators
  /// Expressions evaluated.
  public let expressions: Int
  /// Rows of the data.
  public let rows: Int
  /// Bits of a number.
  public let precision: Int
  /// Workers.
  public let threads: Int
  /// The vector instructions used.
  public let instructionSet: String
  /// The machine.
  public let machine: String

  enum CodingKeys: String, CodingKey {
    case lowest, highest, expressions, rows, precision, threads, machine
    case nodeRowsPerSecond = "node_rows_per_second"
    case operators = "set"
    case instructionSet = "instruction_set"
  }

  /// Measures the rate. Turning each expression into a kernel program is part of the measured time.
  public init(measuring settings: Settings) {
    let formulas = RandomTrees(settings.operators).formulas(settings.expressions, seed: 42)
    let columns = RandomTrees.columns(rows: settings.rows, seed: 1)
    let data = EvaluationData(
      features: columns.map { Column($0) }, target: Column(columns[0]), weights: nil,
      precision: settings.precision)
    let workers = Workers(
      (0..<settings.threads).map { worker in
        let share = stride(from: worker, to: formulas.count, by: settings.threads).map { formulas[$0] }
        return ThroughputMeter(share, on: data)
      })
    _ = workers.nodeRowsPerSecond(during: settings.seconds / 3)
    let rates = (0..<settings.repetitions).map { _ in workers.nodeRowsPerSecond(during: settings.seconds) }
      .sorted()
    nodeRowsPerSecond = rates[rates.count / 2]
    lowest = rates[0]
    highest = rates[rates.count - 1]
    operators = settings.operators
    expressions = settings.expressions
    rows = settings.rows
    precision = settings.precision.rawValue
    threads = settings.threads
    instructionSet = InstructionSet.name
    machine = Machine.name
  }
}

/// Meters, each of which is used by one worker at a time.
private final class Workers: @unchecked Sendable {
  private let meters: [ThroughputMeter]

  init(_ meters: [ThroughputMeter]) { self.meters = meters }

  /// The rate of all workers together, each passing over its share until the time is up.
  func nodeRowsPerSecond(during seconds: Double) -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    @Sendable func elapsed() -> Double { Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 }
    let done = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: meters.count) { worker in
      var passes = 0
      repeat {
        meters[worker].evaluateAll()
        passes += 1
      } while elapsed() < seconds
      done.add(passes * meters[worker].nodeRows, ordering: .relaxed)
    }
    return Double(done.load(ordering: .relaxed)) / elapsed()
  }
}
