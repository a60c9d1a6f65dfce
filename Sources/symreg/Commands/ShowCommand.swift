import ArgumentParser
import Foundation
import SymbolicRegression

/// `symreg show`.
struct ShowCommand: ParsableCommand {
  /// How a run can be printed: the whole front, or one equation in a language.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv, expression, sympy, latex, python
  }

  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the front of a run, or one equation in another language.")

  @OptionGroup var origin: RunArguments
  @Option(help: "table, json or csv for the front; expression, sympy, latex or python for one equation.")
  var `as` = Form.table
  @OptionGroup var choice: ChoiceArguments

  func run() throws {
    let file = try origin.read()
    switch `as` {
    case .table:
      let width = StandardOutput.width
      let tables = try file.documents.map { document in
        FrontTable(document, marking: try choice.index(in: document)).text(width: width)
      }
      try StandardOutput.write(tables.joined(separator: "\n"))
    case .json: try StandardOutput.write(String(decoding: file.json(), as: UTF8.self))
    case .csv: try StandardOutput.write(HallOfFameCSV.text(file.documents))
    case .expression: try show(file, in: .expression)
    case .sympy: try show(file, in: .sympy)
    case .latex: try show(file, in: .latex)
    case .python: try show(file, in: .python)
    }
    leave(.done)
  }

  private func show(_ file: RunFile, in language: Language) throws {
    for document in file.documents {
      let index = try choice.index(in: document)
      let formula = try document.formula(at: index, path: origin.run)
      let printed = language == .latex ? document.front[index].printedLatex(features: document.features) : nil
      try StandardOutput.write((printed ?? formula.text(in: language, features: document.features)) + "\n")
    }
  }
}
