import Evaluation
import Expressions
import Foundation
import Tables
import Worlds

/// Accelerations of bodies that pull on each other by a law, and their derivatives by the bodies' masses and
/// the law's constants.
final class PullModel {
  let bodies: Int
  let dimensions: Int
  let instants: Int
  /// (instants, bodies, dimensions).
  let accelerations: [Double]
  /// Root mean square of a component of each body's acceleration.
  let typicalAccelerations: [Double]
  /// The law's constants as they were given.
  let constants: [Double]
  /// Directed pairs (receiver, sender), by receiver.
  private let pairs: [(receiver: Int, sender: Int)]
  /// Directions from sender to receiver: (instants, pairs, dimensions).
  private let directions: [Double]
  private let distances: Column
  /// The law in the features r, m1, m2 and, one after the other, its constants.
  private let formula: Formula
  private let evaluator: Evaluator
  private let target: Column

  /// Unknowns of a fit: the logarithms of all masses and the constants.
  struct State {
    /// Decimal logarithms, one for each body.
    var logarithms: [Double]
    var constants: [Double]
  }

  init(
    _ formula: Formula, features: [String], _ simulation: Simulation, mostInstants: Int
  ) throws(MassRefitError) {
    let known = ["r", "m1", "m2"]
    for index in formula.featureIndices where !known.contains(features[index]) {
      throw .otherFeature(features[index])
    }
    let used = formula.featureIndices.map { features[$0] }
    guard used.contains("m1") || used.contains("m2") else { throw .noMasses }
    let count = simulation.times.count
    guard simulation.count == 1, count >= 10 else {
      throw .fewInstants(simulation.count == 1 ? count : simulation.count * count)
    }
    var next = known.count
    let nodes = formula.nodes.map { node -> Node in
      if node.isFeature { return .feature(known.firstIndex(of: features[Int(node.feature)]) ?? 0) }
      guard node.isConstant else { return node }
      next += 1
      return .feature(next - 1)
    }
    guard let inFeatures = Formula(nodes) else { throw .noFit }
    self.formula = inFeatures
    constants = formula.constants
    evaluator = Evaluator(capacity: max(1, inFeatures.complexity), loss: .meanSquaredError)
    let (bodies, dimensions) = (simulation.bodies, simulation.dimensions)
    let chosen = Array(stride(from: 0, to: count, by: (count + mostInstants - 1) / mostInstants))
    let pairs = (0..<bodies).flatMap { receiver in
      (0..<bodies).filter { $0 != receiver }.map { (receiver: receiver, sender: $0) }
    }
    var lengths: [Double] = []
    var directions: [Double] = []
    var accelerations: [Double] = []
    for time in chosen {
      let row = bodies * dimensions
      accelerations += simulation.accelerations[(time * row)..<((time + 1) * row)]
      for (receiver, sender) in pairs {
        let one = simulation.state(simulation: 0, time: time, body: receiver).prefix(dimensions)
        let other = simulation.state(simulation: 0, time: time, body: sender).prefix(dimensions)
        let delta = zip(one, other).map { $0 - $1 }
        let length = max(delta.reduce(0) { $0 + $1 * $1 }.squareRoot(), .leastNormalMagnitude)
        lengths.append(length)
        directions += delta.map { $0 / length }
      }
    }
    self.bodies = bodies
    self.dimensions = dimensions
    self.pairs = pairs
    self.directions = directions
    self.accelerations = accelerations
    instants = chosen.count
    distances = Column(lengths)
    target = Column(count: lengths.count, repeating: 0)
    var squares = Array(repeating: 0.0, count: bodies)
    for (index, value) in accelerations.enumerated() {
      squares[index / dimensions % bodies] += value * value / Double(chosen.count * dimensions)
    }
    typicalAccelerations = squares.map { $0.squareRoot() }
    if let body = squares.firstIndex(where: { !($0 > 0) }) { throw .noAcceleration(body: body) }
  }

  /// Where a fit begins.
  ///
  /// - Parameter masses: as they are known; nil for those of which each has the less, the more it is
  ///   accelerated, as it would be among two.
  func start(masses: [Double]?) throws(MassRefitError) -> State {
    if let masses, masses.count != bodies || !masses.allSatisfy({ $0 > 0 && $0.isFinite }) {
      throw .badStart
    }
    let logarithms = masses.map { $0.map(log10) } ?? typicalAccelerations.map { -log10($0) }
    let most = logarithms.max() ?? 0
    return State(logarithms: logarithms.map { $0 - most }, constants: constants)
  }

  /// What the law makes of a state.
  struct Accelerations {
    /// (instants, bodies, dimensions).
    var values: [Double]
    /// Of each pair at each instant: ∂a/∂log₁₀ of the receiver's mass, and of the sender's, along the
    /// direction: (instants, pairs).
    var byReceiver: [Double]
    var bySender: [Double]
    /// By each constant: `byConstant[constant]` (instants, bodies, dimensions).
    var byConstant: [[Double]]
  }

