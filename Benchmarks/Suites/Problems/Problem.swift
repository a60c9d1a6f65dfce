/// A benchmark problem: a data set and the law that is to be found in it.
public struct Problem: Sendable {
  /// Short name, as in commands.
  public let key: String
  /// Name for people.
  public let title: String
  /// File of the data set, inside the folder `Datasets`.
  public let fileName: String
  /// Columns of the features, in the order of the law's rows.
  public let features: [String]
  /// Column of the target: the last one of the file.
  public let target: String
  /// What has to be found.
  public let law: Law
  /// Where a candidate is compared with the law.
  public let domain: Domain
  /// What a deviation is measured against beside the law's own size: 1 for logarithms and magnitudes, whose
  /// zero is arbitrary; 0 for plain quantities, which are compared relatively.
  public let deviationScale: Double
  /// How to make fresh data; nil where the data were observed.
  public let generator: Generator?

  /// A problem from its parts.
  public init(
    key: String, title: String, features: [String], target: String, law: Law, domain: Domain,
    deviationScale: Double, generator: Generator? = nil
  ) {
    self.key = key
    self.title = title
    fileName = key + ".csv"
    self.features = features
    self.target = target
    self.law = law
    self.domain = domain
    self.deviationScale = deviationScale
    self.generator = generator
  }

  /// Fresh data, rows of features followed by the target; seed 0 gives the committed file. Nil where the data
  /// were observed.
  public func generatedRows(seed: UInt64) -> [[Double]]? { generator?.rows(law: law, seed: seed) }

  /// The same as the text of a CSV file with a header line, numbers with all their digits.
  public func generatedCSV(seed: UInt64) -> String? {
    generatedRows(seed: seed).map { rows in
      let header = (features + [target]).joined(separator: ",")
      let lines = rows.map { row in row.map(Problem.shortest).joined(separator: ",") }
      return ([header] + lines).joined(separator: "\n") + "\n"
    }
  }

  /// The shortest text that reads back as the same double; whole numbers without a fraction.
  static func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
