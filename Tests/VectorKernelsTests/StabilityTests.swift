import CVectorKernels
import Foundation
import Randomness
import Testing

/// An expression in `u` (feature 0) whose parts leave the range of numbers where the whole does not, its
/// exact value and its exact derivative.
private struct Composition: Sendable {
  let name: String
  let nodes: [vk_node]
  let value: @Sendable (Extended) -> Extended
  let slope: @Sendable (Extended) -> Extended
  /// Smallest argument.
  var least = -1e4
  /// What the rounding of a part comes to in the value, in units of the last place of 1.
  var noise: @Sendable (Extended) -> Extended = { _ in 0 }
}

private let u = [feature(0)]
private let one = [constant(1)]
private func expOf(_ x: [vk_node]) -> [vk_node] { apply(code(VK_EXP), x) }
private func logOf(_ x: [vk_node]) -> [vk_node] { apply(code(VK_LOG), x) }
private func sum(_ x: [vk_node], _ y: [vk_node]) -> [vk_node] { apply(code(VK_ADD), x, y) }
private func difference(_ x: [vk_node], _ y: [vk_node]) -> [vk_node] { apply(code(VK_SUBTRACT), x, y) }
private func product(_ x: [vk_node], _ y: [vk_node]) -> [vk_node] { apply(code(VK_MULTIPLY), x, y) }
private func quotient(_ x: [vk_node], _ y: [vk_node]) -> [vk_node] { apply(code(VK_DIVIDE), x, y) }

/// log(1 + exp u) and 1 / (1 + exp -u), for any u.
private func softplus(_ u: Extended) -> Extended { max(u, 0) + log1p(exp(-abs(u))) }
private func logistic(_ u: Extended) -> Extended {
  u < 0 ? exp(u) / (1 + exp(u)) : 1 / (1 + exp(-u))
}
/// log(exp u - 1) and 1 / (1 - exp -u), for positive u.
private func logExpMinusOne(_ u: Extended) -> Extended { u > 1 ? u + log1p(-exp(-u)) : log(expm1(u)) }
private func growth(_ u: Extended) -> Extended { -1 / expm1(-u) }

