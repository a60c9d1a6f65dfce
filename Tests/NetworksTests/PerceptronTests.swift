import Networks
import Randomness
import Testing

@Suite struct PerceptronTests {
  private static let rows = 6

  /// A perceptron whose parameters begin at 3, with random parameters and input.
  private struct Example {
    let perceptron: MultilayerPerceptron
    let parameters: FloatBuffer
    let input: FloatBuffer
    let seed: FloatBuffer
    let reference: ReferencePerceptron

    init(_ activation: Activation, outputs: Int = 2) {
      perceptron = MultilayerPerceptron(widths: [3, 5, 4, outputs], activation: activation, offset: 3)
      var stream = RandomStream(seed: 11)
      parameters = FloatBuffer(count: perceptron.range.upperBound)
      perceptron.initialize(parameters.base, stream: &stream)
      input = FloatBuffer((0..<PerceptronTests.rows * 3).map { _ in Float(stream.normal()) })
      seed = FloatBuffer((0..<PerceptronTests.rows * outputs).map { _ in Float(stream.normal()) })
      reference = ReferencePerceptron(perceptron: perceptron)
    }

    func row(_ input: [Double], _ row: Int) -> [Double] { Array(input[row * 3..<row * 3 + 3]) }

    /// The sum of seed · output over all rows.
    func loss(_ parameters: [Double], _ input: [Double]) -> Double {
      let outputs = perceptron.outputs
      return (0..<PerceptronTests.rows).reduce(0) { sum, index in
        let output = reference.output(parameters, row(input, index))
        return sum + (0..<outputs).reduce(0) { $0 + output[$1] * seed.doubles[index * outputs + $1] }
      }
    }
  }

  @Test(arguments: Activation.allCases)
  func `output and gradients are those of a reference in 64 bits`(activation: Activation) {
    let example = Example(activation)
    let pass = PerceptronPass(example.perceptron, maximumRows: 8)
    let rows = PerceptronTests.rows
    let output = pass.forward(example.parameters.base, input: example.input.base, rows: rows)
    let wanted = (0..<rows).flatMap {
      example.reference.output(example.parameters.doubles, example.row(example.input.doubles, $0))
    }
    #expect(relativeError((0..<rows * 2).map { output[$0] }, wanted) < 2e-6)

    let gradient = FloatBuffer(count: example.parameters.count)
    let inputGradient = FloatBuffer(count: example.input.count)
    pass.backward(
      example.parameters.base, rows: rows, outputGradient: example.seed.base, gradient: gradient.base,
      inputGradient: inputGradient.base)
    let byParameter = differences(example.parameters.doubles) { example.loss($0, example.input.doubles) }
    let byInput = differences(example.input.doubles) { example.loss(example.parameters.doubles, $0) }
    #expect(relativeError(gradient.values, byParameter) < 1e-5)
    #expect(relativeError(inputGradient.values, byInput) < 1e-5)
  }

  @Test(arguments: [Activation.softplus, .tanh, .silu, .gelu, .sigmoid])
  func `gradients of input gradients are those of difference quotients`(activation: Activation) {
    let example = Example(activation, outputs: 1)
    let rows = PerceptronTests.rows
    var stream = RandomStream(seed: 12)
    let direction = FloatBuffer((0..<rows * 3).map { _ in Float(stream.normal()) })
    let outputGradient = FloatBuffer((0..<rows).map { _ in Float(stream.normal()) })
    let ones = FloatBuffer([Float](repeating: 1, count: rows))
    let pass = PerceptronPass(example.perceptron, maximumRows: rows, secondOrder: true)
    pass.forward(example.parameters.base, input: example.input.base, rows: rows)
    let slopes = pass.inputGradients(example.parameters.base, rows: rows, seed: ones.base)
    let wantedSlopes = (0..<rows).flatMap { row in
      differences(example.row(example.input.doubles, row)) {
        example.reference.output(example.parameters.doubles, $0)[0]
      }
    }
    #expect(relativeError((0..<rows * 3).map { slopes[$0] }, wantedSlopes) < 1e-5)

    let gradient = FloatBuffer(count: example.parameters.count)
    pass.backwardThroughInputGradients(
      example.parameters.base, rows: rows, seed: ones.base, direction: direction.base,
      outputGradient: outputGradient.base, gradient: gradient.base)
    // A loss that is linear in slopes and outputs: its derivatives are the direction and the output gradient.
    let wanted = differences(example.parameters.doubles, step: 1e-4) { parameters in
      (0..<rows).reduce(0) { sum, row in
        let point = example.row(example.input.doubles, row)
        let slope = differences(point, step: 1e-4) { example.reference.output(parameters, $0)[0] }
        let along = (0..<3).reduce(0) { $0 + slope[$1] * direction.doubles[row * 3 + $1] }
        return sum + along + outputGradient.doubles[row] * example.reference.output(parameters, point)[0]
      }
    }
    #expect(relativeError(gradient.values, wanted) < 1e-5)
  }

  @Test func `parameters begin uniform within one over the root of the inputs`() {
    let perceptron = MultilayerPerceptron(widths: [16, 400, 3], activation: .relu)
    let parameters = FloatBuffer(count: perceptron.range.count)
    var stream = RandomStream(seed: 1)
    perceptron.initialize(parameters.base, stream: &stream)
    let first = parameters.values[..<perceptron.layers[0].end]
    #expect(first.allSatisfy { abs($0) <= 0.25 })
    let square = first.reduce(0) { $0 + Double($1 * $1) } / Double(first.count)
    #expect(abs(square - 0.0625 / 3) < 0.001)
  }

  @Test func `parameters have the names and shapes of a PyTorch sequential`() {
    let perceptron = MultilayerPerceptron(widths: [4, 8, 2], activation: .relu, offset: 10)
    let blocks = perceptron.blocks(prefix: "message")
    #expect(
      blocks.map(\.name) == ["message.0.weight", "message.0.bias", "message.2.weight", "message.2.bias"])
    #expect(blocks.map(\.shape) == [[8, 4], [8], [2, 8], [2]])
    #expect(blocks.map(\.offset) == [10, 42, 50, 66])
    #expect(perceptron.range == 10..<68)
  }
}
