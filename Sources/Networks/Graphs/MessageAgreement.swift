import Foundation

/// How well messages agree with forces that are known: the R² of the best linear map from force to message.
///
/// A network may send any invertible linear map of the force, since the function of the bodies undoes it. The
/// components that vary most are compared, each standardised first.
public struct MessageAgreement: Codable, Hashable, Sendable {
  /// R² by least squares over all edges. Of little meaning for laws with heavy tails, where a few close
  /// encounters carry most of the variance.
  public let plain: Double
  /// R² over the nine tenths of the edges with the smallest errors, the map being the one with the least sum of
  /// squares over those (least trimmed squares, Rousseeuw 1984).
  public let robust: Double
  /// The components compared.
  public let components: [Int]

  /// Compares messages with forces.
  ///
  /// - Parameters:
  ///   - messages: (edges, width), row-major.
  ///   - forces: (edges, dimensions), row-major.
  public init(messages: [Float], width: Int, forces: [Float], dimensions: Int) {
    let rows = forces.count / dimensions
    precondition(messages.count == rows * width && rows > 0)
    let columns = (0..<width).map { component in
      (0..<rows).map { Double(messages[$0 * width + component]) }
    }
    let spreads = columns.map(MessageAgreement.standardDeviation)
    components = Array((0..<width).sorted { (-spreads[$0], $0) < (-spreads[$1], $1) }.prefix(dimensions))
    var design = [[Double]](repeating: [], count: rows)
    for row in 0..<rows {
      design[row] = [1] + (0..<dimensions).map { Double(forces[row * dimensions + $0]) }
    }
    let magnitudes = design.map { row in row.dropFirst().reduce(0) { $0 + $1 * $1 } }
    let ascending = (0..<rows).sorted { magnitudes[$0] < magnitudes[$1] }
    // Least trimmed squares has local minima: errors of the strongest forces must not decide where it begins.
    let starts = [1.0, 0.9, 0.5].map { Array(ascending.prefix(max(dimensions + 2, Int($0 * Double(rows))))) }
    var plain = 0.0
    var robust = 0.0
    for component in components {
      let column = columns[component]
      let all = Array(0..<rows)
      plain += MessageAgreement.rSquared(column, design, all, MessageAgreement.fit(column, design, all))
      robust +=
        starts.map { MessageAgreement.trimmed(column, design, start: $0) }.min { $0.error < $1.error }!
        .rSquared
    }
    self.plain = plain / Double(components.count)
    self.robust = robust / Double(components.count)
  }

  /// Least trimmed squares from one start, by concentration steps (Rousseeuw and Van Driessen 2006).
  private static func trimmed(_ y: [Double], _ design: [[Double]], start: [Int]) -> (
    error: Double, rSquared: Double
  ) {
    let kept = max(design[0].count + 1, Int(0.9 * Double(y.count)))
    var rows = start
    var last = Double.infinity
    for _ in 0..<100 {
      let map = fit(y, design, rows)
      let errors = residuals(y, design, map)
      rows = Array((0..<y.count).sorted { errors[$0] < errors[$1] }.prefix(kept))
      let sum = rows.reduce(0) { $0 + errors[$1] }
      if sum >= last * (1 - 1e-9) { break }
      last = sum
    }
    return (last, rSquared(y, design, rows, fit(y, design, rows)))
  }

  private static func residuals(_ y: [Double], _ design: [[Double]], _ map: [Double]) -> [Double] {
    y.indices.map { row in
      var error = y[row]
      for (index, value) in design[row].enumerated() { error -= map[index] * value }
      return error * error
    }
  }

  private static func rSquared(_ y: [Double], _ design: [[Double]], _ rows: [Int], _ map: [Double]) -> Double
  {
    let mean = rows.reduce(0) { $0 + y[$1] } / Double(rows.count)
    let errors = residuals(y, design, map)
    let spread = rows.reduce(0) { $0 + (y[$1] - mean) * (y[$1] - mean) }
    return spread > 0 ? 1 - rows.reduce(0) { $0 + errors[$1] } / spread : 0
  }

  private static func standardDeviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }

  /// Least squares by normal equations and elimination with pivots; columns that say nothing get 0.
  private static func fit(_ y: [Double], _ design: [[Double]], _ rows: [Int]) -> [Double] {
    let size = design[0].count
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
    for row in rows {
      for i in 0..<size {
        for j in 0..<size { matrix[i][j] += design[row][i] * design[row][j] }
        matrix[i][size] += design[row][i] * y[row]
      }
    }
    let scales = (0..<size).map { matrix[$0][$0] }
    var solution = [Double](repeating: 0, count: size)
    var pivots = [Bool](repeating: false, count: size)
    for column in 0..<size where matrix[column][column] > 1e-12 * scales[column] {
      pivots[column] = true
      let pivot = matrix[column]
      for other in 0..<size where other != column {
        let factor = matrix[other][column] / pivot[column]
        for j in 0...size { matrix[other][j] -= factor * pivot[j] }
      }
    }
    for column in 0..<size where pivots[column] {
      solution[column] = matrix[column][size] / matrix[column][column]
    }
    return solution
  }
}