private let compositions: [Composition] = [
  Composition(name: "log(exp(u))", nodes: logOf(expOf(u)), value: { $0 }, slope: { _ in 1 }),
  Composition(
    name: "log(exp(u) - 1)", nodes: logOf(difference(expOf(u), one)), value: logExpMinusOne, slope: growth,
    least: 1e-6),
  Composition(
    name: "log(-1 + exp(u))", nodes: logOf(sum([constant(-1)], expOf(u))), value: logExpMinusOne,
    slope: growth,
    least: 1e-6),
  Composition(
    name: "log(1 + exp(u))", nodes: logOf(sum(one, expOf(u))), value: softplus, slope: logistic),
  Composition(
    name: "log(exp(u) + 1)", nodes: logOf(sum(expOf(u), one)), value: softplus, slope: logistic),
  Composition(
    name: "exp(u) / (1 + exp(u))", nodes: quotient(expOf(u), sum(one, expOf(u))), value: logistic,
    slope: { logistic($0) * logistic(-$0) }),
  Composition(
    name: "1 / (1 + exp(-u))", nodes: quotient(one, sum(one, expOf(apply(code(VK_NEGATE), u)))),
    value: logistic, slope: { logistic($0) * logistic(-$0) }),
  Composition(
    name: "log(u^3 / (exp(u) - 1))",
    nodes: logOf(quotient(apply(code(VK_CUBE), u), difference(expOf(u), one))),
    value: { 3 * log($0) - logExpMinusOne($0) }, slope: { 3 / $0 - growth($0) }, least: 1e-6,
    noise: { _ in 4 }),
  Composition(
    name: "log(u^3 (exp(u) - 1)^-1)",
    nodes: logOf(
      product(
        apply(code(VK_POWER), u, [constant(3)]), apply(code(VK_INVERSE), difference(expOf(u), one)))),
    value: { 3 * log($0) - logExpMinusOne($0) }, slope: { 3 / $0 - growth($0) }, least: 1e-6,
    noise: { _ in 4 }),
  Composition(
    name: "log(2.5 exp(u) + 0.5)", nodes: logOf(sum(product([constant(2.5)], expOf(u)), [constant(0.5)])),
    value: { log(Extended(0.5)) + softplus($0 + log(Extended(5))) },
    slope: { logistic($0 + log(Extended(5))) }, noise: { _ in 1 }),
  Composition(
    name: "log(exp(u) u)", nodes: logOf(product(expOf(u), u)), value: { $0 + log($0) },
    slope: { 1 + 1 / $0 }, least: 1e-6, noise: { _ in 1 }),
  Composition(
    name: "exp(u) / exp(u + 3)", nodes: quotient(expOf(u), expOf(sum(u, [constant(3)]))),
    value: { _ in exp(-3) }, slope: { _ in 0 }, noise: { abs($0) }),
  Composition(
    name: "log(cosh(u))", nodes: logOf(apply(code(VK_COSH), u)),
    value: { abs($0) < 1 ? log(cosh($0)) : abs($0) + log1p(exp(-2 * abs($0))) - log(Extended(2)) },
    slope: { tanh($0) }, noise: { _ in 1 }),
  Composition(
    name: "sqrt(exp(u) exp(-u) + 1)",
    nodes: apply(
      code(VK_SQRT), sum(product(expOf(u), expOf(apply(code(VK_NEGATE), u))), one)),
    value: { _ in Extended(2).squareRoot() }, slope: { _ in 0 }),
  Composition(
    name: "tanh by exponentials",
    nodes: quotient(
      difference(expOf(u), expOf(apply(code(VK_NEGATE), u))),
      sum(expOf(u), expOf(apply(code(VK_NEGATE), u)))),
    value: { tanh($0) }, slope: { 1 / (cosh($0) * cosh($0)) }, least: 0.5, noise: { _ in 1 }),
  Composition(
    name: "1 - exp(-u)", nodes: difference(one, expOf(apply(code(VK_NEGATE), u))), value: { -expm1(-$0) },
    slope: { exp(-$0) }, least: -85),
  Composition(
    name: "u^3 / (exp(u) - 1)", nodes: quotient(apply(code(VK_CUBE), u), difference(expOf(u), one)),
    value: { $0 == 0 ? .nan : $0 * $0 * $0 / expm1($0) },
    slope: { (3 - $0 * growth($0)) * $0 * $0 / expm1($0) }, least: 1e-6),
]

extension VectorKernelsTests {
  /// Arguments from `least` to 1e4, at the ends of the range of exp, and near 0.
  private static func arguments<T: Lane>(from least: Double, _: T.Type) -> [T] {
    var random = RandomStream(seed: 71)
    var values: [Double] = [
      0.5, 1, 20, 36, 88, 88.7, 89, 103.5, 104, 700, 709, 709.7, 709.8, 710, 720, 745, 746, 1e3, 1e4,
    ]
    for _ in 0..<60 { values.append(random.uniform(max(least, -1e4), 1e4)) }
    for _ in 0..<60 { values.append(random.uniform(max(least, -30), 30)) }
    for _ in 0..<60 { values.append(pow(10, random.uniform(-5, 4))) }
    values += values.map { -$0 }
    return values.filter { $0 >= least }.map { T($0) }
  }

  /// Whether `got` is `want` to some digits, or as near as numbers so small can be, where `condition` is
  /// by how much the value changes when the argument changes by its own size.
  private static func isNear<T: Lane>(_ got: T, _ want: Extended, condition: Extended, digits: Double) -> Bool
  {
    let unit = Extended(T.ulpOfOne)
    let tolerance = Extended(digits) * unit * max(abs(want), condition)
    return abs(Extended(got) - want) <= tolerance + 4 * Extended(T.leastNonzeroMagnitude)
  }

