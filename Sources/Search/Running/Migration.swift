import Evaluation
import Expressions
import Foundation
import Randomness

/// Moves members between islands after an epoch, in the islands' order and with a random stream of its own.
struct Migration {
  /// Share of a population that members of the hall of fame replace, on average.
  static let fromHall = 0.04
  /// Share of a population that members of the next island replace, on average.
  static let fromNeighbour = 0.02
  /// Epochs without improvement after which an island begins anew.
  static let patience = 25

  let engine: SearchEngine
  let data: EvaluationData

  func run() {
    let islands = UncheckedArray(engine.islands)
    let hall = UncheckedArray([engine.hall])
    let (seed, epoch, data, stop) = (engine.options.seed, engine.epoch, self.data, engine.stop)
    var front: [Int] = []
    engine.hall.forEachMember { front.append($0) }
    let sizes = front
    // Emigrants are copied before anyone settles, so that the order of settling does not matter.
    let emigrants = UncheckedArray(
      engine.islands.map { Migration.emigrants(of: $0, seed: seed, epoch: epoch) })
    engine.pool.forEach(islands.values.count) { number, evaluator in
      var random = RandomStream(seed: seed, 5, UInt64(number), UInt64(epoch))
      let island = islands.values[number]
      if stop.isDue() { return }
      if island.staleEpochs >= Migration.patience, number != 0 {
        island.populate(on: data, with: evaluator, stop: stop, &random)
      }
      let neighbour = emigrants.values[(number + 1) % islands.values.count]
      for formula in neighbour {
        var nodes = formula.nodes
        nodes.withUnsafeMutableBufferPointer {
          island.settle(
            Genome(nodes: $0.baseAddress!, count: $0.count), at: random.index(island.population.size),
            on: data,
            with: evaluator)
        }
      }
      guard !sizes.isEmpty else { return }
      for _ in 0..<random.poisson(Migration.fromHall * Double(island.population.size)) {
        let member = hall.values[0].member(at: sizes[random.index(sizes.count)])
        island.settle(member, at: random.index(island.population.size), on: data, with: evaluator)
      }
    }
  }

  private static func emigrants(of island: Island, seed: UInt64, epoch: Int) -> [Formula] {
    var random = RandomStream(seed: seed, 6, UInt64(island.number), UInt64(epoch))
    let count = random.poisson(fromNeighbour * Double(island.population.size))
    return (0..<count).compactMap { _ in
      let index = island.select(&random)
      let genome = island.population.genome(index)
      return genome.count > 0 ? genome.formula : nil
    }
  }
}
