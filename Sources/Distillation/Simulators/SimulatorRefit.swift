import Evaluation
import Expressions
import Networks

/// A fit of a simulator's constants in progress.
final class SimulatorRefit {
  /// About how many components of accelerations are looked at.
  static let rows = 20_000
  private static let steps = 60
  private static let rounds = 3
  /// How far, relatively, from where it was a constant is tried that something is compared with, and how often the
  /// range is narrowed.
  private static let (range, trials, narrowings) = (0.05, 20, 3)

  private var simulator: SymbolicSimulator
  private let graphs: Int
  private let bodies: Int
  private let targets: [Double]
  private let weights: [Double]
  private let sums: ForceSums
  private let block: ColumnBlock
  private let nodeEvaluator: Evaluator
  /// Positions of the constants in both formulas, and of the force in that of bodies.
  private let edgeLeaves: [Int]
  private let nodeLeaves: [Int]
  private let forceLeaves: [Int]
  private let edgeDerivatives: ColumnBlock
  private let nodeDerivatives: ColumnBlock
  private var jacobian: [Double]

  /// Weighted squares that cannot be told from none, with states and accelerations of 32 bits.
  let floor: Double
  private static let leastShare = 1e-12

  /// Nil where there is nothing to fit, or too much.
  init?(_ simulator: SymbolicSimulator, _ set: GraphSet) {
    self.simulator = simulator
    (graphs, bodies) = (set.count, set.topology.bodies)
    let dimensions = set.dimensions
    targets = set.accelerations.values.map(Double.init)
    let magnitudes = (0..<graphs * bodies).map { body in
      (0..<dimensions).reduce(0) { sum, axis in
        let part = set.accelerations.base[body * dimensions + axis]
        return sum + Double(part * part)
      }.squareRoot()
    }
    weights = LawProblem.weights(magnitudes)
    floor = SimulatorRefit.leastShare * zip(magnitudes, weights).reduce(0) { $0 + $1.1 * $1.0 * $1.0 }
    func leaves(_ formula: Formula, _ isWanted: (Node) -> Bool) -> [Int] {
      formula.nodes.indices.filter { isWanted(formula.nodes[$0]) }
    }
    // A zero is no number that was fitted: nothing acts there.
    edgeLeaves = leaves(simulator.edgeFormula) { $0.isConstant && $0.value != 0 }
    nodeLeaves = leaves(simulator.nodeFormula) { $0.isConstant && $0.value != 0 }
    forceLeaves = leaves(simulator.nodeFormula) { $0.isFeature && $0.feature == 0 }
    let count = edgeLeaves.count + nodeLeaves.count
    guard (1...LevenbergMarquardt.mostConstants).contains(count), graphs > 0 else { return nil }
    sums = ForceSums(simulator.edgeFormula, simulator.edges, topology: set.topology, graphs: graphs)
    let rows = graphs * bodies * dimensions
    block = ColumnBlock(columns: simulator.bodies.names.count, rows: rows)
    nodeEvaluator = Evaluator(capacity: simulator.nodeFormula.complexity, loss: .meanSquaredError)
    edgeDerivatives = ColumnBlock(columns: edgeLeaves.count, rows: graphs * set.topology.edges)
    nodeDerivatives = ColumnBlock(columns: nodeLeaves.count + forceLeaves.count, rows: rows)
    jacobian = Array(repeating: 0, count: count * rows)
    set.states.values.map(Double.init).withUnsafeBufferPointer { states in
      sums.fill(states: states.baseAddress!, graphs: graphs)
      sums.withSums(graphs: graphs) { forces in
        simulator.bodies.fill(block, states: states.baseAddress!, forces: forces, bodies: graphs * bodies)
      }
    }
  }

  private var count: Int { edgeLeaves.count + nodeLeaves.count }
  private var rows: Int { targets.count }

  /// The simulator with the constants found, and the weighted squares it leaves.
  func run() -> (simulator: SymbolicSimulator, squares: Double) {
    var constants =
      edgeLeaves.map { simulator.edgeFormula.nodes[$0].value }
      + nodeLeaves.map { simulator.nodeFormula.nodes[$0].value }
    let solver = LevenbergMarquardt()
    defer { solver.deallocate() }
    let thresholds = self.thresholds
    for _ in 0..<(thresholds.isEmpty ? 1 : SimulatorRefit.rounds) {
      for place in thresholds { find(place, &constants) }
      constants.withUnsafeMutableBufferPointer {
        _ = solver.minimise(
          $0.baseAddress!, count: count, steps: SimulatorRefit.steps, tolerance: 1e-12, projects: false
        ) { self.pass($0, $1, $2) }
      }
    }
    var accelerations = [Double](repeating: 0, count: rows)
    let squares = squares(constants, &accelerations)
    return (simulator, squares)
  }

