import ArgumentParser
import Distillation
import SymbolicRegression

/// What is known of recorded columns, and which of them and of the rows are used.
struct RecordedColumns: ParsableArguments {
  @Option(help: "Names of the input columns, separated by commas, where they carry none.")
  var inputNames: String?
  @Option(help: "Columns of a CSV file that are the message. (default: those whose names begin with y:)")
  var outputs: String?
  @Option(help: "The receiver's coordinates, separated by commas. (default: x1,y1 and, if it is there, z1)")
  var receiver: String?
  @Option(help: "The sender's coordinates. (default: x2,y2 and, if it is there, z2)")
  var sender: String?
  @Option(help: "A further column, such as \"s = q1*q2\"; may be given several times.")
  var derive: [String] = []
  @Option(
    help:
      "Columns that may occur in what is found, a law's distance r aside. (default: all that are no coordinates)"
  )
  var features: String?
  @Option(
    help: """
      By what the components of the message are chosen: spread, kl or information. (default: kl where recorded, \
      else spread)
      """)
  var rank: ComponentRanking?
  @Option(parsing: .unconditional, help: "Most rows that are used, drawn at random.")
  var edges = 4000
  @OptionGroup var reading: ReadingArguments

  func validate() throws {
    guard edges >= 100 else { throw ValidationError("--edges must be 100 at least, not \(edges)") }
  }

  /// The recording in a file.
  func recording(_ path: String) throws -> MessageRecording {
    try MessageRecording(
      contentsOf: path, inputNames: try inputNames.map { try NameList.parse($0, flag: "--input-names") },
      outputs: try outputs.map { try NameList.parse($0, flag: "--outputs") }, reading: try reading.options())
  }

  /// Options of a distillation with those of a search.
  func options(_ search: SearchOptions) throws -> DistillerOptions {
    try search.validate()
    var options = DistillerOptions(search: search)
    options.receiver = try receiver.map { try NameList.parse($0, flag: "--receiver") }
    options.sender = try sender.map { try NameList.parse($0, flag: "--sender") }
    options.features = try features.map { try NameList.parse($0, flag: "--features") }
    options.derived = derive
    options.maximumEdges = edges
    options.ranking = rank
    return options
  }
}

extension ComponentRanking: ExpressibleByArgument {}
