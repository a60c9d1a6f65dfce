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

extension MessageRecording {
  /// The recording with further inputs, which `texts` such as `s = q1*q2` describe. They may name all inputs and,
  /// where coordinates have their usual names, `dx`, `dy`, `dz` and `r`.
  ///
  /// - Throws: ``DistillationError``.
  func deriving(_ texts: [String]) throws -> MessageRecording {
    if texts.isEmpty { return self }
    var inputs = zip(inputNames, inputs).map { (name: $0, values: $1) }
    var known = inputs
    if let geometry = try? EdgeGeometry(self) {
      known += zip(geometry.axes, geometry.displacements).map { (name: $0, values: $1) }
      known.append((name: "r", values: geometry.distances))
    }
    for text in texts {
      let column = try DerivedColumn(text, known)
      known.append((name: column.name, values: column.values))
      inputs.append((name: column.name, values: column.values))
    }
    var recording = try MessageRecording(
      inputs: inputs, outputs: zip(outputNames, outputs).map { (name: $0, values: $1) })
    recording.forces = forces
    recording.reference = reference
    recording.weights = weights
    recording.divergences = divergences
    recording.bodies = bodies
    return recording
  }
}
