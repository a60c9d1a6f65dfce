#if ONNX
  import Arrays
  import Foundation
  import ImportedNetworks
  import Randomness
  import Testing

  struct HostileModelTests {
    @Test func `an unknown operator is named with its node`() throws {
      let bytes = replacing("Gemm", by: "Conv", in: try Models.bytes("ReLU_ts.onnx"))
      let text = message { _ = try ComputationGraph(GraphDescription(onnx: bytes, file: "m.onnx")) }
      #expect(text.hasPrefix("m.onnx: node \"/0/Gemm\"") || text.contains("operator Conv is not known"))
    }

    @Test func `weights in another file are read from the model's own folder only`() throws {
      let name = "msg_dyn.onnx"
      let bytes = try Models.bytes(name)
      let data = try Models.bytes(name + ".data")
      try withTemporaryFolder { folder in
        let model = folder + "/in/" + name
        try FileManager.default.createDirectory(atPath: folder + "/in", withIntermediateDirectories: true)
        func refusal(_ bytes: [UInt8]) -> String {
          message {
            try Data(bytes).write(to: URL(fileURLWithPath: model))
            _ = try ImportedNetwork(contentsOf: model)
          }
        }
        #expect(refusal(bytes).contains("which is not there"))
        try Data(data).write(to: URL(fileURLWithPath: folder + "/dyn.onnx.data.."))
        try Data(data).write(to: URL(fileURLWithPath: folder + "/dyn.onnx.data"))
        for location in ["../dyn.onnx.data.", "/sg_dyn.onnx.data", "..//yn.onnx.data.", "./../yn.onnx.data"] {
          let text = refusal(replacing("msg_dyn.onnx.data", by: location, in: bytes))
          #expect(text.contains("not in the model's own folder") && text.contains("refused"), "\(text)")
        }
        let beside = model + ".data"
        try FileManager.default.createSymbolicLink(
          atPath: beside, withDestinationPath: folder + "/dyn.onnx.data")
        #expect(refusal(bytes).contains("leads out of the model's own folder"))
        try FileManager.default.removeItem(atPath: beside)
        #expect(mkfifo(beside, 0o600) == 0)
        #expect(refusal(bytes).contains("no regular file"))
        try FileManager.default.removeItem(atPath: beside)
        try Data(data.dropLast()).write(to: URL(fileURLWithPath: beside))
        #expect(refusal(bytes).contains("cut off"))
        try Data(data).write(to: URL(fileURLWithPath: beside))
        #expect(refusal(bytes) == "no error")
        for length in ["383", "-84", "1e3", "999"] {
          #expect(refusal(replacing("384", by: length, in: bytes)) != "no error", "\(length)")
        }
      }
    }

    @Test func `more parts than any network has are refused before memory is given to them`() throws {
      // A graph (field 7) of a million empty nodes (field 1), two bytes each.
      let nodes = [UInt8](repeating: 0, count: 2_000_000).enumerated().map {
        $0.offset % 2 == 0 ? 0x0A : $0.element
      }
      let bytes: [UInt8] = [0x3A, 0x80, 0x89, 0x7A] + nodes
      #expect(message { _ = try GraphDescription(onnx: bytes, file: "m") }.contains("more than 200000"))
    }

    @Test func `damaged models end in an error or still make sense, and soon`() throws {
      var tried = 0
      var failed = 0
      for (index, name) in try Models.names(".onnx").enumerated() {
        let whole = try Models.bytes(name)
        var stream = RandomStream(seed: 7, UInt64(index))
        for round in 0..<250 {
          let bytes = mutated(whole, round: round, &stream)
          tried += 1
          do throws(ImportedNetworkError) {
            let network = try ImportedNetwork(GraphDescription(onnx: bytes, file: Models.path(name)))
            _ = try network(network.inputs.map { [Double](repeating: 0.5, count: $0.width * 3) }, count: 3)
          } catch {
            failed += 1
            #expect(error.description.contains(name), "\(error)")
          }
        }
      }
      #expect(tried == 4_000 && failed > tried / 4 && failed < tried)
    }

    private func mutated(_ whole: [UInt8], round: Int, _ stream: inout RandomStream) -> [UInt8] {
      var bytes = whole
      switch round % 5 {
      case 0: bytes = Array(bytes.prefix(stream.index(bytes.count)))
      case 1: bytes[stream.index(bytes.count)] ^= 1 << UInt8(stream.index(8))
      case 2:
        for _ in 0..<4 { bytes[stream.index(bytes.count)] = [0, 0x7F, 0x80, 0xFF, 0x0A][stream.index(5)] }
      case 3:
        let start = stream.index(bytes.count)
        bytes.removeSubrange(start..<min(bytes.count, start + 1 + stream.index(8)))
      default:
        let start = stream.index(bytes.count)
        let part = bytes[start..<min(bytes.count, start + 1 + stream.index(64))]
        bytes.insert(contentsOf: part, at: stream.index(bytes.count))
      }
      return bytes
    }
  }
#endif
