import Evaluation
import Expressions
import Networks
import Tables

/// The bodies a law of accelerations is distilled from, a row for each body and axis.
struct NodeProblem {
  let pairs: PairRule
  let vectors: [Int]
  let edges: EdgeColumns
  let bodies: BodyColumns
  let edgeFormula: Formula
  /// All rows as data for the search: columns that vary, accelerations, weights.
  let dataset: Dataset
  /// The network's accelerations: `accelerations[axis][body]`.
  let accelerations: [[Double]]

  /// Bodies of graphs spread evenly over a set.
  ///
  /// - Parameters:
  ///   - law: strength of the forces along the displacements.
  ///   - features: names of its columns.
  ///   - tellsAxes: whether the law may differ between the axes of space.
  init(
    _ network: Network, law: Formula, features: [String], set: GraphSet, tellsAxes: Bool,
    _ options: DistillerOptions
  ) throws {
    guard let pairs = PairRule(set.topology) else {
      throw SymbolicModelError.setting(
        "the data have edges of their own; laws of bodies need all pairs, or neighbours in a row")
    }
    self.pairs = pairs
    vectors = set.vectors
    edges = try EdgeColumns(stateNames: set.featureNames, dimensions: set.dimensions)
    bodies = try BodyColumns(stateNames: set.featureNames, dimensions: set.dimensions, vectors: set.vectors)
    edgeFormula = try edges.formula(law, features: features, derived: options.derived)
    let sample = try set.spread(rows: options.maximumEdges)
    let predicted = try network.accelerations(sample).map(Double.init)
    let (dimensions, count) = (set.dimensions, sample.count * set.topology.bodies)
    accelerations = (0..<dimensions).map { axis in (0..<count).map { predicted[$0 * dimensions + axis] } }
    let columns = NodeProblem.columns(sample, edges, bodies, edgeFormula)
    guard let force = columns.first?.values, force.allSatisfy(\.isFinite) else {
      throw DistillationError.search("the law of pairs is not finite on every edge; choose another member")
    }
    let magnitudes = (0..<count).map { body in
      (0..<dimensions).reduce(0) { sum, axis in
        let part = predicted[body * dimensions + axis]
        return sum + part * part
      }.squareRoot()
    }
    let weights = LawProblem.weights(magnitudes)
    do {
      let hidden = tellsAxes ? [] : bodies.axisNames
      // A column that never changes explains nothing.
      dataset = try Dataset(
        features: columns.filter { !hidden.contains($0.name) && $0.values.isVarying },
        target: (name: "acceleration", values: predicted),
        weights: (0..<predicted.count).map { weights[$0 / dimensions] }, name: "accelerations")
    } catch {
      throw DistillationError.search("\(error)")
    }
  }
}

extension NodeProblem {
  /// What a law of bodies may depend on, by name.
  private static func columns(
    _ set: GraphSet, _ edges: EdgeColumns, _ bodies: BodyColumns, _ law: Formula
  ) -> [(name: String, values: [Double])] {
    let count = set.count * set.topology.bodies
    let rows = count * set.dimensions
    let block = ColumnBlock(columns: bodies.names.count, rows: rows)
    let sums = ForceSums(law, edges, topology: set.topology, graphs: set.count)
    set.states.values.map(Double.init).withUnsafeBufferPointer { states in
      sums.withSums(states: states.baseAddress!, graphs: set.count) { forces in
        bodies.fill(block, states: states.baseAddress!, forces: forces, bodies: count)
      }
    }
    return bodies.names.enumerated().map { index, name in
      (name: name, values: Array(UnsafeBufferPointer(start: block[index], count: rows)))
    }
  }
}

extension GraphSet {
  /// Graphs spread evenly over the set, so many that they have about `rows` bodies and axes.
  func spread(rows: Int) throws(NetworkError) -> GraphSet {
    let wanted = max(1, rows / max(1, accelerationStride))
    guard count > wanted else { return self }
    // Odd, so that not the same few instants are visited in each simulation.
    let step = max(1, count / wanted) | 1
    let chosen = Array(stride(from: 0, to: count, by: step))
    func gathered(_ buffer: FloatBuffer, _ width: Int) -> [Float] {
      chosen.flatMap { Array(UnsafeBufferPointer(start: buffer.base + $0 * width, count: width)) }
    }
    return try GraphSet(
      topology: topology, dimensions: dimensions, featureNames: featureNames, vectors: vectors,
      states: gathered(states, stateStride), accelerations: gathered(accelerations, accelerationStride))
  }
}
