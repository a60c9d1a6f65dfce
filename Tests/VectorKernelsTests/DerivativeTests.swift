import CVectorKernels
import Foundation
import Randomness
import Testing

extension VectorKernelsTests {
  /// Fourth-order central differences of the compiled program with respect to constant `target`.
  private static func differences(
    _ nodes: [vk_node], _ target: Int, _ columns: Columns<Double>, step: Double = 1e-3
  ) -> [Double] {
    let step = step * max(abs(nodes[target].value), 0.1)
    func shifted(_ steps: Double) -> [Double] {
      var moved = nodes
      moved[target].value += steps * step
      return evaluate(moved, columns)
    }
    let (a, b, c, d) = (shifted(-2), shifted(-1), shifted(1), shifted(2))
    return a.indices.map { (a[$0] - 8 * b[$0] + 8 * c[$0] - d[$0]) / (12 * step) }
  }

  @Test("Derivatives of every operator are those of central differences", arguments: allCodes)
  func operatorDerivatives(opcode: UInt8) {
    var random = RandomStream(seed: 41, UInt64(opcode))
    let above = opcode == code(VK_ACOSH) ? 1.2 : 0.1
    let columns = Columns((0..<3).map { _ in (0..<130).map { _ in random.uniform(above, above + 0.7) } })
    // op(c0 x0, c1 x1, c2 x2)
    var nodes: [vk_node] = []
    var targets: [Int] = []
    for argument in 0..<arity(opcode) {
      targets.append(nodes.count)
      nodes += apply(code(VK_MULTIPLY), [constant(1.05)], [feature(argument)])
    }
    nodes += apply(opcode)
    forEachInstructionSet { set in
      let exact = jacobian(nodes, targets, columns)
      #expect(exact.values == evaluate(nodes, columns))
      for (index, target) in targets.enumerated() {
        let near = Self.differences(nodes, target, columns)
        for row in 0..<130 {
          // Next to a kink or jump differences mean nothing; they are then far from both neighbours'
          // derivative.
          let error = abs(exact.columns[index][row] - near[row])
          let jump = [VK_SIGN, VK_ROUND, VK_FLOOR, VK_CEIL, VK_MODULO].map(code).contains(opcode)
          let selects = [
            VK_MAXIMUM, VK_MINIMUM, VK_GREATER, VK_GREATER_OR_EQUAL, VK_LESS, VK_LESS_OR_EQUAL, VK_CLAMP,
            VK_MAXIMUM3,
            VK_MINIMUM3,
          ].map(code).contains(opcode)
          let kink = (jump || selects) && error > 1e-3
          #expect(
            kink || error <= 1e-7 * max(1, abs(near[row])),
            "\(set) \(opcode) argument \(index) row \(row): \(exact.columns[index][row]), differences \(near[row])"
          )
        }
      }
    }
  }

  @Test("Kinks and jumps have the derivative zero or that of the branch taken")
  func conventions() {
    let columns = Columns([[-1.5, 0, 2.5, 0.5]])
    func derivative(_ opcode: vk_opcode) -> [Double] {
      let nodes = apply(code(opcode), apply(code(VK_ADD), [constant(0)], [feature(0)]))
      return jacobian(nodes, [0], columns).columns[0]
    }
    forEachInstructionSet { _ in
      for opcode in [VK_ROUND, VK_FLOOR, VK_CEIL, VK_SIGN] { #expect(derivative(opcode) == [0, 0, 0, 0]) }
      #expect(derivative(VK_RELU) == [0, 0, 1, 1])
      #expect(derivative(VK_ABS) == [-1, 0, 1, 1])
    }
  }

  @Test("The derivative of gamma holds on both sides of zero")
  func gammaDerivative() {
    // gamma'(1) = -Euler's constant, gamma'(3) = 2 (3/2 - that), gamma'(1/2) = -sqrt(pi) (that + 2 log 2).
    let euler = 0.577_215_664_901_532_860_6
    let columns = Columns([[1.0, 3, 0.5, -0.5]])
    let nodes = apply(code(VK_GAMMA), apply(code(VK_ADD), [constant(0)], [feature(0)]))
    let half = -Double.pi.squareRoot() * (euler + 2 * log(2))
    // gamma(x + 1) = x gamma(x) differentiated, at x = -1/2.
    let minusHalf = (half - tgamma(-0.5)) / -0.5
    forEachInstructionSet { set in
      let got = jacobian(nodes, [0], columns).columns[0]
      for (value, want) in zip(got, [-euler, 3 - 2 * euler, half, minusHalf]) {
        #expect(abs(value - want) < 1e-13 * max(1, abs(want)), "\(set): \(value), not \(want)")
      }
    }
  }

  @Test("Random trees: derivatives with respect to all constants, also inside constant subtrees")
  func randomDerivatives() {
    var random = RandomStream(seed: 43)
    let operators = [
      VK_ADD, VK_SUBTRACT, VK_MULTIPLY, VK_DIVIDE, VK_SIN, VK_COS, VK_TANH, VK_ATAN, VK_NEGATE, VK_EXP,
    ]
    .map(code)
    let columns = Columns((0..<3).map { _ in (0..<37).map { _ in random.uniform(0.5, 1.5) } })
    forEachInstructionSet { set in
      var compared = 0
      for _ in 0..<150 {
        let nodes = randomTree(
          2 + random.index(24), features: 3, operators: operators, &random, constants: 0.5...1.5)
        let targets = nodes.indices.filter { nodes[$0].opcode == 0 }
        let exact = jacobian(nodes, targets, columns)
        #expect(
          zip(exact.values, evaluate(nodes, columns)).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN },
          "\(set)")
        // Where an intermediate value is infinite its derivative may be 0 times infinity, whatever the
        // result.
        let finite = (0..<37).map { row in
          var finite = true
          _ = interpret(nodes, (0..<3).map { columns.column($0)[row] }, allFinite: &finite)
          return finite
        }
        for (index, target) in targets.enumerated() {
          let coarse = Self.differences(nodes, target, columns)
          let fine = Self.differences(nodes, target, columns, step: 5e-4)
          // Next to poles differences of two steps do not agree and say nothing.
          for row in 0..<37
          where finite[row] && abs(coarse[row] - fine[row]) <= 1e-7 * max(1, abs(fine[row]))
            && abs(exact.values[row]) < 1e6
          {
            let got = exact.columns[index][row]
            #expect(
              abs(got - fine[row]) <= 1e-5 * max(1, abs(fine[row])),
              "\(set): \(got), differences \(fine[row])")
            compared += 1
          }
        }
      }
      #expect(compared > 5000, "\(set)")
    }
  }

  @Test("Derivatives with respect to features, for any rows, in both precisions")
  func features() {
    var random = RandomStream(seed: 44)
    let x = (0..<700).map { _ in random.uniform(0.5, 2) }
    let columns = Columns([x])
    let floats = Columns([x.map { Float($0) }])
    // x exp(-x): derivative with respect to both occurrences of x is exp(-x) and -x exp(-x).
    let nodes = apply(
      code(VK_MULTIPLY), [feature(0)], apply(code(VK_EXP), apply(code(VK_NEGATE), [feature(0)])))
    let scratch = Scratch(vk_derivative_scratch_size(nodes.count, 2))
    forEachInstructionSet { set in
      for (first, rows) in [(0, 1), (0, 700), (3, 5), (1, 257), (690, 10), (131, 512)] {
        let d = jacobian(nodes, [0, 1], columns, first: first, rows: rows)
        let stride = (rows + 127) / 128 * 128
        var values = [Float](repeating: 0, count: stride)
        var jacobian = [Float](repeating: 0, count: 2 * stride)
        let done = vk_jacobian_f32(
          nodes, Int32(nodes.count), [0, 1], 2, floats.pointers, first, rows, &values, &jacobian, stride,
          scratch.memory)
        #expect(done == 1)
        for row in 0..<rows {
          let e = exp(-x[first + row])
          #expect(
            abs(d.columns[0][row] - e) < 1e-14 && abs(d.columns[1][row] + x[first + row] * e) < 1e-14,
            "\(set)")
          #expect(abs(Double(jacobian[row]) - e) < 1e-6, "\(set)")
          #expect(abs(Double(jacobian[stride + row]) + x[first + row] * e) < 1e-6, "\(set)")
        }
      }
    }
  }
}
