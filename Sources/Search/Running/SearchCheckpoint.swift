import Expressions

/// The state of a search after an epoch, from which it can go on.
///
/// Expressions are text in the project's grammar, column number i called `xi`. Random streams are derived
/// from the seed and the epoch, so they need not be kept; what an island has seen before is forgotten.
public struct SearchCheckpoint: Sendable, Codable {
  /// Name and version of this format.
  public var schema = "symreg.checkpoint/1"
  /// The search's seed.
  public let seed: UInt64
  /// Epochs that are finished.
  public let epoch: Int
  /// Candidates that were evaluated.
  public let evaluations: Int
  let islands: [SavedIsland]
  let hallOfFame: [String]

  /// One island's population.
  struct SavedIsland: Codable, Sendable {
    let expressions: [String]
    let costs: [Double]
    let births: [Int]
    let frequencies: [Double]
    let staleEpochs: Int
    let bestCost: Double
  }

  static func text(_ formula: Formula) -> String { formula.description(features: []) }

  static func formula(_ text: String, featureCount: Int) -> Formula? {
    try? Formula(parsing: text, features: (0..<featureCount).map { "x\($0)" })
  }
}

extension Island {
  /// The population as it is, for a checkpoint.
  var saved: SearchCheckpoint.SavedIsland {
    let filled = (0..<population.size).filter { population.members[$0].count > 0 }
    return SearchCheckpoint.SavedIsland(
      expressions: filled.map { SearchCheckpoint.text(population.genome($0).formula) },
      costs: filled.map { min(population.members[$0].cost, .greatestFiniteMagnitude) },
      births: filled.map { population.members[$0].birth },
      frequencies: frequencies.snapshot, staleEpochs: staleEpochs,
      bestCost: min(bestCost, .greatestFiniteMagnitude))
  }

  /// Puts a saved population back; expressions that do not fit this island's bounds are left out.
  func restore(_ saved: SearchCheckpoint.SavedIsland, featureCount: Int) {
    frequencies.restore(saved.frequencies)
    staleEpochs = saved.staleEpochs
    bestCost = saved.bestCost
    var order = Array(saved.expressions.indices)
    order.sort { (saved.births[$0], $0) < (saved.births[$1], $1) }
    var leaf = [Node.feature(0)]
    leaf.withUnsafeMutableBufferPointer {
      for index in 0..<population.size {
        population.replace(index, with: Genome(nodes: $0.baseAddress!, count: 1), cost: .infinity)
      }
    }
    for (index, position) in order.prefix(population.size).enumerated() {
      guard let formula = SearchCheckpoint.formula(saved.expressions[position], featureCount: featureCount),
        formula.complexity <= settings.maximumSize
      else { continue }
      var nodes = formula.nodes
      nodes.withUnsafeMutableBufferPointer {
        population.replace(
          index, with: Genome(nodes: $0.baseAddress!, count: $0.count), cost: saved.costs[position])
      }
    }
  }
}
