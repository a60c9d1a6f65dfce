import CVectorKernels
import Expressions

extension Evaluator {
  /// Writes the 64-bit values of a formula on the first `rows` rows of padded columns to `result`.
  package func write(
    _ formula: Formula, on columns: ColumnBlock, rows: Int, to result: UnsafeMutablePointer<Double>
  ) {
    precondition(formula.complexity <= capacity && rows <= columns.capacity)
    let length = formula.nodes.withUnsafeBufferPointer { compile($0.baseAddress!, $0.count, into: program) }
    for first in Swift.stride(from: 0, to: rows, by: Evaluator.tile) {
      let count = min(Evaluator.tile, rows - first)
      vk_evaluate_f64(program, length, columns.pointers, first, count, nil, values, scratch)
      (result + first).update(from: values, count: count)
    }
  }

  /// Adds, for each constant of a formula, Σ slope · ∂value/∂constant over the rows to `sums`: the gradient of
  /// a loss whose derivatives by the values are `slopes`. Rows at which a derivative is not finite count
  /// nothing.
  ///
  /// - Parameters:
  ///   - columns: padded columns.
  ///   - slopes: one for each of the first `rows` rows.
  ///   - sums: one for each constant, in the order of their leaves.
  package func addConstantSlopes(
    of formula: Formula, on columns: ColumnBlock, rows: Int, slopes: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    let leaves = formula.nodes.indices.filter { formula.nodes[$0].isConstant }
    differentiate(formula, by: leaves, on: columns, rows: rows) { index, first, derivatives in
      var sum = 0.0
      for (row, derivative) in derivatives.enumerated() where derivative.isFinite {
        sum += slopes[first + row] * derivative
      }
      sums[index] += sum
    }
  }

  /// Writes the 64-bit derivatives of a formula by some of its leaves, each into a column of `result`.
  ///
  /// - Parameters:
  ///   - leaves: positions of constants or features in the formula's nodes.
  ///   - columns: padded columns.
  package func writeDerivatives(
    of formula: Formula, by leaves: [Int], on columns: ColumnBlock, rows: Int, to result: ColumnBlock
  ) {
    precondition(leaves.count <= result.count && rows <= result.capacity)
    differentiate(formula, by: leaves, on: columns, rows: rows) { index, first, derivatives in
      (result[index] + first).update(from: derivatives.baseAddress!, count: derivatives.count)
    }
  }

  /// Calls `body` with the number of a leaf, a first row, and the derivatives by the leaf there and on the rows
  /// that follow.
  private func differentiate(
    _ formula: Formula, by leaves: [Int], on columns: ColumnBlock, rows: Int,
    _ body: (Int, Int, UnsafeBufferPointer<Double>) -> Void
  ) {
    precondition(formula.complexity <= capacity && rows <= columns.capacity)
    let most = LevenbergMarquardt.mostUnknowns
    for start in Swift.stride(from: 0, to: leaves.count, by: most) {
      let part = leaves[start..<min(start + most, leaves.count)]
      for (index, leaf) in part.enumerated() { targets[index] = Int32(leaf) }
      for first in Swift.stride(from: 0, to: rows, by: Evaluator.tile) {
        let count = min(Evaluator.tile, rows - first)
        formula.nodes.withUnsafeBufferPointer { nodes in
          nodes.baseAddress!.withMemoryRebound(to: vk_node.self, capacity: nodes.count) {
            _ = vk_jacobian_f64(
              $0, Int32(nodes.count), targets, Int32(part.count), columns.pointers, first, count, values,
              jacobian, Evaluator.tile, scratch)
          }
        }
        for index in 0..<part.count {
          body(
            start + index, first, UnsafeBufferPointer(start: jacobian + index * Evaluator.tile, count: count))
        }
      }
    }
  }
}
