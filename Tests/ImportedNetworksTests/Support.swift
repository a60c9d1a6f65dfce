import Arrays
import Foundation
import ImportedNetworks
import Testing

/// The files of networks that tests read.
enum Models {
  static let folder = Bundle.module.bundleURL.appendingPathComponent("Models").path

  static func path(_ name: String) -> String { folder + "/" + name }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// Those of a kind, in order of their names.
  static func names(_ suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(suffix) }.sorted()
  }
}

/// Recorded inputs and outputs: `CASE/inputs/NAME`, `CASE/outputs/NAME`.
struct Recording {
  let archive: ArrayArchive

  init(_ name: String) throws { archive = try ArrayArchive(contentsOf: Models.path(name)) }

  var cases: [String] {
    var seen = Set<String>()
    return archive.names.map { String($0.prefix { $0 != "/" }) }.filter { seen.insert($0).inserted }
  }

  func arrays(_ kind: String, of name: String) throws -> [String: NumericArray] {
    let start = "\(name)/\(kind)/"
    var found: [String: NumericArray] = [:]
    for key in archive.names where key.hasPrefix(start) {
      found[String(key.dropFirst(start.count))] = try archive.array(key)
    }
    return found
  }
}

/// The largest difference, in units of the largest finite value; infinite where one is infinite or no number
/// and the other is not.
func difference(_ left: NumericArray, _ right: NumericArray) -> Double {
  guard left.shape == right.shape, let left = left.doubles, let right = right.doubles else {
    return .infinity
  }
  let scale = max(right.filter(\.isFinite).map(abs).max() ?? 0, .leastNormalMagnitude)
  return zip(left, right).map { left, right in
    if left == right || left.isNaN && right.isNaN { return 0 }
    return left.isFinite && right.isFinite ? abs(left - right) / scale : .infinity
  }.max() ?? 0
}

/// A folder that is gone when the test ends.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "/imported-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

/// `bytes` with `old` replaced by `new` wherever it stands.
func replacing(_ old: String, by new: String, in bytes: [UInt8]) -> [UInt8] {
  precondition(old.utf8.count == new.utf8.count, "the lengths of texts are written before them")
  let (old, new) = (Array(old.utf8), Array(new.utf8))
  var result = bytes
  var index = 0
  while index + old.count <= result.count {
    if result[index..<(index + old.count)].elementsEqual(old) {
      result.replaceSubrange(index..<(index + old.count), with: new)
    }
    index += 1
  }
  return result
}

/// A float32 array.
func floats(_ shape: [Int], _ values: [Float]) -> NumericArray {
  NumericArray(shape: shape, elements: .float32(values))
}

/// An int64 array of one dimension.
func integers(_ values: Int64...) -> NumericArray {
  NumericArray(shape: [values.count], elements: .int64(values))
}

/// The text of the error that `body` throws.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch { return "\(error)" }
}
