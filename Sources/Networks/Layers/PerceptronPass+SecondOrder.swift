import CNetworkKernels
import COpenBLAS

/// What second derivatives need beside the memory of a first-order pass, for hidden layers.
final class SecondOrderMemory {
  /// f'(sums) and f''(sums).
  let first: [FloatBuffer]
  let second: [FloatBuffer]
  /// ∂output/∂sums of the seeded output.
  let deltas: [FloatBuffer]
  /// Change of the values along a direction of the input.
  let tangents: [FloatBuffer]
  /// Change of the sums along it, then ∂/∂sums of the whole directional derivative.
  let adjoints: [FloatBuffer]
  let inputGradients: FloatBuffer

  init(_ perceptron: MultilayerPerceptron, maximumRows: Int) {
    let hidden = perceptron.layers.dropLast()
    func room() -> [FloatBuffer] { hidden.map { FloatBuffer(count: maximumRows * $0.outputs) } }
    first = room()
    second = room()
    deltas = room()
    tangents = room()
    adjoints = room()
    inputGradients = FloatBuffer(count: maximumRows * perceptron.inputs)
  }
}

/// Losses of ∂output/∂input: what a network of energies, whose derivatives are forces, is trained by.
///
/// The derivative of such a loss with respect to the parameters follows from the directional derivative of the
/// output along c = ∂loss/∂(∂output/∂input), c held fixed: one tangent pass forward and one pass back over
/// values and tangents (Pearlmutter 1994), exact and without a graph of operations.
extension PerceptronPass {
  /// ∂(seed · output)/∂input of the last forward pass: (rows, inputs), in memory of this pass.
  ///
  /// - Parameter seed: (rows, outputs).
  package func inputGradients(_ parameters: UnsafePointer<Float>, rows: Int, seed: UnsafePointer<Float>)
    -> UnsafeMutablePointer<Float>
  {
    guard let second else { preconditionFailure("the pass was made without second derivatives") }
    let layers = perceptron.layers
    var delta = seed
    for index in stride(from: layers.count - 1, through: 0, by: -1) {
      if index < layers.count - 1 {
        let count = rows * layers[index].outputs
        nk_activation_derivatives(
          perceptron.activation.kernel, count, sums[index], values[index], second.first[index].base,
          second.second[index].base)
        second.deltas[index].base.update(from: gradients[index], count: count)
        nk_multiply(count, second.first[index].base, second.deltas[index].base)
        delta = UnsafePointer(second.deltas[index].base)
      }
      pullBack(
        layers[index], parameters, delta, rows: rows,
        into: index > 0 ? gradients[index - 1] : second.inputGradients.base)
    }
    return second.inputGradients.base
  }

  /// Derivatives with respect to the parameters of a loss of output and input gradients, after
  /// ``inputGradients(_:rows:seed:)``.
  ///
  /// - Parameters:
  ///   - seed: the same as before; taken as constant.
  ///   - direction: ∂loss/∂(input gradients), (rows, inputs).
  ///   - outputGradient: ∂loss/∂output, (rows, outputs).
  ///   - gradient: where ∂loss/∂parameters goes; those of this perceptron are overwritten.
  package func backwardThroughInputGradients(
    _ parameters: UnsafePointer<Float>, rows: Int, seed: UnsafePointer<Float>,
    direction: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    guard let second else { preconditionFailure("the pass was made without second derivatives") }
    let layers = perceptron.layers
    let last = layers.count - 1
    // Tangents: the change of each layer's sums, and of its values.
    var tangent = direction
    for index in 0..<last {
      let layer = layers[index]
      blas_sgemm(
        0, 1, Int32(rows), Int32(layer.outputs), Int32(layer.inputs), tangent, Int32(layer.inputs),
        parameters + layer.weights, Int32(layer.inputs), 0, second.adjoints[index].base, Int32(layer.outputs))
      let count = rows * layer.outputs
      second.tangents[index].base.update(from: second.adjoints[index].base, count: count)
      nk_multiply(count, second.first[index].base, second.tangents[index].base)
      tangent = UnsafePointer(second.tangents[index].base)
    }
    // Back: the sums' part through f'' of their own change, and through f' of what comes from above.
    // `gradients` still holds ∂(seed · output)/∂values.
    var adjoint = outputGradient
    for index in stride(from: last, through: 0, by: -1) {
      let layer = layers[index]
      var delta = seed
      if index < last {
        let count = rows * layer.outputs
        delta = UnsafePointer(second.deltas[index].base)
        nk_multiply(count, gradients[index], second.adjoints[index].base)
        // What came from above takes the place of the gradient, which is no longer needed.
        pullBack(layers[index + 1], parameters, adjoint, rows: rows, into: gradients[index])
        nk_multiply_add(
          count, second.second[index].base, second.adjoints[index].base, second.first[index].base,
          gradients[index], second.adjoints[index].base)
        adjoint = UnsafePointer(second.adjoints[index].base)
      }
      addWeightGradient(layer, index, adjoint, from(index), rows: rows, keep: 0, gradient)
      let moved = index == 0 ? direction : UnsafePointer(second.tangents[index - 1].base)
      addWeightGradient(layer, index, delta, moved, rows: rows, keep: 1, gradient, withBiases: false)
    }
  }
}
