import Arrays
import Testing

@Suite struct NpyTests {
  @Test("each type of NumPy's is read as the number it means")
  func types() throws {
    #expect(try read("<f8", "(1,)", [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]).elements == .float64([1]))
    #expect(try read(">f8", "(1,)", [0x3F, 0xF0, 0, 0, 0, 0, 0, 0]).elements == .float64([1]))
    #expect(try read("<f4", "(1,)", [0, 0, 0xC0, 0x3F]).elements == .float32([1.5]))
    #expect(try read(">f4", "(1,)", [0x3F, 0xC0, 0, 0]).elements == .float32([1.5]))
    #expect(try read("|i1", "(2,)", [0xFF, 2]).elements == .int32([-1, 2]))
    #expect(try read("<i2", "(1,)", [0xFE, 0xFF]).elements == .int32([-2]))
    #expect(try read(">i4", "(1,)", [0, 0, 1, 0]).elements == .int32([256]))
    #expect(try read("<i8", "(1,)", [0xFD] + Array(repeating: 0xFF, count: 7)).elements == .int64([-3]))
    #expect(try read("|u1", "(1,)", [200]).elements == .uint8([200]))
    #expect(try read("<u2", "(1,)", [0xFF, 0xFF]).elements == .int32([65535]))
    #expect(try read("<u4", "(1,)", [0xFF, 0xFF, 0xFF, 0xFF]).elements == .int64([4_294_967_295]))
    #expect(try read("<u8", "(1,)", [9, 0, 0, 0, 0, 0, 0, 0]).elements == .int64([9]))
    #expect(try read("|b1", "(3,)", [0, 1, 2]).elements == .bool([false, true, true]))
    #expect(
      try read("<U2", "(2,)", [97, 0, 0, 0, 0xF6, 0, 0, 0, 98, 0, 0, 0, 0, 0, 0, 0]).texts == ["aö", "b"])
    #expect(try read(">U1", "()", [0, 1, 0xF6, 0x42]).texts == ["🙂"])
    #expect(try read("|S3", "(1,)", [0x6D, 0x31, 0]).texts == ["m1"])
  }

  @Test(
    "half precision is exact",
    arguments: [
      (0x3C00, 1), (0xC000, -2), (0x3555, 0x1.554p-2), (0x7BFF, 65504), (0x0400, 0x1p-14), (0x0001, 0x1p-24),
      (0x03FF, 0x1.FF8p-15), (0x8000, -0.0), (0x7C00, .infinity), (0xFC00, -.infinity),
    ] as [(UInt16, Float)])
  func half(_ word: UInt16, _ value: Float) throws {
    let array = try read("<f2", "(1,)", [UInt8(word & 0xFF), UInt8(word >> 8)])
    #expect(array.floats?.first?.bitPattern == value.bitPattern)
    #expect(try read("<f2", "(1,)", [1, 0x7C]).floats?.first?.isNaN == true)
  }

  @Test("Fortran's order is turned into row-major order")
  func fortran() throws {
    let bytes = (0..<24).map { UInt8($0) }
    let cube = try read("|u1", "(2, 3, 4)", bytes, fortran: true)
    guard case .uint8(let values) = cube.elements else { return #expect(Bool(false)) }
    for i in 0..<2 {
      for j in 0..<3 { for k in 0..<4 { #expect(values[(i * 3 + j) * 4 + k] == UInt8(i + 2 * j + 6 * k)) } }
    }
    #expect(try read("|u1", "(3,)", [1, 2, 3], fortran: true).elements == .uint8([1, 2, 3]))
    #expect(try read("|u1", "(2, 0)", [], fortran: true).shape == [2, 0])
  }

  @Test("versions 2 and 3, shapes of Python 2, and any order and spacing of the header's entries")
  func headers() throws {
    for version in [2, 3] as [UInt8] {
      #expect(try read("|u1", "(2,)", [1, 2], version: version).elements == .uint8([1, 2]))
    }
    #expect(try read("|u1", "(2L, 1L)", [1, 2]).shape == [2, 1])
    #expect(try read("|u1", "()", [7]).shape == [])
    let header = "{\"shape\":(1,1),\n\t'descr' : \"<i2\" ,'fortran_order':False}"
    let array = try Npy.array(in: npy(header, [3, 0]), place: ArrayPlace(file: "a.npy"))
    #expect(array == NumericArray(shape: [1, 1], elements: .int32([3])))
  }

  @Test(
    "what is not read is refused with a way out",
    arguments: [
      ("|O", "(1,)", "Python objects", "dtype=float"), ("<c16", "(1,)", "complex", "a.real"),
      ("<M8[ns]", "(1,)", "dates", "astype(float)"), ("<f16", "(1,)", "extended", "astype(float)"),
      ("<U0", "(4611686018427387904,)", "no characters", "leave"), ("|V8", "(1,)", "|V8", "astype"),
    ])
  func unsupported(_ type: String, _ shape: String, _ reason: String, _ remedy: String) {
    let text = errorText { _ = try read(type, shape, Array(repeating: 0, count: 16)) }
    #expect(text?.contains(reason) == true && text?.contains(remedy) == true, "\(text ?? "no error")")
  }

  @Test(
    "a header that cannot be true is refused",
    arguments: [
      ("<f8", "(2,)"), ("<f8", "(0,)"), ("<f8", "(-1,)"), ("<f8", "(1.0,)"),
      ("<f8", "(9223372036854775807, 9223372036854775807)"), ("<f8", "(4611686018427387904, 0, 4)"),
      ("<f8", "(2305843009213693952,)"), ("<f8", "(99999999999999999999,)"), ("<f8", "[1]"), ("<f8", "(1"),
      ("<U9223372036854775807", "(1,)"), ("<U4611686018427387904", "(2,)"),
    ])
  func impossible(_ type: String, _ shape: String) {
    let text = errorText { _ = try read(type, shape, Array(repeating: 0, count: 8)) }
    #expect(
      text?.hasPrefix("a.npy: ") == true && text?.contains("copy or write it again") == true, "\(text ?? "")")
  }

  @Test("structured arrays, numbers beyond 64 bits and characters that are none are named")
  func values() {
    let place = ArrayPlace(file: "a.npy", array: "x")
    let structured = "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"
    let text = errorText { _ = try Npy.array(in: npy(structured, []), place: place) }
    #expect(text?.contains("a.npy: array \"x\"") == true && text?.contains("fields") == true)
    let large = errorText { _ = try read("<u8", "(1,)", Array(repeating: 255, count: 8)) }
    #expect(large?.contains("18446744073709551615") == true)
    let character = errorText { _ = try read("<U1", "(1,)", [0, 0xD8, 0, 0]) }
    #expect(character?.contains("no character") == true)
  }

  @Test("every array comes back from a file as it was", arguments: manyArrays.indices)
  func roundTrip(_ index: Int) throws {
    try withFile("npy") { path in
      try Npy.write(manyArrays[index].array, to: path)
      #expect(try Npy.read(contentsOf: path) == manyArrays[index].array)
      // Elements begin at a multiple of 64 bytes, as NumPy has it.
      let bytes = content(of: path)
      #expect((10 + Int(bytes[8]) + Int(bytes[9]) << 8) % 64 == 0)
    }
  }
}