  /// The accelerations of a state; nil where one is not finite.
  func accelerations(_ state: State) -> Accelerations? {
    let masses = state.logarithms.map { Foundation.pow(10, $0) }
    let rows = instants * pairs.count
    let own = Column(count: rows) { column in
      for row in 0..<rows { column[row] = masses[pairs[row % pairs.count].receiver] }
    }
    let others = Column(count: rows) { column in
      for row in 0..<rows { column[row] = masses[pairs[row % pairs.count].sender] }
    }
    let data = EvaluationData(
      features: [distances, own, others] + state.constants.map { Column(count: rows, repeating: $0) },
      target: target, weights: nil, precision: .double)
    let (forces, slopes) = evaluator.gradients(of: formula, on: data)
    let size = instants * bodies * dimensions
    var result = Accelerations(
      values: Array(repeating: 0, count: size), byReceiver: Array(repeating: 0, count: rows),
      bySender: Array(repeating: 0, count: rows),
      byConstant: state.constants.map { _ in Array(repeating: 0, count: size) })
    for row in 0..<rows {
      let (receiver, sender) = pairs[row % pairs.count]
      let (mass, force) = (masses[receiver], forces[row])
      // F/m, of which the derivative by log m is ln 10 · (∂F/∂m - F/m): exactly nothing for forces
      // proportional to the mass, which tell nothing of it.
      result.byReceiver[row] = M_LN10 * (slopes[1][row] - force / mass)
      result.bySender[row] = M_LN10 * masses[sender] / mass * slopes[2][row]
      guard force.isFinite, result.byReceiver[row].isFinite, result.bySender[row].isFinite else { return nil }
      let place = (row / pairs.count * bodies + receiver) * dimensions
      for axis in 0..<dimensions {
        let part = directions[row * dimensions + axis] / mass
        result.values[place + axis] += force * part
        for constant in state.constants.indices {
          result.byConstant[constant][place + axis] += slopes[3 + constant][row] * part
        }
      }
    }
    return result
  }

  /// Σ |a - model|²/σ² of a state; infinite where it has no value.
  func cost(_ found: Accelerations?, noise: [Double]) -> Double {
    guard let found else { return .infinity }
    var sum = 0.0
    for index in accelerations.indices {
      let left = (accelerations[index] - found.values[index]) / noise[index / dimensions % bodies]
      sum += left * left
    }
    return sum.isFinite ? sum : .infinity
  }

  /// Root mean square of a component of each body's residual, and not less than rounding leaves.
  func residuals(_ found: Accelerations) -> [Double] {
    var squares = Array(repeating: 0.0, count: bodies)
    for index in accelerations.indices {
      let left = accelerations[index] - found.values[index]
      squares[index / dimensions % bodies] += left * left / Double(instants * dimensions)
    }
    return zip(squares, typicalAccelerations).map { max($0.squareRoot(), 1e-13 * $1) }
  }

  /// How much of each body's residual goes on for long: the largest magnitude of its correlation with itself
  /// `length` to 2·`length` instants later, less what chance makes of it.
  func persistence(_ found: Accelerations, length: Int) -> [Double] {
    let left = accelerations.indices.map { accelerations[$0] - found.values[$0] }
    return (0..<bodies).map { body in
      func product(_ lag: Int) -> Double {
        var sum = 0.0
        for instant in 0..<(instants - lag) {
          for axis in 0..<dimensions {
            let place = (instant * bodies + body) * dimensions + axis
            sum += left[place] * left[place + lag * bodies * dimensions]
          }
        }
        return sum / Double(instants - lag)
      }
      let square = product(0)
      guard square > 0, length > 0, 2 * length < instants else { return 0 }
      let largest = (length...2 * length).map { abs(product($0)) }.max() ?? 0
      let chance = 4 / Double((instants - 2 * length) * dimensions).squareRoot()
      return min(1, max(0, largest / square - chance))
    }
  }

  /// Adds the normal equations of some bodies at one instant: unknowns are the logarithms of all bodies' masses, then the
  /// constants.
  ///
  /// - Parameter gradient: Jᵀr, r being what is left over.
  func addNormalEquations(
    instant: Int, receivers: Range<Int>, _ found: Accelerations, noise: [Double], matrix: inout [Double],
    gradient: inout [Double]
  ) {
    let count = bodies + found.byConstant.count
    var row = Array(repeating: 0.0, count: count)
    let perReceiver = bodies - 1
    for receiver in receivers {
      let place = (instant * bodies + receiver) * dimensions
      let first = instant * pairs.count + receiver * perReceiver
      for axis in 0..<dimensions {
        for index in row.indices { row[index] = 0 }
        for edge in first..<(first + perReceiver) {
          let direction = directions[edge * dimensions + axis]
          row[receiver] += found.byReceiver[edge] * direction
          row[pairs[edge - instant * pairs.count].sender] += found.bySender[edge] * direction
        }
        for constant in found.byConstant.indices {
          row[bodies + constant] = found.byConstant[constant][place + axis]
        }
        let scale = 1 / noise[receiver]
        let left = (accelerations[place + axis] - found.values[place + axis]) * scale
        for one in 0..<count where row[one] != 0 {
          let value = row[one] * scale
          gradient[one] += value * left
          for other in 0...one { matrix[one * count + other] += value * row[other] * scale }
        }
      }
    }
  }
}
