import Arrays
import Testing

@Suite struct SafetensorsTests {
  private func file(_ header: String, _ bytes: [UInt8]) -> [UInt8] {
    (0..<8).map { UInt8(header.utf8.count >> (8 * $0) & 0xFF) } + Array(header.utf8) + bytes
  }

  private func open(_ header: String, _ bytes: [UInt8]) throws -> Safetensors {
    try Safetensors(bytes: file(header, bytes), file: "m.safetensors")
  }

  @Test("types, metadata and order are those of the header")
  func read() throws {
    let found = try open(
      """
      {"__metadata__":{"format":"pt"},"net.0.bias":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},
      "net.0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},
      "none":{"dtype":"I64","shape":[0,3],"data_offsets":[8,8]}}
      """, [0, 0, 0xC0, 0x3F, 0x80, 0x3F, 0x00, 0xC0])
    #expect(found.names == ["net.0.weight", "net.0.bias", "none"] && found.metadata == ["format": "pt"])
    #expect(try found.array("net.0.weight") == NumericArray(shape: [1, 1], elements: .float32([1.5])))
    #expect(try found.array("net.0.bias") == NumericArray(float32: [1, -2]))
    #expect(try found.array("none").shape == [0, 3])
    #expect(throws: ArrayFileError.self) { try found.array("net") }
  }

  @Test("every array but texts comes back as it was")
  func roundTrip() throws {
    let arrays = manyArrays.filter { !$0.array.isText }
    try withFile("safetensors") { path in
      try Safetensors.write(arrays, metadata: ["law": "größe \"q\"\n"], to: path)
      let found = try Safetensors(contentsOf: path)
      #expect(Set(found.names) == Set(arrays.map(\.name)))
      #expect(found.metadata == ["law": "größe \"q\"\n"])
      for (name, array) in arrays { #expect(try found.array(name) == array, "\(name)") }
      let bytes = content(of: path)
      #expect((8 + Int(bytes[0]) + Int(bytes[1]) << 8) % 8 == 0)
      try Safetensors.write(arrays.reversed(), metadata: ["law": "größe \"q\"\n"], to: path)
      #expect(content(of: path) == bytes)
    }
    let text = errorText { try Safetensors.write([("n", NumericArray("a"))], to: "/nowhere/n") }
    #expect(text?.contains("texts") == true)
  }

  @Test(
    "headers that cannot be true",
    arguments: [
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,5]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,-4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, #"{"a":{"dtype":"F32"}}"#, #"{"a":1}"#, "{",
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}"#, "[]", "",
    ])
  func impossible(_ header: String) {
    let text = errorText { _ = try open(header, [0, 0, 0, 0]) }
    #expect(text?.hasPrefix("m.safetensors: ") == true, "\(text ?? "no error")")
  }

  @Test("shapes that are not those of the bytes, and types that are not read, are told with the array")
  func arrays() throws {
    for shape in ["[2]", "[-1]", "[4611686018427387904,4]", "[0]"] {
      let found = try open(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[0,4]}}", [0, 0, 0, 0])
      #expect(errorText { _ = try found.array("a") }?.contains("array \"a\"") == true, "\(shape)")
    }
    let found = try open(#"{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}"#, [0, 0, 0, 0])
    #expect(errorText { _ = try found.array("a") }?.contains("F8_E4M3") == true)
    let lengths: [[UInt8]] = [
      Array(repeating: 255, count: 8), [255, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0],
      [0x80, 2, 0x7D, 0x71, 0, 0, 0, 0],
    ]
    for bytes in lengths {
      #expect(throws: ArrayFileError.self) { try Safetensors(bytes: bytes + [123], file: "m") }
    }
  }
}
