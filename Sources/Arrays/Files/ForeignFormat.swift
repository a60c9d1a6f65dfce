/// Recognises, by how they begin, files that people take for files of arrays, and says what to do with each.
enum ForeignFormat {
  /// The error for a file that should be of the kind `wanted` and is not.
  static func error(
    _ bytes: UnsafeRawBufferPointer, place: ArrayPlace, wanted: String
  ) -> ArrayFileError {
    if bytes.count == 0 { return .damaged(place: place, reason: "it is empty") }
    if bytes.begins(with: [0x80]), let version = bytes.integer(UInt8.self, at: 1), (2...5).contains(version) {
      return .unsupported(place: place, reason: pickleReason, remedy: pickleRemedy)
    }
    if bytes.begins(with: Array("PK".utf8)), wanted != "npz" {
      return .unsupported(
        place: place, reason: "it is a ZIP archive, not one array",
        remedy: "if np.savez wrote it, give it the ending .npz")
    }
    if bytes.begins(with: Npy.signature) {
      return .unsupported(
        place: place, reason: "it is a single array (.npy), not an archive of named ones",
        remedy: "write it with np.savez(path, name=array)")
    }
    if bytes.begins(with: [0x89] + Array("HDF".utf8)) {
      return .unsupported(
        place: place, reason: "it is an HDF5 file",
        remedy: "convert it in Python: np.savez(path, **{name: h5[name][()] for name in h5})")
    }
    if bytes.begins(with: [0x1F, 0x8B]) {
      return .unsupported(
        place: place, reason: "the file is compressed by gzip", remedy: "unpack it first, with gzip -d")
    }
    return .damaged(place: place, reason: "it does not begin as an .\(wanted) file does")
  }

  static let pickleReason =
    "it is a Python pickle, which can only be read by running whatever code it names; that is refused"
  static let pickleRemedy =
    "convert it in Python: np.savez(path, **{name: tensor.numpy() for name, tensor in state_dict.items()})"
}
