import Arrays
import Foundation
import ImportedNetworks
import Randomness
import Testing

struct ArchitectureTests {
  private static let layers = """
    {"type": "linear", "weight": "msg_fnc.0.weight", "bias": "msg_fnc.0.bias"}, {"type": "relu"},
    {"type": "linear", "weight": "msg_fnc.2.weight", "bias": "msg_fnc.2.bias", "layout": "out_in"},
    {"type": "ReLU"}, {"type": "linear", "weight": "msg_fnc.4.weight", "bias": "msg_fnc.4.bias"}
    """
  private static let inputs = #"[{"name": "x_i", "dim": 6}, {"name": "x_j", "dim": 6}]"#

  /// The network that `architecture` makes of the weights in `file`.
  private func network(_ architecture: String, file: String = "msg.safetensors") throws -> ImportedNetwork {
    var network: ImportedNetwork?
    try withTemporaryFolder { folder in
      try architecture.write(toFile: folder + "/architecture.json", atomically: true, encoding: .utf8)
      try FileManager.default.copyItem(atPath: Models.path(file), toPath: folder + "/" + file)
      network = try ImportedNetwork(contentsOf: folder)
    }
    return try #require(network)
  }

  private func document(_ more: String = "", layers: String = ArchitectureTests.layers) -> String {
    #"{"inputs": \#(ArchitectureTests.inputs), "layers": [\#(layers)]\#(more)}"#
  }

  private func rows() throws -> [[Double]] {
    let inputs = try Recording("reference.npz").arrays("inputs", of: "msg_ts.onnx")
    return [try #require(inputs["x_i"]?.doubles), try #require(inputs["x_j"]?.doubles)]
  }

  @Test(arguments: ["msg.safetensors", "msg.npz"]) func `weights answer as the model they came from`(
    _ file: String
  ) throws {
    let expected = try #require(Recording("reference.npz").arrays("outputs", of: "msg_ts.onnx")["e"])
    for more in ["", #", "concat": "x_i, x_j""#, #", "output": {"kind": "deterministic"}"#] {
      let network = try network(document(more), file: file)
      let answer = try network(rows(), count: 40)[0].map { Float($0) }
      #expect(difference(floats([40, 2], answer), expected) < 1e-6)
    }
  }

  @Test func `the other order of inputs, and their normalisation`() throws {
    let plain = try network(document())
    let rows = try rows()
    let turned = try network(document(#", "concat": ["x_j", "x_i"]"#))
    #expect(try turned([rows[1], rows[0]], count: 40) == plain(rows, count: 40))

    let mean = [Double](repeating: 0.5, count: 12)
    let deviation = [Double](repeating: 2, count: 12)
    let normalized = try network(document(#", "input_norm": {"mean": \#(mean), "std": \#(deviation)}"#))
    let halves = rows.map { $0.map { (Double(Float($0)) - 0.5) / 2 } }
    let left = floats([40, 2], try normalized(rows, count: 40)[0].map { Float($0) })
    let right = floats([40, 2], try plain(halves, count: 40)[0].map { Float($0) })
    #expect(difference(left, right) < 1e-6)
    #expect(normalized.contentHash != plain.contentHash)
  }

  @Test func `means and variances are told apart`() throws {
    try withTemporaryFolder { folder in
      let weights = NumericArray(shape: [1, 4], elements: .float64([1, 2, 3, 4]))
      try ArrayArchive.write([("w/kernel", weights)], to: folder + "/w.npz")
      for (kind, means, variances) in [
        ("mu_logvar_interleaved", [1.0, 3], [2.0, 4]), ("mu_logvar_split", [1, 2], [3, 4]),
      ] {
        let text = """
          {"inputs": [{"name": "x", "dim": 1}], "output": {"kind": "\(kind)"}, "weights": "w.npz",
           "layers": [{"type": "linear", "weight": "w/kernel", "layout": "in_out"}]}
          """
        try text.write(toFile: folder + "/w.json", atomically: true, encoding: .utf8)
        let network = try ImportedNetwork(contentsOf: folder + "/w.npz")
        #expect(network.outputs.map(\.name) == ["mu", "logvar"])
        #expect(
          try network([[10, 1]], count: 2) == [
            means.map { $0 * 10 } + means, variances.map { $0 * 10 } + variances,
          ])
      }
    }
  }

  @Test func `what does not fit is named`() throws {
    let cases = [
      (document(layers: #"{"type": "conv"}"#), "layer 0 (conv): layers of this type are not known"),
      (document(layers: #"{"type": "linear"}"#), "names no \"weight\""),
      (document(layers: #"{"type": "linear", "weight": "w"}"#), "there is no array \"w\""),
      (
        document(layers: #"{"type": "linear", "weight": "msg_fnc.0.weight", "layout": "in_out"}"#),
        "are 8 × 12, and each row that comes in has 12"
      ),
      (document(layers: ""), "no layers"), (document(#", "concat": ["x_i"]"#), "name each input once"),
      (document(#", "input_norm": {"mean": [1], "std": [1]}"#), "the inputs have 12"),
      (document(#", "weights": "../w.npz""#), "refused"),
      (document(#", "output": {"kind": "x"}"#), "output.kind"),
      (#"{"inputs": 3}"#, "inputs is not what is expected"), ("nothing", "not written in JSON"),
      (#"{"layers": []}"#, "lacks \"inputs\""),
    ]
    for (text, part) in cases {
      let found = message { _ = try network(text) }
      #expect(found.contains(part), "\(found)")
    }
  }

  @Test func `pickles are refused with the Python that converts them`() throws {
    try withTemporaryFolder { folder in
      for (name, bytes) in [
        ("model.pt", [0x50, 0x4B, 3, 4]), ("model.pkl", [0x80, 4, 0x95]), ("model.bin", [1]),
        ("model", [0x80, 2, 0x7D]), ("model.pt", []),
      ] as [(String, [UInt8])] {
        let path = folder + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let text = message { _ = try ImportedNetwork(contentsOf: path) }
        #expect(
          text.contains("refused") && text.contains("torch.onnx.export") && text.contains("safetensors"))
      }
      #expect(
        message { _ = try ImportedNetwork(contentsOf: folder + "/none.onnx") }.contains("cannot be read"))
      #expect(message { _ = try ImportedNetwork(contentsOf: folder) }.contains("cannot be read"))
    }
  }

  @Test func `damaged architectures and weights end in an error or still make sense`() throws {
    let text = Array(document().utf8)
    let weights = try Models.bytes("msg.safetensors")
    let archive = try Models.bytes("msg.npz")
    var failed = 0
    try withTemporaryFolder { folder in
      for round in 0..<300 {
        var stream = RandomStream(seed: 9, UInt64(round))
        var parts = [text, weights, archive]
        let which = round % 3
        for _ in 0...stream.index(3) {
          parts[which][stream.index(parts[which].count)] = UInt8(truncatingIfNeeded: stream.index(256))
        }
        if stream.chance(0.3) { parts[which] = Array(parts[which].prefix(stream.index(parts[which].count))) }
        for (name, part) in zip(["architecture.json", "m.safetensors", "m.npz"], parts) {
          try Data(part).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        do throws(ImportedNetworkError) {
          let network = try ImportedNetwork(contentsOf: folder + (which == 2 ? "/m.npz" : "/m.safetensors"))
          _ = try network(network.inputs.map { [Double](repeating: 1, count: $0.width) }, count: 1)
        } catch { failed += 1 }
      }
    }
    #expect(failed > 100 && failed < 300)
  }
}
