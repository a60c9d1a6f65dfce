import ArgumentParser
import Foundation
import Suites

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case json, table
}

/// Standard output, standard error and files.
enum Output {
  /// Prints a line on standard error.
  static func message(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// Prints text on standard output as it is.
  static func text(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  /// Prints one JSON document on standard output.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    text(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
  }

  /// Writes a file whole or not at all.
  static func write(_ data: Data, to path: String) throws(Failure) {
    do { try data.write(to: URL(filePath: path), options: .atomic) } catch { throw .cannotWrite(path, error) }
  }

  /// The bytes of a file with a table.
  ///
  /// - Throws: ``Failure`` with 66.
  static func contents(_ path: String) throws(Failure) -> Data {
    do { return try Data(contentsOf: URL(filePath: path)) } catch {
      throw .missingFile(
        "cannot read \(path): \(error.localizedDescription); give a table that --output wrote")
    }
  }

  /// What a document says its format is; nil where it says nothing.
  static func schema(_ document: Data) -> String? {
    struct Header: Decodable { let schema: String }
    return try? JSONDecoder().decode(Header.self, from: document).schema
  }

  /// A rate for people, such as `3.71 G`.
  static func rate(_ value: Double) -> String {
    let units = [(1e9, " G"), (1e6, " M"), (1e3, " k")]
    let (size, unit) = units.first { value >= $0.0 } ?? (1, " ")
    return String(format: "%.2f", value / size) + unit
  }
}

extension ResultTable {
  /// Reads the table in a file.
  ///
  /// - Throws: ``Failure`` with 66 for a file that cannot be read, 65 for one that holds no table.
  init(path: String) throws(Failure) {
    let data = try Output.contents(path)
    do { self = try ResultTable(json: data) } catch {
      throw Failure(status: 65, text: "\(path): \(error.description)")
    }
  }
}
