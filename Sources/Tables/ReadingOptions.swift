/// What is to be known about a text file that it does not say itself; nothing of it as a rule.
public struct ReadingOptions: Sendable, Hashable {
  /// Lines at the beginning that are not looked at; what is above the header is found by itself otherwise.
  public var skippedLines: Int
  /// Whether the first line names the columns; nil: unless it holds numbers. Without names, columns are named
  /// x1, x2, ... and the last y.
  public var hasHeader: Bool?
  /// Whether the line below the header holds units; nil: where it holds words and the columns numbers.
  public var hasUnits: Bool?
  /// Words and numbers that stand for a missing value, such as -999 or n/a.
  public var missing: [String]

  /// The given options; without any, all is found out.
  public init(
    skippedLines: Int = 0, hasHeader: Bool? = nil, hasUnits: Bool? = nil, missing: [String] = []
  ) {
    self.skippedLines = skippedLines
    self.hasHeader = hasHeader
    self.hasUnits = hasUnits
    self.missing = missing
  }
}
