/// What the header of an `.npy` file says: a Python dictionary in ASCII (NumPy Enhancement Proposal 1).
struct NpyHeader: Equatable {
  var format: ElementFormat
  var isFortranOrder: Bool
  var shape: [Int]

  /// Reads the text of a header.
  init(_ text: UnsafeRawBufferPointer, place: ArrayPlace) throws(ArrayFileError) {
    var reader = LiteralReader(text)
    guard let dictionary = reader.dictionary() else {
      throw .damaged(place: place, reason: "the header of the array cannot be understood")
    }
    guard case .text(let description)? = dictionary["descr"] else {
      if case .list? = dictionary["descr"] {
        throw .unsupported(
          place: place, reason: "it is a structured array, with several named fields",
          remedy: "write each field as an array of its own: "
            + "np.savez(path, **{name: a[name] for name in a.dtype.names})")
      }
      throw .damaged(place: place, reason: "the header of the array names no type")
    }
    guard case .truth(let isFortranOrder)? = dictionary["fortran_order"],
      case .integers(let shape)? = dictionary["shape"]
    else { throw .damaged(place: place, reason: "the header of the array names no shape or order") }
    guard shape.count <= ArrayLimits.mostDimensions else {
      throw .damaged(place: place, reason: "the array claims \(shape.count) dimensions")
    }
    format = try NpyHeader.format(description, place: place)
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  /// The format that a description such as `<f8` means.
  private static func format(_ text: String, place: ArrayPlace) throws(ArrayFileError) -> ElementFormat {
    var rest = text[...]
    let isBigEndian = rest.first == ">"
    if let mark = rest.first, "<>|=".contains(mark) { rest = rest.dropFirst() }
    let kinds: [Substring: ElementFormat.Kind] = [
      "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
      "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "b1": .bool, "?": .bool,
    ]
    if let kind = kinds[rest] { return ElementFormat(kind: kind, isBigEndian: isBigEndian) }
    let letter = rest.first
    if let length = Int(rest.dropFirst()), length >= 0 {
      if letter == "U" { return ElementFormat(kind: .unicode(length), isBigEndian: isBigEndian) }
      if letter == "S" || letter == "a" { return ElementFormat(kind: .bytes(length)) }
    }
    let (reason, remedy) =
      switch letter {
      case "O":
        (
          "it holds Python objects, which only Python can read, by running code from the file",
          "write numbers instead: np.asarray(a, dtype=float), or one array for each part"
        )
      case "c": ("it holds complex numbers", "write a.real and a.imag as two arrays")
      case "M", "m": ("it holds dates or times", "write them as numbers, for example a.astype(float)")
      case "f": ("it holds extended precision numbers", "write the array with astype(float)")
      default: ("elements of the type \(visible(text)) are not read", "write the array with astype(float)")
      }
    throw .unsupported(place: place, reason: reason, remedy: remedy)
  }
}
