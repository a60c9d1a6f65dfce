import CNetworkKernels
import Foundation
import Networks
import Testing

@Suite struct ActivationTests {
  private static let points = (-2000...2000).map { Float($0) / 100 } + [-100, -88, 88, 100, 1e-6, -1e-6]

  @Test(arguments: Activation.allCases)
  func `values are those of the definition`(activation: Activation) {
    var values = ActivationTests.points
    let bias = [Float](repeating: 0.25, count: values.count)
    values.withUnsafeMutableBufferPointer {
      nk_bias_activation(activation.kernel, 1, $0.count, bias, $0.baseAddress, $0.baseAddress)
    }
    for (point, value) in zip(ActivationTests.points, values) {
      let wanted = reference(activation, Double(point + 0.25))
      #expect(abs(Double(value) - wanted) <= 5e-7 * max(1, abs(wanted)), "\(activation) at \(point)")
    }
  }

  @Test(arguments: Activation.allCases)
  func `first and second derivatives are those of difference quotients`(activation: Activation) {
    var sums = ActivationTests.points.filter { abs($0) < 10 && abs($0) > 1e-3 }
    let points = sums
    let count = points.count
    var values = [Float](repeating: 0, count: count)
    nk_bias_activation(activation.kernel, 1, count, [Float](repeating: 0, count: count), &sums, &values)
    var first = [Float](repeating: 0, count: count)
    var second = first
    nk_activation_derivatives(activation.kernel, count, sums, values, &first, &second)
    var gradient = [Float](repeating: 2, count: count)
    nk_activation_backward(activation.kernel, count, sums, values, &gradient)
    for index in 0..<count {
      let z = Double(points[index])
      let h = 1e-4
      let (below, at, above) = (
        reference(activation, z - h), reference(activation, z), reference(activation, z + h)
      )
      #expect(abs(Double(first[index]) - (above - below) / (2 * h)) < 2e-6, "\(activation) at \(z)")
      #expect(abs(Double(second[index]) - (above - 2 * at + below) / (h * h)) < 3e-6, "\(activation) at \(z)")
      #expect(abs(gradient[index] - 2 * first[index]) < 2e-6)
    }
  }

  @Test(arguments: Activation.allCases)
  func `what is not a number stays so`(activation: Activation) {
    var value: [Float] = [.nan, 1, .nan, 2, 3, .nan, 4, 5, .nan]
    value.withUnsafeMutableBufferPointer {
      let bias = [Float](repeating: 0, count: $0.count)
      nk_bias_activation(activation.kernel, 1, $0.count, bias, $0.baseAddress, $0.baseAddress)
    }
    #expect(value.map(\.isNaN) == [true, false, true, false, false, true, false, false, true])
  }
}
