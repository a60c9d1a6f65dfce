import Evaluation
import Expressions
import Foundation
import Randomness
import Sweeps

/// Turns the enumerated expressions into first entries of the hall of fame and first populations.
final class Founders {
  private let library: ValueLibrary
  private let islands: [Island]
  private let hall: Archive
  private let pool: WorkerPool
  private let stop: StopSignal
  private var costs: [Double]

  init(library: ValueLibrary, islands: [Island], hall: Archive, pool: WorkerPool, stop: StopSignal) {
    self.library = library
    self.islands = islands
    self.hall = hall
    self.pool = pool
    self.stop = stop
    costs = Array(repeating: .infinity, count: library.count)
  }

  /// Scores every expression of the library, sharing them out over the islands' archives.
  func scoreLibrary(on data: EvaluationData) {
    let share = (library.count + islands.count - 1) / max(1, islands.count)
    let (library, stop) = (self.library, self.stop)
    let islands = UncheckedArray(self.islands)
    let count = library.count
    costs.withUnsafeMutableBufferPointer { costs in
      let results = UncheckedArray([costs])
      pool.forEach(islands.values.count) { number, evaluator in
        for index in (number * share)..<max(number * share, min(count, (number + 1) * share)) {
          if stop.isDue() { return }
          library.sample.restored(Array(library.expression(index))).withUnsafeBufferPointer {
            results.values[0][index] = islands.values[number].enlist($0, on: data, with: evaluator)
          }
        }
      }
    }
  }

  /// Fills the islands: half by tournaments in the library, half with random expressions.
  func settle(on data: EvaluationData, seed: UInt64) {
    let islands = UncheckedArray(self.islands)
    let (library, costs, stop) = (self.library, self.costs, self.stop)
    pool.forEach(islands.values.count) { number, evaluator in
      var random = RandomStream(seed: seed, 4, UInt64(number))
      let island = islands.values[number]
      island.populate(on: data, with: evaluator, stop: stop, &random)
      guard library.count > 0 else { return }
      for index in 0..<(island.population.size / 2) {
        if stop.isDue() { return }
        var winner = random.index(library.count)
        for _ in 0..<8 {
          let rival = random.index(library.count)
          if costs[rival] < costs[winner] { winner = rival }
        }
        guard costs[winner].isFinite else { continue }
        library.sample.restored(Array(library.expression(winner))).withUnsafeBufferPointer { nodes in
          island.settle(
            Genome(nodes: UnsafeMutablePointer(mutating: nodes.baseAddress!), count: nodes.count), at: index,
            on: data,
            with: evaluator)
        }
      }
    }
  }
}
