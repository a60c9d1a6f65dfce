import Expressions

/// Why laws cannot be put together, put in a network's place, read or followed in time.
public enum SymbolicModelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Not two or three dimensions, or fewer states than dimensions.
  case space(dimensions: Int, states: Int)
  /// A law uses a column that bodies do not have.
  case unknownColumn(String, available: [String])
  /// A text that is no expression in the known columns.
  case expression(String, reason: String)
  /// Numbers of states that are no whole number of bodies.
  case states(count: Int, row: Int)
  /// A law has no finite value for these bodies.
  case notFinite(graph: Int)
  /// A law of bodies is wanted of a network that has learned masses, which has none of its own.
  case learnedMasses
  /// Something that a document says, or that is asked for, cannot be.
  case setting(String)
  /// A motion cannot be followed beyond this time.
  case stuck(time: Double, reason: String)

  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .space(let dimensions, let states):
      "laws of pairs are for 2 or 3 dimensions and at least as many states of a body, not for \(dimensions) and "
        + "\(states)"
    case .unknownColumn(let name, let available):
      "the law uses \"\(name)\", which is not known of a pair of bodies; known are "
        + available.joined(separator: ", ")
    case .expression(let text, let reason): "\"\(text)\": \(reason)"
    case .states(let count, let row):
      "\(count) numbers are not the states of bodies, which take \(row) at a time; check shape and order"
    case .notFinite(let graph):
      "the law has no finite value for the bodies of graph \(graph) (counted from 0); leave it out, or choose "
        + "another law"
    case .learnedMasses:
      "a network that has learned masses moves bodies by force over mass, and there is no law of bodies to find; its "
        + "law of pairs and the masses come from symreg distill record and fit --trajectory"
    case .setting(let reason): reason
    case .stuck(let time, let reason): "the motion cannot be followed beyond the time \(time): \(reason)"
    }
  }

  /// A formula of a text.
  static func parse(_ text: String, _ names: [String]) throws(SymbolicModelError) -> Formula {
    do throws(FormulaSyntaxError) { return try Formula(parsing: text, features: names) } catch {
      throw .expression(text, reason: error.description)
    }
  }
}
