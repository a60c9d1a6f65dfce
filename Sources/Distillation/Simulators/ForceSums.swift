import Evaluation
import Expressions
import Networks

/// Forces by a law of pairs, summed for each body: Σ f · Δ / r over the edges to it, in memory of its own.
final class ForceSums {
  private let columns: EdgeColumns
  private let formula: Formula
  private let topology: GraphTopology
  private let used: [Int]
  private let block: ColumnBlock
  private let evaluator: Evaluator
  private var strengths: [Double]
  private var sums: [Double]

  /// For up to `graphs` graphs of a topology.
  init(_ formula: Formula, _ columns: EdgeColumns, topology: GraphTopology, graphs: Int) {
    self.columns = columns
    self.formula = formula
    self.topology = topology
    used = Set(formula.featureIndices + Array(0...columns.dimensions)).sorted()
    let edges = graphs * topology.edges
    block = ColumnBlock(columns: columns.names.count, rows: edges)
    evaluator = Evaluator(capacity: formula.complexity, loss: .meanSquaredError)
    strengths = Array(repeating: 0, count: edges)
    sums = Array(repeating: 0, count: graphs * topology.bodies * columns.dimensions)
  }

  /// Calls `body` with the sums of the first `graphs` graphs, (graphs, bodies, axes).
  func withSums<Result>(
    states: UnsafePointer<Double>, graphs: Int, _ body: (UnsafePointer<Double>) -> Result
  ) -> Result {
    let dimensions = columns.dimensions
    for index in sums.indices { sums[index] = 0 }
    if graphs * topology.edges > 0 {
      columns.fill(block, used: used, states: states, topology: topology, graphs: graphs)
      strengths.withUnsafeMutableBufferPointer {
        evaluator.write(formula, on: block, rows: graphs * topology.edges, to: $0.baseAddress!)
      }
    }
    let distances = block[0]
    for axis in 0..<dimensions {
      let displacements = block[1 + axis]
      var row = 0
      for graph in 0..<graphs {
        for receiver in topology.receivers {
          let place = (graph * topology.bodies + Int(receiver)) * dimensions + axis
          // Bodies in one place are not pushed anywhere, however strong the force.
          let displacement = displacements[row]
          if displacement != 0 { sums[place] += strengths[row] * displacement / distances[row] }
          row += 1
        }
      }
    }
    return sums.withUnsafeBufferPointer { body($0.baseAddress!) }
  }
}
