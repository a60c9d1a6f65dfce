import Foundation

/// Identities between the partial derivatives of a function, each with what it leaves: 0 where it holds
/// exactly, near 1 where the two sides have nothing to do with each other.
struct GradientIdentities {
  private let sample: SurrogateSample
  private let rows: [Int]
  private let magnitude: Double
  private let variance: Double

  init(_ sample: SurrogateSample) {
    self.sample = sample
    rows = sample.values.indices.filter { row in
      sample.values[row].isFinite && sample.used.allSatisfy { sample.gradients[$0][row].isFinite }
    }
    let count = Double(max(1, rows.count))
    let mean = rows.reduce(0) { $0 + sample.values[$1] } / count
    variance = rows.reduce(0) { $0 + (sample.values[$1] - mean) * (sample.values[$1] - mean) } / count
    magnitude = (rows.reduce(0) { $0 + sample.values[$1] * sample.values[$1] } / count).squareRoot()
  }

  /// Mean square of the change that a feature brings about over its spread, relative to the variance.
  func influence(_ feature: Int) -> Double {
    let values = sample.features[feature]
    let count = Double(max(1, rows.count))
    let mean = rows.reduce(0) { $0 + values[$1] } / count
    let spread = rows.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) } / count
    let slope = rows.reduce(0) { $0 + sample.gradients[feature][$1] * sample.gradients[feature][$1] } / count
    return slope * spread / variance
  }

  /// The constant exponent c of a factor x^c, from x·f_x = c·f; nil where there is none.
  ///
  /// Halves within reach of the tolerance are taken for what they are near.
  func exponent(of feature: Int, tolerance: Double) -> Double? {
    var (products, squares, slopes) = (0.0, 0.0, 0.0)
    for row in rows {
      let slope = sample.features[feature][row] * sample.gradients[feature][row]
      products += slope * sample.values[row]
      squares += sample.values[row] * sample.values[row]
      slopes += slope * slope
    }
    let fitted = products / squares
    let halves = (2 * fitted).rounded() / 2
    let exponent = abs(halves - fitted) <= max(0.02, tolerance.squareRoot() / 2) ? halves : fitted
    guard exponent != 0, abs(exponent) <= 6 else { return nil }
    let left = slopes - 2 * exponent * products + exponent * exponent * squares
    return left <= tolerance * max(slopes, exponent * exponent * squares) ? exponent : nil
  }

  /// The compound of two features whose identity leaves least.
  func compound(_ first: Int, _ second: Int) -> StructureHints.Compound? {
    let (x, y) = (sample.features[first], sample.features[second])
    let (u, v) = (sample.gradients[first], sample.gradients[second])
    let plain = moments { (u[$0], v[$0]) }
    let scaled = moments { (x[$0] * u[$0], y[$0] * v[$0]) }
    var best: StructureHints.Compound?
    func consider(_ form: StructureHints.Compound.Form, _ residual: Double, reversed: Bool = false) {
      guard residual.isFinite, residual < best?.residual ?? .infinity else { return }
      best = StructureHints.Compound(
        first: reversed ? second : first, second: reversed ? first : second, form: form, residual: residual)
    }
    consider(.difference, plain.residual(ratio: -1))
    consider(.sum, plain.residual(ratio: 1))
    consider(.quotient, scaled.residual(ratio: -1))
    consider(.product, scaled.residual(ratio: 1))
    // f(x / y²): x f_x = -y f_y / 2.
    consider(.overSquare, scaled.residual(ratio: -0.5))
    consider(.timesSquare, scaled.residual(ratio: 0.5))
    consider(.overSquare, scaled.residual(ratio: -2), reversed: true)
    consider(.timesSquare, scaled.residual(ratio: 2), reversed: true)
    return best
  }

  private struct Moments {
    var (uu, uv, vv) = (0.0, 0.0, 0.0)

    /// Σ(u - k·v)² relative to Σu² + Σ(k·v)².
    func residual(ratio k: Double) -> Double { (uu - 2 * k * uv + k * k * vv) / (uu + k * k * vv) }
  }

  private func moments(_ pair: (Int) -> (Double, Double)) -> Moments {
    var sums = Moments()
    for row in rows {
      let (u, v) = pair(row)
      sums.uu += u * u
      sums.uv += u * v
      sums.vv += v * v
    }
    return sums
  }

  /// How much the derivative by one feature changes with the other: 0 where f = g(x) + h(y).
  func addedInteraction(_ first: Int, _ second: Int) -> Double {
    max(
      change(of: first, with: second) { _, slope in slope },
      change(of: second, with: first) { _, slope in slope })
  }

  /// The same of the logarithm of |f|: 0 where f = g(x)·h(y).
  func multipliedInteraction(_ first: Int, _ second: Int) -> Double {
    let floor = 0.05 * magnitude
    func relative(_ value: Double, _ slope: Double) -> Double { abs(value) > floor ? slope / value : .nan }
    return max(change(of: first, with: second, relative), change(of: second, with: first, relative))
  }

  /// Mean square of the change of a derivative when another feature is exchanged, relative to its own.
  private func change(of feature: Int, with other: Int, _ measure: (Double, Double) -> Double) -> Double {
    guard let exchanged = sample.exchanged[other] else { return 0 }
    var (changes, squares) = (0.0, 0.0)
    var counted = 0
    for row in rows {
      let here = measure(sample.values[row], sample.gradients[feature][row])
      let there = measure(exchanged.values[row], exchanged.gradients[feature][row])
      guard here.isFinite, there.isFinite else { continue }
      counted += 1
      changes += (there - here) * (there - here)
      squares += here * here + there * there
    }
    // A property that only a few rows could show is not known.
    guard 2 * counted >= sample.values.count, squares > 0 else { return .infinity }
    return changes / squares
  }
}
