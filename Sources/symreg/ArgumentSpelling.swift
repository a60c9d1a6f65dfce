/// Lets users of PySR keep the words they know.
enum ArgumentSpelling {
  /// `arguments` with underscores in long flags as dashes, and PySR's names as this program's.
  static func canonical(_ arguments: [String]) -> [String] {
    if let command = arguments.first, ["equal", "simplify"].contains(command) {
      return arguments.map(expression)
    }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return arguments[..<end].map(canonical) + arguments[end...]
  }

  /// A space keeps the parser from taking an expression such as -x for a flag; expressions may begin with one.
  private static func expression(_ argument: String) -> String {
    argument.hasPrefix("-") && !argument.hasPrefix("--") && argument != "-h" ? " " + argument : argument
  }

  private static func canonical(_ argument: String) -> String {
    guard argument.hasPrefix("--"), argument.count > 2 else { return argument }
    let name = String(argument.prefix { $0 != "=" })
    let dashed = name.replacing("_", with: "-")
    return (names[dashed] ?? dashed) + argument.dropFirst(name.count)
  }

  private static let names = [
    "--niterations": "--iterations", "--maxsize": "--max-size", "--maxdepth": "--max-depth",
    "--timeout-in-seconds": "--timeout", "--max-evals": "--max-evaluations", "--random-state": "--seed",
    "--model-selection": "--select", "--elementwise-loss": "--loss", "--procs": "--threads",
    "--npopulations": "--populations", "--npop": "--population-size", "--output-directory": "--output",
    "--variable-names": "--features",
  ]
}
