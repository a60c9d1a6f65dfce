import Foundation

/// Messages as an unknown linear map of a central force, plus what does not depend on where the bodies are:
/// m = A·Δ·f + b + B·x, with f a number for each edge, Δ the displacement and x the other inputs.
///
/// A graph network whose messages have as many components as there are dimensions learns forces only up to
/// such a map (Cranmer et al. 2020, arXiv:2006.11287). That m - b - B·x is parallel to A·Δ is linear in A for
/// given b and B, and the other way round; the two are solved for in turn, edges that lie far off counting
/// less, without knowing f.
struct CentralAlignment {
  /// A, row by row, with a determinant of 1 or -1.
  private(set) var matrix: [[Double]]
  /// b and B: for each component a constant, then a coefficient for each of the other inputs.
  private(set) var additive: [[Double]]
  private let geometry: EdgeGeometry
  private let messages: [[Double]]
  /// Inputs that the additive part may be linear in.
  private let extras: [[Double]]

  private static let rounds = 40

  /// The alignment of messages with as many components as there are dimensions; nil where there is none.
  ///
  /// - Parameter usesOthers: whether the additive part may depend on the other inputs, as friction does.
  init?(_ messages: [[Double]], _ geometry: EdgeGeometry, usesOthers: Bool) {
    let dimensions = geometry.dimensions
    guard messages.count == dimensions, geometry.edgeCount > 10 * (dimensions + geometry.others.count) else {
      return nil
    }
    self.messages = messages
    self.geometry = geometry
    extras = [Array(repeating: 1, count: geometry.edgeCount)] + (usesOthers ? geometry.others : [])
    matrix = []
    additive = Array(repeating: Array(repeating: 0, count: extras.count), count: dimensions)
    var weights = geometry.distances.map { $0 > 0 ? 1.0 : 0 }
    guard let start = initialMatrix(weights) else { return nil }
    matrix = start
    for _ in 0..<CentralAlignment.rounds {
      guard let additive = additivePart(weights) else { return nil }
      self.additive = additive
      weights = robustWeights()
      guard let next = nextMatrix(weights) else { return nil }
      matrix = next
    }
    // A and the strengths are found up to a sign: the one that turns directions least, so that messages that are
    // forces keep theirs.
    if (0..<dimensions).reduce(0, { $0 + matrix[$1][$1] }) < 0 { matrix = matrix.map { $0.map { -$0 } } }
  }

  /// m - b - B·x of an edge.
  func central(_ edge: Int) -> [Double] {
    messages.indices.map { component in
      var value = messages[component][edge]
      for (extra, coefficient) in zip(extras, additive[component]) { value -= coefficient * extra[edge] }
      return value
    }
  }

