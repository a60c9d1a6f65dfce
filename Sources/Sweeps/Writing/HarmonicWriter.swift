import Expressions
import Foundation

/// Writes sums of damped sinusoids in the operators that a search allows.
struct HarmonicWriter {
  private let operators: OperatorSet
  private let products: ProductWriter
  /// The unit of the target that amplitudes are in.
  private let scale: Double

  /// Exponents beyond this are written from a point near the data.
  private static let largestExponent = 30.0

  init(_ operators: OperatorSet, scale: Double) {
    self.operators = operators
    self.scale = scale
    products = ProductWriter(operators)
  }

  /// Whether any sinusoid can be written.
  var canWrite: Bool {
    (operators.contains(.sin) || operators.contains(.cos)) && operators.contains(.multiply)
  }

  /// Whether a damped one can.
  var canDamp: Bool { operators.contains(.exp) || operators.contains(.power) }

  /// The model with all its phases, and without those that are zero or quarter turns within error.
  func write(_ model: HarmonicModel, _ fit: HarmonicModel.Fit, _ rows: HarmonicRows) -> [[Node]] {
    let sinusoids = zip(model.terms, fit.amplitudes).map { Sinusoid($0, $1, fit, rows) }
    let plain = sinusoids.map { $0.isQuarterTurn ? quarter($0) ?? phased($0) : phased($0) }
    var forms: [[Node]] = []
    for parts in [sinusoids.map(phased), plain] {
      var terms = parts.compactMap { $0 }
      guard terms.count == parts.count else { continue }
      // What all sinusoids share is written once.
      if model.sharesDecay, terms.count > 1 {
        guard
          let sum = ExpressionWriting.sum(
            terms.map { ($0.coefficient / terms[0].coefficient, $0.expression) }, constant: 0, operators)
        else { continue }
        terms = [(terms[0].coefficient, sum)]
      }
      let parts = zip(terms, sinusoids).compactMap { damped($0, $1) }
      guard parts.count == terms.count, let sum = sum(parts, model, fit, rows) else { continue }
      if !forms.contains(sum) { forms.append(sum) }
    }
    return forms
  }

  private typealias Part = (coefficient: Double, expression: [Node])

  private func sum(
    _ terms: [Part], _ model: HarmonicModel, _ fit: HarmonicModel.Fit, _ rows: HarmonicRows
  ) -> [Node]? {
    var parts: [Part] = terms.map { part in
      guard let amplitude = rows.amplitude else { return part }
      return (
        part.coefficient, ExpressionWriting.apply(.multiply, [.feature(amplitude)], part.expression)
      )
    }
    if model.hasTrend { parts.append((fit.trend * scale, [.feature(rows.feature)])) }
    // The factor of a single term is solved for.
    if parts.count == 1 { return parts[0].expression }
    return ExpressionWriting.sum(parts, constant: 0, operators)
  }

  /// cos(ω·x + p), or the same as a sine, without its damping.
  private func phased(_ sinusoid: Sinusoid) -> Part? {
    let function: Operator = operators.contains(.cos) ? .cos : .sin
    let phase = sinusoid.phase + (function == .sin ? Double.pi / 2 : 0)
    let turn = ExpressionWriting.apply(
      .multiply, [.constant(sinusoid.frequency)], [.feature(sinusoid.feature)])
    let folded = phase.remainder(dividingBy: 2 * .pi)
    guard
      let argument = ExpressionWriting.sum([(1, turn)], constant: folded, operators)
    else { return nil }
    return (sinusoid.amplitude * scale, ExpressionWriting.apply(function, argument))
  }

  /// The same without a phase, which is so many quarter turns.
  private func quarter(_ sinusoid: Sinusoid) -> Part? {
    let quarters = Int((sinusoid.phase / (Double.pi / 2)).rounded())
    let place = (quarters % 4 + 4) % 4
    let function: Operator = place.isMultiple(of: 2) ? .cos : .sin
    guard operators.contains(function) else { return nil }
    let turn = ExpressionWriting.apply(
      .multiply, [.constant(sinusoid.frequencyWithoutPhase)], [.feature(sinusoid.feature)])
    let amplitude = sinusoid.amplitude * scale
    return (place == 1 || place == 2 ? -amplitude : amplitude, ExpressionWriting.apply(function, turn))
  }

  /// A part times exp(-decay·(x - first)).
  private func damped(_ part: Part, _ sinusoid: Sinusoid) -> Part? {
    guard sinusoid.decay != 0 else { return part }
    let rate = -sinusoid.decay
    let isFar = abs(rate) * max(abs(sinusoid.first), abs(sinusoid.last)) > HarmonicWriter.largestExponent
    let origin = isFar ? sinusoid.first : 0
    guard let time = ExpressionWriting.sum([(1, [.feature(sinusoid.feature)])], constant: -origin, operators)
    else { return nil }
    let envelope =
      operators.contains(.exp)
      ? ExpressionWriting.apply(.exp, ExpressionWriting.apply(.multiply, [.constant(rate)], time))
      : ExpressionWriting.apply(.power, [.constant(Foundation.exp(rate))], time)
    let coefficient = part.coefficient * Foundation.exp(rate * (origin - sinusoid.first))
    guard coefficient.isFinite, coefficient != 0 else { return nil }
    return (coefficient, ExpressionWriting.apply(.multiply, envelope, part.expression))
  }

  /// amplitude·exp(-decay·(x - first))·cos(frequency·x + phase).
  private struct Sinusoid {
    let feature: Int
    let frequency: Double
    let decay: Double
    let amplitude: Double
    let phase: Double
    let first: Double
    let last: Double
    /// Standard error of the phase where the column is zero.
    let phaseError: Double
    /// Where the phase and the frequency are independent of each other.
    let centre: Double

    init(
      _ term: HarmonicModel.Term, _ amplitudes: (cosine: Double, sine: Double), _ fit: HarmonicModel.Fit,
      _ rows: HarmonicRows
    ) {
      feature = rows.feature
      frequency = term.frequency
      decay = term.decay
      first = rows.sampling.first
      last = first + rows.sampling.range
      amplitude = Foundation.hypot(amplitudes.cosine, amplitudes.sine)
      let delay = Foundation.atan2(amplitudes.sine, amplitudes.cosine) + term.frequency * first
      phase = (-delay).remainder(dividingBy: 2 * .pi)
      centre = first + rows.mean(of: rows.times)
      // Bretthorst 1988: the errors of the phase at the centre and of the frequency are independent.
      let noise = (fit.left / max(1e-300, amplitude * amplitude)).squareRoot()
      let lever = centre / rows.sampling.range
      phaseError = noise * (2 / Double(rows.count)).squareRoot() * (1 + 12 * lever * lever).squareRoot()
    }

    private var nearest: Double { (phase / (Double.pi / 2)).rounded() * Double.pi / 2 }

    var isQuarterTurn: Bool { phaseError < 0.4 && abs(phase - nearest) < 3 * phaseError + 0.02 }

    /// The frequency that keeps the phase at the centre of the rows.
    var frequencyWithoutPhase: Double {
      centre == 0 ? frequency : frequency + (phase - nearest) / centre
    }
  }
}