  private func checkValues<T: Lane>(_ composition: Composition, _: T.Type) {
    let arguments = Self.arguments(from: composition.least, T.self)
    let columns = Columns([arguments])
    forEachInstructionSet { set in
      let values = evaluate(composition.nodes, columns)
      for (argument, value) in zip(arguments, values) {
        let exact = Extended(argument)
        let want = composition.value(exact)
        // The rounding of u + 3 or exp(u), seen through what follows.
        let condition = abs(exact * composition.slope(exact)) + composition.noise(exact)
        #expect(
          Self.isNear(value, want, condition: condition, digits: 6),
          "\(composition.name) \(T.self) \(set) at \(argument): \(value), not \(want)")
      }
    }
  }

  @Test(
    "Compositions are exact where their parts overflow, vanish or cancel", arguments: compositions.indices)
  func compositionValues(of index: Int) {
    checkValues(compositions[index], Double.self)
    checkValues(compositions[index], Float.self)
  }

  @Test(
    "Their derivatives are exact there too, and values the same as those of programs",
    arguments: compositions.indices)
  func compositionDerivatives(of index: Int) {
    let composition = compositions[index]
    let nodes = composition.nodes
    let targets = nodes.indices.filter { nodes[$0].opcode == 1 }
    let arguments = Self.arguments(from: composition.least, Double.self)
    let columns = Columns([arguments])
    forEachInstructionSet { set in
      let d = jacobian(nodes, targets, columns)
      // Programs have short forms of powers.
      #expect(
        zip(d.values, evaluate(nodes, columns)).allSatisfy { abs($0 - $1) <= 4 * $1.ulp + 1e-15 },
        "\(composition.name) \(set)")
      for row in arguments.indices {
        let exact = Extended(arguments[row])
        let want = composition.slope(exact)
        let parts = d.columns.map { $0[row] }
        let size = parts.reduce(0) { $0 + abs($1) }
        // Cancels once more where u is small.
        let condition = Extended(size) * (1 + 1 / abs(exact)) + abs(exact * want)
        #expect(
          Self.isNear(parts.reduce(0, +), want, condition: condition, digits: 12),
          "\(composition.name) \(set) at \(arguments[row]): \(parts), not \(want)")
      }
    }
  }

  @Test("sqrt(u^2 + v^2) is exact for all magnitudes, and so are its derivatives")
  func hypotenuse() {
    var random = RandomStream(seed: 72)
    let x = (0..<400).map { _ in pow(10, random.uniform(-300, 300)) * (random.chance(0.5) ? 1 : -1) }
    let y = x.map { $0 * pow(10, random.uniform(-2, 2)) }
    let columns = Columns([x, y])
    let square = code(VK_SQUARE)
    let forms = [
      apply(code(VK_SQRT), sum(apply(square, u), apply(square, [feature(1)]))),
      apply(code(VK_SQRT), sum(product(u, u), product([feature(1)], [feature(1)]))),
    ]
    forEachInstructionSet { set in
      for nodes in forms {
        let targets = nodes.indices.filter { nodes[$0].opcode == 1 && nodes[$0].feature == 0 }
        let d = jacobian(nodes, targets, columns)
        #expect(d.values == evaluate(nodes, columns))
        for row in x.indices {
          let (a, b) = (Extended(x[row]), Extended(y[row]))
          let want = (a * a + b * b).squareRoot()
          #expect(ulps(d.values[row], want) <= 4, "\(set) \(x[row]) \(y[row])")
          let slope = d.columns.reduce(0) { $0 + $1[row] }
          #expect(ulps(slope, a / want) <= 8, "\(set) \(x[row]) \(y[row]): \(slope), not \(a / want)")
        }
      }
    }
  }

  @Test("What is not defined stays so, also beside what is")
  func undefined() {
    // 720 and -720 in the first rows make sure that the tile is looked at.
    let columns = Columns([[720.0, -720, -1, 0, 1, 4]])
    let cases: [(nodes: [vk_node], defined: [Bool])] = [
      (logOf(difference(expOf(u), one)), [true, false, false, false, true, true]),
      (sum(logOf(u), logOf(expOf(u))), [true, false, false, false, true, true]),
      (quotient(expOf(u), product(u, expOf(u))), [true, true, true, false, true, true]),
      (
        apply(code(VK_SQRT), product(u, quotient(expOf(u), expOf(u)))),
        [true, false, false, true, true, true]
      ),
      (quotient(difference(u, u), product(expOf(u), difference(u, u))), Array(repeating: false, count: 6)),
      (expOf(expOf(u)), [false, true, true, true, true, true]),
      (logOf(expOf(expOf(u))), [false, true, true, true, true, true]),
    ]
    forEachInstructionSet { set in
      for (nodes, defined) in cases {
        #expect(evaluate(nodes, columns).map(\.isFinite) == defined, "\(set) \(nodes.map(\.opcode))")
        let d = jacobian(nodes, [0], columns)
        #expect(d.values.map(\.isFinite) == defined, "\(set) \(nodes.map(\.opcode))")
      }
    }
  }

  @Test("Constants that overflow where they are folded")
  func constantOverflow() {
    let nodes = logOf(product(expOf([constant(800)]), product(u, expOf([constant(-790)]))))
    let columns = Columns([(1...600).map { Double($0) }])
    let targets = nodes.indices.filter { nodes[$0].opcode == 0 }
    forEachInstructionSet { set in
      let d = jacobian(nodes, targets, columns)
      let values = evaluate(nodes, columns)
      for row in 0..<600 {
        #expect(abs(values[row] - (10 + log(Double(row + 1)))) < 1e-12, "\(set) \(row)")
        #expect(d.values[row] == values[row])
        #expect(abs(d.columns[0][row] - 1) < 1e-15 && abs(d.columns[1][row] - 1) < 1e-15, "\(set) \(row)")
      }
    }
  }

  @Test("A constant 1 that is fitted has the same values, and its derivative")
  func fittedOne() {
    let columns = Columns([[1e-9, 0.1, 5, 40, 709, 720, 5000]])
    let forms: [(nodes: [vk_node], target: Int, slope: (Extended) -> Extended)] = [
      (difference(expOf(u), one), 2, { _ in -1 }),
      (logOf(difference(expOf(u), one)), 2, { -1 / expm1($0) }),
      (logOf(sum(one, u)), 0, { 1 / (1 + $0) }),
    ]
    forEachInstructionSet { set in
      for (nodes, target, slope) in forms {
        let d = jacobian(nodes, [target], columns)
        #expect(d.values == evaluate(nodes, columns))
        for row in 0..<7 {
          let want = slope(Extended(columns.column(0)[row]))
          #expect(
            abs(Extended(d.columns[0][row]) - want) <= 1e-14 * abs(want) + 1e-320, "\(set) \(row)")
        }
      }
    }
  }

  @Test("Losses and normal equations over rows some of which overflow are those of exact values")
  func losses() {
    var random = RandomStream(seed: 73)
    let x = (0..<1500).map { _ in random.uniform(0.1, 1) * (random.chance(0.1) ? 2000 : 30) }
    let y = x.map { 0.7 * $0 + random.uniform(-1, 1) }
    let columns = Columns([x])
    let targetColumn = Columns([y])
    // log(exp(c x) - 1) with c = 0.9
    let nodes = logOf(difference(expOf(product([constant(0.9)], u)), one))
    var (error, product, square) = (Extended(0), Extended(0), Extended(0))
    for (x, y) in zip(x, y) {
      let argument = Extended(0.9 * x)
      let residual = logExpMinusOne(argument) - Extended(y)
      let slope = growth(argument) * Extended(x)
      error += residual * residual
      product += residual * slope
      square += slope * slope
    }
    let scratch = Scratch(max(vk_scratch_size(nodes.count), vk_derivative_scratch_size(nodes.count, 1)))
    forEachInstructionSet { set in
      let (program, count) = compile(nodes)
      var sum = 0.0
      var moments = vk_moments()
      for limit in [Double.infinity, Double(error) * 1.01] {
        let done = vk_squared_error_f64(
          program, count, columns.pointers, targetColumn.column(0), nil, 0, x.count, 0, 1, limit, nil, &sum,
          &moments, scratch.memory)
        #expect(done == 1 && abs(Extended(sum) / error - 1) < 1e-12, "\(set)")
        #expect(abs(Extended(moments.squared_error) / error - 1) < 1e-12, "\(set)")
      }
      var (jtj, jtr) = (0.0, 0.0)
      let done = vk_gauss_newton_f64(
        nodes, Int32(nodes.count), [0], 1, columns.pointers, targetColumn.column(0), nil, 0, x.count, 1, nil,
        &jtj, &jtr, &sum, scratch.memory)
      #expect(done == 1 && abs(Extended(sum) / error - 1) < 1e-12, "\(set)")
      #expect(abs(Extended(jtj) / square - 1) < 1e-12, "\(set)")
      #expect(abs(Extended(jtr) / product - 1) < 1e-10, "\(set)")
    }
  }
}
