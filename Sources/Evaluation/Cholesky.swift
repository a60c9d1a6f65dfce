/// Small dense symmetric systems, for normal equations of a few unknowns.
///
/// Row-major lower triangles in memory of the caller; nothing is allocated.
package enum Cholesky {
  /// Factors the `n` by `n` matrix `a` in place into L·Lᵀ (lower triangle).
  ///
  /// - Returns: false when it is not positive definite to working precision.
  package static func factor(_ a: UnsafeMutablePointer<Double>, _ n: Int) -> Bool {
    for column in 0..<n {
      var diagonal = a[column * n + column]
      for k in 0..<column { diagonal -= a[column * n + k] * a[column * n + k] }
      guard diagonal > 1e-14, diagonal.isFinite else { return false }
      let root = diagonal.squareRoot()
      a[column * n + column] = root
      for row in (column + 1)..<max(n, column + 1) {
        var sum = a[row * n + column]
        for k in 0..<column { sum -= a[row * n + k] * a[column * n + k] }
        a[row * n + column] = sum / root
      }
    }
    return true
  }

  /// Solves L·Lᵀ·x = b in place of `b`, for a factor from ``factor(_:_:)``.
  package static func solve(_ factor: UnsafePointer<Double>, _ n: Int, _ b: UnsafeMutablePointer<Double>) {
    for row in 0..<n {
      var sum = b[row]
      for k in 0..<row { sum -= factor[row * n + k] * b[k] }
      b[row] = sum / factor[row * n + row]
    }
    for row in stride(from: n - 1, through: 0, by: -1) {
      var sum = b[row]
      for k in (row + 1)..<max(n, row + 1) { sum -= factor[k * n + row] * b[k] }
      b[row] = sum / factor[row * n + row]
    }
  }
}
