import ArgumentParser
import SymbolicRegression

/// Which columns of the data play which role.
struct DataArguments: ParsableArguments {
  @Argument(help: "Text file of columns (also .gz), or .npz; - reads standard input.")
  var data: String

  @Option(help: "Column to explain; a comma list runs one search for each. (default: last numeric column)")
  var target: String?
  @Option(help: "Columns to explain it with, separated by commas. (default: every other numeric column)")
  var features: String?
  @Option(help: "Column that weighs each row in the loss.")
  var weights: String?
  @Option(help: "Column with the standard error of the target; rows weigh 1/sigma².")
  var sigma: String?
  @Flag(help: "Leave out rows that lack a value in a column that is used.")
  var dropMissing = false
  @OptionGroup var reading: ReadingArguments

  /// Where the data come from, as the run document says it.
  var source: DataSource {
    var source = DataSource(file: data, weights: weights, sigma: sigma, dropMissing: dropMissing)
    reading.record(in: &source)
    return source
  }

  /// One data set for each target, made from one reading of the file.
  func datasets() throws -> [Dataset] {
    let targets = try target.map { try NameList.parse($0, flag: "--target") } ?? []
    let features = try features.map { try NameList.parse($0, flag: "--features") }
    let table = try Table(contentsOf: data, options: reading.options())
    var options = DatasetOptions(features: features, weights: weights, sigma: sigma, dropMissing: dropMissing)
    guard !targets.isEmpty else { return [try Dataset(table: table, options: options)] }
    return try targets.map { target in
      options.target = target
      options.excluded = targets.filter { $0 != target }
      return try Dataset(table: table, options: options)
    }
  }
}

/// Lists of column names.
enum NameList {
  /// The names in `text`, separated by commas; a name in double quotes may hold commas, and "" stands for a
  /// quote.
  static func parse(_ text: String, flag: String) throws(Failure) -> [String] {
    var names: [String] = []
    var name = ""
    var isQuoted = false
    var wasQuoted = false
    var characters = text[...]
    func finish() { names.append(wasQuoted ? name : name.trimmed) }
    while let character = characters.popFirst() {
      switch character {
      case "\"" where isQuoted && characters.first == "\"": name.append(characters.removeFirst())
      case "\"" where isQuoted: isQuoted = false
      case "\"" where name.trimmed.isEmpty:
        (name, isQuoted, wasQuoted) = ("", true, true)
      case "," where !isQuoted:
        finish()
        (name, wasQuoted) = ("", false)
      default: if isQuoted || !wasQuoted { name.append(character) }
      }
    }
    finish()
    if isQuoted { throw Failure(.usage, "\(flag) \(text): a quote is not closed") }
    if names.contains("") {
      throw Failure(.usage, "\(flag) \(text): a name is empty; write names with commas between")
    }
    return names
  }
}

extension String {
  /// Without spaces at either end.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
