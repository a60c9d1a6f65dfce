import Evaluation
import Expressions
import Networks

/// What a law of pairs may depend on, computed from the states of bodies: the distance `r`, the displacement
/// `dx`, `dy` (`dz`), receiver minus sender, and both bodies' states, names of the receiver's ending in 1 and of
/// the sender's in 2.
struct EdgeColumns: Hashable, Sendable {
  let stateNames: [String]
  let dimensions: Int
  /// The columns' names.
  let names: [String]

  /// Distances below this count as this, so that bodies in one place have some direction of length 0.
  static let leastDistance = 1e-10

  /// - Throws: ``SymbolicModelError/space(dimensions:states:)`` unless there are two or three dimensions, and as
  ///   many states.
  init(stateNames: [String], dimensions: Int) throws(SymbolicModelError) {
    guard (2...3).contains(dimensions), stateNames.count >= dimensions else {
      throw .space(dimensions: dimensions, states: stateNames.count)
    }
    self.stateNames = stateNames
    self.dimensions = dimensions
    names =
      ["r"] + ["dx", "dy", "dz"].prefix(dimensions) + stateNames.map { "\($0)1" }
      + stateNames.map { "\($0)2" }
  }

  /// Writes the `used` columns for the edges of `graphs` graphs, padded.
  ///
  /// - Parameter states: (graphs, bodies, states).
  func fill(
    _ block: ColumnBlock, used: [Int], states: UnsafePointer<Double>, topology: GraphTopology, graphs: Int
  ) {
    let size = stateNames.count
    for column in used {
      let target = block[column]
      var row = 0
      for graph in 0..<graphs {
        let bodies = states + graph * topology.bodies * size
        for edge in 0..<topology.edges {
          let receiver = bodies + Int(topology.receivers[edge]) * size
          let sender = bodies + Int(topology.senders[edge]) * size
          target[row] = value(column, receiver, sender)
          row += 1
        }
      }
    }
    block.pad(used, rows: graphs * topology.edges)
  }

  @inline(__always)
  private func value(_ column: Int, _ receiver: UnsafePointer<Double>, _ sender: UnsafePointer<Double>)
    -> Double
  {
    if column == 0 {
      var square = 0.0
      for axis in 0..<dimensions {
        square += (receiver[axis] - sender[axis]) * (receiver[axis] - sender[axis])
      }
      return max(square.squareRoot(), EdgeColumns.leastDistance)
    }
    if column <= dimensions { return receiver[column - 1] - sender[column - 1] }
    let state = column - 1 - dimensions
    return state < stateNames.count ? receiver[state] : sender[state - stateNames.count]
  }

  /// A formula of a text in these columns.
  func formula(_ text: String) throws(SymbolicModelError) -> Formula {
    try SymbolicModelError.parse(text, names)
  }

  /// A formula in columns of any order as one in these; `derived` texts such as `s = q1 * q2` say what further
  /// columns are.
  func formula(_ formula: Formula, features: [String], derived: [String]) throws(SymbolicModelError)
    -> Formula
  {
    var known = names
    var meanings = names.indices.map { Formula.feature($0) }
    for text in derived {
      guard let equals = text.firstIndex(of: "=") else {
        throw .expression(text, reason: "write it as name = expression, e.g. s = q1*q2")
      }
      let meaning = try SymbolicModelError.parse(String(text[text.index(after: equals)...]), known)
      meanings.append(meaning.substituting(meanings))
      known.append(text[..<equals].split(separator: " ").joined(separator: " "))
    }
    var replacements: [Formula] = []
    for (index, name) in features.enumerated() {
      guard let place = known.firstIndex(of: name) else {
        guard !formula.featureIndices.contains(index) else {
          throw .unknownColumn(name, available: known)
        }
        replacements.append(.constant(0))
        continue
      }
      replacements.append(meanings[place])
    }
    return formula.substituting(replacements)
  }
}

extension Formula {
  /// The formula with each feature replaced by an expression.
  func substituting(_ expressions: [Formula]) -> Formula {
    reduce(
      leaf: { $0.isFeature ? expressions[Int($0.feature)] : .constant($0.value) },
      branch: { operation, arguments in
        let inner = arguments.flatMap(\.nodes)
        return Formula(inner + [.operation(operation, argumentLength: inner.count)]) ?? .constant(.nan)
      })
  }
}
