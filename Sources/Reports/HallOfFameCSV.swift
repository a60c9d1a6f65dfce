import Tables

/// The front as comma-separated values: PySR's columns first, then what else helps.
public enum HallOfFameCSV {
  /// The table of one run, from simple to complex.
  public static func text(_ document: RunDocument) -> String { text([document]) }

  /// The table of several runs under one header line, with a last column that tells their targets.
  public static func text(_ documents: [RunDocument]) -> String {
    let isValidated = documents.contains { $0.front.contains { $0.validationLoss != nil } }
    var header = ["Complexity", "Loss", "Equation", "Score", "R2"]
    if isValidated { header.append("ValidationLoss") }
    header += ["Best", "SymPy"]
    if documents.count > 1 { header.append("Target") }
    var text = CSVWriter.line(header)
    for document in documents {
      for (index, member) in document.front.enumerated() {
        var cells = [
          "\(member.complexity)", number(member.loss), member.expression, number(member.score),
          number(member.r2),
        ]
        if isValidated { cells.append(number(member.validationLoss)) }
        cells += [index == document.best ? "1" : "0", member.sympy]
        if documents.count > 1 { cells.append(document.target) }
        text += cells.map { $0.isEmpty ? "" : CSVWriter.cell($0) }.joined(separator: ",") + "\n"
      }
    }
    return text
  }

  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return CSVWriter.cell(value)
  }
}
