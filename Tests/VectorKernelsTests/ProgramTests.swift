import CVectorKernels
import Foundation
import Randomness
import Testing

/// A random expression of exactly `size` nodes over `features` features.
func randomTree(
  _ size: Int, features: Int, operators: [UInt8], _ random: inout RandomStream,
  constants: ClosedRange<Double> = -2...2
) -> [vk_node] {
  if size == 1 {
    return random.chance(0.3)
      ? [constant(random.uniform(constants.lowerBound, constants.upperBound))]
      : [feature(random.index(features))]
  }
  let usable = operators.filter { arity($0) < size }
  let opcode = usable[random.index(usable.count)]
  var rest = size - 1
  var nodes: [vk_node] = []
  for argument in 0..<arity(opcode) {
    let left = arity(opcode) - argument - 1
    let part = left == 0 ? rest : 1 + random.index(rest - left)
    nodes += randomTree(part, features: features, operators: operators, &random, constants: constants)
    rest -= part
  }
  return nodes
    + apply(opcode).map {
      vk_node(opcode: $0.opcode, arity: UInt8(arity(opcode)), feature: 0, length: UInt32(size), value: 0)
    }
}

/// The value of an expression on one row, node by node with `vk_apply`; `allFinite` tells of the intermediate
/// ones.
func interpret(_ nodes: [vk_node], _ row: [Double], allFinite: inout Bool) -> Double {
  var stack: [Double] = []
  allFinite = true
  for node in nodes {
    switch node.opcode {
    case 0: stack.append(node.value)
    case 1: stack.append(row[Int(node.feature)])
    default:
      let count = arity(node.opcode)
      let a = Array(stack.suffix(count)) + [0, 0]
      stack.removeLast(count)
      stack.append(vk_apply(Int32(node.opcode), a[0], a[1], a[2]))
    }
    allFinite = allFinite && stack[stack.count - 1].isFinite
  }
  return stack[0]
}

extension VectorKernelsTests {
  @Test("Random programs give what an interpreter of their nodes gives")
  func randomPrograms() {
    var random = RandomStream(seed: 21)
    let rows = (0..<40).map { _ in (0..<4).map { _ in random.uniform(-3, 3) } }
    let columns = Columns((0..<4).map { c in rows.map { $0[c] } })
    // Powers with short forms may differ from vk_apply's by an ulp, which cancellation then magnifies.
    let operators = allCodes.filter { $0 != code(VK_POWER) }
    forEachInstructionSet { set in
      for trial in 0..<300 {
        let size = 1 + random.index(trial % 10 == 0 ? 300 : 40)
        let nodes = randomTree(size, features: 4, operators: operators, &random)
        // log(exp(u)) is u.
        if zip(nodes, nodes.dropFirst()).contains(where: {
          $0.opcode == code(VK_EXP) && $1.opcode == code(VK_LOG)
        }) {
          continue
        }
        let values = evaluate(nodes, columns)
        for row in 0..<40 {
          var finite = true
          let want = interpret(nodes, rows[row], allFinite: &finite)
          // An interpreter cannot tell what infinity stands for.
          if finite, values[row] != want {
            Issue.record("\(set), \(size) nodes, row \(row): \(values[row]), not \(want)")
            return
          }
        }
      }
    }
  }

  @Test(
    "Every pair of steps that is done in one loop gives what its two steps give, for all kinds of operands")
  func fusedPairs() {
    var random = RandomStream(seed: 24)
    let rows = (0..<150).map { _ in (0..<4).map { _ in random.uniform(0.1, 2) } }
    let columns = Columns((0..<4).map { c in rows.map { $0[c] } })
    let arithmetic = [VK_ADD, VK_SUBTRACT, VK_MULTIPLY, VK_DIVIDE].map(code)
    let functions = [VK_EXP, VK_LOG, VK_SIN, VK_COS, VK_SQRT].map(code)
    // A column, a constant, a computed value.
    let operands: [[vk_node]] = [[feature(1)], [constant(0.75)], apply(code(VK_SQUARE), [feature(2)])]
    var expressions: [[vk_node]] = []
    for outer in arithmetic {
      for other in operands {
        for inner in arithmetic {
          for operand in operands {
            for pair in [apply(inner, [feature(0)], operand), apply(inner, operand, [feature(3)])] {
              expressions.append(apply(outer, pair, other))
              expressions.append(apply(outer, other, pair))
            }
          }
        }
        for function in functions {
          for argument in [[feature(0)], operands[2]] {
            expressions.append(apply(outer, apply(function, argument), other))
            expressions.append(apply(outer, other, apply(function, argument)))
          }
        }
      }
      for function in functions {
        for operand in operands {
          expressions.append(apply(function, apply(outer, [feature(0)], operand)))
          expressions.append(apply(function, apply(outer, operand, [feature(0)])))
        }
      }
    }
    forEachInstructionSet { set in
      for nodes in expressions {
        let values = evaluate(nodes, columns)
        for row in rows.indices {
          var finite = true
          let want = interpret(nodes, rows[row], allFinite: &finite)
          if !(values[row] == want || values[row].isNaN && want.isNaN) {
            Issue.record("\(set), \(nodes.map(\.opcode)), row \(row): \(values[row]), not \(want)")
            return
          }
        }
      }
    }
  }

