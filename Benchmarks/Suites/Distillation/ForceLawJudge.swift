import Expressions
import Foundation
import Randomness
import Worlds

/// Decides whether a distilled law is the law of a world, up to the factor that messages leave open.
///
/// A message may have any factor that depends on its receiver alone, which the node function takes out of the sum again:
/// the exponent of the receiver's mass is told and not judged, and its charge may be missing as a factor.
///
/// The law's form with free exponents and lengths is fitted to the candidate, not to data: a candidate of another
/// form leaves a remainder, and one of this form tells its exponents.
public struct ForceLawJudge: Sendable {
  /// The verdict on a candidate.
  public struct Verdict: Sendable, Hashable, Codable {
    /// Whether the candidate has the law's form and its numbers are near enough.
    public var isRecovered: Bool
    /// Root mean square of what the form leaves of the candidate, relative; nil where it cannot be fitted.
    public var remainder: Double?
    /// Exponents and lengths of the candidate, by name.
    public var parameters: [String: Double]
  }

  /// Largest remainder with which a candidate has the form.
  public static let largestRemainder = 2e-3
  /// How far exponents and lengths may be off.
  public static let tolerance = 0.03

  private let law: ForceLaw
  private let rows: [[String: Double]]

  /// A judge for a world's law.
  ///
  /// - Parameter distances: the range in which laws are compared, that of most edges.
  public init(_ law: ForceLaw, distances: ClosedRange<Double> = 0.1...4) {
    self.law = law
    var random = RandomStream(seed: 1, 21)
    rows = (0..<400).map { _ in
      var row: [String: Double] = [:]
      for body in ["1", "2"] {
        row["m" + body] = exp(random.uniform(-1.5, 1.5))
        row["q" + body] = law.hasCharges ? (random.chance(0.5) ? 1 : -1) : random.normal()
        for name in ["x", "y", "z", "vx", "vy", "vz"] { row[name + body] = random.normal() }
      }
      row["r"] = exp(random.uniform(log(distances.lowerBound), log(distances.upperBound)))
      return row
    }
  }

  /// The verdict on a law in columns of these names.
  public func verdict(on candidate: Formula, features: [String]) -> Verdict {
    let values = rows.map { row in candidate.value(features.map { row[$0] ?? .nan }) }
    guard values.allSatisfy(\.isFinite) else { return failed }
    guard law != .discontinuous else { return jump(candidate, features) }
    let verdict = fit(values, rows)
    guard !verdict.isRecovered, law.hasCharges else { return verdict }
    let charged = fit(zip(values, rows).map { $0 * ($1["q1"] ?? .nan) }, rows)
    return charged.isRecovered ? charged : verdict
  }

  private var failed: Verdict { Verdict(isRecovered: false, remainder: nil, parameters: [:]) }

  /// Names of a form's parameters, their true values, and the form itself.
  private struct Form {
    let names: [String]
    let truth: [Double]
    let value: ([Double], [String: Double]) -> Double

    /// Whether a parameter is none of the law's, but of what its receiver may do to a message.
    func isFree(_ name: String) -> Bool {
      names.contains(ForceLawJudge.receiver) ? name == ForceLawJudge.receiver : name == "exponent of m1"
    }
  }

  /// The exponent of the receiver's mass in a factor of the whole law.
  private static let receiver = "receiver's factor"

  private var form: Form {
    let s = ForceLaw.softening
    func masses(_ p: [Double], _ row: [String: Double]) -> Double {
      pow(row["m1"] ?? .nan, p[0]) * pow(row["m2"] ?? .nan, p[1])
    }
    func charges(_ row: [String: Double]) -> Double { (row["q1"] ?? .nan) * (row["q2"] ?? .nan) }
    func fall(_ p: [Double], _ row: [String: Double], _ first: Int) -> Double {
      pow(max((row["r"] ?? .nan) + p[first], 1e-9), -p[first + 1])
    }
    let common = ["exponent of m1", "exponent of m2", "length", "exponent of r"]
    switch law {
    case .r1:
      return Form(names: common, truth: [1, 1, s, 1]) { masses($0, $1) * fall($0, $1, 2) }
    case .r2:
      return Form(names: common, truth: [1, 1, s, 2]) { masses($0, $1) * fall($0, $1, 2) }
    case .charge:
      return Form(names: common, truth: [0, 0, s, 2]) { masses($0, $1) * charges($1) * fall($0, $1, 2) }
    case .superposition:
      return Form(names: common + ["charges", ForceLawJudge.receiver], truth: [1, 1, s, 2, 1, 0]) {
        (masses($0, $1) - $0[4] * charges($1)) * fall($0, $1, 2) * pow($1["m1"] ?? .nan, $0[5])
      }
    case .spring, .damped, .discontinuous, .string, .stringBall:
      return Form(names: ["rest length", "exponent", ForceLawJudge.receiver], truth: [1 - s, 1, 0]) {
        p, row in
        let stretch = (row["r"] ?? .nan) - p[0]
        return pow(abs(stretch), p[1]) * (stretch < 0 ? -1 : 1) * pow(row["m1"] ?? .nan, p[2])
      }
    }
  }

