import Foundation

extension EmpiricalBench {
  static let hubble = Problem(
    key: "hubble", title: "Hubble's law", features: ["distance"], target: "velocity",
    law: Law(
      text: "velocity = k * distance", simplestForm: "424 * distance", constants: [.init("k", 424)],
      value: { row, constants in constants[0] * row[0] }),
    domain: .box([.init(0.032...2, beyond: 1000)]), deviationScale: 0)

  static let kepler = Problem(
    key: "kepler", title: "Kepler's third law", features: ["semimajor_axis"], target: "period",
    law: Law(
      text: "period = k * sqrt(semimajor_axis^3)", simplestForm: "365.25 * semimajor_axis ^ 1.5",
      constants: [.init("k", 365.25)],
      value: { row, constants in constants[0] * row[0] * row[0].squareRoot() }),
    domain: .box([.init(0.389...9.51, beyond: 1000)]), deviationScale: 0)

  static let leavitt = Problem(
    key: "leavitt", title: "Leavitt's law", features: ["period"], target: "magnitude",
    law: Law(
      text: "magnitude = a + b * log(period)", simplestForm: "15.56 - 0.876 * log(period)",
      constants: [.init("a", 15.56), .init("b", -0.876)],
      value: { row, constants in constants[0] + constants[1] * log(row[0]) }),
    domain: .box([.init(1.25...127, beyond: 1000)]), deviationScale: 1)

  static let bode = Problem(
    key: "bode", title: "Titius-Bode law", features: ["planet_index"], target: "log_semimajor_axis",
    law: Law(
      text: "log_semimajor_axis = log(p + q * exp(r * planet_index))",
      simplestForm: "log(0.4 + 0.3 * 2 ^ planet_index)",
      constants: [.init("p", 0.4), .init("q", 0.3), .init("r", 0.6931471805599453)],
      value: { row, constants in log(constants[0] + constants[1] * exp(constants[2] * row[0])) }),
    // Between the indices and past the last planet; -1000 stands for the minus infinity of Mercury.
    domain: .rows(
      on: [[-1000]] + stride(from: 0.0, through: 6, by: 0.5).map { [$0] },
      beyond: stride(from: -12.0, through: 12, by: 0.5).map { [$0] } + [[-300], [-60]]),
    deviationScale: 1)
}
