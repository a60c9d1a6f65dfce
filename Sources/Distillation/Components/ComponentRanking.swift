import Foundation

/// By what the components of messages are chosen that carry information.
public enum ComponentRanking: String, Sendable, CaseIterable {
  /// Their standard deviation: what a network that was trained to be sparse uses (Cranmer et al. 2020,
  /// arXiv:2006.11287).
  case spread
  /// Their divergence from what they would be without a message, recorded of networks with random messages.
  case divergence = "kl"
  /// The mutual information with the input, displacement or distance that they tell most of.
  case information

  /// Numbers of the `count` components that come first, ascending.
  ///
  /// - Throws: ``RecordingError/noDivergences`` when these are asked for and were not recorded.
  func choose(_ count: Int, of recording: MessageRecording, _ geometry: EdgeGeometry?)
    throws(RecordingError) -> [Int]
  {
    let values: [Double]
    switch self {
    case .spread: values = recording.outputs.map(\.variance)
    case .divergence:
      guard let divergences = recording.divergences else { throw .noDivergences }
      values = divergences
    case .information:
      let columns = recording.inputs + (geometry.map { $0.displacements + [$0.distances] } ?? [])
      let ranked = columns.map { RankedColumn($0) }
      values = recording.outputs.map { output in
        let own = RankedColumn(output)
        return ranked.map { own.mutualInformation(with: $0) }.max() ?? 0
      }
    }
    let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    return order.prefix(count).sorted()
  }
}

/// A column in classes of equal size, by rank.
struct RankedColumn {
  /// The class of each row.
  let classes: [Int]
  /// How many classes there are.
  static let count = 16

  /// Sorts the rows of a column into classes; equal values are in one.
  init(_ values: [Double]) {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var classes = [Int](repeating: 0, count: values.count)
    for (rank, row) in order.enumerated() {
      let before = rank > 0 ? order[rank - 1] : row
      classes[row] =
        rank > 0 && values[before] == values[row]
        ? classes[before] : rank * RankedColumn.count / values.count
    }
    self.classes = classes
  }

  /// Mutual information with another column, in nats, less the bias of finite samples (Miller 1955).
  func mutualInformation(with other: RankedColumn) -> Double {
    let (count, rows) = (RankedColumn.count, Double(classes.count))
    var joint = [Double](repeating: 0, count: count * count)
    for (own, its) in zip(classes, other.classes) { joint[own * count + its] += 1 }
    let own = (0..<count).map { row in joint[(row * count)..<((row + 1) * count)].reduce(0, +) }
    let its = (0..<count).map { column in (0..<count).reduce(0) { $0 + joint[$1 * count + column] } }
    var sum = 0.0
    for row in 0..<count {
      for column in 0..<count where joint[row * count + column] > 0 {
        let share = joint[row * count + column]
        sum += share / rows * log(share * rows / (own[row] * its[column]))
      }
    }
    let free = Double(own.count { $0 > 0 } - 1) * Double(its.count { $0 > 0 } - 1)
    return sum - free / (2 * rows)
  }
}
