import Expressions
import Tables

/// The front as comma-separated values: PySR's columns first, then what else helps.
public enum HallOfFameCSV {
  /// The table with its header line, from simple to complex.
  public static func text(_ document: RunDocument) -> String {
    let validated = document.front.contains { $0.validationLoss != nil }
    var header = ["Complexity", "Loss", "Equation", "Score", "R2"]
    if validated { header.append("ValidationLoss") }
    var text = CSVWriter.line(header + ["Best", "SymPy"])
    for (index, member) in document.front.enumerated() {
      var cells = [
        "\(member.complexity)", number(member.loss), CSVWriter.cell(member.expression), number(member.score),
        number(member.r2),
      ]
      if validated { cells.append(number(member.validationLoss)) }
      cells += [index == document.best ? "1" : "0", CSVWriter.cell(member.sympy)]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return CSVWriter.cell(value)
  }
}
