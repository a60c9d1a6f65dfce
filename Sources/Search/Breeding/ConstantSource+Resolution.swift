import Expressions

extension ConstantSource {
  /// Rows on which arguments are looked at, at most.
  private static let mostRows = 9
  /// Turn from one row to the next that an argument may have which no constant can bend to the rows, in half
  /// turns: it fits chance no better than any other expression, and exact laws swing fast.
  private static let rigid = 4.0

  /// Whether every sine, cosine and tangent swings slowly enough for the rows to show it.
  ///
  /// One whose argument moves by more than half a turn from one row to the next takes any values on the rows,
  /// so that some such function fits any noise: an alias of a slower one where the argument is linear, and
  /// chance otherwise. A column's rows are as far apart as half a period of the highest frequency that they
  /// show.
  ///
  /// - Parameters:
  ///   - row: memory for a row of the features.
  ///   - stack: memory for the values of a subtree.
  package func resolves(
    _ genome: Genome, row: UnsafeMutablePointer<Double>, stack: UnsafeMutablePointer<Double>
  )
    -> Bool
  {
    guard hasFrequencies else { return true }
    for root in 1..<max(1, genome.count) {
      guard Operator(rawValue: genome.nodes[root].opcode)?.isPeriodic == true else { continue }
      let start = genome.start(of: root - 1)
      let isRigid = !(start..<root).contains { genome.nodes[$0].isConstant }
      let limit = Double.pi * 1.001 * (isRigid ? ConstantSource.rigid : 1)
      var previous = -1
      for leaf in start..<root where genome.nodes[leaf].isFeature {
        let feature = Int(genome.nodes[leaf].feature)
        if feature == previous { continue }
        previous = feature
        if !resolves(genome, start, root, by: feature, upTo: limit, row, stack) { return false }
      }
    }
    return true
  }

  /// Whether the argument in nodes `start ..< end` moves by no more than `limit` on half of the rows while the
  /// feature goes from one row to the next.
  private func resolves(
    _ genome: Genome, _ start: Int, _ end: Int, by feature: Int, upTo limit: Double,
    _ row: UnsafeMutablePointer<Double>, _ stack: UnsafeMutablePointer<Double>
  ) -> Bool {
    guard feature < frequencies.count, let highest = frequencies[feature]?.upperBound else { return true }
    let gap = Double.pi / highest
    var (slow, fast) = (0, 0)
    for sample in 0..<min(ConstantSource.mostRows, sampleCount) {
      row.update(from: samples + sample * featureCount, count: featureCount)
      let before = value(genome, start, end, row: row, stack: stack)
      row[feature] += gap
      let turn = abs(value(genome, start, end, row: row, stack: stack) - before)
      if turn <= limit { slow += 1 } else { fast += 1 }
    }
    return slow >= fast
  }
}
