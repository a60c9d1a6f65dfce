extension ResultTable {
  /// One line a problem and seed, for people.
  public var text: String {
    let hasNoise = rows.contains { $0.noise != nil }
    var lines = [["problem", "noise", "seed", "solved", "complexity", "seconds", "of", "stopped by"]]
    for row in rows {
      let noise = row.noise.map { "\($0)" } ?? "-"
      let solved = row.isSolved ? row.proof?.rawValue ?? "yes" : row.hasForm ? "form" : "no"
      let solution = row.secondsToSolution.map { TextTable.decimal($0) } ?? "-"
      lines.append([
        row.problem, noise, "\(row.seed)", solved, "\(row.complexity)", solution,
        TextTable.decimal(row.seconds), row.stopReason ?? "-",
      ])
    }
    if !hasNoise { for index in lines.indices { lines[index].remove(at: 1) } }
    let expressions = ["expression"] + rows.map(\.expression)
    return TextTable.aligned(zip(lines, expressions).map { $0 + [$1] })
  }
}
