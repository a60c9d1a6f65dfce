import Evaluation
import Foundation

/// What a law of bodies may depend on, for one axis of space after the other: the summed `force` along it, the
/// components along it of vectors among the states (`v` for `vx`, `vy`), what else is known of a body, and for each
/// axis whether it is this one (`along_x`, 1 or 0).
///
/// The same law for all axes cannot prefer a direction, as space does not, unless it uses the last.
struct BodyColumns: Hashable, Sendable {
  let dimensions: Int
  /// States of a body.
  let stateSize: Int
  /// The columns' names.
  let names: [String]
  /// For each column but the first, the state it is: at the first axis, and whether further axes have the states
  /// that follow.
  private let sources: [Source]
  /// Names of the columns that tell the axes apart.
  let axisNames: [String]

  private struct Source: Hashable {
    let state: Int
    let isVector: Bool
  }

  /// - Parameter vectors: states at which vectors begin, beside the position.
  init(stateNames: [String], dimensions: Int, vectors: [Int]) throws(SymbolicModelError) {
    guard vectors.allSatisfy({ $0 >= dimensions && $0 + dimensions <= stateNames.count }) else {
      throw .setting("a vector begins at one of \(vectors), beyond the \(stateNames.count) states of a body")
    }
    self.dimensions = dimensions
    stateSize = stateNames.count
    var names = ["force"]
    var sources: [Source] = []
    var state = dimensions
    while state < stateNames.count {
      if vectors.contains(state) {
        names.append(BodyColumns.vectorName(Array(stateNames[state..<state + dimensions])))
        sources.append(Source(state: state, isVector: true))
        state += dimensions
      } else {
        names.append(stateNames[state])
        sources.append(Source(state: state, isVector: false))
        state += 1
      }
    }
    axisNames = stateNames.prefix(dimensions).map { "along_\($0)" }
    names += axisNames
    guard Set(names).count == names.count else {
      throw .setting("two of the columns \(names.joined(separator: ", ")) have one name; rename a state")
    }
    self.names = names
    self.sources = sources
  }

  /// What the names of a vector's components begin with: `v` of `vx` and `vy`.
  private static func vectorName(_ components: [String]) -> String {
    var common = components[0]
    for name in components.dropFirst() { common = common.commonPrefix(with: name) }
    return common.isEmpty ? components.joined() : common
  }

  /// Writes all columns for bodies and axes, (bodies, axes) row by row, padded.
  ///
  /// - Parameters:
  ///   - states: (bodies, states).
  ///   - forces: (bodies, axes).
  func fill(
    _ block: ColumnBlock, states: UnsafePointer<Double>, forces: UnsafePointer<Double>, bodies: Int
  ) {
    block[0].update(from: forces, count: bodies * dimensions)
    for (index, source) in sources.enumerated() {
      let target = block[index + 1]
      for body in 0..<bodies {
        let own = states + body * stateSize + source.state
        for axis in 0..<dimensions { target[body * dimensions + axis] = own[source.isVector ? axis : 0] }
      }
    }
    for place in 0..<dimensions {
      let target = block[1 + sources.count + place]
      for body in 0..<bodies {
        for axis in 0..<dimensions { target[body * dimensions + axis] = axis == place ? 1 : 0 }
      }
    }
    block.pad(names.indices, rows: bodies * dimensions)
  }
}
