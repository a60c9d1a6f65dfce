import Expressions
import Foundation
import Suites
import Testing

/// A plain evaluator of the operators that the tests' formulas use, column by column.
func evaluated(_ formula: Formula, _ rows: [[Double]]) -> [Double] {
  formula.reduce(leaf: { node in
    node.isFeature ? rows.map { $0[Int(node.feature)] } : rows.map { _ in node.value }
  }) { operation, arguments in
    let first = arguments[arguments.startIndex]
    let last = arguments[arguments.endIndex - 1]
    func both(_ combine: (Double, Double) -> Double) -> [Double] {
      first.indices.map { combine(first[$0], last[$0]) }
    }
    return switch operation {
    case .add: both(+)
    case .subtract: both(-)
    case .multiply: both(*)
    case .divide: both(/)
    case .power: both(pow)
    case .negate: first.map { -$0 }
    case .square: first.map { $0 * $0 }
    case .cube: first.map { $0 * $0 * $0 }
    case .sqrt: first.map { $0.squareRoot() }
    case .cbrt: first.map { Foundation.cbrt($0) }
    case .inverse: first.map { 1 / $0 }
    case .exp: first.map { Foundation.exp($0) }
    case .log: first.map { Foundation.log($0) }
    case .log10: first.map { Foundation.log10($0) }
    case .log2: first.map { Foundation.log2($0) }
    case .log1p: first.map { Foundation.log1p($0) }
    case .sinh: first.map { Foundation.sinh($0) }
    case .tanh: first.map { Foundation.tanh($0) }
    case .sin: first.map { Foundation.sin($0) }
    case .cos: first.map { Foundation.cos($0) }
    case .asin: first.map { Foundation.asin($0) }
    case .acos: first.map { Foundation.acos($0) }
    default: first.map { _ in .nan }
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
func judge(_ key: String, _ settings: JudgeSettings = JudgeSettings()) throws -> Judge {
  let problem = try EmpiricalBench.problem(key)
  let rows = try committed(problem).rows
  return try Judge(
    problem, rows: rows.map { Array($0.dropLast()) }, targets: rows.map { $0[$0.count - 1] },
    settings: settings, evaluate: { evaluated($0, $1) })
}

/// The verdict on an expression written in the columns of a problem.
func verdict(_ key: String, _ text: String, _ settings: JudgeSettings = JudgeSettings()) throws -> Verdict {
  let judge = try judge(key, settings)
  return judge.verdict(on: try Formula(parsing: text, features: judge.problem.features))
}

/// A formula with the constants that suit a problem's data best, `seed` 0 being the committed file.
func fitted(_ formula: Formula, to problem: Problem, seed: UInt64 = 0) throws -> Formula {
  let rows = try seed == 0 ? committed(problem).rows : (problem.generatedRows(seed: seed) ?? [])
  let inputs = rows.map { Array($0.dropLast()) }
  let constants = formula.constants
  let solution = LevenbergMarquardt.minimise(from: constants, scales: constants.map { abs($0) }) { trial in
    zip(evaluated(formula.withConstants(trial), inputs), rows).map { value, row in
      // A row beyond the floating-point range has no say.
      value.isFinite ? value - row[row.count - 1] : 0
    }
  }
  return formula.withConstants(solution?.parameters ?? constants)
}

/// Data made from the law of a problem with known constants.
func groundTruth(_ suite: GroundTruthSuite, _ key: String, noise: Double = 0, rows: Int? = nil) throws
  -> GroundTruthData
{
  try GroundTruthData(
    try #require(suite.problems([key]).first), rowCount: rows ?? suite.defaultRowCount, noise: noise, seed: 0)
}

/// The verdict on an expression, its constants fitted to the data first where the data carry noise.
func exactVerdict(_ data: GroundTruthData, _ text: String, fitting: Bool) throws -> Verdict {
  var formula = try Formula(parsing: text, features: data.problem.features)
  if fitting {
    let constants = formula.constants
    let solution = LevenbergMarquardt.minimise(from: constants, scales: constants.map { abs($0) }) { trial in
      zip(evaluated(formula.withConstants(trial), data.rows), data.targets).map { $0 - $1 }
    }
    formula = formula.withConstants(solution?.parameters ?? constants)
  }
  return ExactJudge(data, evaluate: { evaluated($0, $1) }).verdict(on: formula)
}
