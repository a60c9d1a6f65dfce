/// Which components of messages carry information.
enum ComponentRanking {
  /// The components of largest standard deviation, ascending by number: what a network that was trained to be
  /// sparse uses (Cranmer et al. 2020, arXiv:2006.11287).
  static func bySpread(_ recording: MessageRecording, count: Int) -> [Int] {
    let variances = recording.outputs.map { values in
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let order = variances.indices.sorted { (variances[$1], $0) < (variances[$0], $1) }
    return order.prefix(count).sorted()
  }
}
