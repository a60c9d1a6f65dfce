/// How much of recorded messages a prediction explains.
public struct RobustAgreement: Codable, Hashable, Sendable {
  /// R² over all edges, all components together.
  public let plain: Double
  /// R² over the nine tenths of the edges that are predicted best: a few close encounters carry nearly all
  /// squares of a singular force.
  public let robust: Double

  /// Agreement of components with what predicts them, `[component][edge]`.
  init(_ messages: [[Double]], _ predictions: [[Double]]) {
    let edges = messages.first?.count ?? 0
    let errors = (0..<edges).map { edge in
      zip(messages, predictions).reduce(0) { sum, pair in
        let difference = pair.0[edge] - pair.1[edge]
        return sum + difference * difference
      }
    }
    plain = RobustAgreement.share(messages, errors, Array(0..<edges))
    let order = (0..<edges).sorted { (errors[$0], $0) < (errors[$1], $1) }
    robust = RobustAgreement.share(messages, errors, Array(order.prefix(max(1, edges * 9 / 10))))
  }

  private static func share(_ messages: [[Double]], _ errors: [Double], _ edges: [Int]) -> Double {
    var whole = 0.0
    for component in messages {
      let mean = edges.reduce(0) { $0 + component[$1] } / Double(edges.count)
      for edge in edges { whole += (component[edge] - mean) * (component[edge] - mean) }
    }
    let left = edges.reduce(0) { $0 + errors[$1] }
    return whole > 0 ? 1 - left / whole : 0
  }
}