  @Test("Any number of rows from any row gives the same values")
  func rowCounts() {
    var random = RandomStream(seed: 22)
    let nodes = apply(
      code(VK_SUBTRACT), apply(code(VK_SIN), apply(code(VK_MULTIPLY), [feature(0)], [feature(1)])),
      apply(code(VK_DIVIDE), apply(code(VK_EXP), [feature(1)]), [constant(3)]))
    let values = (0..<2).map { _ in (0..<1400).map { _ in random.uniform(-2, 2) } }
    let columns = Columns(values)
    let floats = Columns(values.map { $0.map { Float($0) } })
    forEachInstructionSet { set in
      let whole = evaluate(nodes, columns)
      let wholeFloats = evaluate(nodes, floats)
      var cases = (1...300).map { (random.index(2) == 0 ? 0 : random.index(1400 - $0), $0) }
      for rows in [1, 5, 100, 1000, 1024, 1399] { cases.append((1400 - rows, rows)) }
      for (first, rows) in cases {
        #expect(
          evaluate(nodes, columns, first: first, rows: rows) == Array(whole[first..<first + rows]), "\(set)")
        #expect(
          evaluate(nodes, floats, first: first, rows: rows) == Array(wholeFloats[first..<first + rows]),
          "\(set)")
      }
    }
  }

  @Test("Columns of every length up to 300 are read within their padding")
  func shortColumns() {
    let nodes = apply(code(VK_MULTIPLY), [feature(0)], apply(code(VK_SQUARE), [feature(0)]))
    forEachInstructionSet { set in
      for rows in 1...300 {
        let values = (0..<rows).map { Double($0) }
        #expect(evaluate(nodes, Columns([values])) == values.map { $0 * ($0 * $0) }, "\(set) \(rows)")
      }
    }
  }

  @Test("Instruction sets agree within the accuracy stated for each function")
  func agreement() {
    var random = RandomStream(seed: 23)
    let inputs = (0..<3).map { _ in (0..<500).map { _ in random.uniform(0.05, 0.95) } }
    let columns = Columns(inputs)
    for opcode in allCodes where opcode != code(VK_FMA) && opcode != code(VK_MULADD) {
      let nodes = (0..<arity(opcode)).map { feature($0) } + apply(opcode)
      var first: [Double] = []
      forEachInstructionSet { set in
        let values = evaluate(nodes, columns)
        if first.isEmpty { first = values }
        for (a, b) in zip(first, values) where !(a.isNaN && b.isNaN) {
          #expect(abs(a - b) <= 8 * a.ulp, "\(set) \(opcode): \(a) and \(b)")
        }
      }
    }
  }

  @Test("What is no expression is refused")
  func malformed() {
    let cases: [[vk_node]] = [
      [], apply(code(VK_ADD)), [feature(0), feature(0)], [feature(0)] + apply(code(VK_MULTIPLY)),
      [feature(0), feature(0)] + apply(code(VK_CLAMP)), apply(18, [feature(0)], [feature(0)]),
      apply(255, [feature(0)]),
    ]
    let scratch = Scratch(vk_derivative_scratch_size(8, 1))
    for nodes in cases {
      #expect(compile(nodes).count == 0)
      var values = [Double](repeating: 0, count: 128)
      var jacobian = values
      let columns = Columns([[1.0]])
      let done = vk_jacobian_f64(
        nodes, Int32(nodes.count), [0], 1, columns.pointers, 0, 1, &values, &jacobian, 128, scratch.memory)
      #expect(done == 0)
    }
  }

  @Test("Leaves alone are programs too")
  func leaves() {
    let columns = Columns([[1.5, 2.5, -0.0]])
    forEachInstructionSet { _ in
      #expect(evaluate([feature(0)], columns) == [1.5, 2.5, 0])
      let constants = evaluate([constant(-0.0)], columns)
      #expect(constants.allSatisfy { $0 == 0 && $0.sign == .minus })
    }
  }

  @Test("The instruction set can be lowered but not raised beyond the machine's")
  func selection() {
    let before = vk_instruction_set()
    defer { vk_set_instruction_set(before) }
    #expect(vk_set_instruction_set(0) == 0)
    #expect(vk_instruction_set() == 0)
    #expect(vk_set_instruction_set(99) == vk_best_instruction_set())
    #expect(String(cString: vk_instruction_set_name(2)) == "avx512")
  }
}
