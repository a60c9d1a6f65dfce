import CVectorKernels
import Foundation

/// Weighted linear least squares with few unknowns, by modified Gram–Schmidt (Björck, Numerical Methods for
/// Least Squares Problems, 1996, section 2.4).
struct LeastSquares {
  /// Orthonormal in the weighted inner product; as many as there are independent columns.
  private(set) var basis: [Vector] = []
  /// `basis[j]` times the weights.
  private(set) var weighted: [Vector] = []
  private var triangle: [[Double]] = []
  private let weights: Vector

  /// What a target's fit came to.
  struct Fit {
    var coefficients: [Double]
    var errors: [Double]
    /// What is left of the target's weighted squares.
    var residual: Double
    /// The same as a part of them.
    var residualShare: Double
  }

  init(weights: Vector) { self.weights = weights }

  /// Adds a column.
  ///
  /// - Returns: false, having added nothing, when what the others leave of it is rounding error.
  mutating func add(_ column: Vector) -> Bool {
    var rest = column
    var steps = Array(repeating: 0.0, count: basis.count + 1)
    let before = LeastSquares.product(column, column, weights)
    // A second pass takes off what rounding left in the first.
    for _ in 0..<2 {
      for index in basis.indices {
        let part = LeastSquares.product(weighted[index], rest)
        steps[index] += part
        vk_add_multiple(-part, basis[index], &rest, rest.count)
      }
    }
    let norm = LeastSquares.product(rest, rest, weights).squareRoot()
    guard norm.isFinite, norm * norm > 1e-20 * before, norm > 0 else { return false }
    steps[basis.count] = norm
    triangle.append(steps)
    basis.append(rest.map { $0 / norm })
    weighted.append(zip(basis[basis.count - 1], weights).map { $0 * $1 })
    return true
  }

  /// What the columns leave of a vector.
  func residual(_ target: Vector) -> Vector {
    var rest = target
    for index in basis.indices {
      let part = LeastSquares.product(weighted[index], rest)
      vk_add_multiple(-part, basis[index], &rest, rest.count)
    }
    return rest
  }

  /// The columns' coefficients for a target, and their standard errors.
  ///
  /// - Parameter beyond: squares of the target outside the space of the vectors, in a reduced problem.
  func fit(_ target: Vector, rows: Int, beyond: Double = 0) -> Fit {
    let count = basis.count
    var rest = target
    var parts = Array(repeating: 0.0, count: count)
    for index in basis.indices {
      parts[index] = LeastSquares.product(weighted[index], rest)
      vk_add_multiple(-parts[index], basis[index], &rest, rest.count)
    }
    let left = LeastSquares.product(rest, rest, weights) + beyond
    let variance = left / Double(max(1, rows - count))
    var coefficients = parts
    var inverse = Array(repeating: Array(repeating: 0.0, count: count), count: count)
    for column in stride(from: count - 1, through: 0, by: -1) {
      var sum = parts[column]
      for later in (column + 1)..<max(count, column + 1) {
        sum -= triangle[later][column] * coefficients[later]
      }
      coefficients[column] = sum / triangle[column][column]
      inverse[column][column] = 1 / triangle[column][column]
      for later in (column + 1)..<max(count, column + 1) {
        var entry = 0.0
        for middle in (column + 1)...later { entry -= triangle[middle][column] * inverse[middle][later] }
        inverse[column][later] = entry / triangle[column][column]
      }
    }
    let errors = (0..<count).map { row in
      (variance * inverse[row].reduce(0) { $0 + $1 * $1 }).squareRoot()
    }
    let whole = LeastSquares.product(target, target, weights) + beyond
    return Fit(
      coefficients: coefficients, errors: errors, residual: left, residualShare: whole > 0 ? left / whole : 1)
  }

  static func product(_ a: Vector, _ b: Vector, _ weights: Vector) -> Double {
    var sum = 0.0
    for row in a.indices { sum += a[row] * b[row] * weights[row] }
    return sum
  }

  static func product(_ a: Vector, _ b: Vector) -> Double { vk_dot(a, b, a.count) }

  /// The columns in the orthonormal basis, and a target: a smaller problem with the same solution, but for
  /// ``Reduced/left`` of the target's squares.
  func reduced(_ target: Vector) -> Reduced {
    var rest = target
    let parts = basis.indices.map { index in
      let part = LeastSquares.product(weighted[index], rest)
      vk_add_multiple(-part, basis[index], &rest, rest.count)
      return part
    }
    let columns = triangle.map { $0 + Array(repeating: 0, count: basis.count - $0.count) }
    return Reduced(columns: columns, target: parts, left: LeastSquares.product(rest, rest, weights))
  }

  /// A problem in the coordinates of an orthonormal basis.
  struct Reduced {
    var columns: [Vector]
    var target: Vector
    /// Squares of the target that no column explains.
    var left: Double
  }
}
