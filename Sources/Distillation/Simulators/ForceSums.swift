import Evaluation
import Expressions
import Networks

/// Forces by a law of pairs, summed for each body: Σ f · Δ / r over the edges to it, in memory of its own.
final class ForceSums {
  /// Strength along the displacements; its constants may change.
  var formula: Formula
  let topology: GraphTopology
  let evaluator: Evaluator
  /// The edges' columns, as ``fill(states:graphs:)`` has written them.
  let block: ColumnBlock
  private let columns: EdgeColumns
  private let used: [Int]
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
    fill(states: states, graphs: graphs)
    return withSums(graphs: graphs, body)
  }

  /// Writes the columns of the edges of at least one graph.
  func fill(states: UnsafePointer<Double>, graphs: Int) {
    guard graphs * topology.edges > 0 else { return }
    columns.fill(block, used: used, states: states, topology: topology, graphs: graphs)
  }

  /// Calls `body` with the sums by the columns as they are.
  func withSums<Result>(graphs: Int, _ body: (UnsafePointer<Double>) -> Result) -> Result {
    strengths.withUnsafeMutableBufferPointer { strengths in
      sums.withUnsafeMutableBufferPointer { sums in
        if graphs * topology.edges > 0 {
          evaluator.write(formula, on: block, rows: graphs * topology.edges, to: strengths.baseAddress!)
        }
        sum(UnsafePointer(strengths.baseAddress!), graphs: graphs, to: sums.baseAddress!)
        return body(UnsafePointer(sums.baseAddress!))
      }
    }
  }

  /// Writes Σ s · Δ / r over the edges to each body, for one number s an edge: (graphs, bodies, axes).
  func sum(_ strengths: UnsafePointer<Double>, graphs: Int, to sums: UnsafeMutablePointer<Double>) {
    let dimensions = columns.dimensions
    sums.update(repeating: 0, count: graphs * topology.bodies * dimensions)
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
  }
}
