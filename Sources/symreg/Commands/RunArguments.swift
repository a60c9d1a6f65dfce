import ArgumentParser
import SymbolicRegression

/// A run, and which of its equations is meant.
struct RunArguments: ParsableArguments {
  @Argument(help: "Run folder, or its run.json.")
  var run: String

  /// The run's content.
  func read() throws(RunFileError) -> RunFile { try RunFile(contentsOf: run) }
}

/// Which equation of a run is meant.
struct ChoiceArguments: ParsableArguments {
  @Option(
    help: "Which equation: best, accuracy, score, mdl, an index in the front (from 0), or complexity=N.")
  var select = MemberChoice.best

  /// The index of the chosen member.
  func index(in document: RunDocument) throws(Failure) -> Int {
    if let index = select.index(in: document) { return index }
    let complexities = document.front.map { "\($0.complexity)" }.joined(separator: ", ")
    throw Failure(
      .usage,
      "--select: the front of \"\(document.target)\" has no such member; give an index from 0 to "
        + "\(document.front.count - 1), or complexity=N with N one of \(complexities)")
  }
}

extension MemberChoice: ExpressibleByArgument {
  /// The choice that `argument` names.
  public init?(argument: String) { self.init(argument) }

  /// The text that names the default.
  public var defaultValueDescription: String { self == .best ? "best" : "\(self)" }
}
