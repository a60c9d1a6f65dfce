import CNetworkKernels
import COpenBLAS
import Randomness

/// Measures how fast a perceptron is trained: forward, backward and optimiser step of one batch again and
/// again, as ``Trainer`` does them for the functions of a graph network.
public final class TrainingMeter: @unchecked Sendable {
  private let rows: Int
  private let threads: Int
  private let parameters: FloatBuffer
  private let input: FloatBuffer
  private let target: FloatBuffer
  private let passes: [PerceptronPass]
  private let gradients: [FloatBuffer]
  private let adam: Adam
  private var step = 0

  /// A perceptron of the given widths, and a batch of `rows` random rows in `shards` shards.
  public init(widths: [Int], activation: Activation, rows: Int, shards: Int, threads: Int, seed: UInt64) {
    self.rows = rows
    self.threads = threads
    let perceptron = MultilayerPerceptron(widths: widths, activation: activation)
    var stream = RandomStream(seed: seed)
    parameters = FloatBuffer(count: perceptron.range.count)
    perceptron.initialize(parameters.base, stream: &stream)
    input = FloatBuffer((0..<rows * perceptron.inputs).map { _ in Float(stream.normal()) })
    target = FloatBuffer((0..<rows * perceptron.outputs).map { _ in Float(stream.normal()) })
    passes = (0..<shards).map { _ in
      PerceptronPass(perceptron, maximumRows: (rows + shards - 1) / shards)
    }
    let count = parameters.count
    gradients = (0..<shards).map { _ in FloatBuffer(count: count) }
    adam = Adam(count: count, ranges: [(0..<count, 1)], gradients: gradients)
  }

  /// Whether OpenBLAS was found; without it training is several times slower.
  public static var usesOpenBLAS: Bool { blas_is_loaded() != 0 }

  /// Trains for about `seconds`; returns the steps done and the seconds they took.
  public func measure(seconds: Double) -> (steps: Int, seconds: Double) {
    for _ in 0..<3 { takeStep() }
    let start = ContinuousClock.now
    var steps = 0
    while .now - start < .seconds(seconds) || steps == 0 {
      takeStep()
      steps += 1
    }
    return (steps, (.now - start) / .seconds(1))
  }

  private func takeStep() {
    let shards = passes.count
    Workers.forEach(shards, threads: threads) { shard in
      let first = shard * self.rows / shards
      let count = (shard + 1) * self.rows / shards - first
      let pass = self.passes[shard]
      let perceptron = pass.perceptron
      let output = pass.forward(
        self.parameters.base, input: self.input.base + first * perceptron.inputs, rows: count)
      _ = nk_absolute_loss(
        count, perceptron.outputs, self.target.base + first * perceptron.outputs, 0, 1 / Float(self.rows),
        output)
      pass.backward(
        self.parameters.base, rows: count, outputGradient: output, gradient: self.gradients[shard].base,
        inputGradient: nil)
    }
    let count = parameters.count
    let parts = threads
    Workers.forEach(parts, threads: threads) { part in
      self.adam.step(
        self.step, rate: 1e-3, momentum: 0.9, decay: 1e-8, parameters: self.parameters,
        part: part * count / parts..<(part + 1) * count / parts)
    }
    step += 1
  }
}
