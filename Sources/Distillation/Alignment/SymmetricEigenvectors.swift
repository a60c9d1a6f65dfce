/// Eigenvalues and eigenvectors of small symmetric matrices, by Jacobi's rotations (Golub and Van Loan, Matrix
/// Computations, 4th ed., section 8.5).
struct SymmetricEigenvectors {
  /// Ascending.
  let values: [Double]
  /// One for each value, of length 1.
  let vectors: [[Double]]

  /// - Parameter matrix: rows of a symmetric matrix.
  init(_ matrix: [[Double]]) {
    let count = matrix.count
    var a = matrix
    var rotation = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0 } }
    let whole = matrix.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
    for _ in 0..<60 {
      var outside = 0.0
      for row in 0..<count {
        for column in 0..<row { outside += a[row][column] * a[row][column] }
      }
      if outside <= 1e-32 * whole { break }
      for p in 0..<count {
        for q in (p + 1)..<max(count, p + 1) where a[p][q] != 0 {
          let ratio = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let tangent = (ratio >= 0 ? 1 : -1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
          let cosine = 1 / (tangent * tangent + 1).squareRoot()
          let sine = tangent * cosine
          for k in 0..<count {
            (a[k][p], a[k][q]) = (cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q])
          }
          for k in 0..<count {
            (a[p][k], a[q][k]) = (cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k])
            (rotation[k][p], rotation[k][q]) = (
              cosine * rotation[k][p] - sine * rotation[k][q], sine * rotation[k][p] + cosine * rotation[k][q]
            )
          }
        }
      }
    }
    let order = (0..<count).sorted { (a[$0][$0], $0) < (a[$1][$1], $1) }
    values = order.map { a[$0][$0] }
    vectors = order.map { column in (0..<count).map { rotation[$0][column] } }
  }
}
