/// Products of powers of features with exponents -1, 0 and 1: the arguments that functions in laws have.
enum Monomials {
  /// Exponent vectors over `features` features, fewer variables first, at most `limit`; not all zero.
  static func exponents(features: Int, limit: Int) -> [[Double]] {
    var found: [[Double]] = []
    var exponents = Array(repeating: 0.0, count: features)
    func fill(_ first: Int, _ left: Int) {
      guard found.count < limit else { return }
      if left == 0 {
        found.append(exponents)
        return
      }
      guard features - first >= left else { return }
      for feature in first...(features - left) {
        for sign in [1.0, -1] {
          exponents[feature] = sign
          fill(feature + 1, left - 1)
        }
        exponents[feature] = 0
      }
    }
    for variables in 1...max(1, features) where features > 0 { fill(0, variables) }
    return found
  }
}
