import ArgumentParser
import Suites

/// `symreg-bench strogatz`: which of the fourteen rates of dynamical systems are found.
struct StrogatzCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strogatz", abstract: "Which rates of change of seven dynamical systems are found.",
    discussion: """
      States are those of four trajectories of each system, at every tenth of a unit of time, from first \
      states drawn as in the published simulation (La Cava, Danai and Spector, 2016) with the data seed; the \
      target is the exact rate of change of one state, plus noise. A run counts as solved as by \
      symreg-bench feynman.
      """)

  @OptionGroup var options: GroundTruthOptions

  func run() async throws { try await options.run(.strogatz) }
}
