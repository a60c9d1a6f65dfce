import Evaluation
import Expressions
import Sweeps

/// Runs the closed-form sweeps before evolution and hands what they find to the islands and the hall of fame.
final class Sweeping {
  private let islands: [Island]
  private let pool: WorkerPool
  private let stop: StopSignal
  private let operators: OperatorSet
  private let library: ValueLibrary
  private let logarithms: LogarithmLibrary

  init(
    full: EvaluationData, operators: OperatorSet, islands: [Island], pool: WorkerPool, stop: StopSignal,
    seed: UInt64
  ) {
    self.islands = islands
    self.pool = pool
    self.stop = stop
    self.operators = operators
    let sample = SweepSample(full, seed: seed)
    library = ValueLibrary(sample, capacity: 4000)
    let writer = ProductWriter(operators)
    library.enumerate(operators, largest: 7, limit: 2400)
    library.addMonomials(writer, degree: 4, limit: 400)
    library.addMixedProducts(writer, of: 0..<min(200, library.count), limit: 1200)
    logarithms = LogarithmLibrary(library, limit: 2500)
  }

  /// Runs all sweeps; candidates are fitted on `data` and offered to the islands' archives.
  func run(on data: EvaluationData) {
    let power = PowerSweep(logarithms, operators: operators)
    offer(power.candidates(), on: data)
  }

  /// Lets each island consider its share of the candidates.
  private func offer(_ candidates: [SweepCandidate], on data: EvaluationData) {
    let islands = UncheckedArray(self.islands)
    let stop = self.stop
    pool.forEach(islands.values.count) { number, evaluator in
      for index in stride(from: number, to: candidates.count, by: islands.values.count) {
        if stop.isDue() { return }
        islands.values[number].consider(candidates[index].nodes, on: data, with: evaluator)
      }
    }
  }
}
