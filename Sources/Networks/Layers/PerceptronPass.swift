import CNetworkKernels
import COpenBLAS

/// The memory in which a perceptron is evaluated and differentiated, for up to a number of rows.
///
/// Nothing is allocated after it is made. One thread uses it at a time.
package final class PerceptronPass {
  /// What is evaluated.
  package let perceptron: MultilayerPerceptron
  /// The most rows at once.
  package let maximumRows: Int

  /// Sums of each layer, with biases; for hidden layers that keep none, the same memory as `values`.
  var sums: [UnsafeMutablePointer<Float>] = []
  /// What each layer gives; for the last one, the output.
  var values: [UnsafeMutablePointer<Float>] = []
  /// ∂/∂values of hidden layers.
  var gradients: [UnsafeMutablePointer<Float>] = []
  /// Room for second derivatives, if any are wanted.
  let second: SecondOrderMemory?
  private var buffers: [FloatBuffer] = []
  private(set) var input: UnsafePointer<Float>

  /// - Parameter secondOrder: whether ``PerceptronPass/inputGradients(_:rows:seed:)`` and what follows it
  ///   will be used.
  package init(_ perceptron: MultilayerPerceptron, maximumRows: Int, secondOrder: Bool = false) {
    self.perceptron = perceptron
    self.maximumRows = maximumRows
    second = secondOrder ? SecondOrderMemory(perceptron, maximumRows: maximumRows) : nil
    let keepsSums = perceptron.activation.needsSums || secondOrder
    var buffers: [FloatBuffer] = []
    func room(_ columns: Int) -> UnsafeMutablePointer<Float> {
      buffers.append(FloatBuffer(count: maximumRows * columns))
      return buffers[buffers.count - 1].base
    }
    for (index, layer) in perceptron.layers.enumerated() {
      let isLast = index == perceptron.layers.count - 1
      values.append(room(layer.outputs))
      sums.append(isLast || !keepsSums ? values[index] : room(layer.outputs))
      if !isLast { gradients.append(room(layer.outputs)) }
    }
    input = UnsafePointer(values[0])
    self.buffers = buffers
  }

  /// The output of the last ``forward(_:input:rows:)``: (rows, outputs).
  package var output: UnsafeMutablePointer<Float> { values[values.count - 1] }

  /// Evaluates `rows` rows of `input`, which has to stay as it is until the backward pass is done.
  ///
  /// - Parameter parameters: those of the whole network.
  @discardableResult
  package func forward(_ parameters: UnsafePointer<Float>, input: UnsafePointer<Float>, rows: Int)
    -> UnsafeMutablePointer<Float>
  {
    precondition(rows <= maximumRows)
    self.input = input
    let layers = perceptron.layers
    var from = input
    for index in 0..<layers.count {
      let layer = layers[index]
      blas_sgemm(
        0, 1, Int32(rows), Int32(layer.outputs), Int32(layer.inputs), from, Int32(layer.inputs),
        parameters + layer.weights, Int32(layer.inputs), 0, sums[index], Int32(layer.outputs))
      let isLast = index == layers.count - 1
      nk_bias_activation(
        isLast ? Int32(nk_identity.rawValue) : perceptron.activation.kernel, rows, layer.outputs,
        parameters + layer.biases, sums[index], values[index])
      from = UnsafePointer(values[index])
    }
    return output
  }

  /// Derivatives of a loss, given those with respect to the output of the last forward pass.
  ///
  /// - Parameters:
  ///   - outputGradient: ∂loss/∂output, (rows, outputs).
  ///   - gradient: where ∂loss/∂parameters goes; those of this perceptron are overwritten.
  ///   - inputGradient: where ∂loss/∂input goes, (rows, inputs); nil where it is not wanted.
  package func backward(
    _ parameters: UnsafePointer<Float>, rows: Int, outputGradient: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?
  ) {
    let layers = perceptron.layers
    var incoming = outputGradient
    for index in stride(from: layers.count - 1, through: 0, by: -1) {
      let layer = layers[index]
      if index < layers.count - 1 {
        nk_activation_backward(
          perceptron.activation.kernel, rows * layer.outputs, sums[index], values[index], gradients[index])
        incoming = UnsafePointer(gradients[index])
      }
      addWeightGradient(layer, index, incoming, from(index), rows: rows, keep: 0, gradient)
      guard let target = index > 0 ? gradients[index - 1] : inputGradient else { return }
      pullBack(layer, parameters, incoming, rows: rows, into: target)
    }
  }

  /// What the layer reads.
  func from(_ index: Int) -> UnsafePointer<Float> {
    index == 0 ? input : UnsafePointer(values[index - 1])
  }

  /// Weights and biases: `gradient` := keep · `gradient` + deltaᵀ · values.
  func addWeightGradient(
    _ layer: MultilayerPerceptron.Layer, _ index: Int, _ delta: UnsafePointer<Float>,
    _ values: UnsafePointer<Float>, rows: Int, keep: Float, _ gradient: UnsafeMutablePointer<Float>,
    withBiases: Bool = true
  ) {
    blas_sgemm(
      1, 0, Int32(layer.outputs), Int32(layer.inputs), Int32(rows), delta, Int32(layer.outputs), values,
      Int32(layer.inputs), keep, gradient + layer.weights, Int32(layer.inputs))
    if withBiases { nk_column_sums(rows, layer.outputs, delta, keep, gradient + layer.biases) }
  }

  /// target := delta · weights, the derivatives with respect to what the layer reads.
  func pullBack(
    _ layer: MultilayerPerceptron.Layer, _ parameters: UnsafePointer<Float>, _ delta: UnsafePointer<Float>,
    rows: Int, into target: UnsafeMutablePointer<Float>, keep: Float = 0
  ) {
    blas_sgemm(
      0, 0, Int32(rows), Int32(layer.inputs), Int32(layer.outputs), delta, Int32(layer.outputs),
      parameters + layer.weights, Int32(layer.inputs), keep, target, Int32(layer.inputs))
  }
}