  /// A times the direction of an edge.
  func image(_ edge: Int) -> [Double] {
    let direction = geometry.direction(edge)
    return matrix.map { row in zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The strength of the force along the displacement, edge by edge: the number that A times the direction
  /// must be multiplied with to come closest to the message.
  func strengths() -> [Double] {
    (0..<geometry.edgeCount).map { edge in
      let (value, image) = (central(edge), image(edge))
      let square = image.reduce(0) { $0 + $1 * $1 }
      return square > 0 ? zip(value, image).reduce(0) { $0 + $1.0 * $1.1 } / square : 0
    }
  }

  /// The messages that these strengths make: `[component][edge]`.
  func messages(strengths: [Double]) -> [[Double]] {
    var result = messages
    for edge in 0..<geometry.edgeCount {
      let image = image(edge)
      for component in messages.indices {
        var value = strengths[edge] * image[component]
        for (extra, coefficient) in zip(extras, additive[component]) { value += coefficient * extra[edge] }
        result[component][edge] = value
      }
    }
    return result
  }

  /// Refits A, b and B to messages, given the strengths of the force: linear, and without freedom for each
  /// edge.
  mutating func refit(strengths: [Double], weights: [Double]) {
    let columns =
      geometry.displacements.map { axis in
        (0..<geometry.edgeCount).map { edge in
          geometry.distances[edge] > 0 ? axis[edge] / geometry.distances[edge] * strengths[edge] : 0
        }
      } + extras
    guard let coefficients = WeightedRegression.coefficients(columns, messages, weights: weights) else {
      return
    }
    let dimensions = geometry.dimensions
    matrix = coefficients.map { Array($0.prefix(dimensions)) }
    additive = coefficients.map { Array($0.dropFirst(dimensions)) }
  }

  // MARK: - Solving

  /// A for an additive part that is a constant, together with that constant.
  private func initialMatrix(_ weights: [Double]) -> [[Double]]? {
    let dimensions = geometry.dimensions
    let pairs = CentralAlignment.pairs(dimensions)
    // Unknowns: A row by row, then for each pair of components bᵢAⱼ - bⱼAᵢ.
    return smallest(count: dimensions * dimensions + pairs.count * dimensions, weights) { edge, number, row in
      let (i, j) = pairs[number]
      let direction = geometry.direction(edge)
      for axis in 0..<dimensions {
        row[j * dimensions + axis] = messages[i][edge] * direction[axis]
        row[i * dimensions + axis] = -messages[j][edge] * direction[axis]
        row[dimensions * dimensions + number * dimensions + axis] = -direction[axis]
      }
    }
  }

  /// A for a known additive part.
  private func nextMatrix(_ weights: [Double]) -> [[Double]]? {
    let dimensions = geometry.dimensions
    let pairs = CentralAlignment.pairs(dimensions)
    return smallest(count: dimensions * dimensions, weights) { edge, number, row in
      let (i, j) = pairs[number]
      let (direction, value, image) = (geometry.direction(edge), central(edge), image(edge))
      let length = image.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { return }
      for axis in 0..<dimensions {
        row[j * dimensions + axis] = value[i] * direction[axis] / length
        row[i * dimensions + axis] = -value[j] * direction[axis] / length
      }
    }
  }

  /// The direction in which a sum of squares of linear forms is least, its first entries as a matrix of
  /// determinant ±1.
  private func smallest(
    count: Int, _ weights: [Double], _ fill: (Int, Int, inout [Double]) -> Void
  ) -> [[Double]]? {
    let dimensions = geometry.dimensions
    var gram = Array(repeating: Array(repeating: 0.0, count: count), count: count)
    var row = Array(repeating: 0.0, count: count)
    for edge in 0..<geometry.edgeCount where weights[edge] > 0 {
      for number in 0..<CentralAlignment.pairs(dimensions).count {
        for index in row.indices { row[index] = 0 }
        fill(edge, number, &row)
        for first in row.indices where row[first] != 0 {
          for second in row.indices { gram[first][second] += weights[edge] * row[first] * row[second] }
        }
      }
    }
    let scale = (0..<count).map { gram[$0][$0] > 0 ? 1 / gram[$0][$0].squareRoot() : 0 }
    for first in 0..<count {
      for second in 0..<count { gram[first][second] *= scale[first] * scale[second] }
    }
    guard let vector = SymmetricEigenvectors(gram).vectors.first else { return nil }
    let matrix = (0..<dimensions).map { row in
      (0..<dimensions).map { vector[row * dimensions + $0] * scale[row * dimensions + $0] }
    }
    let determinant = abs(CentralAlignment.determinant(matrix))
    guard determinant > 0, determinant.isFinite else { return nil }
    let unit = Foundation.pow(determinant, 1 / Double(dimensions))
    return matrix.map { $0.map { $0 / unit } }
  }

  /// b and B for a known A: what of the messages is not parallel to A·Δ.
  private func additivePart(_ weights: [Double]) -> [[Double]]? {
    let dimensions = geometry.dimensions
    let count = dimensions * extras.count
    var columns = Array(
      repeating: Array(repeating: 0.0, count: geometry.edgeCount * dimensions), count: count)
    var target = Array(repeating: 0.0, count: geometry.edgeCount * dimensions)
    var repeated = target
    for edge in 0..<geometry.edgeCount {
      let image = image(edge)
      let square = image.reduce(0) { $0 + $1 * $1 }
      guard square > 0 else { continue }
      for row in 0..<dimensions {
        let place = edge * dimensions + row
        repeated[place] = weights[edge]
        for component in 0..<dimensions {
          let across = (row == component ? 1 : 0) - image[row] * image[component] / square
          target[place] += across * messages[component][edge]
          for (number, extra) in extras.enumerated() {
            columns[component * extras.count + number][place] = across * extra[edge]
          }
        }
      }
    }
    return WeightedRegression.coefficients(columns, [target], weights: repeated)?.first.map { solution in
      (0..<dimensions).map { Array(solution[($0 * extras.count)..<(($0 + 1) * extras.count)]) }
    }
  }

  /// Less weight for edges whose message lies far from the direction of A·Δ (Cauchy's weights).
  private func robustWeights() -> [Double] {
    let squares = (0..<geometry.edgeCount).map { edge -> Double in
      let (value, image) = (central(edge), image(edge))
      let square = image.reduce(0) { $0 + $1 * $1 }
      guard square > 0 else { return .infinity }
      let along = zip(value, image).reduce(0) { $0 + $1.0 * $1.1 }
      return max(0, value.reduce(0) { $0 + $1 * $1 } - along * along / square)
    }
    let median = squares.sorted()[squares.count / 2]
    let least = squares.filter { $0.isFinite }.reduce(0, +) / Double(squares.count) * 1e-12
    return squares.map { $0.isFinite ? 1 / (1 + $0 / max(2 * median, least, 1e-300)) : 0 }
  }

  private static func pairs(_ dimensions: Int) -> [(Int, Int)] {
    (0..<dimensions).flatMap { i in ((i + 1)..<max(dimensions, i + 1)).map { (i, $0) } }
  }

  private static func determinant(_ a: [[Double]]) -> Double {
    if a.count == 2 { return a[0][0] * a[1][1] - a[0][1] * a[1][0] }
    return (0..<3).reduce(0) { sum, i in
      let (j, k) = ((i + 1) % 3, (i + 2) % 3)
      return sum + a[0][i] * (a[1][j] * a[2][k] - a[1][k] * a[2][j])
    }
  }
}
