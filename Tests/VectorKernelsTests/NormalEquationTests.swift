import CVectorKernels
import Foundation
import Randomness
import Testing

extension VectorKernelsTests {
  /// J'WJ (lower triangle, row-major), J'Wr and r'Wr by their definition.
  private static func definition(
    _ jacobian: [[Double]], _ residuals: [Double], _ weights: [Double]
  ) -> (jtj: [Double], jtr: [Double], error: Double) {
    let k = jacobian.count
    func dot(_ a: [Double], _ b: [Double]) -> Double {
      a.indices.reduce(0) { $0 + weights[$1] * a[$1] * b[$1] }
    }
    var jtj = [Double](repeating: 0, count: k * k)
    for i in 0..<k {
      for j in 0...i { jtj[i * k + j] = dot(jacobian[i], jacobian[j]) }
    }
    return (jtj, jacobian.map { dot($0, residuals) }, dot(residuals, residuals))
  }

  @Test("Normal equations are the products they stand for", arguments: [1, 2, 4, 5, 9])
  func normalEquations(k: Int) {
    var random = RandomStream(seed: 51, UInt64(k))
    forEachInstructionSet { set in
      for rows in [1, 7, 64, 300, 513] {
        let stride = (rows + 127) / 128 * 128
        let columns = (0..<k).map { _ in (0..<rows).map { _ in random.uniform(-1, 1) } }
        let residuals = (0..<rows).map { _ in random.uniform(-1, 1) }
        let weights = (0..<rows).map { _ in random.uniform(0, 2) }
        // What lies in the padding must not matter.
        let jacobian = columns.flatMap { $0 + [Double](repeating: .nan, count: stride - rows) }
        for weighted in [false, true] {
          let want = Self.definition(columns, residuals, weighted ? weights : residuals.map { _ in 1 })
          var jtj = [Double](repeating: 0, count: k * k)
          var jtr = [Double](repeating: 0, count: k)
          var jtjFloat = jtj
          var jtrFloat = jtr
          let padded = residuals + [Double](repeating: .nan, count: stride - rows)
          let floats = jacobian.map { Float($0) }
          if weighted {
            vk_normal_equations_f64(jacobian, stride, Int32(k), padded, weights, rows, &jtj, &jtr)
            vk_normal_equations_f32(
              floats, stride, Int32(k), padded.map { Float($0) }, weights.map { Float($0) }, rows, &jtjFloat,
              &jtrFloat)
          } else {
            vk_normal_equations_f64(jacobian, stride, Int32(k), padded, nil, rows, &jtj, &jtr)
            vk_normal_equations_f32(
              floats, stride, Int32(k), padded.map { Float($0) }, nil, rows, &jtjFloat, &jtrFloat)
          }
          for (got, wanted) in zip(jtj + jtr, want.jtj + want.jtr) {
            #expect(abs(got - wanted) <= 1e-12 * Double(rows), "\(set) \(rows)")
          }
          for (got, wanted) in zip(jtjFloat + jtrFloat, want.jtj + want.jtr) {
            #expect(abs(got - wanted) <= 1e-6 * Double(rows), "\(set) 32-bit \(rows)")
          }
        }
      }
    }
  }

  @Test("The fused pass gives the normal equations of the Jacobian, signs, scale and weights included")
  func gaussNewton() {
    var random = RandomStream(seed: 52)
    let operators = [VK_ADD, VK_SUBTRACT, VK_MULTIPLY, VK_DIVIDE, VK_SIN, VK_EXP, VK_NEGATE].map(code)
    let data = (0..<4).map { index in (0..<600).map { _ in random.uniform(index == 3 ? 0 : 0.5, 1.5) } }
    let columns = Columns(data)
    let floats = Columns(data.map { $0.map { Float($0) } })
    forEachInstructionSet { set in
      for trial in 0..<60 {
        let nodes = randomTree(
          1 + random.index(28), features: 2, operators: operators, &random, constants: 0.5...1.5)
        let targets = nodes.indices.filter { nodes[$0].opcode == 0 }.map { Int32($0) }
        let k = targets.count
        let (first, rows) = [(0, 600), (3, 41), (0, 256), (590, 10)][trial % 4]
        let weighted = trial % 3 == 0
        let scale = 0.5
        let stride = (rows + 127) / 128 * 128
        let scratch = Scratch(vk_derivative_scratch_size(nodes.count, k))
        var values = [Double](repeating: 0, count: stride)
        var jacobian = [Double](repeating: 0, count: stride * max(k, 1))
        vk_jacobian_f64(
          nodes, Int32(nodes.count), targets, Int32(k), columns.pointers, first, rows, &values, &jacobian,
          stride,
          scratch.memory)
        let scaled = (0..<k).map { t in (0..<rows).map { jacobian[t * stride + $0] * scale } }
        let residuals = (0..<rows).map { (values[$0] - data[2][first + $0]) * scale }
        let weights = (0..<rows).map { weighted ? data[3][first + $0] : 1 }
        let want = Self.definition(scaled, residuals, weights)
        var jtj = [Double](repeating: -1, count: max(k * k, 1))
        var jtr = [Double](repeating: -1, count: max(k, 1))
        var error = -1.0
        let done = vk_gauss_newton_f64(
          nodes, Int32(nodes.count), targets, Int32(k), columns.pointers, columns.column(2),
          weighted ? columns.column(3) : nil, first, rows, scale, nil, &jtj, &jtr, &error, scratch.memory)
        #expect(done == 1)
        #expect(Self.near(error, want.error, 1e-11), "\(set)")
        // Without an error the sums mean nothing.
        guard error.isFinite else {
          #expect(!want.error.isFinite, "\(set)")
          continue
        }
        var jtjFloat = jtj
        var jtrFloat = jtr
        var errorFloat = 0.0
        vk_gauss_newton_f32(
          nodes, Int32(nodes.count), targets, Int32(k), floats.pointers, floats.column(2),
          weighted ? floats.column(3) : nil, first, rows, scale, nil, &jtjFloat, &jtrFloat, &errorFloat,
          scratch.memory)
        // 32-bit values of a tree can be off by any amount where large ones cancel.
        let tame = values.allSatisfy { abs($0) < 100 } && jacobian.allSatisfy { abs($0) < 100 }
        for i in 0..<k {
          let norm = (want.jtj[i * k + i] * want.error).squareRoot()
          #expect(Self.near(jtr[i], want.jtr[i], 1e-11, norm), "\(set)")
          #expect(!tame || Self.near(jtrFloat[i], want.jtr[i], 1e-2, norm), "\(set)")
          for j in 0...i {
            let norm = (want.jtj[i * k + i] * want.jtj[j * k + j]).squareRoot()
            #expect(Self.near(jtj[i * k + j], want.jtj[i * k + j], 1e-11, norm), "\(set)")
            #expect(!tame || Self.near(jtjFloat[i * k + j], want.jtj[i * k + j], 1e-2, norm), "\(set)")
          }
        }
      }
    }
  }

  private static func near(_ got: Double, _ want: Double, _ tolerance: Double, _ magnitude: Double = 0)
    -> Bool
  {
    if !want.isFinite || abs(want) > 1e30 || magnitude > 1e30 { return true }
    return abs(got - want) <= tolerance * max(abs(want), magnitude, 1e-6)
  }
}
