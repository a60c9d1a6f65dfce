/// The columns that hold what was recorded of a function: its inputs are all others.
struct RecordedColumns: Sendable {
  /// The names of the function's results.
  let outputs: [String]
  /// The column that weighs the rows.
  let weights: String?

  /// The recorded weights, where `options` neither name others nor use the column for something else.
  func impliedWeights(_ options: DatasetOptions) -> String? {
    guard options.weights == nil, options.sigma == nil, let weights else { return nil }
    let named = [options.target].compactMap(\.self) + (options.features ?? []) + options.excluded
    return named.contains(weights) ? nil : weights
  }

  /// What people should know about the roles that follow from the file.
  func notes(_ options: DatasetOptions, target: String) -> [String] {
    var notes: [String] = []
    if let weights = impliedWeights(options) { notes.append("rows are weighted by \(quoted(weights))") }
    if options.target == nil, outputs.count > 1 {
      notes.append(
        "of the outputs \(listed(outputs)) \(quoted(target)) is explained; --target names others")
    }
    return notes
  }
}
