import Evaluation
import Expressions
import Sweeps
import Foundation
func dbg(_ t: String) { if getenv("SWDBG") != nil { FileHandle.standardError.write((String(Double(StopSignal.now() % 1000000000000)*1e-9)+" "+t+"\n").data(using: .utf8)!) } }

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
    dbg("begin")
    let sample = SweepSample(full, seed: seed)
    library = ValueLibrary.standard(sample, operators)
    dbg("lib \(library.count)")
    logarithms = LogarithmLibrary(library, limit: 2500)
  }

  /// Runs all sweeps; candidates are fitted on `data` and offered to the islands' archives.
  func run(on data: EvaluationData) {
    dbg("logs \(logarithms.members.count)")
    let power = PowerSweep(logarithms, operators: operators)
    let targets = LogarithmTarget.all(of: library.sample, operators)
    for target in targets { offer(power.candidates(target), on: data) }
    dbg("power")
    for target in targets {
      let sweep = SingleIndexSweep(logarithms, target, operators: operators)
      offer(collect(sweep.taskCount) { sweep.candidates($0) }, on: data)
    }
    dbg("power")
    runLinear(on: data)
    dbg("linear")
  }

  private func runLinear(on data: EvaluationData) {
    let terms = LinearLibrary(library, limit: 3000)
    let linear = LinearSweep(terms, operators: operators)
    let tasks = linear.tasks(factors: logarithms)
    let factors = UncheckedArray([logarithms])
    offer(collect(tasks.count) { linear.candidates(tasks[$0], factors: factors.values[0]) }, on: data)
    dbg("linear")
    let sparse = SparseSweep(terms, logarithms: logarithms, operators: operators)
    offer(collect(sparse.taskCount) { sparse.candidates($0) }, on: data)
    dbg("sparse")
  }

  /// The candidates of all tasks, run on the workers; the best by their linear fits, in order.
  private func collect(_ tasks: Int, _ task: (Int) -> [SweepCandidate]) -> [SweepCandidate] {
    let slots = UnsafeMutableBufferPointer<[SweepCandidate]>.allocate(capacity: tasks)
    slots.initialize(repeating: [])
    defer {
      slots.deinitialize()
      slots.deallocate()
    }
    let results = UncheckedArray([slots])
    let stop = self.stop
    withoutActuallyEscaping(task) { task in
      let work = UncheckedArray([task])
      pool.forEach(tasks) { index, _ in
        if !stop.isDue() { results.values[0][index] = work.values[0](index) }
      }
    }
    dbg("tasks \(tasks)")
    let candidates = slots.flatMap(\.self)
    let order = candidates.indices.sorted {
      (candidates[$0].residualShare, $0) < (candidates[$1].residualShare, $1)
    }
    return order.prefix(Sweeping.mostCandidates).map { candidates[$0] }
  }

  /// Candidates of one sweep that are fitted in full.
  private static let mostCandidates = 1500

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