  private func fit(_ values: [Double], _ rows: [[String: Double]]) -> Verdict {
    let form = self.form
    let typical = values.map { abs($0) }.sorted()[values.count / 2]
    let weights = values.map { 1 / (abs($0) + 0.05 * typical + 1e-300) }
    func residuals(_ parameters: [Double]) -> [Double] {
      zip(zip(rows, values), weights).map { pair, weight in
        weight * (parameters[0] * form.value(Array(parameters.dropFirst()), pair.0) - pair.1)
      }
    }
    // The factor that goes with the true form.
    let products = zip(rows, values).map { row, value in (form.value(form.truth, row), value) }
    var (over, under) = (0.0, 0.0)
    for ((truth, value), weight) in zip(products, weights) {
      over += truth * value * weight * weight
      under += truth * truth * weight * weight
    }
    let start = [over / under] + form.truth
    guard
      let solution = LevenbergMarquardt.minimise(
        from: start, scales: [abs(start[0]) + 1e-12] + form.truth.map { _ in 1 }, iterations: 100,
        residuals: residuals)
    else { return failed }
    let remainder = (solution.sumOfSquares / Double(rows.count)).squareRoot()
    var parameters = Dictionary(
      uniqueKeysWithValues: zip(form.names, solution.parameters.dropFirst()))
    func isNear(_ name: String) -> Bool {
      guard let index = form.names.firstIndex(of: name), !form.isFree(name) else { return true }
      return abs(solution.parameters[index + 1] - form.truth[index]) <= ForceLawJudge.tolerance
    }
    var areNear = form.names.allSatisfy(isNear)
    if let length = parameters["length"], let exponent = parameters["exponent of r"] {
      // A longer length with a larger exponent is the same law in the range: what counts is how fast it falls.
      let slope = exponent / (1 + length)
      let truth = form.truth[3] / (1 + form.truth[2])
      parameters["fall at 1"] = slope
      areNear =
        abs(slope - truth) <= ForceLawJudge.tolerance
        && form.names.allSatisfy { $0 == "length" || $0 == "exponent of r" || isNear($0) }
    }
    return Verdict(
      isRecovered: remainder <= ForceLawJudge.largestRemainder && areNear, remainder: remainder,
      parameters: parameters)
  }

  /// Nothing up to a distance, a spring beyond.
  private func jump(_ candidate: Formula, _ features: [String]) -> Verdict {
    func value(_ distance: Double, _ row: [String: Double]) -> Double {
      candidate.value(features.map { $0 == "r" ? distance : row[$0] ?? .nan })
    }
    let grid = stride(from: 0.2, through: 4, by: 0.005).map { $0 }
    let curve = grid.map { value($0, rows[0]) }
    let steps = zip(curve, curve.dropFirst()).map { abs($1 - $0) }
    guard let largest = steps.indices.max(by: { steps[$0] < steps[$1] }) else { return failed }
    let threshold = (grid[largest] + grid[largest + 1]) / 2
    let far = rows.filter { ($0["r"] ?? 0) > threshold + 0.01 }
    let near = rows.filter { ($0["r"] ?? 9) < threshold - 0.01 }
    guard far.count > 20, near.count > 20 else { return failed }
    let typical = far.map { abs(value($0["r"] ?? .nan, $0)) }.sorted()[far.count / 2]
    let rest = near.map { abs(value($0["r"] ?? .nan, $0)) }.max() ?? .infinity
    var verdict = fit(far.map { value($0["r"] ?? .nan, $0) }, far)
    verdict.parameters["threshold"] = threshold
    let truth = 2 - ForceLaw.softening
    verdict.isRecovered =
      verdict.isRecovered && rest <= 0.01 * typical && abs(threshold - truth) <= ForceLawJudge.tolerance
    return verdict
  }
}
