import Arrays
import Foundation
import Testing

@Suite struct ArrayArchiveTests {
  @Test("arrays of every type come back in their order", arguments: [false, true], [false, true])
  func roundTrip(_ compresses: Bool, _ alwaysWide: Bool) throws {
    let bytes = try archive(manyArrays, compresses: compresses, alwaysWide: alwaysWide)
    let found = try ArrayArchive(bytes: bytes, file: "a.npz")
    #expect(found.names == manyArrays.map(\.name))
    for (name, array) in manyArrays { #expect(try found.array(name) == array, "\(name)") }
    #expect(found.contains("names/of.columns") && !found.contains("names"))
    // The same content, the same bytes.
    #expect(try archive(manyArrays, compresses: compresses, alwaysWide: alwaysWide) == bytes)
  }

  @Test("archives of NumPy's are read")
  func numPy() throws {
    let stored = try ArrayArchive(bytes: NumPyArchives.stored, file: "s.npz")
    #expect(stored.names == ["net/layer.0.w", "n", "f"])
    let weights = NumericArray(shape: [2, 3], elements: .float32([0, 1, 2, 3, 4, 5]))
    #expect(try stored.array("net/layer.0.w") == weights)
    #expect(try stored.array("n").texts == ["ab", "ö"])
    #expect(try stored.array("f") == NumericArray(shape: [2, 3], elements: .float64([0, 1, 2, 3, 4, 5])))
    let packed = try ArrayArchive(bytes: NumPyArchives.packed, file: "p.npz")
    #expect(try packed.array("x").doubles == (0..<300).map { Double($0 % 3) })
    #expect(try packed.array("k") == NumericArray(shape: [], elements: .int64([7])))
  }

  @Test("an array that is not there is told with those that are")
  func noArray() throws {
    let found = try ArrayArchive(bytes: NumPyArchives.packed, file: "p.npz")
    let text = errorText { _ = try found.array("y") }
    #expect(text == "p.npz: there is no array \"y\"; the arrays are \"x\", \"k\"")
    #expect(try ArrayArchive(bytes: archive([]), file: "e.npz").names.isEmpty)
  }

  @Test(
    "files that are no archives of arrays are named for what they are",
    arguments: [
      ([0x80, 2, 0x7D], "pickle"), (Array("PK".utf8) + [3, 4], "not there"), ([], "empty"),
      ([0x93] + Array("NUMPY".utf8), "np.savez"), ([0x89] + Array("HDF\r\n".utf8), "HDF5"),
      ([0x1F, 0x8B, 8], "gzip"), (Array("a,b\n1,2\n".utf8), "does not begin"),
    ] as [([UInt8], String)])
  func foreign(_ bytes: [UInt8], _ words: String) {
    let text = errorText { _ = try ArrayArchive(bytes: bytes, file: "f.npz") }
    #expect(text?.hasPrefix("f.npz: ") == true && text?.contains(words) == true, "\(text ?? "no error")")
  }

  @Test("a saved PyTorch model, which holds a pickle, is refused with a way out")
  func pickle() throws {
    var bytes = try archive([("model/data1", NumericArray(1.0))])
    // Both headers name the file; the new name is as long.
    let old = Array("data1.npy".utf8)
    for start in bytes.indices.dropLast(old.count) where Array(bytes[start...].prefix(old.count)) == old {
      bytes.replaceSubrange(start..<(start + old.count), with: Array("_data.pkl".utf8))
    }
    let text = errorText { _ = try ArrayArchive(bytes: bytes, file: "m.pt") }
    #expect(text?.contains("pickle") == true && text?.contains("state_dict") == true, "\(text ?? "")")
  }

  @Test("a file that is not there, a directory, and a place that cannot be written")
  func files() {
    #expect(throws: ArrayFileError.self) { try ArrayArchive(contentsOf: "/nowhere/a.npz") }
    let directory = errorText { _ = try ArrayArchive(contentsOf: "/") }
    #expect(directory?.contains("directory") == true)
    let text = errorText { try ArrayArchive.write([], to: "/nowhere/a.npz") }
    #expect(text?.hasPrefix("/nowhere/a.npz: cannot be written: ") == true)
    #expect(throws: ArrayFileError.self) { try ArrayArchive.checkWritable("/nowhere/a.npz") }
  }

  @Test("a file that is tried out or replaced is never half there, and nothing is left beside it")
  func atomic() throws {
    let folder = NSTemporaryDirectory() + "symreg-arrays-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/a.npz"
    try ArrayArchive.checkWritable(path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    for value in [1.0, 2.0] { try ArrayArchive.write([("x", NumericArray(value))], to: path) }
    #expect(try ArrayArchive(contentsOf: path).array("x").doubles == [2])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.npz"])
  }
}
