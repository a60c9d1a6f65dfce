import Arrays
import Foundation

/// A file that is removed when `body` is done with it.
func withFile<Value>(_ ending: String, _ body: (String) throws -> Value) rethrows -> Value {
  let path = NSTemporaryDirectory() + "symreg-arrays-\(UUID().uuidString).\(ending)"
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// The content of a file.
func content(of path: String) -> [UInt8] { Array(FileManager.default.contents(atPath: path) ?? Data()) }

/// The bytes of an archive of these arrays.
func archive(
  _ arrays: [(name: String, array: NumericArray)], compresses: Bool = false, alwaysWide: Bool = false
) throws -> [UInt8] {
  try withFile("npz") { path in
    try ArrayArchive.write(arrays, to: path, compresses: compresses, alwaysWide: alwaysWide)
    return content(of: path)
  }
}

/// An `.npy` file of the given header and bytes.
func npy(_ header: String, _ bytes: [UInt8], version: UInt8 = 1) -> [UInt8] {
  let length = header.utf8.count
  let size = (0..<(version == 1 ? 2 : 4)).map { UInt8(length >> (8 * $0) & 0xFF) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + Array(header.utf8) + bytes
}

/// The array in an `.npy` file of the given type, shape and bytes.
func read(
  _ type: String, _ shape: String, _ bytes: [UInt8], fortran: Bool = false, version: UInt8 = 1
) throws -> NumericArray {
  let header =
    "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }  \n"
  return try Npy.array(in: npy(header, bytes, version: version), place: ArrayPlace(file: "a.npy"))
}

/// The text of the error that `body` ends in; nil when it does not.
func errorText(_ body: () throws -> Void) -> String? {
  do { try body() } catch { return "\(error)" }
  return nil
}

/// Arrays of every type and of many shapes.
let manyArrays: [(name: String, array: NumericArray)] = [
  ("single", NumericArray(-0.1)), ("empty", NumericArray([Double]())),
  ("one", NumericArray(float32: [1.5])),
  ("flat", NumericArray(shape: [3, 0, 2], elements: .float64([]))),
  ("cube", NumericArray(shape: [2, 3, 4], elements: .float32((0..<24).map { Float($0) / 7 }))),
  ("short", NumericArray(shape: [2, 2], elements: .int32([.min, -1, 0, .max]))),
  ("long", NumericArray(shape: [4], elements: .int64([.min, -1, 0, .max]))),
  ("bytes", NumericArray(shape: [1, 3], elements: .uint8([0, 127, 255]))),
  ("flags", NumericArray(shape: [3], elements: .bool([true, false, true]))),
  ("names/of.columns", NumericArray(["", "größe", "m₁ 🙂"])), ("law", NumericArray("spring")),
  ("special", NumericArray([.infinity, -.infinity, .leastNonzeroMagnitude, 1.7976931348623157e308, -0.0])),
]
