import ArgumentParser
import Foundation
import SymbolicRegression

/// `symreg predict`.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Evaluate a found equation on new data.",
    discussion: """
      Prints CSV with the column `prediction` (of a run of several targets, one column `prediction_TARGET` \
      each), one line for each row of DATA, in its order. DATA needs only the columns that the equation uses.
      """)

  @OptionGroup var origin: RunArguments
  @Argument(help: "Text file of columns (also .gz), or .npz; - reads standard input.")
  var data: String
  @OptionGroup var choice: ChoiceArguments
  @OptionGroup var reading: ReadingArguments
  @Option(help: "Write to this file instead of standard output.")
  var output: String?
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func run() throws {
    let documents = try origin.read().documents
    let indices = try documents.map { try choice.index(in: $0) }
    let table = try Table(
      contentsOf: data, options: reading.options(after: documents.first?.options.data))
    let predictions = try zip(documents, indices).map { document, index in
      try RunPrediction(document, member: index, on: table, path: origin.run)
    }
    for prediction in predictions where !quiet { warn(prediction) }
    let header = documents.count == 1 ? ["prediction"] : documents.map { "prediction_\($0.target)" }
    let text = PredictionCSV.text(header: header, columns: predictions.map(\.values))
    if let output {
      try AtomicFile.write(Data(text.utf8), to: output)
    } else {
      try StandardOutput.write(text)
    }
    leave(.done)
  }

  private func warn(_ prediction: RunPrediction) {
    func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
    if prediction.rowsWithMissing > 0 {
      Messages.warning(
        "\(rows(prediction.rowsWithMissing)) lack a value that the equation uses: nan is printed")
    }
    if prediction.rowsUndefined > 0 {
      Messages.warning("the equation is not finite on \(rows(prediction.rowsUndefined))")
    }
  }
}
