/// Why a text is not a formula, and at which character.
public struct FormulaSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The character, counted from 1, where reading stopped.
  public let column: Int
  /// What is wrong there.
  public let reason: String

  init(column: Int, reason: String) {
    self.column = column
    self.reason = reason
  }

  /// The reason with its place.
  public var description: String { "column \(column) of the expression: \(reason)" }
}
