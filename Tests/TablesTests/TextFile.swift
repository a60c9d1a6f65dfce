import Foundation
import Tables
import Testing

/// A file that holds the given bytes, for as long as `body` runs.
func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "TablesTests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: "data.csv")
  try Data(bytes).write(to: file)
  return try body(file.path)
}

/// The table that a text is.
func table(
  _ text: String, _ options: ReadingOptions = ReadingOptions(), limits: ReadingLimits = ReadingLimits()
) throws -> Table {
  try withFile(Array(text.utf8)) { path in try Table(contentsOf: path, options: options, limits: limits) }
}

/// The text of the error that reading bytes and choosing columns ends with, the path of the file shortened to
/// its name; nil without an error.
func errorText(
  _ bytes: [UInt8], _ options: DatasetOptions = DatasetOptions(), limits: ReadingLimits = ReadingLimits()
) throws -> String? {
  try withFile(bytes) { path in
    do {
      _ = try Dataset(table: Table(contentsOf: path, limits: limits), options: options)
      return nil
    } catch let error as DataError {
      #expect(error.kind == .badData)
      return error.description.replacingOccurrences(of: path, with: "data.csv")
    }
  }
}

/// The same for a text.
func errorText(_ text: String, _ options: DatasetOptions = DatasetOptions()) throws -> String? {
  try errorText(Array(text.utf8), options)
}

/// The values of a column, as bits, so that NaN equals itself and zero keeps its sign.
func bits(_ column: Column?) -> [UInt64]? { column?.array.map(\.bitPattern) }
