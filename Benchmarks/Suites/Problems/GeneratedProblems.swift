import Foundation
import Randomness

extension EmpiricalBench {
  /// Constants of nature as the benchmark has them, SI units.
  private enum Nature {
    static let gravitation = 6.67408e-11
    static let planck = 6.62607004e-34
    static let boltzmann = 1.38064852e-23
    static let lightSpeed = 299_792_458.0
    static let gas = 8.314
    static let rydberg = 1.097e7
  }

  static let newton = Problem(
    key: "newton", title: "Newton's law of gravitation", features: ["distance", "mass_1", "mass_2"],
    target: "log_force",
    law: Law(
      text: "log_force = log(mass_1 * mass_2) - 2 * log(distance) + c",
      simplestForm: "log(mass_1 * mass_2 / square(distance)) - 23.43",
      constants: [.init("c", log(Nature.gravitation))],
      value: { row, constants in log(row[1]) + log(row[2]) - 2 * log(row[0]) + constants[0] }),
    domain: .box([
      .init(3.7e8...7.37593e12, beyond: 1000), .init(1.3e22...2e30, beyond: 1000),
      .init(1.3e22...2e30, beyond: 1000),
    ]), deviationScale: 1,
    generator: Generator(
      rowCount: 30, relativeNoise: 0.1,
      drawRow: Generator.features([
        .logarithmic(3.7e8, 7.37593e12), .logarithmic(1.3e22, 2e30), .logarithmic(1.3e22, 2e30),
      ])))

  static let planck = Problem(
    key: "planck", title: "Planck's law", features: ["frequency", "temperature"], target: "log_radiance",
    law: Law(
      text: "log_radiance = c + 3 * log(frequency) - log(exp(k * frequency / temperature) - 1)",
      simplestForm: "-114.74 - log((exp(4.8e-11 * frequency / temperature) - 1) / cube(frequency))",
      constants: [
        .init("c", log(2 * Nature.planck / (Nature.lightSpeed * Nature.lightSpeed))),
        .init("k", Nature.planck / Nature.boltzmann),
      ],
      value: { row, constants in
        let ratio = constants[1] * row[0] / row[1]
        // ln(eᵘ - 1) = u + ln(1 - e⁻ᵘ), which neither overflows for large u nor cancels for small u.
        return constants[0] + 3 * log(row[0]) - ratio - log(-expm1(-ratio))
      }),
    domain: .box([.init(1e9...1e16, beyond: 30), .init(100...6000, beyond: 10)]), deviationScale: 1,
    generator: Generator(
      rowCount: 100, relativeNoise: 0.1,
      drawRow: Generator.features([.logarithmic(1e9, 1e16), .logarithmic(100, 6000)])))

  static let schechter = Problem(
    key: "schechter", title: "Schechter luminosity function", features: ["luminosity"],
    target: "log_number_density",
    law: Law(
      text: "log_number_density = a * log(luminosity) - b * luminosity + c",
      simplestForm: "-2.35 - 1.2 * log(luminosity) - 4e-9 * luminosity",
      constants: [
        .init("a", -1.2), .init("b", 1 / 2.5e8), .init("c", log(0.002 / 2.5e8) + 1.2 * log(2.5e8)),
      ],
      value: { row, constants in constants[0] * log(row[0]) - constants[1] * row[0] + constants[2] }),
    domain: .box([.init(1e6...3e9, beyond: 100)]), deviationScale: 1,
    generator: Generator(
      rowCount: 27, relativeNoise: 0.2, drawRow: Generator.features([.logarithmic(1e6, 3e9)])))

  static let idealGas = Problem(
    key: "ideal_gas", title: "Ideal gas law", features: ["amount", "temperature", "volume"],
    target: "log_pressure",
    law: Law(
      text: "log_pressure = c + log(amount * temperature) - log(volume)",
      simplestForm: "2.118 + log(amount * temperature / volume)", constants: [.init("c", log(Nature.gas))],
      value: { row, constants in constants[0] + log(row[0]) + log(row[1]) - log(row[2]) }),
    domain: .box([
      .init(1...100, beyond: 1000), .init(300...400, beyond: 1000), .init(1...100, beyond: 1000),
    ]), deviationScale: 1,
    generator: Generator(
      rowCount: 30, relativeNoise: 0.1,
      drawRow: Generator.features([.linear(1, 100), .linear(300, 400), .linear(1, 100)])))

  static let rydberg = Problem(
    key: "rydberg", title: "Rydberg formula", features: ["lower_level", "upper_level"],
    target: "log_wavelength",
    law: Law(
      text: "log_wavelength = c - log(1 / lower_level^2 - 1 / upper_level^2)",
      simplestForm: "-16.21 - log(lower_level ^ -2 - upper_level ^ -2)",
      constants: [.init("c", -log(Nature.rydberg))],
      value: { row, constants in
        let (lower, upper) = (row[0], row[1])
        return constants[0] - log((upper - lower) * (upper + lower)) + 2 * log(lower * upper)
      }),
    domain: .rows(
      on: levelPairs(upTo: 7),
      beyond: levelPairs(upTo: 40).filter { ($0[0] + $0[1]).remainder(dividingBy: 3) == 0 }),
    deviationScale: 1,
    generator: Generator(
      rowCount: 50, relativeNoise: 0.01,
      drawRow: { stream in
        let lower = 1 + stream.index(6)
        let upper = lower + 1 + stream.index(7 - lower)
        return [Double(lower), Double(upper)]
      }))

  /// All pairs of energy levels, the lower first, with the upper at most `highest`.
  private static func levelPairs(upTo highest: Int) -> [[Double]] {
    (2...highest).flatMap { upper in (1..<upper).map { [Double($0), Double(upper)] } }
  }
}
