import ArgumentParser

/// The program's beginning: arguments in, exit status out.
@main
struct SymregBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "symreg-bench",
    abstract: "Measures how fast symreg evaluates and searches, and which laws it finds.",
    subcommands: [
      EvaluateCommand.self, SearchCommand.self, EmpiricalCommand.self, FeynmanCommand.self,
      StrogatzCommand.self, SimplifyCommand.self, GenerateCommand.self, JudgeCommand.self, TrainCommand.self,
      DistillCommand.self, ChoiceCommand.self, PeriodicCommand.self, CompareCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      Failure.exit(for: error)
    }
  }
}
