import Evaluation

/// Weighted linear least squares with several targets, by scaled normal equations with a ridge far below the
/// noise of any recording.
enum WeightedRegression {
  /// Coefficients of `columns` for each target: `result[target][column]`; nil when there are none.
  static func coefficients(_ columns: [[Double]], _ targets: [[Double]], weights: [Double]) -> [[Double]]? {
    let count = columns.count
    var matrix = Array(repeating: 0.0, count: count * count)
    var scale = Array(repeating: 0.0, count: count)
    for row in 0..<count {
      for column in 0...row { matrix[row * count + column] = product(columns[row], columns[column], weights) }
      let square = matrix[row * count + row]
      scale[row] = square > 0 ? 1 / square.squareRoot() : 0
    }
    // Scaled to a unit diagonal, so that units do not matter.
    for row in 0..<count {
      for column in 0...row { matrix[row * count + column] *= scale[row] * scale[column] }
      matrix[row * count + row] += 1e-12
    }
    guard Cholesky.factor(&matrix, count) else { return nil }
    return targets.map { target in
      var solution = (0..<count).map { scale[$0] * product(columns[$0], target, weights) }
      Cholesky.solve(matrix, count, &solution)
      return zip(solution, scale).map { $0 * $1 }
    }
  }

  /// Σ weight · a · b.
  static func product(_ a: [Double], _ b: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    for row in a.indices { sum += a[row] * b[row] * weights[row] }
    return sum
  }
}
