import Expressions

extension Evaluator {
  /// The 64-bit values of a formula, one a row of `data`; NaN or an infinity where it is not defined.
  ///
  /// - Parameter formula: at most as many nodes as the evaluator's capacity, in the features of `data`.
  package func values(of formula: Formula, on data: EvaluationData) -> [Double] {
    precondition(formula.complexity <= capacity, "the evaluator was made for smaller formulas")
    var result: [Double] = []
    result.reserveCapacity(data.rowCount)
    formula.nodes.withUnsafeBufferPointer { nodes in
      forEachTile(nodes.baseAddress!, nodes.count, on: data) { _, rows, values in
        result.append(contentsOf: UnsafeBufferPointer(start: values, count: rows))
        return true
      }
    }
    return result
  }

  /// Writes the 64-bit values of an expression to `result`, which has room for the rows of `data`.
  package func write(
    _ nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData,
    to result: UnsafeMutablePointer<Double>
  ) {
    forEachTile(nodes, count, on: data) { first, rows, values in
      (result + first).update(from: values, count: rows)
      return true
    }
  }
}
