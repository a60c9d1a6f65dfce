import Foundation

/// The least errors that a fit of a signal's true form to its record can have (Rao 1945, Cramér 1946): the
/// inverse of the information that rows with independent normal errors hold.
package struct CramerRao {
  private let signal: PeriodicSignal
  /// Covariance of the parameters, in the order of the signal's shape; nil where rows do not determine them.
  private let covariance: [[Double]]?

  /// The bound for a signal.
  package init(_ signal: PeriodicSignal) {
    self.signal = signal
    let derivatives = CramerRao.derivatives(signal, at: signal.times)
    let sizes = derivatives.map { max($0.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-300) }
    let information = derivatives.indices.map { row in
      derivatives.indices.map { column in
        zip(derivatives[row], derivatives[column]).reduce(0) { $0 + $1.0 * $1.1 } / sizes[row] / sizes[column]
      }
    }
    covariance = CramerRao.inverse(information).map { inverse in
      inverse.indices.map { row in
        inverse.indices.map { column in
          inverse[row][column] / sizes[row] / sizes[column] * signal.deviation * signal.deviation
        }
      }
    }
  }

  /// Standard error of each parameter; infinite where rows do not determine them.
  package var errors: [Double] {
    covariance.map { matrix in matrix.indices.map { max(0, matrix[$0][$0]).squareRoot() } }
      ?? signal.parameters.map { _ in .infinity }
  }

  /// Standard error of the fitted signal at each moment.
  package func errors(at times: [Double]) -> [Double] {
    guard let covariance else { return times.map { _ in .infinity } }
    let derivatives = CramerRao.derivatives(signal, at: times)
    return times.indices.map { place in
      var variance = 0.0
      for row in derivatives.indices {
        for column in derivatives.indices {
          variance += derivatives[row][place] * covariance[row][column] * derivatives[column][place]
        }
      }
      return max(0, variance).squareRoot()
    }
  }

  /// Derivatives of the signal by each parameter.
  private static func derivatives(_ signal: PeriodicSignal, at times: [Double]) -> [[Double]] {
    let shape = signal.shape
    let amplitude = signal.components[0].amplitude
    let scales = signal.parameters.indices.map { index in
      index == 0 || (index % 3 == 1 && index <= 3 * signal.components.count - 2) ? amplitude : 1
    }
    return LevenbergMarquardt.jacobian(at: signal.parameters, scales: scales) { parameters in
      times.map { shape.value(parameters, at: $0) }
    }
  }

  /// The inverse by Gauss and Jordan with pivots from the diagonal's column; nil for a singular matrix.
  package static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
    let count = matrix.count
    var rows = matrix.indices.map { row in
      matrix[row] + matrix.indices.map { $0 == row ? 1 : 0 }
    }
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
      rows.swapAt(column, pivot)
      let size = rows[column][column]
      guard abs(size) > 1e-13 else { return nil }
      rows[column] = rows[column].map { $0 / size }
      for row in 0..<count where row != column {
        let factor = rows[row][column]
        rows[row] = zip(rows[row], rows[column]).map { $0 - factor * $1 }
      }
    }
    return rows.map { Array($0[count...]) }
  }
}
