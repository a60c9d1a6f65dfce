import ArgumentParser
import SymbolicRegression

/// `symreg`: the commands under one name.
struct SymregCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "symreg",
    abstract: "Finds equations that explain data.",
    discussion: """
      symreg fit Datasets/kepler.csv           searches for equations of the last column
      symreg show symreg-runs/...              prints what a run found
      symreg predict symreg-runs/... new.csv   evaluates the found equation
      symreg equal "2^(x+1)" "2*2^x"           tells whether expressions are equal
      symreg simplify "x*y + x*z"              prints the shortest equal expression
      symreg distill simulate ...              simulates particles
      """,
    version: "symreg \(RunDocument.softwareVersion)",
    subcommands: [
      FitCommand.self, PredictCommand.self, ShowCommand.self, EqualCommand.self,
      SimplifyCommand.self, DistillCommand.self,
    ])
}

/// Helps those who mistype a command; the argument parser only counts unexpected arguments.
enum UnknownCommand {
  /// Throws when the first argument is neither an option nor a command.
  static func check(_ arguments: [String]) throws(Failure) {
    guard let word = arguments.first, !word.hasPrefix("-") else { return }
    let commands =
      SymregCommand.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    if commands.contains(word) { return }
    if word.contains(".") || word.contains("/") {
      throw Failure(.usage, "\"\(word)\" is no command; to search for equations in it: symreg fit \(word)")
    }
    let hint = Spelling.nearest(to: word, among: commands).map { "; did you mean \"\($0)\"?" } ?? "."
    throw Failure(
      .usage, "unknown command \"\(word)\"\(hint) The commands are: \(commands.joined(separator: ", "))")
  }
}
