import Reports
import Search

/// What a fit found.
public struct Run: Sendable, CustomStringConvertible {
  /// The search's own result.
  public let result: SearchResult
  /// The result as `run.json` holds it.
  public let document: RunDocument

  /// The run of a finished search.
  ///
  /// - Throws: ``NoEquationError`` when the front is empty.
  public init(_ result: SearchResult, heading: RunHeading) throws(NoEquationError) {
    guard result.front.indices.contains(result.best) else { throw NoEquationError(target: heading.target) }
    self.result = result
    document = RunDocument(heading, result)
  }

  /// The chosen equation.
  public var best: Equation { result.front[result.best] }
  /// All equations worth keeping, from simple to complex; the loss falls strictly.
  public var front: [Equation] { result.front }
  /// Why the search ended.
  public var stopReason: StopReason { result.stopReason }
  /// Candidates that were evaluated.
  public var evaluations: Int { result.evaluations }
  /// Epochs that were finished.
  public var iterations: Int { result.iterations }
  /// Seconds the search took.
  public var elapsed: Double { result.elapsed }
  /// The seed with which the same run can be had again.
  public var seed: UInt64 { result.options.seed }

  /// The front as a table of at most 100 columns, the chosen equation marked.
  public var description: String { FrontTable(document).text(width: 100) }
}

/// A search ended without a single candidate of finite loss.
public struct NoEquationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The column that was to be explained.
  public let target: String

  /// What happened and what to try.
  public var description: String {
    "no equation for \"\(target)\" has a finite loss on every row; give the search more time, or check that "
      + "the loss is defined for the values of the data"
  }
}
