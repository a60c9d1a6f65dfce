import CNetworkKernels

/// φᵥ of a graph network on up to a number of bodies: from their features and summed messages to accelerations.
final class NodeFunctionPass {
  /// Where the sums of the messages go, rows ``stride`` apart.
  var sums: UnsafeMutablePointer<Float> {
    network.isMechanical ? summed.base : inputs.base + network.ownWidth
  }
  /// ∂loss/∂sums after ``backward(_:bodies:accelerationGradient:gradient:)``, rows ``stride`` apart.
  var sumGradients: UnsafeMutablePointer<Float> {
    network.isMechanical ? summedGradient.base : inputGradient.base + network.ownWidth
  }
  /// Numbers from one body's sum to the next.
  let stride: Int

  private let network: GraphNetwork
  private let pass: PerceptronPass
  private let inputs: FloatBuffer
  private let inputGradient: FloatBuffer
  private let outputGradient: FloatBuffer
  private let summed: FloatBuffer
  private let summedGradient: FloatBuffer
  private let accelerations: FloatBuffer

  init(_ network: GraphNetwork, bodies: Int) {
    self.network = network
    let function = network.nodeFunction
    pass = PerceptronPass(function, maximumRows: bodies)
    inputs = FloatBuffer(count: bodies * function.inputs)
    let isMechanical = network.isMechanical
    stride = isMechanical ? network.messageWidth : function.inputs
    inputGradient = FloatBuffer(count: isMechanical ? 0 : bodies * function.inputs)
    outputGradient = FloatBuffer(count: isMechanical ? bodies * function.outputs : 0)
    summed = FloatBuffer(count: isMechanical ? bodies * network.messageWidth : 0)
    summedGradient = FloatBuffer(count: isMechanical ? bodies * network.messageWidth : 0)
    accelerations = FloatBuffer(count: isMechanical ? bodies * network.dimensions : 0)
  }

  /// Accelerations of bodies whose sums are there: (bodies, dimensions), in memory of the pass.
  func forward(_ parameters: UnsafePointer<Float>, states: UnsafePointer<Float>, bodies: Int)
    -> UnsafeMutablePointer<Float>
  {
    let columns = pass.perceptron.inputs
    for body in 0..<bodies {
      let state = states + body * network.features
      let row = inputs.base + body * columns
      row.update(from: state + network.relative, count: network.ownWidth)
      guard network.isMechanical else { continue }
      for (index, column) in network.positive.enumerated() {
        row[network.ownWidth + index] = Exponent.logarithm(state[column])
      }
    }
    let output = pass.forward(parameters, input: inputs.base, rows: bodies)
    guard network.isMechanical else { return output }
    forEachBody(bodies, output) { factor, matrix, offset, body in
      let (sum, acceleration) = (self.sum(body), self.accelerations.base + body * self.network.dimensions)
      for axis in 0..<self.network.dimensions {
        acceleration[axis] = factor * self.dot(matrix + axis * self.stride, sum) + offset[axis]
      }
    }
    return accelerations.base
  }

  /// The gradients of φᵥ's parameters and of the sums.
  func backward(
    _ parameters: UnsafePointer<Float>, bodies: Int, accelerationGradient: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    guard network.isMechanical else {
      pass.backward(
        parameters, rows: bodies, outputGradient: accelerationGradient, gradient: gradient,
        inputGradient: inputGradient.base)
      return
    }
    let (width, dimensions, outputs) = (stride, network.dimensions, pass.perceptron.outputs)
    forEachBody(bodies, pass.output) { factor, matrix, _, body in
      let incoming = accelerationGradient + body * dimensions
      let target = self.outputGradient.base + body * outputs
      let sum = self.sum(body)
      let sumGradient = self.summedGradient.base + body * width
      sumGradient.update(repeating: 0, count: width)
      var factorGradient: Float = 0
      for axis in 0..<dimensions {
        let weight = incoming[axis] * factor
        let row = matrix + axis * width
        for component in 0..<width {
          target[axis * width + component] = weight * sum[component]
          sumGradient[component] += weight * row[component]
        }
        target[dimensions * width + axis] = incoming[axis]
        factorGradient += weight * self.dot(row, sum)
      }
      guard self.network.scalesAccelerations else { return }
      let last = outputs - 1
      target[last] = Exponent.isFree(self.pass.output[body * outputs + last]) ? factorGradient : 0
    }
    pass.backward(
      parameters, rows: bodies, outputGradient: outputGradient.base, gradient: gradient, inputGradient: nil)
  }

  /// Calls `body` with the factor, A without it, b and the number of each body.
  private func forEachBody(
    _ bodies: Int, _ output: UnsafePointer<Float>,
    _ body: (Float, UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Void
  ) {
    let outputs = pass.perceptron.outputs
    let matrixSize = network.dimensions * network.messageWidth
    for index in 0..<bodies {
      let row = output + index * outputs
      let factor = network.scalesAccelerations ? Exponent.factor(row[outputs - 1]) : 1
      body(factor, row, row + matrixSize, index)
    }
  }

  private func sum(_ body: Int) -> UnsafePointer<Float> { UnsafePointer(summed.base + body * stride) }

  private func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Float {
    var sum: Float = 0
    for component in 0..<stride { sum += x[component] * y[component] }
    return sum
  }
}
