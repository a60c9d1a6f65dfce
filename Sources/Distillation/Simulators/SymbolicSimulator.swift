import Evaluation
import Expressions
import Networks

/// Two formulas that move bodies, in the place of a network: a law of pairs, whose strengths along the
/// displacements are summed for each body, and a law of bodies from that sum to the acceleration.
///
/// ```swift
/// let simulator = try SymbolicSimulator(
///   stateNames: ["x", "y", "vx", "vy", "m"], dimensions: 2, vectors: [2],
///   edgeLaw: "-m1 * m2 / r^2", nodeLaw: "(force - 0.1 * v) / m")
/// let accelerations = try simulator.accelerations(states, bodies: 12)
/// ```
///
/// It is for any number of bodies. Written as JSON it is text and numbers, and reads back to the same values.
public struct SymbolicSimulator: Hashable, Sendable {
  /// Names of a body's states, the position's coordinates first.
  public let stateNames: [String]
  /// Dimensions of space, 2 or 3.
  public let dimensions: Int
  /// States at which vectors begin, beside the position; the first is the velocity.
  public let vectors: [Int]
  /// Which bodies act on each other.
  public let pairs: PairRule
  let edges: EdgeColumns
  let bodies: BodyColumns
  var edgeFormula: Formula
  var nodeFormula: Formula

  /// A simulator of two laws as text in the project's grammar.
  ///
  /// - Parameters:
  ///   - stateNames: names of a body's states, coordinates first.
  ///   - vectors: states at which vectors begin, beside the position; the first is the velocity.
  ///   - edgeLaw: strength of the force on a receiver along the displacement, receiver minus sender, in `r`,
  ///     `dx`, `dy` (`dz`) and the two bodies' states, `m1` the receiver's and `m2` the sender's.
  ///   - nodeLaw: a component of the acceleration in the same component of the summed `force` and of vectors
  ///     (`v` for `vx`, `vy`), in the other states, and in `along_x`, `along_y` (`along_z`), of which the axis's own
  ///     is 1 and the others 0.
  /// - Throws: ``SymbolicModelError`` for a text that is no expression in these.
  public init(
    stateNames: [String], dimensions: Int, vectors: [Int] = [], pairs: PairRule = .complete, edgeLaw: String,
    nodeLaw: String
  ) throws(SymbolicModelError) {
    let edges = try EdgeColumns(stateNames: stateNames, dimensions: dimensions)
    let bodies = try BodyColumns(stateNames: stateNames, dimensions: dimensions, vectors: vectors)
    self.init(
      edges: edges, bodies: bodies, vectors: vectors, pairs: pairs, edgeFormula: try edges.formula(edgeLaw),
      nodeFormula: try SymbolicModelError.parse(nodeLaw, bodies.names))
  }

  init(
    edges: EdgeColumns, bodies: BodyColumns, vectors: [Int], pairs: PairRule, edgeFormula: Formula,
    nodeFormula: Formula
  ) {
    stateNames = edges.stateNames
    dimensions = edges.dimensions
    self.vectors = vectors
    self.pairs = pairs
    self.edges = edges
    self.bodies = bodies
    self.edgeFormula = edgeFormula
    self.nodeFormula = nodeFormula
  }

  /// Strength of the force on a receiver along the displacement from the sender.
  public var edgeLaw: String { edgeFormula.description(features: edges.names) }
  /// A component of the acceleration.
  public var nodeLaw: String { nodeFormula.description(features: bodies.names) }

  /// Accelerations of bodies: (graphs, bodies, dimensions), row-major.
  ///
  /// - Parameters:
  ///   - states: of any number of graphs, (graphs, bodies, states), row-major.
  ///   - bodies: in each graph.
  /// - Throws: ``SymbolicModelError`` when the numbers do not fit, or a law has no finite value.
  public func accelerations(_ states: [Double], bodies: Int) throws(SymbolicModelError) -> [Double] {
    let row = bodies * stateNames.count
    guard row > 0, states.count % row == 0 else {
      throw .states(count: states.count, row: max(row, stateNames.count))
    }
    let graphs = states.count / row
    let width = bodies * dimensions
    var result = [Double](repeating: 0, count: graphs * width)
    let block = min(graphs, 256)
    let pass = SimulatorPass(self, bodies: bodies, graphs: block)
    for start in stride(from: 0, to: graphs, by: max(1, block)) {
      let count = min(block, graphs - start)
      states.withUnsafeBufferPointer { states in
        result.withUnsafeMutableBufferPointer { result in
          pass.accelerations(
            states: states.baseAddress! + start * row, graphs: count,
            into: result.baseAddress! + start * width)
        }
      }
    }
    if let index = result.firstIndex(where: { !$0.isFinite }) { throw .notFinite(graph: index / width) }
    return result
  }

  /// - Throws: ``SymbolicModelError`` when the set's features or edges are others than the simulator's.
  func check(_ set: GraphSet) throws(SymbolicModelError) {
    guard set.featureNames == stateNames, set.dimensions == dimensions else {
      throw .setting(
        "the simulator is for bodies with the states \(stateNames.joined(separator: ", ")), the data have "
          + set.featureNames.joined(separator: ", "))
    }
    guard set.topology == pairs.topology(bodies: set.topology.bodies) else {
      throw .setting("the edges of the data are not those of the simulator's rule, \(pairs.rawValue)")
    }
  }

  /// Accelerations of all graphs of a set: (graphs, bodies, dimensions).
  ///
  /// - Throws: ``SymbolicModelError`` when the set's features are not the simulator's states, its edges do not
  ///   follow ``pairs``, or a law has no finite value.
  public func accelerations(_ set: GraphSet) throws(SymbolicModelError) -> [Double] {
    try check(set)
    return try accelerations(set.states.values.map(Double.init), bodies: set.topology.bodies)
  }
}

/// Memory in which a simulator's laws are evaluated on up to a number of graphs.
final class SimulatorPass {
  private let simulator: SymbolicSimulator
  private let bodies: Int
  private let sums: ForceSums
  private let block: ColumnBlock
  private let evaluator: Evaluator

  init(_ simulator: SymbolicSimulator, bodies: Int, graphs: Int) {
    self.simulator = simulator
    self.bodies = bodies
    sums = ForceSums(
      simulator.edgeFormula, simulator.edges, topology: simulator.pairs.topology(bodies: bodies),
      graphs: graphs)
    block = ColumnBlock(
      columns: simulator.bodies.names.count, rows: graphs * bodies * simulator.dimensions)
    evaluator = Evaluator(capacity: simulator.nodeFormula.complexity, loss: .meanSquaredError)
  }

  /// Writes accelerations, (graphs, bodies, dimensions), of at least one graph.
  func accelerations(
    states: UnsafePointer<Double>, graphs: Int, into result: UnsafeMutablePointer<Double>
  ) {
    let count = graphs * bodies
    sums.withSums(states: states, graphs: graphs) { forces in
      simulator.bodies.fill(block, states: states, forces: forces, bodies: count)
    }
    evaluator.write(
      simulator.nodeFormula, on: block, rows: count * simulator.dimensions, to: result)
  }
}
