import Reports
import SymbolicRegression
import Testing

@Suite struct FrontTableTests {
  private let table = FrontTable(
    rows: [
      FrontTable.Row(complexity: 1, loss: 132087.1, score: 0, equation: "y = 373.125"),
      FrontTable.Row(
        complexity: 29, loss: .infinity, score: nil,
        equation: "y = " + (0..<30).map { "exp(größe_\($0))" }.joined(separator: " + ")),
      FrontTable.Row(
        complexity: 30, loss: 1e-300, score: 1, equation: "y = " + String(repeating: "質", count: 200)),
    ], best: 1)

  @Test(
    "no line is wider than the terminal, and nothing is lost by wrapping",
    arguments: [22, 39, 40, 59, 60, 80, 100, 500])
  func width(_ width: Int) {
    let lines = table.lines(width: width)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    #expect(lines.count { $0.hasPrefix("> ") } == 1)
    let squeezed = lines.joined().filter { !$0.isWhitespace }
    for row in 0..<30 { #expect(squeezed.contains("exp(größe_\(row))")) }
    #expect(squeezed.count { $0 == "質" } == 200)
  }

  @Test("cut lines are one for each member", arguments: [22, 60, 100])
  func cut(_ width: Int) {
    let lines = table.lines(width: width, isWrapped: false)
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    #expect(lines[2].hasSuffix("…"))
  }

  @Test("the columns are PySR's; numbers that are not finite show as a dash")
  func columns() {
    let lines = table.lines(width: 100)
    #expect(lines[0].split(separator: " ") == ["Complexity", "Loss", "Score", "Equation"])
    #expect(lines[2].split(separator: " ").prefix(4) == [">", "29", "-", "-"])
  }

  @Test("a progress frame fits any terminal", arguments: [(1, 1), (10, 3), (30, 8), (80, 24)])
  func frame(_ width: Int, _ height: Int) {
    let lines = ProgressFrame.compose(
      status: "12 s elapsed · Ctrl-C stops", table: table, width: width, height: height)
    #expect(lines.count <= height)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
  }
}
