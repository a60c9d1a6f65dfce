import ArgumentParser
import Suites

/// `symreg-bench feynman`: which of the hundred Feynman equations are found.
struct FeynmanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feynman", abstract: "Which of one hundred equations of the Feynman lectures are found.",
    discussion: """
      Laws and ranges are those of Udrescu and Tegmark (2020); rows are uniform on the ranges, noise is \
      normal. A run counts as solved when any member of its final front is the law: equal to nine digits on \
      and beyond the range of the data once its fitted constants are freed of noise. All problems are \
      searched with the same operators and options.
      """)

  @OptionGroup var options: GroundTruthOptions

  func run() async throws { try await options.run(.feynman) }
}
