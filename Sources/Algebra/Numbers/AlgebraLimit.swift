/// Why exact algebra gave no answer.
package enum AlgebraLimit: Error, Hashable, Sendable, CustomStringConvertible {
  /// The expression would take more work or memory than is allowed.
  case tooLarge
  /// The expression has no value anywhere: it divides by zero, or takes the logarithm of nothing.
  case undefined

  /// What is wrong, for people.
  package var description: String {
    switch self {
    case .tooLarge:
      "the expression is too large for exact algebra; simplify it by hand, or compare parts of it"
    case .undefined: "the expression is defined nowhere; look for a division by zero"
    }
  }
}
