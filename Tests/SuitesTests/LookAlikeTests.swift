import Expressions
import Suites
import Testing

/// What is not the law is turned down by its shape, even by a judge who asks neither for a good fit nor for
/// brevity.
@Suite struct LookAlikeTests {
  private func isTurnedDown(_ key: String, _ text: String) throws -> Bool {
    var settings = JudgeSettings()
    settings.lossFactor = 1e9
    settings.largestTie = 0
    settings.complexityFactor = 10
    return try !verdict(key, text).hasForm && !verdict(key, text, settings).hasForm
  }

  @Test(arguments: [
    "454 * distance + 3", "424 * distance ^ 1.05", "520 * (exp(0.6 * distance) - 1)",
    "700 * distance / (1 + distance / 3)",
    "454 * distance - 40", "430 * sinh(distance)",
  ])
  func hubble(text: String) throws { #expect(try isTurnedDown("hubble", text)) }

  @Test(arguments: [
    "365.25 * semimajor_axis ^ 1.45", "366 * semimajor_axis ^ 1.53", "365.3 * sqrt(cube(semimajor_axis)) + 1",
    "365 * semimajor_axis * square(log(semimajor_axis + 1.71))",
    "semimajor_axis * (250 + 93 * semimajor_axis)",
    "366 * sqrt(cube(semimajor_axis) + 0.001)",
  ])
  func kepler(text: String) throws { #expect(try isTurnedDown("kepler", text)) }

  @Test(arguments: [
    "log(mass_1 * mass_2) - 1.96 * log(distance) - 24.5", "log(mass_1 + mass_2) - 2 * log(distance) + 36",
    "log(mass_1 * mass_2) - 50.1 - distance / 1e12",
    "log(mass_1 * mass_2 / square(distance) + 1e20) - 23.43",
    "log(mass_1 * mass_2 / (square(distance) + 1e17)) - 23.43",
  ])
  func newton(text: String) throws { #expect(try isTurnedDown("newton", text)) }

  @Test(arguments: [
    "-114.74 + 3 * log(frequency) - 4.799e-11 * frequency / temperature",
    "-90.98 + 2 * log(frequency) + log(temperature)",
    "log(square(frequency) * (temperature + 4.38e-11 * frequency)) - 4.8e-11 * frequency / temperature - 90.98",
    "3 * log(frequency) - log(exp(4.799e-11 * frequency / temperature) - 0.97) - 114.74",
    "3 * log(frequency) - log(exp(4.799e-11 * frequency / temperature) + 1) - 114.74",
    "3.1 * log(frequency) - log(exp(4.8e-11 * frequency / temperature) - 1) - 117.7",
    "log(cube(frequency)) - log(exp(4.8e-11 * frequency) - 1) - 114.74",
    "log(sqrt(frequency)) - frequency / temperature", "log(frequency / temperature)",
  ])
  func planck(text: String) throws { #expect(try isTurnedDown("planck", text)) }

  @Test(arguments: [
    "15.2 - 0.4 * sqrt(period)", "15.56 - 0.85 * log(period + 0.1)", "14.7 - 0.035 * period",
    "16.6 - 1.6 * period ^ 0.3", "15.5 - 0.8 * log(period) - 0.002 * period",
  ])
  func leavitt(text: String) throws { #expect(try isTurnedDown("leavitt", text)) }

  @Test(arguments: [
    "-1.2 * log(luminosity) - 2.35 - log(luminosity + 2e8)",
    "-2.35 - log(luminosity ^ 1.2 + luminosity ^ 2 / 1e8)",
    "-1.2 * log(luminosity) - square(luminosity * 4.2e-9) - 2.35",
    "-1.2 * log(luminosity + 1e4) - luminosity * 4e-9 - 2.35",
    "-1.2 * log(luminosity) - 4.2e-9 * luminosity ^ 1.02 - 2.35",
    "-0.9 * log(luminosity) - sqrt(luminosity) / 4000 - 6",
  ])
  func schechter(text: String) throws { #expect(try isTurnedDown("schechter", text)) }

  @Test(arguments: [
    "log(0.4) + 0.55 * planet_index", "log(0.4 + 0.3 * square(planet_index))",
    "log(0.4 + 0.3 * exp(0.69 * planet_index) + 0.01 * planet_index)", "0.56 * planet_index - 0.4",
    "log(0.4 + 0.3 * cube(1 + planet_index / 2))", "log(0.39 + sinh(0.3 * exp(0.6 * planet_index)))",
  ])
  func bode(text: String) throws { #expect(try isTurnedDown("bode", text)) }

  @Test(arguments: [
    "7.96 + log(amount / volume)", "2.118 + log((amount + 0.2) * temperature / volume)",
    "log(8.314 * amount * temperature / volume + 3)", "1.01 + 1.2 * log(temperature) + log(amount / volume)",
    "7.1 + log(amount / volume) + temperature / 400",
    "log(amount * temperature / (volume - 0.02)) + 2.118",
  ])
  func idealGas(text: String) throws { #expect(try isTurnedDown("ideal_gas", text)) }

  @Test(arguments: [
    "2 * log(lower_level) + 0.91 / (square(upper_level / lower_level) - 0.667) - 16.21",
    "2 * log(lower_level) - 16.1", "-16.21 - log(1 / square(lower_level) - 1 / cube(upper_level))",
    "-16.21 - log(lower_level ^ -2.03 - upper_level ^ -2.03)",
    "2 * log(lower_level) + square(lower_level / upper_level) - 16.21",
    "-16.21 - log(1 / square(lower_level) - 0.95 / square(upper_level))",
    "2 * log(lower_level) + lower_level / (upper_level - lower_level) / 2 - 16.21",
  ])
  func rydberg(text: String) throws { #expect(try isTurnedDown("rydberg", text)) }

  /// Impostors at the constants that suit the data best, as a search would present them.
  @Test(arguments: [
    ("planck", "-114.74 + 3.0 * log(frequency) - 4.799e-11 * frequency / temperature"),
    (
      "planck",
      "log(square(frequency) * (temperature + 4.38e-11 * frequency)) - 4.8e-11 * frequency / temperature - 90.98"
    ),
    ("planck", "-90.98 + 2.0 * log(frequency) + log(temperature)"),
    ("rydberg", "2.0 * log(lower_level) + 0.91 / (square(upper_level / lower_level) - 0.667) - 16.21"),
    ("rydberg", "2.0 * log(lower_level) + 0.6 * lower_level / (upper_level - lower_level) - 16.21"),
    ("kepler", "semimajor_axis * (250 + 93 * semimajor_axis)"), ("leavitt", "15.2 - 0.4 * sqrt(period)"),
    ("leavitt", "15.5 - 0.8 * log(period) - 0.002 * period"), ("hubble", "454 * distance - 40"),
    ("schechter", "-1.2 * log(luminosity) - square(luminosity * 4.2e-9) - 2.35"),
    ("bode", "log(0.4 + 0.3 * cube(1 + planet_index / 2))"), ("bode", "0.56 * planet_index - 0.4"),
    ("newton", "log(mass_1 + mass_2) - 2.0 * log(distance) + 36"),
    ("ideal_gas", "7.96 + log(amount / volume)"),
  ])
  func atItsBestConstantsAnImpostorIsTurnedDown(key: String, text: String) throws {
    let judge = try judge(key)
    let impostor = try fitted(Formula(parsing: text, features: judge.problem.features), to: judge.problem)
    #expect(!judge.verdict(on: impostor).hasForm)
  }
}
