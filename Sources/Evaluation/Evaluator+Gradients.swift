import CVectorKernels
import Expressions

extension Evaluator {
  /// The values of a formula and its exact partial derivatives by each feature.
  ///
  /// - Parameters:
  ///   - formula: at most as many nodes as the evaluator's capacity, in the features of `data`.
  ///   - data: the rows; derivatives are those at the features' values there.
  /// - Returns: one value a row, and for each feature one derivative a row, zeros for a feature that does not
  ///   occur; NaN or infinite where they do not exist.
  package func gradients(of formula: Formula, on data: EvaluationData) -> (
    values: [Double], gradients: [[Double]]
  ) {
    gradients(of: formula, on: data, by: Array(0..<data.featureCount))
  }

  /// The same for some features only, each named once, in the order given: of wide data a formula has few.
  package func gradients(of formula: Formula, on data: EvaluationData, by features: [Int]) -> (
    values: [Double], gradients: [[Double]]
  ) {
    precondition(formula.complexity <= capacity, "the evaluator was made for smaller formulas")
    let values = self.values(of: formula, on: data)
    var gradients = Array(
      repeating: Array(repeating: 0.0, count: data.rowCount), count: features.count)
    let places = Dictionary(uniqueKeysWithValues: zip(features, features.indices))
    func place(_ leaf: Int) -> Int? { places[Int(formula.nodes[leaf].feature)] }
    let leaves = formula.nodes.indices.filter { formula.nodes[$0].isFeature && place($0) != nil }
    let most = LevenbergMarquardt.mostUnknowns
    for start in Swift.stride(from: 0, to: leaves.count, by: most) {
      let part = Array(leaves[start..<min(start + most, leaves.count)])
      add(part, of: formula, on: data, at: part.compactMap(place), to: &gradients)
    }
    return (values, gradients)
  }

  /// Adds the derivatives by some leaves to those at the given places.
  private func add(
    _ leaves: [Int], of formula: Formula, on data: EvaluationData, at places: [Int],
    to gradients: inout [[Double]]
  ) {
    for (index, leaf) in leaves.enumerated() { targets[index] = Int32(leaf) }
    var first = 0
    while first < data.rowCount {
      let rows = min(Evaluator.tile, data.rowCount - first)
      formula.nodes.withUnsafeBufferPointer { nodes in
        nodes.baseAddress!.withMemoryRebound(to: vk_node.self, capacity: nodes.count) {
          _ = vk_jacobian_f64(
            $0, Int32(nodes.count), targets, Int32(leaves.count), data.columns64, first, rows, values,
            jacobian, Evaluator.tile, scratch)
        }
      }
      for (index, place) in places.enumerated() {
        let column = jacobian + index * Evaluator.tile
        for row in 0..<rows { gradients[place][first + row] += column[row] }
      }
      first += rows
    }
  }
}
