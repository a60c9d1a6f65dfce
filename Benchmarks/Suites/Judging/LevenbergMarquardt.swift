import Foundation

/// Nonlinear least squares for a handful of parameters and a few hundred residuals.
///
/// Levenberg-Marquardt with Marquardt's scaling (Moré, Lecture Notes in Mathematics 630, 1978) and central
/// differences. Undetermined directions are left where they started, as damping makes every step a shortest
/// one: that is what lets the judge ask for the least change of a candidate's constants.
package enum LevenbergMarquardt {
  /// Where a minimisation ended.
  package struct Solution {
    /// The best parameters met.
    package var parameters: [Double]
    /// Their residuals.
    package var residuals: [Double]
    /// Sum of the squared residuals.
    package var sumOfSquares: Double
  }

  /// Minimises the sum of squared residuals.
  ///
  /// - Parameters:
  ///   - start: first parameters; their residuals must be finite.
  ///   - scales: typical sizes of the parameters' changes, by which difference steps are chosen; positive.
  ///   - iterations: largest number of Jacobians.
  ///   - stall: the smallest relative gain of an iteration that is worth another.
  ///   - residuals: the residuals at given parameters, always as many.
  /// - Returns: nil when the residuals at the start are not finite.
  package static func minimise(
    from start: [Double], scales: [Double], iterations: Int = 40, stall: Double = 1e-12,
    residuals: ([Double]) -> [Double]
  ) -> Solution? {
    guard var best = solution(start, residuals) else { return nil }
    var damping = 1e-3
    for _ in 0..<iterations where best.sumOfSquares > 0 {
      let columns = jacobian(at: best.parameters, scales: scales, residuals: residuals)
      var improved = false
      let before = best.sumOfSquares
      while !improved && damping < 1e12 {
        if let step = step(columns, best.residuals, damping: damping),
          let next = solution(zip(best.parameters, step).map { $0 - $1 }, residuals),
          next.sumOfSquares < best.sumOfSquares
        {
          best = next
          improved = true
          damping = max(damping / 10, 1e-15)
        } else {
          damping *= 10
        }
      }
      if !improved || before - best.sumOfSquares <= stall * before { break }
    }
    return best
  }

  /// Derivatives of the residuals by each parameter, as columns, by central differences.
  package static func jacobian(at parameters: [Double], scales: [Double], residuals: ([Double]) -> [Double])
    -> [[Double]]
  {
    parameters.indices.map { index in
      let change = 1e-6 * max(scales[index], abs(parameters[index]))
      var moved = parameters
      moved[index] = parameters[index] + change
      let above = residuals(moved)
      moved[index] = parameters[index] - change
      let below = residuals(moved)
      return zip(above, below).map { high, low in
        let slope = (high - low) / (2 * change)
        return slope.isFinite ? slope : 0
      }
    }
  }

  private static func solution(_ parameters: [Double], _ residuals: ([Double]) -> [Double]) -> Solution? {
    let values = residuals(parameters)
    let sum = values.reduce(0) { $0 + $1 * $1 }
    return sum.isFinite ? Solution(parameters: parameters, residuals: values, sumOfSquares: sum) : nil
  }

  /// Solves (JᵀJ + damping diag(JᵀJ)) step = Jᵀr with the columns of J scaled to unit length.
  private static func step(_ columns: [[Double]], _ residuals: [Double], damping: Double) -> [Double]? {
    let lengths = columns.map { max(dot($0, $0).squareRoot(), 1e-300) }
    let count = columns.count
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: count + 1), count: count)
    for row in 0..<count {
      for column in 0..<count {
        matrix[row][column] = dot(columns[row], columns[column]) / lengths[row] / lengths[column]
      }
      matrix[row][row] += damping
      matrix[row][count] = dot(columns[row], residuals) / lengths[row]
    }
    guard let scaled = solve(&matrix) else { return nil }
    return zip(scaled, lengths).map { $0 / $1 }
  }

  /// Gaussian elimination with partial pivoting on a matrix with its right-hand side as last column.
  private static func solve(_ matrix: inout [[Double]]) -> [Double]? {
    let count = matrix.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(matrix[$0][column]) < abs(matrix[$1][column]) }!
      matrix.swapAt(column, pivot)
      guard abs(matrix[column][column]) > 1e-300 else { return nil }
      for row in 0..<count where row != column {
        let factor = matrix[row][column] / matrix[column][column]
        for index in column...count { matrix[row][index] -= factor * matrix[column][index] }
      }
    }
    return matrix.indices.map { matrix[$0][count] / matrix[$0][$0] }
  }

  /// The largest part of any of `vectors` that no combination of `basis` explains, relative to the vector's
  /// length.
  package static func unexplainedFraction(of vectors: [[Double]], by basis: [[Double]]) -> Double {
    var orthonormal: [[Double]] = []
    for vector in basis {
      let (rest, fraction) = remainder(of: vector, orthonormal)
      if fraction > 1e-6 {
        let length = dot(rest, rest).squareRoot()
        orthonormal.append(rest.map { $0 / length })
      }
    }
    return vectors.map { remainder(of: $0, orthonormal).fraction }.max() ?? 0
  }

  private static func remainder(of vector: [Double], _ orthonormal: [[Double]])
    -> (rest: [Double], fraction: Double)
  {
    let length = dot(vector, vector).squareRoot()
    guard length > 0, length.isFinite else { return (vector, 0) }
    var rest = vector
    // Twice: one pass of Gram-Schmidt leaves rounding errors of the size of what is looked for.
    for direction in orthonormal + orthonormal {
      let share = dot(rest, direction)
      for index in rest.indices { rest[index] -= share * direction[index] }
    }
    return (rest, dot(rest, rest).squareRoot() / length)
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }
}
