import Expressions
import Foundation
import Suites

/// A plain evaluator of the operators that the tests' formulas use.
func evaluated(_ formula: Formula, _ rows: [[Double]]) -> [Double] {
  rows.map { row in
    formula.reduce(leaf: { $0.isFeature ? row[Int($0.feature)] : $0.value }) { operation, arguments in
      let first = arguments[arguments.startIndex]
      let last = arguments[arguments.endIndex - 1]
      return switch operation {
      case .add: first + last
      case .subtract: first - last
      case .multiply: first * last
      case .divide: first / last
      case .power: pow(first, last)
      case .negate: -first
      case .square: first * first
      case .cube: first * first * first
      case .sqrt: first.squareRoot()
      case .cbrt: Foundation.cbrt(first)
      case .inverse: 1 / first
      case .exp: Foundation.exp(first)
      case .log: Foundation.log(first)
      case .log10: Foundation.log10(first)
      case .log2: Foundation.log2(first)
      case .log1p: Foundation.log1p(first)
      case .sinh: Foundation.sinh(first)
      case .tanh: Foundation.tanh(first)
      case .sin: Foundation.sin(first)
      case .cos: Foundation.cos(first)
      default: Double.nan
      }
    }
  }
}

/// The folder of the data sets, found from this file.
let datasets = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Datasets")

/// Header and rows of a problem's committed file.
func committed(_ problem: Problem) throws -> (header: [String], rows: [[Double]]) {
  let text = try String(contentsOf: datasets.appending(path: problem.fileName), encoding: .utf8)
  let lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
  return (lines[0], lines.dropFirst().map { $0.map { Double($0) ?? .nan } })
}

/// A judge on a problem's committed data.
func judge(_ key: String) throws -> Judge {
  let problem = try EmpiricalBench.problem(key)
  let rows = try committed(problem).rows
  return try Judge(
    problem, rows: rows.map { Array($0.dropLast()) }, targets: rows.map { $0[$0.count - 1] },
    evaluate: { evaluated($0, $1) })
}

/// The verdict on an expression written in the columns of a problem.
func verdict(_ key: String, _ text: String) throws -> Verdict {
  let judge = try judge(key)
  return judge.verdict(on: try Formula(parsing: text, features: judge.problem.features))
}
