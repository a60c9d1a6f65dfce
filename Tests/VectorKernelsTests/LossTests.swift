import CVectorKernels
import Foundation
import Randomness
import Testing

extension VectorKernelsTests {
  /// Moments by their definition, one row after another.
  private static func definition(
    _ p: [Double], _ y: [Double], _ w: [Double], shift: Double, scale: Double
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: 6)
    for row in p.indices {
      let u = (p[row] - p[0]) * scale
      let v = (y[row] - shift) * scale
      let d = (p[row] - y[row]) * scale
      for (index, term) in [1, u, v, u * u, u * v, d * d].enumerated() { sums[index] += w[row] * term }
    }
    return sums
  }

  private static func list(_ m: vk_moments) -> [Double] {
    [m.weight, m.prediction, m.target, m.prediction_square, m.product, m.squared_error]
  }

  private static func close(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(abs($0), abs($1), 1e-3) }
  }

  @Test("Moments are the sums they are defined as, for every number of rows")
  func moments() {
    var random = RandomStream(seed: 31)
    forEachInstructionSet { set in
      for rows in Array(1...70) + [127, 128, 129, 1000] {
        let p = (0..<rows).map { _ in random.uniform(-3, 3) }
        let y = (0..<rows).map { _ in random.uniform(-3, 3) }
        let w = (0..<rows).map { _ in random.uniform(0, 2) }
        for weighted in [false, true] {
          let weights = weighted ? w : [Double](repeating: 1, count: rows)
          let want = Self.definition(p, y, weights, shift: 0.25, scale: 0.5)
          var m = vk_moments()
          if weighted {
            vk_moments_f64(p, y, w, rows, 0.25, 0.5, &m)
          } else {
            vk_moments_f64(p, y, nil, rows, 0.25, 0.5, &m)
          }
          #expect(m.shift_prediction == p[0])
          #expect(Self.close(Self.list(m), want, 1e-12), "\(set) \(rows)")
          vk_moments_f32(
            p.map { Float($0) }, y.map { Float($0) }, weights.map { Float($0) }, rows, 0.25, 0.5, &m)
          #expect(Self.close(Self.list(m), want, 1e-4 * Double(rows)), "\(set) 32-bit \(rows)")
        }
      }
    }
  }

  @Test("The fused error is the error of the values, weighted or not, and its moments those of the values")
  func fusedError() {
    var random = RandomStream(seed: 32)
    let nodes = apply(
      code(VK_ADD), apply(code(VK_SQUARE), [feature(0)]), apply(code(VK_COS), [feature(1)]))
    let data = (0..<4).map { index in (0..<1300).map { _ in random.uniform(index == 3 ? 0 : -2, 2) } }
    let columns = Columns(data)
    let (program, count) = compile(nodes)
    let scratch = Scratch(vk_scratch_size(nodes.count))
    forEachInstructionSet { set in
      for (first, rows) in [(0, 1), (0, 30), (0, 128), (5, 129), (0, 1000), (3, 1297), (1290, 10)] {
        for weighted in [false, true] {
          let predictions = evaluate(nodes, columns, first: first, rows: rows)
          let y = Array(data[2][first..<first + rows])
          let w = weighted ? Array(data[3][first..<first + rows]) : [Double](repeating: 1, count: rows)
          let want = Self.definition(predictions, y, w, shift: -0.5, scale: 0.25)
          let weights = weighted ? columns.column(3) : nil
          for collecting in [false, true] {
            var error = -1.0
            var m = vk_moments()
            let done = withUnsafeMutablePointer(to: &m) {
              vk_squared_error_f64(
                program, count, columns.pointers, columns.column(2), weights, first, rows, -0.5, 0.25,
                .infinity, nil,
                &error, collecting ? $0 : nil, scratch.memory)
            }
            #expect(done == 1)
            #expect(Self.close([error], [want[5]], 1e-12), "\(set) \(first) \(rows)")
            if collecting { #expect(Self.close(Self.list(m), want, 1e-12), "\(set) \(first) \(rows)") }
          }
        }
      }
    }
  }

  @Test("The fused error stops at a limit and at values that are not finite")
  func earlyExit() {
    var data = [[Double]](repeating: (0..<5000).map { Double($0) + 1 }, count: 2)
    data[1] = [Double](repeating: 0, count: 5000)
    let finite = Columns(data)
    data[0][4999] = .infinity
    let infinite = Columns(data)
    data[0][4999] = .nan
    let notANumber = Columns(data)
    let (program, count) = compile([feature(0)])
    let scratch = Scratch(vk_scratch_size(1))
    forEachInstructionSet { _ in
      func run(_ columns: Columns<Double>, limit: Double) -> (Int32, Double) {
        var error = 0.0
        let done = vk_squared_error_f64(
          program, count, columns.pointers, columns.column(1), nil, 0, 5000, 0, 1, limit, nil, &error, nil,
          scratch.memory)
        return (done, error)
      }
      let total = (1...5000).reduce(0.0) { $0 + Double($1 * $1) }
      #expect(run(finite, limit: total) == (1, total))
      let stopped = run(finite, limit: 1000)
      #expect(stopped.0 == 0)
      #expect(stopped.1 > 1000 && stopped.1 < total / 2)
      #expect(run(infinite, limit: .infinity).0 == 0)
      #expect(run(notANumber, limit: .infinity).0 == 0)
    }
  }

  @Test("Scaling keeps targets near 1e300 from overflowing")
  func hugeTargets() {
    let columns = Columns([[1e300, 2e300, 3e300], [1.5e300, 2e300, 2e300]])
    let (program, count) = compile([feature(0)])
    let scratch = Scratch(vk_scratch_size(1))
    forEachInstructionSet { _ in
      var error = 0.0
      let scale = 0x1p-997
      let done = vk_squared_error_f64(
        program, count, columns.pointers, columns.column(1), nil, 0, 3, 0, scale, .infinity, nil, &error, nil,
        scratch.memory)
      #expect(done == 1)
      let want = (0.25 + 1) * (1e300 * scale) * (1e300 * scale)
      #expect(abs(error - want) < 1e-14 * want)
    }
  }
}
