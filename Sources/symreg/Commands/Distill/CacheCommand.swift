import ArgumentParser
import Distillation
import Foundation
import SymbolicRegression

/// `symreg distill cache`.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "List or remove the recordings that record has kept.",
    discussion: """
      A recording is found again when the network's weights, the data and what is asked of them are the same. \
      Of a command, its words and the files among them must be; what else it reads is not known.
      """,
    subcommands: [CacheListCommand.self, CacheClearCommand.self])
}

/// Which cache is meant.
struct CachePlace: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The cache. (default: $SYMREG_CACHE, or symreg in the user's cache folder)", valueName: "dir"))
  var cache: String?

  func validate() throws {
    if cache == "" { throw ValidationError("--cache needs the path of a folder") }
  }

  var value: RecordingCache { RecordingCache(path: cache ?? RecordingCache.usualPath) }
}

/// `symreg distill cache list`.
struct CacheListCommand: ParsableCommand {
  /// How it is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json
  }

  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the recordings that are kept.")

  @OptionGroup var place: CachePlace
  @Option(help: "What is printed: table or json.")
  var format = Format.table

  private struct Document: Encodable {
    let schema = "symreg.cache/1"
    let path: String
    let entries: [CachedRecording]
  }

  func run() throws {
    let cache = place.value
    let entries = try cache.entries()
    switch format {
    case .table: try StandardOutput.write(CacheListCommand.table(entries))
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.dateEncodingStrategy = .iso8601
      let text = try encoder.encode(Document(path: cache.path, entries: entries))
      try StandardOutput.write(String(decoding: text, as: UTF8.self) + "\n")
    }
    if entries.isEmpty, format == .table { Messages.note("nothing is kept in \(cache.path)") }
    leave(.done)
  }

  private static func table(_ entries: [CachedRecording]) -> String {
    if entries.isEmpty { return "" }
    let head = ["Key", "Recorded", "Edges", "Components", "Bytes", "Network", "Data"]
    let lines = entries.map { entry in
      [
        String(entry.key.prefix(12)), entry.created.formatted(.iso8601), "\(entry.rows)",
        "\(entry.components)", "\(entry.bytes)", entry.network, entry.data,
      ]
    }
    let widths = head.indices.map { column in
      ([head] + lines).map { $0[column].count }.max() ?? 0
    }
    return ([head] + lines).map { line in
      let cells = zip(line, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
      return "  " + cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces) + "\n"
    }.joined()
  }
}

/// `symreg distill cache clear`.
struct CacheClearCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Remove the recordings that are kept.")

  @OptionGroup var place: CachePlace
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func run() throws {
    let cache = place.value
    let count = try cache.clear()
    if !quiet { Messages.note("\(count) recording\(count == 1 ? "" : "s") removed from \(cache.path)") }
    leave(.done)
  }
}
