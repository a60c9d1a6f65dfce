import Foundation
import Networks

/// A perceptron in 64 bits and plain loops, against which the fast one is tested.
struct ReferencePerceptron {
  let perceptron: MultilayerPerceptron

  /// The output for one row.
  func output(_ parameters: [Double], _ input: [Double]) -> [Double] {
    var values = input
    for (index, layer) in perceptron.layers.enumerated() {
      var next = [Double](repeating: 0, count: layer.outputs)
      for row in 0..<layer.outputs {
        var sum = parameters[layer.biases + row]
        for column in 0..<layer.inputs {
          sum += parameters[layer.weights + row * layer.inputs + column] * values[column]
        }
        next[row] = index == perceptron.layers.count - 1 ? sum : reference(perceptron.activation, sum)
      }
      values = next
    }
    return values
  }
}

/// The activations by their definitions.
func reference(_ activation: Activation, _ z: Double) -> Double {
  switch activation {
  case .relu: max(z, 0)
  case .leakyReLU: z < 0 ? 0.01 * z : z
  case .elu: z < 0 ? expm1(z) : z
  case .tanh: tanh(z)
  case .sigmoid: 1 / (1 + exp(-z))
  case .softplus: max(z, 0) + log1p(exp(-abs(z)))
  case .silu: z / (1 + exp(-z))
  case .gelu: z * 0.5 * erfc(-z / 2.0.squareRoot())
  }
}

/// The derivative of `function` at each of `points`' coordinates, by central differences.
func differences(_ point: [Double], step: Double = 1e-5, _ function: ([Double]) -> Double) -> [Double] {
  point.indices.map { index in
    var (above, below) = (point, point)
    above[index] += step
    below[index] -= step
    return (function(above) - function(below)) / (2 * step)
  }
}

/// The largest difference, relative to the largest value.
func relativeError(_ values: [Float], _ wanted: [Double]) -> Double {
  guard values.count == wanted.count else { return .infinity }
  let scale = wanted.map(abs).max() ?? 1
  return (zip(values, wanted).map { abs(Double($0) - $1) }.max() ?? 0) / max(scale, 1e-30)
}

extension FloatBuffer {
  /// The values in 64 bits.
  var doubles: [Double] { values.map(Double.init) }
}
