/// How much a search, or one island of it, has done.
public struct SearchWork: Sendable, Hashable {
  /// Candidates that were evaluated.
  public internal(set) var evaluations = 0
  /// Nodes of those candidates, summed: divided by their number, the mean length.
  public internal(set) var nodes = 0
  /// Passes over the rows for residuals and passes for Jacobians while constants were fitted, each counted
  /// one.
  public internal(set) var fittingPasses = 0
  /// Children that had been seen before and were not evaluated.
  public internal(set) var duplicates = 0

  static func += (total: inout SearchWork, part: SearchWork) {
    total.evaluations += part.evaluations
    total.nodes += part.nodes
    total.fittingPasses += part.fittingPasses
    total.duplicates += part.duplicates
  }
}
