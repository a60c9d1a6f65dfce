import Foundation

/// The machine a benchmark runs on, for the tables.
public enum Machine {
  /// Processor, cores in use and system.
  public static let name: String = {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return "\(processor), \(cores) \(cores == 1 ? "core" : "cores"), "
      + ProcessInfo.processInfo.operatingSystemVersionString
  }()

  private static var processor: String {
    #if os(Linux)
      // The file says it has no length, so it is read as a stream.
      let lines =
        (FileHandle(forReadingAtPath: "/proc/cpuinfo")?.readDataToEndOfFile())
        .map { String(decoding: $0, as: UTF8.self).split(separator: "\n") } ?? []
      let value = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
      return value.map { $0.trimmingCharacters(in: .whitespaces) } ?? architecture
    #else
      return architecture
    #endif
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86-64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown processor"
    #endif
  }
}
