import Distillation
import SymbolicRegression
import Worlds

/// Masses of bodies, refitted with a law and printed.
enum MassTable {
  /// Masses of the bodies of `motions` under a law, from those on that the recording's network has learned;
  /// nil, with a warning, where there is no law.
  static func refit(
    _ law: DistilledLaw, _ motions: Simulation, _ recording: MessageRecording
  ) throws -> MassRefit? {
    guard law.isAligned else {
      Messages.warning("the messages are no force, so there is no law with which masses could be refitted")
      return nil
    }
    return try MassRefit(law, simulation: motions, start: recording.bodies?.map(\.mass))
  }

  /// The bodies of a document, and the law with refitted constants.
  static func lines(_ document: LawDocument) -> [String] {
    guard let bodies = document.bodies else { return [] }
    let width = max(4, bodies.map(\.name.count).max() ?? 0)
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    var lines = ["", padded("body", width) + "  " + padded("mass", 13) + "log10 of it  standard error (dex)"]
    for body in bodies {
      lines.append(
        padded(body.name, width) + "  " + padded(NumberText.rounded(body.mass, digits: 6), 13)
          + padded(NumberText.rounded(body.logarithm, digits: 7), 13)
          + (body.isConstrained
            ? NumberText.rounded(body.standardError, digits: 2) : "not constrained by these motions"))
    }
    if let refitted = document.refitted { lines.append("with these masses: \(refitted.expression)") }
    return lines
  }
}
