import Expressions
import Foundation
import Randomness
import Suites
import Testing

@Suite struct PeriodicTests {
  /// The true form as a formula of the time, frequencies `shift` turns over the record higher.
  private func formula(_ signal: PeriodicSignal, shift: Double = 0, stretch: Double = 1) throws -> Formula {
    let (start, end) = (signal.times[0], signal.times[signal.times.count - 1])
    let middle = (start + end) / 2
    let terms = signal.components.map { component in
      "\(stretch * component.amplitude) * cos(\(2 * .pi * (component.turns + shift) / (end - start)) * (t - \(middle))"
        + " + \(component.phase))"
    }
    let damping = "exp(-\(signal.damping / (end - start)) * (t - \(start)))"
    return try Formula(
      parsing: "\(signal.offset) + \(damping) * (\(terms.joined(separator: " + ")))", features: ["t"])
  }

  private func judge(_ signal: PeriodicSignal) -> PeriodicJudge {
    PeriodicJudge(signal, evaluate: { evaluated($0, $1) })
  }

  private let signals = (0..<60).map { PeriodicSignal(random: $0, seed: 1) }

  @Test func signalsAreWhatIsSaid() {
    #expect(signals.map(\.csv) == (0..<60).map { PeriodicSignal(random: $0, seed: 1).csv })
    #expect(signals[0].csv != PeriodicSignal(random: 0, seed: 2).csv)
    for signal in signals {
      let count = signal.times.count
      #expect((12...500).contains(count) && signal.times == signal.times.sorted())
      #expect(signal.components.allSatisfy { $0.turns >= 1 && $0.turns < 0.5 * Double(count - 1) })
      if signal.components.count == 2 {
        #expect(abs(signal.components[0].turns - signal.components[1].turns) >= 1)
      }
      let errors = zip(signal.times, signal.values).map { $1 - signal.value(at: $0) }
      let spread = (errors.map { $0 * $0 }.reduce(0, +) / Double(count)).squareRoot()
      #expect(spread <= 1.8 * signal.deviation + 1e-12 * abs(signal.offset), "\(signal.index)")
    }
    #expect(signals.contains { !$0.isEven } && signals.contains { $0.components.count == 2 })
    #expect(signals.contains { $0.damping > 0 } && signals.contains { $0.times[0] > 1e9 })
    #expect(signals.count { judge($0).isShown } >= 40)
  }

  @Test func signalsAreThemselves() throws {
    for signal in signals {
      #expect(try judge(signal).deviation(of: formula(signal)) < 0.1, "\(signal.index)")
    }
  }

  /// Turns more by one a step leave the rows as they are.
  @Test func aliasesFail() throws {
    for signal in signals where signal.isEven {
      let steps = Double(signal.times.count - 1)
      for multiple in [1.0, 16, 1000] {
        // An odd number of steps turns the phase at the middle by half a turn for odd multiples.
        let sign = (steps * multiple).truncatingRemainder(dividingBy: 2) == 0 ? 1.0 : -1
        let alias = try formula(signal, shift: steps * multiple, stretch: sign)
        if multiple == 1, signal.times[0] == 0 {
          let rows = signal.times.map { [$0] }
          let limit = 1e-6 * signal.components[0].amplitude
          let meets = zip(evaluated(alias, rows), signal.times).allSatisfy {
            abs($0 - signal.value(at: $1)) < limit
          }
          #expect(meets, "\(signal.index)")
        }
        #expect(!judge(signal).isSignal(alias), "\(signal.index)")
      }
    }
  }

  @Test func nearMissesFail() throws {
    let stream = RandomStream(seed: 5, 1)
    let times = (0..<100).map { "\($0)" }
    let one = PeriodicSignal.Component(amplitude: 2, turns: 7.3, phase: 0.4)
    func signal(_ noise: Double, damping: Double = 0) -> PeriodicSignal {
      var copy = stream
      return PeriodicSignal(
        index: 0, times: times, offset: 3, components: [one], damping: damping, noise: noise, digits: 17,
        isEven: true, &copy)
    }
    let noisy = signal(0.2)
    #expect(try judge(noisy).isSignal(formula(noisy, stretch: 1.02)))
    #expect(try !judge(noisy).isSignal(formula(noisy, stretch: 1.2)))
    #expect(try judge(noisy).isSignal(formula(noisy, shift: 0.01)))
    #expect(try !judge(noisy).isSignal(formula(noisy, shift: 0.2)))
    // Without its damping, and a polynomial in the place of a wave that is seen once.
    #expect(try !judge(signal(0.1, damping: 1)).isSignal(formula(signal(0.1))))
    #expect(try !judge(noisy).isSignal(Formula(parsing: "3 + 0.001 * t", features: ["t"])))
    #expect(try !judge(noisy).isSignal(Formula(parsing: "log(t - 50)", features: ["t"])))
    #expect(!judge(noisy).isSignal(.feature(1)))
  }

  /// The spread of fits to records drawn anew is the bound.
  @Test func theBoundIsThatOfFits() throws {
    var stream = RandomStream(seed: 7, 1)
    let times = (0..<40).map { "\(1990 + Double($0) / 12)" }
    let parts = [
      PeriodicSignal.Component(amplitude: 2, turns: 3.3, phase: 0.4),
      PeriodicSignal.Component(amplitude: 1, turns: 8.1, phase: -1),
    ]
    var fits: [[Double]] = []
    var signal: PeriodicSignal!
    for index in 0..<200 {
      signal = PeriodicSignal(
        index: index, times: times, offset: 5, components: parts, damping: 0.7, noise: 0.1, digits: 17,
        isEven: true, &stream)
      let (shape, moments, values) = (signal.shape, signal.times, signal.values)
      let fit = LevenbergMarquardt.minimise(
        from: signal.parameters, scales: signal.parameters.map { _ in 1 }
      ) { trial in zip(moments, values).map { shape.value(trial, at: $0) - $1 } }
      fits.append(try #require(fit).parameters)
    }
    for (index, bound) in CramerRao(signal).errors.enumerated() {
      let errors = fits.map { $0[index] - signal.parameters[index] }
      let spread = (errors.map { $0 * $0 }.reduce(0, +) / 200).squareRoot()
      #expect(abs(spread / bound - 1) < 0.2, "\(index)")
    }
    #expect(CramerRao.inverse([[1, 1], [1, 1]]) == nil)
  }
}
