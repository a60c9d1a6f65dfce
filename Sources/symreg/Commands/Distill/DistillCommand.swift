import ArgumentParser

/// `symreg distill`: from particles or a trained network to a law.
struct DistillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill",
    abstract: "From particle worlds and trained networks to laws.",
    discussion: """
      symreg distill simulate --law spring -o sim.npz      simulates particles
      symreg distill train sim.npz -o model                trains a network on them
      symreg distill record model --data sim.npz -o io.npz     records its messages
      symreg distill fit io.npz                                distils their law
      symreg distill components io.npz                         an equation for each component on its own
      symreg distill law sim.npz                               all of it in one go
      symreg distill simulator model --data sim.npz -o laws.json   puts laws in the network's place
      """,
    subcommands: [
      SimulateCommand.self, TrainCommand.self, RecordCommand.self, LawFitCommand.self,
      ComponentsCommand.self, LawCommand.self, SimulatorCommand.self, CacheCommand.self,
    ])
}
