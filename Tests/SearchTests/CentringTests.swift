import Expressions
import Foundation
import Randomness
import Search
import Sweeps
import Tables
import Testing

/// Columns far from zero that hardly vary, and signals of a short period, searched as users do.
@Suite(.serialized) struct CentringTests {
  private func best(
    _ columns: [(name: String, values: [Double])], target: [Double],
    operators: String = "+ - * / ^ exp log sqrt square sin cos", size: Int = 12
  ) throws -> (best: Equation, front: [Equation]) {
    var options = SearchOptions(seed: 1)
    options.threads = 2
    options.populations = 4
    options.populationSize = 40
    options.maximumSize = size
    options.maximumEvaluations = 25_000
    options.operators = try OperatorSet(parsing: operators)
    let data = try Dataset(features: columns, target: ("y", target), weights: nil)
    let result = try Search(data, options: options).runBlocking()
    for (a, b) in zip(result.front, result.front.dropFirst()) {
      #expect(a.complexity < b.complexity && a.loss > b.loss)
    }
    #expect(result.front.allSatisfy { $0.complexity <= size })
    for equation in result.front {
      #expect(equation.standardErrors.count == equation.formula.constants.count)
      let values = try equation.predict(data)
      let loss = zip(values, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(target.count)
      #expect(abs(loss - equation.loss) <= 1e-4 * equation.loss + 1e-9, "\(equation)")
    }
    return (result.front[result.best], result.front)
  }

  @Test func `an exponential of a time counted from far away is found and written from nearby`() throws {
    var random = RandomStream(seed: 2)
    let times = (0..<80).map { 1_717_200_000 + 30 * Double($0) }
    let target = times.map { 20 + 60 * exp(-0.0011 * ($0 - 1_717_200_000)) + 0.1 * random.normal() }
    let best = try best([("t", times)], target: target).best
    // The factor may stand as an origin of its own.
    #expect(best.complexity <= 10, "\(best)")
    #expect(best.formula.operators.contains(.exp), "\(best)")
    #expect(best.formula.constants.contains { abs($0 - 1_717_200_000) < 1e4 }, "\(best)")
    let later = (0..<40).map { 1_717_202_400 + 30 * Double($0) }
    let values = try best.predict(Dataset(features: [("t", later)], target: ("y", later)))
    let law = later.map { 20 + 60 * exp(-0.0011 * ($0 - 1_717_200_000)) }
    #expect(zip(values, law).allSatisfy { abs($0 - $1) < 0.5 }, "\(best)")
  }

  @Test func `a line of such a column is a line`() throws {
    let times = (0..<40).map { 2_459_000.5 + Double(($0 * 17) % 40) }
    let best = try best([("t", times)], target: times.map { 3.25 * $0 - 7_000_000 }, operators: "+ - *").best
    #expect(best.complexity == 5 && best.r2 > 1 - 1e-12, "\(best)")
    let proportional = try self.best([("t", times)], target: times.map { 3.25 * $0 }, operators: "+ - *").best
    #expect(proportional.expression == "3.25 * t")
  }

  @Test func `what is shown keeps to the largest size`() throws {
    let times = (0..<40).map { 1e9 + Double($0) }
    let found = try best(
      [("t", times)], target: times.map { exp(0.05 * ($0 - 1e9)) }, operators: "+ - * exp", size: 5)
    #expect(found.front.allSatisfy { $0.complexity <= 5 })
  }

  @Test func `numbers measured from their own zero stay as they are`() throws {
    var random = RandomStream(seed: 3)
    let temperature = (0..<40).map { _ in random.uniform(295, 295.5) }
    let volume = (0..<40).map { _ in random.uniform(1, 3) }
    let target = zip(temperature, volume).map { 8.314 * $0 / $1 }
    let best = try best([("T", temperature), ("V", volume)], target: target, operators: "+ - * /").best
    #expect(best.complexity == 5 && best.r2 > 1 - 1e-12, "\(best)")
  }

  @Test func `of aliases the slowest is shown`() throws {
    var random = RandomStream(seed: 4)
    let times = (0..<16).map(Double.init)
    let best = try best(
      [("t", times)], target: times.map { 2 * cos(0.7 * $0) + 0.03 * random.normal() }, size: 20
    ).best
    #expect(best.complexity == 6, "\(best)")
    #expect(best.formula.constants.contains { abs($0 - 0.7) < 0.01 }, "\(best)")
  }

  @Test func `a month's cosine has a phase within a turn or an offset within the data`() throws {
    var random = RandomStream(seed: 5)
    let months = (1...24).map(Double.init)
    let target = months.map { (month: Double) -> Double in
      let angle = Double.pi * (month - 7) / 6
      return 11.9 + 7.8 * cos(angle) + 0.3 * random.normal()
    }
    let best = try best([("month", months)], target: target, size: 16).best
    #expect(best.complexity == 10, "\(best)")
    #expect(best.formula.constants.contains { abs($0 - Double.pi / 6) < 0.01 }, "\(best)")
    #expect(best.formula.constants.allSatisfy { abs($0) < 25 }, "\(best)")
  }

  @Test func `what swings faster than the rows can show is no candidate`() throws {
    let operators = try OperatorSet(parsing: "+ * sin cos exp square")
    let steps = (0..<20).map(Double.init)
    let columns: [[Double]] = [steps.map { 0.5 * $0 }, steps.map { 0.1 * $0 + 1 }]
    let constants = ConstantSource(
      features: columns.map { column in { column[$0] } }, rows: Array(0..<20),
      samplings: columns.map { ColumnSampling($0) })
    let row = UnsafeMutablePointer<Double>.allocate(capacity: 2)
    let stack = UnsafeMutablePointer<Double>.allocate(capacity: 40)
    defer {
      row.deallocate()
      stack.deallocate()
    }
    func resolves(_ text: String) throws -> Bool {
      var nodes = try Formula(parsing: text, features: ["t", "x"]).nodes
      #expect(nodes.allSatisfy { operators.contains($0.operation ?? .add) })
      return nodes.withUnsafeMutableBufferPointer {
        constants.resolves(
          Genome(nodes: $0.baseAddress!, count: $0.count), row: row, stack: stack)
      }
    }
    for text in ["sin(6.28 * t)", "cos(3 * t + 31 * x)", "cos(square(0.5 * t)) + x", "exp(9 * t)"] {
      #expect(try resolves(text), "\(text)")
    }
    for text in ["sin(6.4 * t)", "cos(3 * t + 33 * x)", "cos(square(3 * t)) + x", "t * sin(cos(exp(2 * t)))"]
    {
      #expect(try !resolves(text), "\(text)")
    }
  }
}
