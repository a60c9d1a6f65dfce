import ArgumentParser
import Distillation
import Foundation
import Networks
import SymbolicRegression
import Worlds

/// `symreg distill simulator`.
struct SimulatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulator",
    abstract:
      "Distil a network to a law of pairs and a law of bodies, which together move bodies as it does.",
    discussion: """
      The file holds both laws as text and what bodies they are for. Their constants are at last fitted together to \
      the accelerations of the data. Where the simulation's world is known, the \
      accelerations of the network and of the laws are compared with the true ones on new simulations: in the \
      range of the data, with twice the bodies, and with twice the distances.
      """)

  @Argument(help: "A model folder, as train writes it.")
  var model: String
  @Option(help: "The simulation to distil on, an .npz file.")
  var data: String
  @Option(help: "A further column for the law of pairs, such as \"s = q1*q2\"; may be given several times.")
  var derive: [String] = []
  @Option(
    parsing: .unconditional,
    help: "Allowed operators, separated by spaces or commas. (default: + - * / ^ exp log sqrt square)")
  var operators: String?
  @Option(parsing: .unconditional, help: "Largest complexity of a law, in nodes.")
  var maxSize = 20
  @Option(parsing: .unconditional, help: "Seconds that the search for each of the two laws may take.")
  var timeout = 30.0
  @Option(
    parsing: .unconditional, help: "Worker threads; the result does not depend on them. (default: all cores)")
  var threads: Int?
  @Option(help: "Seed of every random choice. (default: drawn, and reported)")
  var seed: UInt64?
  @Flag(
    help:
      "Keep the laws' constants as they are in the network, and do not fit them to the data's accelerations.")
  var keepConstants = false
  @Option(name: [.short, .long], help: "The JSON file to write.")
  var output: String
  @Option(help: "What is printed at the end: table or json.")
  var format = LawOutput.Format.table
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    guard timeout >= 0, timeout < 1e9 else {
      throw ValidationError("--timeout must be a number of seconds, not \(timeout)")
    }
  }

  func run() async throws {
    let simulation = try Simulation(contentsOf: data)
    let network = try ModelFolder(path: model).read().network
    guard network.logarithmsOfMasses == nil else { throw SymbolicModelError.learnedMasses }
    try ArrayArchive.checkWritable(output)
    let options = try distillerOptions()
    let distiller = Distiller(options: options)
    let law = try await distiller.law(MessageRecording(of: network, with: simulation))
    if !quiet, !law.isAligned {
      Messages.warning("the messages are not aligned with a force: what is found does not count as a law")
    }
    let found = try await distiller.simulator(of: network, law: law, on: GraphSet(simulation))
    let node = found.node
    if !quiet, node.agreement.robust < options.leastAgreement {
      Messages.warning(
        "no law of bodies was found that explains the network's accelerations: robust R² "
          + NumberText.rounded(node.agreement.robust, digits: 3))
    }
    let simulator = keepConstants ? found.distilled : found.simulator
    try simulator.write(to: output)
    let comparison = try simulation.world.map { world in
      try SimulatorComparison(
        simulator, network, world: world, times: instants(simulation), seed: options.search.seed ^ 0x5EED)
    }
    let summary = SimulatorSummary(
      simulator: simulator, isAligned: law.isAligned, agreement: node.agreement, comparison: comparison)
    switch format {
    case .table: try StandardOutput.write(summary.table())
    case .json: try StandardOutput.write(summary.json())
    }
    if !quiet { Messages.note("seed \(options.search.seed); simulator: \(output)") }
    leave(.done)
  }

  private func distillerOptions() throws -> DistillerOptions {
    var search = SearchOptions(seed: seed)
    if let operators { search.operators = try OperatorSet(parsing: operators) }
    search.maximumSize = maxSize
    search.timeLimit = .seconds(timeout)
    if let threads { search.threads = threads }
    try search.validate()
    var options = DistillerOptions(search: search)
    options.derived = derive
    return options
  }

  /// A few of the simulation's times.
  private func instants(_ simulation: Simulation) -> [Double] {
    let step = max(1, simulation.times.count / 10)
    return stride(from: 0, to: simulation.times.count, by: step).map { simulation.times[$0] }
  }
}

/// What `symreg distill simulator` says at the end.
private struct SimulatorSummary: Encodable {
  let simulator: SymbolicSimulator
  let isAligned: Bool
  let agreement: RobustAgreement
  let comparison: SimulatorComparison?

  private enum CodingKeys: String, CodingKey {
    case simulator, comparison
    case isAligned = "aligned"
    case agreement = "node_law_r2"
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  func table() -> String {
    var lines = [
      "force along the displacement  \(simulator.edgeLaw)",
      "acceleration                  \(simulator.nodeLaw)",
    ]
    guard let comparison else { return lines.joined(separator: "\n") + "\n" }
    lines.append("")
    lines.append("error of accelerations     mean size   network      laws     ratio   (worst 1 % left out)")
    for (name, part) in [
      ("in range", comparison.inRange), ("twice the bodies", comparison.twiceTheBodies),
      ("twice the distances", comparison.twiceTheDistances),
    ] {
      let numbers = [part.size, part.network.trimmed, part.simulator.trimmed, part.ratio].map { value in
        let text = NumberText.rounded(value, digits: 3)
        return String(repeating: " ", count: max(1, 10 - text.count)) + text
      }
      lines.append(name.padding(toLength: 26, withPad: " ", startingAt: 0) + numbers.joined())
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
