import Algebra
import Expressions
import Foundation
import Randomness
import Sweeps

/// Where new constants come from: numbers on the scale of the data.
///
/// A law's constant may be 6.7e-11 beside features of 1e16; a start near 1 would never get there. So a
/// constant that joins an existing subtree is drawn relative to that subtree's value on some row of the data,
/// and a constant on its own is sometimes drawn from a column's magnitude or its reciprocal.
package final class ConstantSource: @unchecked Sendable {
  let featureCount: Int
  let sampleCount: Int
  /// A few rows of the data, row after row.
  let samples: UnsafeMutablePointer<Double>
  private let typical: UnsafeMutablePointer<Double>
  /// The lowest and the highest angular frequency that the rows show of each column; empty where no operator
  /// has a period.
  let frequencies: [ClosedRange<Double>?]

  /// - Parameters:
  ///   - features: the columns.
  ///   - rows: indices of the rows kept as samples; at least one.
  ///   - samplings: how the columns were sampled, where operators have periods.
  package init(features: [(Int) -> Double], rows: [Int], samplings: [ColumnSampling?] = []) {
    frequencies = samplings.map { sampling in
      sampling.flatMap { column in
        let lowest = Double.pi / column.range
        return column.highestFrequency > lowest ? lowest...column.highestFrequency : nil
      }
    }
    featureCount = features.count
    sampleCount = rows.count
    samples = .allocate(capacity: max(1, rows.count * features.count))
    typical = .allocate(capacity: max(1, features.count))
    for (position, row) in rows.enumerated() {
      for (index, feature) in features.enumerated() {
        samples[position * features.count + index] = feature(row)
      }
    }
    for (index, feature) in features.enumerated() {
      let magnitudes = rows.map { abs(feature($0)) }.filter { $0 > 0 }.sorted()
      typical[index] = magnitudes.isEmpty ? 1 : magnitudes[magnitudes.count / 2]
    }
    hasUnits = features.indices.contains { unit(of: $0) != nil }
  }

  deinit {
    samples.deallocate()
    typical.deallocate()
  }

  /// The factor that brings a column of very large or very small numbers near 1; nil for other columns.
  ///
  /// Where a function bends or terms of different columns meet, such a column is of no use without a factor,
  /// and no step that keeps the expression finite leads there from the column alone.
  package func unit(of feature: Int) -> Double? {
    let magnitude = typical[feature]
    return magnitude > 1e-3 && magnitude < 1e3 ? nil : finite(1 / magnitude)
  }

  /// Whether any column has a ``unit(of:)``.
  package private(set) var hasUnits = false

  /// Whether ``frequency(of:_:)`` knows of any column.
  package var hasFrequencies: Bool { !frequencies.isEmpty }

  /// An angular frequency that the rows can show of a column; nil where they show none. Rows at even steps do
  /// not tell higher ones from lower ones, and a fit from there would end at an alias.
  package func frequency(of feature: Int, _ random: inout RandomStream) -> Double? {
    guard feature < frequencies.count, let range = frequencies[feature] else { return nil }
    return random.chance(0.5)
      ? random.uniform(range.lowerBound, range.upperBound)
      : random.logUniform(range.lowerBound, range.upperBound)
  }

  /// A constant that stands on its own.
  package func draw(_ random: inout RandomStream) -> Double {
    let kind = random.uniform()
    if kind < 0.4 { return random.normal() }
    if kind < 0.65 {
      let integer = Double(1 + random.index(5))
      return random.chance(0.2) ? 1 / integer : random.chance(0.2) ? -integer : integer
    }
    let sign: Double = random.chance(0.25) ? -1 : 1
    if kind < 0.85 || featureCount == 0 { return sign * random.logUniform(1e-2, 1e2) }
    let scale = typical[random.index(featureCount)] * random.logUniform(0.1, 10)
    return sign * finite(random.chance(0.5) ? scale : 1 / scale)
  }

  /// An exponent: mostly small integers and halves, of either sign.
  package func exponent(_ random: inout RandomStream) -> Double {
    if random.chance(0.3) { return random.uniform(-3, 3) }
    let halves = 1 + random.index(8)
    let magnitude = Double(halves) * (random.chance(0.6) && halves <= 4 ? 1 : 0.5)
    return random.chance(0.35) ? -magnitude : magnitude
  }

  /// A constant that joins the subtree in nodes `start ..< end` of `genome` under `operation`.
  package func draw(
    beside genome: Genome, _ start: Int, _ end: Int, under operation: Operator, isRight: Bool,
    stack: UnsafeMutablePointer<Double>, _ random: inout RandomStream
  ) -> Double {
    if operation == .power && isRight { return exponent(&random) }
    if sampleCount == 0 || random.chance(0.4) { return draw(&random) }
    let row = samples + random.index(sampleCount) * featureCount
    let beside = value(genome, start, end, row: row, stack: stack)
    guard beside.isFinite, beside != 0 else { return draw(&random) }
    switch operation {
    // A product of order one is where exp, log and the trigonometric functions bend.
    case .multiply: return finite(random.logUniform(0.1, 10) / beside)
    case .divide: return finite(beside * random.logUniform(0.1, 10))
    default: return finite(beside * random.uniform(-2, 2))
    }
  }

  private func finite(_ value: Double) -> Double { value.isFinite && value != 0 ? value : 1 }

  /// The value of nodes `start ..< end` of `genome` on a row.
  func value(
    _ genome: Genome, _ start: Int, _ end: Int, row: UnsafeMutablePointer<Double>,
    stack: UnsafeMutablePointer<Double>
  ) -> Double {
    var top = 0
    for index in start..<end {
      let node = genome.nodes[index]
      switch node.arity {
      case 0:
        stack[top] = node.isConstant ? node.value : row[Int(node.feature)]
        top += 1
      case 1:
        stack[top - 1] = Operator(rawValue: node.opcode)!.value(stack[top - 1], 0, 0)
      case 2:
        stack[top - 2] = Operator(rawValue: node.opcode)!.value(stack[top - 2], stack[top - 1], 0)
        top -= 1
      default:
        stack[top - 3] = Operator(rawValue: node.opcode)!.value(
          stack[top - 3], stack[top - 2], stack[top - 1])
        top -= 2
      }
    }
    return stack[0]
  }
}
