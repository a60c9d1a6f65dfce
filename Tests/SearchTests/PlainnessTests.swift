import Expressions
import Foundation
import Search
import Testing

/// Laws are plainer than what only looks like them.
@Suite struct PlainnessTests {
  private let names = ["x", "y", "z"]

  private func nats(
    _ text: String, errors: [Double?]? = nil, range: ClosedRange<Double> = 0.5...5
  ) throws -> Double {
    let formula = try Formula(parsing: text, features: names)
    return Plainness.nats(
      formula, standardErrors: errors ?? Array(repeating: nil, count: formula.constants.count),
      columnRanges: Array(repeating: range, count: names.count))
  }

  @Test func `a line is plainer than a power of a number near 1`() throws {
    let line = try nats("0.0175 * x - 31.5", errors: [4e-4, 0.8], range: 1960...2020)
    let power = try nats("1.00131^x - 10.1959", errors: [3e-7, 0.04], range: 1960...2020)
    #expect(line == 0)
    #expect(power > 5)
  }

  @Test func `an exponential from a place in the data is plainer than a huge power`() throws {
    let range = 1_717_200_000.0...1_717_203_600
    let law = try nats(
      "20 + 60 * exp(-0.0011 * (x - 1717200000))", errors: [0.1, 0.2, 1e-5, nil], range: range)
    let fitted = try nats(
      "20 + exp(-0.0011 * (x - 1717203722.3))", errors: [0.1, 1e-5, 30], range: range)
    let power = try nats("(5.8e-10 * x)^(-1.9e6) + 20.02", errors: [5e-18, 2e4, 0.1], range: range)
    #expect(law == 0)
    #expect(fitted == 0)
    #expect(power > 14)
  }

  @Test func `Arrhenius's law is plainer than a power of a logarithm`() throws {
    let law = try nats("exp(23.9 - 8954 / x)", errors: [0.2, 70], range: 330...380)
    let power = try nats("log(0.00727 * x)^23.9", errors: [2e-5, 0.3], range: 330...380)
    #expect(law == 0)
    #expect(power > 5)
  }

  /// Forms of textbooks, each with one that might take its place.
  private static let rivals = [
    ("2.5 * x + 1.3", "1.02^x + 1.3"),
    ("4.9 * x^2", "4.9 * x^20.3"),
    ("362 * x^1.5", "362 * 1.07^x"),
    ("100 * exp(0.05 * x)", "log(0.05 * x)^3.72"),
    ("2.1 * log(0.4 * x)", "log(0.4 * x)^2.13"),
    ("5 * x / (x + 2.3)", "5 * x^1.03 - 2.3 * x"),
    ("3 * sin(0.5 * x)", "square(sin(cos(0.5 * x)))"),
    ("exp(-0.2 * x) * cos(3 * x)", "square(exp(-0.2 * exp(cos(3 * x))))"),
    ("sqrt(2.5 / x)", "sqrt(x^1.01)"),
    ("1 / (1 + exp(2.2 - x))", "square(exp(log(2.2 + x)^11.5))"),
    ("exp(-0.5 * square(x))", "exp(sin(-0.5 * x))"),
    ("x^3 / (exp(1.4 * x) - 1)", "x^30.1 / (exp(1.4 * x) - 1)"),
    ("8.314 * x * y / z", "8.314 * (x * y)^1.02"),
    ("9 * x * y / z^2", "9 * x * y / z^22.6"),
    ("sqrt(square(x) + square(y))", "square(exp(exp(x + y)))"),
    ("2.2 * tanh(0.7 * x)", "tanh(0.7 * x)^2.21"),
    ("0.3 * x * (1 - x / 40)", "0.3 * x * 1.04^(x / 40)"),
    ("11.9 + 7.8 * cos(0.5236 * (x - 7))", "11.9 + 7.8 * cos(0.5236 * x^1.004)"),
    ("log(1 + exp(x))", "log(exp(x)^1.02)"),
    ("x * exp(-x / 3)", "x^1.02 * x^3"),
    ("cos(2.1 * x) / x", "cos(2.1^sin(x))"),
    ("sqrt(x^3 / y)", "exp(exp(sin(x)))^1.5"),
  ]

  @Test(arguments: rivals)
  func `no law is behind a look-alike`(law: String, rival: String) throws {
    let (plain, other) = try (nats(law), nats(rival))
    #expect(plain == 0, "\(law)")
    #expect(other > 0, "\(rival)")
  }

  @Test func `digits count beyond those of the least known constant`() throws {
    let alike = try nats("2.5 * exp(1.3 * x)", errors: [1e-9, 1e-8])
    let unlike = try nats("2.5 * exp(1.3 * x)", errors: [1e-9, 1e-1])
    #expect(alike == 0)
    #expect(unlike > 10)
  }
}
