#if ONNX
  import Arrays
  import ImportedNetworks
  import Testing

  struct ReferenceTests {
    @Test func `every model answers as the reference evaluator does`() throws {
      let recording = try Recording("reference.npz")
      #expect(recording.cases.count == 16)
      for name in try Models.names(".onnx") {
        let network = try ImportedNetwork(contentsOf: Models.path(name))
        let expected = try recording.arrays("outputs", of: name)
        let answers = try network.evaluate(recording.arrays("inputs", of: name))
        #expect(Set(answers.keys) == Set(expected.keys) && !expected.isEmpty)
        for (output, array) in expected {
          let error = difference(try #require(answers[output]), array)
          #expect(error < 1e-6, "\(name) \(output): \(error)")
        }
      }
    }

    @Test func `every operator answers as the reference evaluator does`() throws {
      let recording = try Recording("operators.npz")
      var operators = Set<String>()
      for name in recording.cases {
        let bytes = try #require(recording.archive.array("\(name)/model").integers).map { UInt8($0) }
        let description = try GraphDescription(onnx: bytes, file: name)
        operators.formUnion(description.nodes.map(\.type))
        let graph = try ComputationGraph(description)
        let inputs = try recording.arrays("inputs", of: name)
        let answers = try graph.evaluate(description.inputs.map { try #require(inputs[$0.name]) })
        let expected = try recording.arrays("outputs", of: name)
        for (output, answer) in zip(graph.outputs, answers) {
          let wanted = try #require(expected[output])
          #expect(difference(answer, wanted) < 1e-6, "\(name): \(answer) is not \(wanted)")
          #expect(answer.elements.typeName == wanted.elements.typeName, "\(name)")
        }
      }
      #expect(operators.count > 80)
    }

    @Test func `rows are answered one by one, in any number, as all together`() throws {
      let recording = try Recording("reference.npz")
      for name in ["msg_ts.onnx", "msg_dyn.onnx", "r3_ts.onnx", "r3_dyn.onnx", "Softplus_dynamo.onnx"] {
        let network = try ImportedNetwork(contentsOf: Models.path(name))
        let inputs = try recording.arrays("inputs", of: name)
        let rows = try network.inputs.map { try #require(inputs[$0.name]?.doubles) }
        let count = rows[0].count / network.inputs[0].width
        let whole = try #require(network.evaluate(inputs)[network.outputs[0].name]?.doubles)
        #expect(try network(rows, count: count)[0] == whole, "\(name)")
        #expect(network.outputs[0].width == 2)
        for row in 0..<3 {
          let single = zip(rows, network.inputs).map { values, port in
            Array(values[(row * port.width)..<((row + 1) * port.width)])
          }
          #expect(try network(single, count: 1)[0] == Array(whole[(2 * row)..<(2 * row + 2)]), "\(name)")
        }
        let many = rows.map { values in (0..<700).flatMap { _ in values } }
        #expect(try network(many, count: 700 * count)[0] == (0..<700).flatMap { _ in whole }, "\(name)")
        #expect(try network(rows.map { _ in [] }, count: 0) == [[]])
      }
    }

    @Test func `the hash follows what is computed, not the file's name`() throws {
      let bytes = try Models.bytes("ReLU_ts.onnx")
      let first = try ImportedNetwork(GraphDescription(onnx: bytes, file: "a")).contentHash
      #expect(try ImportedNetwork(GraphDescription(onnx: bytes, file: "b")).contentHash == first)
      let other = replacing("Relu", by: "Tanh", in: bytes)
      #expect(try ImportedNetwork(GraphDescription(onnx: other, file: "a")).contentHash != first)
      #expect(try ImportedNetwork(contentsOf: Models.path("Tanh_ts.onnx")).contentHash != first)
      #expect(first.count == 64)
    }

    @Test func `the inputs' names and widths are those of the file`() throws {
      let network = try ImportedNetwork(contentsOf: Models.path("msg_ts.onnx"))
      #expect(network.inputs.map(\.name) == ["x_i", "x_j"])
      #expect(network.inputs.map(\.width) == [6, 6])
      #expect(network.outputs.map(\.name) == ["e"])
      #expect(message { _ = try network([[1]], count: 1) }.contains("it takes 2"))
      #expect(message { _ = try network([[1], [2]], count: 1) }.contains("a row has 6"))
      #expect(message { _ = try network.evaluate([:]) }.contains("\"x_i\""))
      let wrong = ["x_i": floats([1, 5], [1, 2, 3, 4, 5]), "x_j": floats([1, 6], [1, 2, 3, 4, 5, 6])]
      #expect(message { _ = try network.evaluate(wrong) }.contains("any × 6"))
    }
  }
#endif
