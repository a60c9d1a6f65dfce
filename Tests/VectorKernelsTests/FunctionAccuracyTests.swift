import CVectorKernels
import Foundation
import Randomness
import Testing

/// A vector function, what it should be, and the bound that the header states.
private struct Function: Sendable {
  let name: String
  let opcode: UInt8
  let bound: Double
  let reference: @Sendable (Extended) -> Extended
  /// Uniform ranges, in the second form of the decimal logarithm of the argument.
  let ranges: [(Double, Double)]
  let decades: [(Double, Double)]
}

private let functions: [Function] = [
  Function(
    name: "exp", opcode: code(VK_EXP), bound: 2, reference: { exp($0) },
    ranges: [(-750, 715), (-105, 90), (-2, 2)], decades: [(-30, 0)]),
  Function(
    name: "log", opcode: code(VK_LOG), bound: 2, reference: { log($0) },
    ranges: [(0.3, 3), (0.9, 1.1), (-1, 0)],
    decades: [(-320, 308), (-44, 38)]),
  Function(
    name: "log2", opcode: code(VK_LOG2), bound: 3, reference: { log2($0) }, ranges: [(0.3, 3), (0.9, 1.1)],
    decades: [(-320, 308), (-44, 38)]),
  Function(
    name: "log10", opcode: code(VK_LOG10), bound: 2, reference: { log10($0) },
    ranges: [(0.3, 3), (0.9, 1.1)],
    decades: [(-320, 308), (-44, 38)]),
  Function(
    name: "log1p", opcode: code(VK_LOG1P), bound: 3, reference: { log1p($0) },
    ranges: [(-0.9999, 3), (-1.5, -0.9)],
    decades: [(-30, 300)]),
  Function(
    name: "sin", opcode: code(VK_SIN), bound: 2.25, reference: { sin($0) },
    ranges: [(-10, 10), (-1e4, 1e4), (-3e6, 3e6)], decades: [(-30, 17)]),
  Function(
    name: "cos", opcode: code(VK_COS), bound: 2.25, reference: { cos($0) },
    ranges: [(-10, 10), (-1e4, 1e4), (-3e6, 3e6)], decades: [(-30, 17)]),
  Function(
    name: "tan", opcode: code(VK_TAN), bound: 4, reference: { tan($0) }, ranges: [(-10, 10), (-1e4, 1e4)],
    decades: [(-30, 17)]),
  Function(
    name: "tanh", opcode: code(VK_TANH), bound: 2, reference: { tanh($0) }, ranges: [(-3, 3), (-25, 25)],
    decades: [(-30, 3)]),
  Function(
    name: "sinh", opcode: code(VK_SINH), bound: 3, reference: { sinh($0) }, ranges: [(-3, 3), (-715, 715)],
    decades: [(-30, 0)]),
  Function(
    name: "cosh", opcode: code(VK_COSH), bound: 3, reference: { cosh($0) }, ranges: [(-3, 3), (-715, 715)],
    decades: [(-30, 0)]),
  Function(
    name: "sqrt", opcode: code(VK_SQRT), bound: 1, reference: { $0.squareRoot() }, ranges: [(-1, 100)],
    decades: [(-320, 308), (-44, 38)]),
  Function(
    name: "inverse", opcode: code(VK_INVERSE), bound: 0.5, reference: { 1 / $0 }, ranges: [(-10, 10)],
    decades: [(-300, 300), (-38, 38)]),
]

extension VectorKernelsTests {
  @Test("Vector functions are as accurate as the header says", arguments: functions.indices)
  func accuracy(of index: Int) {
    check(functions[index], Double.self)
    check(functions[index], Float.self)
  }

  private func check<T: Lane>(_ function: Function, _: T.Type) {
    var random = RandomStream(seed: 11, UInt64(function.opcode))
    var arguments = edges(T.self)
    for (low, high) in function.ranges {
      for _ in 0..<6000 { arguments.append(T(random.uniform(low, high))) }
    }
    for (low, high) in function.decades {
      for _ in 0..<6000 { arguments.append(T(pow(10, random.uniform(low, high)))) }
    }
    // The numbers nearest to multiples of pi / 2, where the reduction has to be at its most exact.
    for _ in 0..<3000 {
      arguments.append(T(Extended.pi / 2 * Extended(Int(pow(2, random.uniform(0, 29))))))
    }
    let wanted = arguments.map { function.reference(Extended($0)) }
    let columns = Columns([arguments])
    forEachInstructionSet { set in
      let values = evaluate(apply(function.opcode, [feature(0)]), columns)
      var worst = 0.0
      var at = 0
      for row in arguments.indices {
        let error = ulps(values[row], wanted[row])
        if error > worst { (worst, at) = (error, row) }
      }
      #expect(
        worst <= function.bound,
        "\(function.name) \(T.self) \(set): \(worst) ulp at \(arguments[at]): \(values[at]), not \(wanted[at])"
      )
    }
  }

  @Test("Powers are within 4 ulp, and C's at the edges except that NaN propagates")
  func powers() {
    checkPowers(Double.self)
    checkPowers(Float.self)
  }

  private func checkPowers<T: Lane>(_: T.Type) {
    var random = RandomStream(seed: 5)
    let span = log(Double(T.greatestFiniteMagnitude))
    var pairs: [(T, T)] = []
    for x in edges(T.self) {
      for y in edges(T.self) + [3, -3, 4, 0.25, 2.5, 1e9 + 1] { pairs.append((x, y)) }
    }
    for _ in 0..<5000 {
      pairs.append((T(random.uniform(0, 4)), T(random.uniform(-10, 10))))
      pairs.append((T(exp(random.uniform(-span, span))), T(random.uniform(-4, 4))))
      pairs.append((T(random.uniform(-5, 5)), T(random.uniform(-10, 10).rounded())))
      pairs.append((T(random.uniform(0.999, 1.001)), T(random.uniform(-1e5, 1e5))))
    }
    let wanted = pairs.map { $0.0.isNaN || $0.1.isNaN ? .nan : pow(Extended($0.0), Extended($0.1)) }
    let columns = Columns([pairs.map(\.0), pairs.map(\.1)])
    forEachInstructionSet { set in
      let values = evaluate(apply(code(VK_POWER), [feature(0)], [feature(1)]), columns)
      for row in pairs.indices where ulps(values[row], wanted[row]) > 4 {
        Issue.record("\(set): \(pairs[row]) gave \(values[row]), not \(wanted[row])")
        break
      }
    }
  }

  @Test("Constant exponents with a short form agree with pow", arguments: [2.0, 3, 4, 0.5, -1, 1])
  func shortPowers(exponent: Double) {
    var random = RandomStream(seed: 6)
    let bases = (0..<500).map { _ in random.uniform(0, 30) }
    let columns = Columns([bases])
    forEachInstructionSet { set in
      let values = evaluate(apply(code(VK_POWER), [feature(0)], [constant(exponent)]), columns)
      for (base, value) in zip(bases, values) {
        #expect(ulps(value, pow(Extended(base), Extended(exponent))) <= 2, "\(set) \(base)")
      }
    }
  }
}
