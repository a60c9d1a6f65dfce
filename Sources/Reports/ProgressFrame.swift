import Expressions
import Foundation
import Search

/// What a terminal shows while a search runs.
package enum ProgressFrame {
  /// The lines for `progress`, at most `height` of them and none wider than `width` columns.
  package static func lines(_ progress: SearchProgress, width: Int, height: Int) -> [String] {
    let table = FrontTable(
      rows: progress.front.map { equation in
        FrontTable.Row(
          complexity: equation.complexity, loss: equation.loss, score: equation.score,
          equation: "\(equation.target) = \(equation.printedExpression)")
      }, best: progress.best)
    return compose(status: status(progress), table: table, width: width, height: height)
  }

  /// Puts the status under the table, leaving out the table's simplest lines where the height does not
  /// suffice.
  package static func compose(status: String, table: FrontTable, width: Int, height: Int) -> [String] {
    let lines = table.lines(width: width, isWrapped: false)
    let room = max(0, height - 1)
    let shown =
      lines.count <= room || lines.isEmpty ? lines : [lines[0]] + lines.dropFirst().suffix(max(0, room - 1))
    return (shown.prefix(room) + [status]).map { DisplayWidth.cut($0, to: width) }
  }

  static func status(_ progress: SearchProgress) -> String {
    var parts = ["\(duration(progress.elapsed)) elapsed"]
    if let left = progress.secondsLeft { parts.append("at most \(duration(left)) left") }
    if let done = progress.fractionDone {
      parts.append("\(Int((100 * min(1, max(0, done))).rounded()))% of the limit")
    }
    parts.append("\(rate(progress.evaluationsPerSecond)) evaluations/s")
    parts.append("Ctrl-C stops and keeps the result")
    return parts.joined(separator: " · ")
  }

  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "-" }
    let whole = Int(max(0, seconds))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  static func rate(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    return NumberText.rounded(max(0, value), digits: 3)
  }
}
