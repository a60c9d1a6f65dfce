import Foundation
import SymbolicRegression

/// An expression given on the command line, whose columns are the names that occur in it.
struct ExpressionText {
  let text: String
  let label: String
  let names: [String]

  /// - Parameters:
  ///   - text: the expression.
  ///   - label: which of the command's expressions this is, for messages.
  init(_ text: String, label: String) throws(Failure) {
    // The space that `ArgumentSpelling` put before a minus counts as no column.
    let text = text.hasPrefix(" -") ? String(text.dropFirst()) : text
    self.text = text
    self.label = label
    do throws(FormulaSyntaxError) { names = try Formula.names(in: text) } catch {
      throw ExpressionText.failure(error, label)
    }
  }

  /// The formula in columns of the given names.
  func formula(features: [String]) throws(Failure) -> Formula {
    do throws(FormulaSyntaxError) { return try Formula(parsing: text, features: features) } catch {
      throw ExpressionText.failure(error, label)
    }
  }

  private static func failure(_ error: FormulaSyntaxError, _ label: String) -> Failure {
    Failure(.usage, "the \(label) expression cannot be read: column \(error.column): \(error.reason)")
  }

  /// The places of the names in a list with commas.
  ///
  /// - Throws: ``Failure`` for a name that does not occur.
  static func indices(of list: String?, among names: [String]) throws(Failure) -> Set<Int> {
    var found: Set<Int> = []
    for word in (list ?? "").split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
      guard let index = names.firstIndex(of: word) else {
        throw Failure(
          .usage, "\"\(word)\" occurs in no expression; the names are: \(names.joined(separator: ", "))")
      }
      found.insert(index)
    }
    return found
  }
}