  private func place(_ constants: [Double]) {
    simulator.edgeFormula = SimulatorRefit.replacing(simulator.edgeFormula, edgeLeaves, constants[...])
    simulator.nodeFormula = SimulatorRefit.replacing(
      simulator.nodeFormula, nodeLeaves, constants.dropFirst(edgeLeaves.count))
    sums.formula = simulator.edgeFormula
  }

  private static func replacing(_ formula: Formula, _ leaves: [Int], _ values: ArraySlice<Double>) -> Formula
  {
    var nodes = formula.nodes
    for (leaf, value) in zip(leaves, values) { nodes[leaf].value = value }
    return Formula(unchecked: nodes)
  }

  /// The weighted squares with these constants; leaves forces and accelerations where derivatives look for them.
  private func squares(_ constants: [Double], _ accelerations: inout [Double]) -> Double {
    place(constants)
    sums.withSums(graphs: graphs) { block[0].update(from: $0, count: rows) }
    block.pad([0], rows: rows)
    accelerations.withUnsafeMutableBufferPointer {
      nodeEvaluator.write(simulator.nodeFormula, on: block, rows: rows, to: $0.baseAddress!)
    }
    var sum = 0.0
    let dimensions = simulator.dimensions
    for row in 0..<rows {
      let error = accelerations[row] - targets[row]
      sum += weights[row / dimensions] * error * error
    }
    return sum.isFinite ? sum : .infinity
  }

  private func pass(
    _ unknowns: UnsafePointer<Double>, _ matrix: UnsafeMutablePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    var accelerations = [Double](repeating: 0, count: rows)
    let loss = squares(Array(UnsafeBufferPointer(start: unknowns, count: count)), &accelerations)
    guard loss.isFinite else { return loss }
    differentiate()
    let dimensions = simulator.dimensions
    for index in 0..<count {
      gradient[index] = 0
      for other in 0...index { matrix[index * count + other] = 0 }
    }
    for row in 0..<rows {
      let weight = weights[row / dimensions]
      let error = accelerations[row] - targets[row]
      for index in 0..<count {
        let slope = weight * jacobian[index * rows + row]
        gradient[index] += slope * error
        for other in 0...index { matrix[index * count + other] += slope * jacobian[other * rows + row] }
      }
    }
    return loss
  }

  /// Fills the Jacobian: a constant of the law of pairs acts through the force.
  private func differentiate() {
    nodeEvaluator.writeDerivatives(
      of: simulator.nodeFormula, by: nodeLeaves + forceLeaves, on: block, rows: rows, to: nodeDerivatives)
    sums.evaluator.writeDerivatives(
      of: sums.formula, by: edgeLeaves, on: sums.block, rows: graphs * sums.topology.edges,
      to: edgeDerivatives)
    jacobian.withUnsafeMutableBufferPointer { jacobian in
      for index in edgeLeaves.indices {
        let column = jacobian.baseAddress! + index * rows
        sums.sum(edgeDerivatives[index], graphs: graphs, to: column)
        for row in 0..<rows {
          var slope = 0.0
          for place in forceLeaves.indices { slope += nodeDerivatives[nodeLeaves.count + place][row] }
          column[row] *= slope
        }
      }
      for index in nodeLeaves.indices {
        (jacobian.baseAddress! + (edgeLeaves.count + index) * rows).update(
          from: nodeDerivatives[index], count: rows)
      }
      // Where a law has a value and no derivative, it does not move.
      for index in jacobian.indices where !jacobian[index].isFinite { jacobian[index] = 0 }
    }
  }

  /// Tries values around a constant, nearer and nearer to the best.
  private func find(_ place: Int, _ constants: inout [Double]) {
    var accelerations = [Double](repeating: 0, count: rows)
    var range = SimulatorRefit.range * abs(constants[place])
    var least = squares(constants, &accelerations)
    for _ in 0..<SimulatorRefit.narrowings {
      let middle = constants[place]
      for trial in -SimulatorRefit.trials...SimulatorRefit.trials {
        var tried = constants
        tried[place] = middle + range * Double(trial) / Double(SimulatorRefit.trials)
        let value = squares(tried, &accelerations)
        if value < least { (least, constants) = (value, tried) }
      }
      range /= Double(SimulatorRefit.trials) / 2
    }
  }

  /// Numbers, among all constants, of those of the law of pairs that something is compared with.
  private var thresholds: [Int] {
    let formula = simulator.edgeFormula
    var leaves: Set<Int> = []
    for position in formula.nodes.indices {
      switch formula.nodes[position].operation {
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        leaves.formUnion(formula.arguments(of: position))
      default: break
      }
    }
    return edgeLeaves.indices.filter { leaves.contains(edgeLeaves[$0]) }
  }
}
