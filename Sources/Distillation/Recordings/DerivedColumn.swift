import Expressions

/// A column that is computed from the inputs of a recording: `name = expression`.
struct DerivedColumn {
  let name: String
  let values: [Double]

  /// The column that a text such as `s = q1 * q2` describes.
  ///
  /// - Parameter columns: what the expression may name.
  /// - Throws: ``DistillationError/derivation(_:_:)`` for a text without `=`, an expression that cannot be
  ///   read, or values that are not finite.
  init(_ text: String, _ columns: [(name: String, values: [Double])]) throws(DistillationError) {
    guard let equals = text.firstIndex(of: "=") else {
      throw .derivation(text, "write it as name = expression, e.g. s = q1*q2")
    }
    let name = text[..<equals].split(separator: " ").joined(separator: " ")
    guard !name.isEmpty, !columns.contains(where: { $0.name == name }) else {
      throw .derivation(text, name.isEmpty ? "the name is missing" : "there is a column \"\(name)\" already")
    }
    self.name = name
    let formula: Formula
    do {
      formula = try Formula(
        parsing: String(text[text.index(after: equals)...]), features: columns.map(\.name))
    } catch {
      throw .derivation(text, error.description)
    }
    let rows = columns.first?.values.count ?? 0
    values = (0..<rows).map { row in formula.value(columns.map { $0.values[row] }) }
    if let row = values.firstIndex(where: { !$0.isFinite }) {
      throw .derivation(text, "it is not finite in row \(row + 1)")
    }
  }
}
