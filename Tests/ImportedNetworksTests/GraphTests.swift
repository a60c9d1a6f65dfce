import Arrays
import ImportedNetworks
import Testing

struct GraphTests {
  private func graph(
    _ nodes: [NodeDescription], constants: [String: NumericArray] = [:], shape: [Int?] = [nil, 2],
    outputs: [String] = ["y"], version: Int = 20
  ) throws -> ComputationGraph {
    try ComputationGraph(
      GraphDescription(
        file: "net", operatorSet: version, nodes: nodes, constants: constants,
        inputs: [InputDescription(name: "x", type: .float32, shape: shape)], outputs: outputs))
  }

  @Test func `a layer by hand`() throws {
    let graph = try graph(
      [
        NodeDescription("Relu", inputs: ["h"], outputs: ["y"]),
        NodeDescription("Gemm", inputs: ["x", "w", "b"], outputs: ["h"], attributes: ["transB": .int(1)]),
      ], constants: ["w": floats([3, 2], [1, 2, 3, 4, -5, 6]), "b": floats([3], [0.5, -100, 1])])
    let answer = try graph.evaluate([floats([1, 2], [10, 1])])
    // 1·10 + 2·1 + 0.5; 3·10 + 4·1 - 100 < 0; -5·10 + 6·1 + 1 < 0.
    #expect(answer == [floats([1, 3], [12.5, 0, 0])])
  }

  @Test(arguments: [0, 1, 7, 8, 9, 16, 33]) func `products of any size are those of the definition`(
    _ size: Int
  ) throws {
    let rows = 5
    let left = (0..<(rows * size)).map { Float(($0 * 7) % 11) - 5 }
    let right = (0..<(size * size)).map { Float(($0 * 5) % 13) - 6 }
    let graph = try graph(
      [NodeDescription("MatMul", inputs: ["x", "w"], outputs: ["y"])],
      constants: ["w": floats([size, size], right)])
    let answer = try graph.evaluate([floats([rows, size], left)])[0]
    var expected: [Float] = []
    for row in 0..<rows {
      for column in 0..<size {
        expected.append((0..<size).reduce(0) { $0 + left[row * size + $1] * right[$1 * size + column] })
      }
    }
    #expect(answer == floats([rows, size], expected))
  }

  @Test func `softplus and sigmoid neither overflow nor lose small values`() throws {
    for (type, values, wanted) in [
      ("Softplus", [800, -50, 0] as [Float], [800, 1.928749848e-22, 0.6931471806] as [Float]),
      ("Sigmoid", [800, -800, 0], [1, 0, 0.5]),
    ] {
      let graph = try graph([NodeDescription(type, inputs: ["x"], outputs: ["y"])])
      #expect(try graph.evaluate([floats([1, 3], values)]) == [floats([1, 3], wanted)])
    }
  }

  @Test func `axes are taken from attributes and inputs alike`() throws {
    let input = floats([2, 1, 3], [1, 2, 3, 4, 5, 6])
    let old = try graph(
      [NodeDescription("ReduceSum", inputs: ["x"], outputs: ["y"], attributes: ["axes": .ints([-1])])],
      version: 11)
    let new = try graph(
      [NodeDescription("ReduceSum", inputs: ["x", "a"], outputs: ["y"])], constants: ["a": integers(-1)],
      version: 18)
    #expect(try old.evaluate([input]) == [floats([2, 1, 1], [6, 15])])
    #expect(try new.evaluate([input]) == old.evaluate([input]))
  }

  @Test func `circles, missing values and values given twice are named`() throws {
    #expect(
      message {
        _ = try graph([
          NodeDescription("Add", inputs: ["x", "b"], outputs: ["a"], name: "first"),
          NodeDescription("Relu", inputs: ["a"], outputs: ["b"], name: "second"),
          NodeDescription("Relu", inputs: ["x"], outputs: ["y"]),
        ])
      }.contains("node \"first\" (Add): it waits for a value that depends on its own"))
    #expect(
      message { _ = try graph([NodeDescription("Add", inputs: ["x", "z"], outputs: ["y"])]) }
        .contains("it takes \"z\", which nothing gives"))
    #expect(
      message {
        _ = try graph([
          NodeDescription("Relu", inputs: ["x"], outputs: ["y"]),
          NodeDescription("Tanh", inputs: ["x"], outputs: ["y"]),
        ])
      }.contains("it gives \"y\", which is given already"))
    #expect(
      message { _ = try graph([NodeDescription("Relu", inputs: ["x"], outputs: ["a"])]) }
        .contains("output \"y\": nothing computes it"))
    #expect(
      message { _ = try graph([NodeDescription("LSTM", inputs: ["x"], outputs: ["y"], name: "n")]) }
        == "net: node \"n\" (LSTM): the operator LSTM is not known; export the network without it, or record its "
        + "inputs and outputs in an npz file instead")
    #expect(
      message { _ = try graph([NodeDescription("Relu", inputs: ["x"], outputs: ["y"], domain: "mine")]) }
        .contains("mine.Relu"))
    #expect(
      message {
        _ = try graph(
          [NodeDescription("Add", inputs: ["x", "c"], outputs: ["y"])], constants: ["c": floats([1], [.nan])])
      }.contains("no number"))
  }

  @Test func `what does not fit is named when it is computed`() throws {
    let graph = try graph(
      [NodeDescription("MatMul", inputs: ["x", "w"], outputs: ["y"], name: "product")],
      constants: ["w": floats([3, 2], [1, 2, 3, 4, 5, 6])])
    let text = message { _ = try graph.evaluate([floats([1, 2], [1, 2])]) }
    #expect(text.hasPrefix("net: node \"product\" (MatMul): matrices of 1 × 2 and 3 × 2 do not fit"))
  }

  @Test func `shapes beyond all bounds are refused`() throws {
    for shape in [integers(1 << 40), integers(1 << 32, 1 << 32), integers(-1)] {
      let graph = try graph(
        [NodeDescription("Expand", inputs: ["x", "s"], outputs: ["y"])], constants: ["s": shape], shape: [1])
      #expect(throws: ImportedNetworkError.self) { _ = try graph.evaluate([floats([1], [1])]) }
    }
    let steps = try graph(
      [NodeDescription("Slice", inputs: ["x", "s", "e", "a", "t"], outputs: ["y"])],
      constants: [
        "s": integers(.min), "e": integers(.max), "a": integers(1), "t": integers(.max),
      ])
    #expect(try steps.evaluate([floats([1, 2], [1, 2])]) == [floats([1, 1], [1])])
  }
}
