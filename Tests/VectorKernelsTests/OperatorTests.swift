import CVectorKernels
import Foundation
import Randomness
import Testing

extension VectorKernelsTests {
  /// Arguments that meet every branch: ordinary numbers of both signs, integers, edges.
  private static func arguments(_ count: Int, seed: UInt64) -> [Double] {
    var random = RandomStream(seed: seed)
    let special: [Double] = [
      0, -0.0, 1, -1, 2, 0.5, -0.5, 2.5, 3.5, .nan, .infinity, -.infinity, 1e300, -1e-300,
    ]
    return (0..<count).map { _ in
      switch random.index(4) {
      case 0: special[random.index(special.count)]
      case 1: random.uniform(-8, 8).rounded()
      default: random.uniform(-3, 3)
      }
    }
  }

  /// Close enough for every operator: vector functions differ from the C library's by a few ulp, and the two
  /// roundings of a * b + c can differ from one by what cancels.
  private static func agree(_ got: Double, _ want: Double, magnitude: Double, tolerance: Double) -> Bool {
    if want.isNaN || got.isNaN { return want.isNaN && got.isNaN }
    if want.isInfinite || got.isInfinite { return got == want }
    return abs(got - want) <= tolerance * max(abs(want), magnitude)
  }

  @Test("Every operator gives what its plain definition gives", arguments: allCodes)
  func operators(opcode: UInt8) {
    let rows = 700
    let inputs = (0..<3).map { Self.arguments(rows, seed: UInt64($0) + 100) }
    let columns = Columns(inputs)
    let floats = Columns(inputs.map { $0.map { Float($0) } })
    let leaves = (0..<arity(opcode)).map { [feature($0)] }
    let nodes = leaves.flatMap { $0 } + apply(opcode)
    forEachInstructionSet { set in
      let values = evaluate(nodes, columns)
      let floatValues = evaluate(nodes, floats)
      for row in 0..<rows {
        let (x, y, z) = (inputs[0][row], inputs[1][row], inputs[2][row])
        let magnitude = ternaryCodes.contains(opcode) && abs(x * y) < 1e300 ? abs(x * y) : 0
        let want = reference(opcode, x, y, z)
        #expect(
          Self.agree(values[row], want, magnitude: magnitude, tolerance: 2e-15),
          "\(set) \(opcode) of \(x) \(y) \(z): \(values[row]), not \(want)")
        let (xf, yf, zf) = (Double(Float(x)), Double(Float(y)), Double(Float(z)))
        let wantFloat = Double(Float(reference(opcode, xf, yf, zf)))
        // x + 1 rounded to 32-bit before the remainder is taken, or a value near the range's end.
        let loose = opcode == code(VK_ATANH_CLIP) || opcode == code(VK_MODULO) ? 1e-5 : 1e-6
        #expect(
          Self.agree(Double(floatValues[row]), wantFloat, magnitude: magnitude, tolerance: loose),
          "\(set) 32-bit \(opcode) of \(xf) \(yf) \(zf): \(floatValues[row]), not \(wantFloat)")
      }
    }
  }

  @Test("An operator on constants is folded to the value that the kernels compute", arguments: allCodes)
  func folding(opcode: UInt8) {
    let inputs = (0..<3).map { Self.arguments(60, seed: UInt64($0) + 7) }
    let columns = Columns(inputs)
    forEachInstructionSet { set in
      let variable = evaluate((0..<arity(opcode)).map { feature($0) } + apply(opcode), columns)
      for row in 0..<60 {
        let leaves = (0..<arity(opcode)).map { constant(inputs[$0][row]) }
        let (program, count) = compile(leaves + apply(opcode))
        #expect(count == 1)
        #expect(program[0].kernel == 0)
        let folded = evaluate(leaves + apply(opcode), columns, first: 0, rows: 1)[0]
        let direct = vk_apply(Int32(opcode), inputs[0][row], inputs[1][row], inputs[2][row])
        #expect(folded.bitPattern == direct.bitPattern || folded.isNaN && direct.isNaN, "\(set)")
        #expect(
          folded == variable[row] || folded.isNaN && variable[row].isNaN,
          "\(set) \(opcode): folded \(folded), computed \(variable[row])")
      }
    }
  }

  @Test("Constants may stand at any place of any operator", arguments: allCodes)
  func constantOperands(opcode: UInt8) {
    let inputs = (0..<3).map { Self.arguments(200, seed: UInt64($0) + 50) }
    let values: [Double] = [1.75, -2, 0.5]
    let columns = Columns(inputs)
    forEachInstructionSet { set in
      for mask in 1..<(1 << arity(opcode)) {
        // Where the bit is set, a computed value; else a constant.
        var nodes: [vk_node] = []
        for argument in 0..<arity(opcode) {
          nodes +=
            mask >> argument & 1 == 1
            ? apply(code(VK_NEGATE), [feature(argument)]) : [constant(values[argument])]
        }
        nodes += apply(opcode)
        let got = evaluate(nodes, columns)
        for row in 0..<200 {
          let a = (0..<3).map { mask >> $0 & 1 == 1 ? -inputs[$0][row] : values[$0] }
          let want = reference(opcode, a[0], a[1], a[2])
          let magnitude = ternaryCodes.contains(opcode) && abs(a[0] * a[1]) < 1e300 ? abs(a[0] * a[1]) : 0
          #expect(
            Self.agree(got[row], want, magnitude: magnitude, tolerance: 2e-15),
            "\(set) \(opcode) of \(a), mask \(mask): \(got[row]), not \(want)")
        }
      }
    }
  }
}
