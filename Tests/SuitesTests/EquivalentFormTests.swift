import Suites
import Testing

/// Every way to write a law is the law.
@Suite struct EquivalentFormTests {
  @Test(arguments: EmpiricalBench.problems.map(\.key))
  func theSimplestFormIsTheLaw(key: String) throws {
    #expect(try verdict(key, EmpiricalBench.problem(key).law.simplestForm).isSolved)
  }

  @Test(arguments: [
    "424 * distance", "distance / 0.00236", "(distance + distance) * 212", "square(20.6) * distance",
    "exp(log(distance) + 6.05)",
  ])
  func hubble(text: String) throws { #expect(try verdict("hubble", text).isSolved) }

  @Test(arguments: [
    "365.25 * semimajor_axis ^ 1.5", "366.9 * sqrt(cube(semimajor_axis))",
    "semimajor_axis * sqrt(semimajor_axis * 133400)", "sqrt(semimajor_axis) * semimajor_axis * 365.3",
    "cube(sqrt(semimajor_axis)) / 0.00273", "exp(5.9 + 1.5 * log(semimajor_axis))",
    "365.25 * semimajor_axis ^ 1.4998", "366 * semimajor_axis ^ 1.5031",
  ])
  func kepler(text: String) throws { #expect(try verdict("kepler", text).isSolved) }

  @Test(arguments: [
    "log(mass_1 * mass_2) - 2 * log(distance) - 23.43",
    "log(mass_1 * mass_2 / square(distance)) - 23.4",
    "log(mass_1) + log(mass_2) - 2 * log(distance) - 23.42",
    "log(mass_1 / distance * 6.7e-11) + log(mass_2 / distance)",
    "log(mass_1 * mass_2) - 2.003 * log(distance) - 23.34",
    "2 * log(sqrt(mass_1 * mass_2) / distance) - 23.45",
  ])
  func newton(text: String) throws { #expect(try verdict("newton", text).isSolved) }

  @Test(arguments: [
    "-114.74 + 3 * log(frequency) - log(exp(4.799e-11 * frequency / temperature) - 1)",
    "log(cube(frequency) / (1 - exp(-4.799e-11 * frequency / temperature))) - 4.799e-11 * frequency / temperature - 114.74",
    "log(cube(frequency) / (1 - exp(-4.82e-11 * frequency / temperature))) - 4.8e-11 * frequency / temperature - 114.74",
    "3 * (log(frequency) - 38.247) - log(exp(frequency / temperature / 2.083e10) - 1)",
    "log(cube(frequency / 4.08e16) / (exp(frequency / (temperature * 2.083e10)) - 1))",
    "3.002 * log(frequency) - log(exp(4.8e-11 * frequency / temperature) - 1) - 114.8",
    "-115.43 + 3 * log(frequency) - log(sinh(2.4e-11 * frequency / temperature)) - 2.4e-11 * frequency / temperature",
    "log(cube(frequency) * 1.4745e-50 / (exp(4.8e-11 * frequency / temperature) - 1))",
  ])
  func planck(text: String) throws { #expect(try verdict("planck", text).isSolved) }

  @Test(arguments: [
    "15.56 - 0.876 * log(period)", "15.55 - 2.0 * log10(period)", "log(5.7e6 / period ^ 0.87)",
    "15.56 - log(period ^ 0.88)", "-0.87 * log(period / 5.7e7)", "15.56 - 1.75 * log(sqrt(period))",
  ])
  func leavitt(text: String) throws { #expect(try verdict("leavitt", text).isSolved) }

  @Test(arguments: [
    "-1.2 * log(luminosity) - luminosity * 4e-9 - 2.35",
    "-2.35 - (log(luminosity) + luminosity / 3e8) * 1.2",
    "-2.35 - log(luminosity ^ 1.2) - luminosity / 2.5e8",
    "log(0.095 / luminosity ^ 1.2 / exp(luminosity / 2.5e8))",
    "-1.2 * log(luminosity / 0.141) - 4e-9 * luminosity",
  ])
  func schechter(text: String) throws { #expect(try verdict("schechter", text).isSolved) }

  @Test(arguments: [
    "log(0.4 + 0.3 * exp(0.69 * planet_index))", "log(0.4 + 0.3 * 2 ^ planet_index)",
    "log(exp(planet_index * 0.69 - 1.2) + 0.39)", "log(1.33 + 2.0 ^ planet_index) - 1.2",
    "log(1.01 ^ (planet_index * 69.3) * 0.295 + 0.4)", "log(0.4 + square(0.546 * 1.415 ^ planet_index))",
  ])
  func bode(text: String) throws { #expect(try verdict("bode", text).isSolved) }

  @Test(arguments: [
    "2.118 + log(amount * temperature) - log(volume)", "log(8.3 * amount * temperature / volume)",
    "log(temperature / volume * amount) + 2.12", "log(amount) + log(temperature) - log(volume / 8.31)",
    "-log(volume / amount / temperature) + 2.11", "2 * log(2.88 * sqrt(amount * temperature / volume))",
  ])
  func idealGas(text: String) throws { #expect(try verdict("ideal_gas", text).isSolved) }

  @Test(arguments: [
    "-16.211 + log(square(lower_level) / (1 - square(lower_level / upper_level)))",
    "-16.21 - log(1 / square(lower_level) - 1 / square(upper_level))",
    "-16.21 - log(lower_level ^ -2 - upper_level ^ -2)",
    "log(square(lower_level * upper_level) / (square(upper_level) - square(lower_level))) - 16.21",
    "2 * log(lower_level) - log(1 - square(lower_level / upper_level)) - 16.21",
    "-16.21 - log((1 / lower_level - 1 / upper_level) * (1 / lower_level + 1 / upper_level))",
    "-log(1.097e7 / square(lower_level) - 1.097e7 / square(upper_level))",
    "-16.21 - log(lower_level ^ -2.0004 - upper_level ^ -2.0006)",
  ])
  func rydberg(text: String) throws { #expect(try verdict("rydberg", text).isSolved) }
}
