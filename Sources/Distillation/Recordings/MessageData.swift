import Arrays
import Worlds

/// What a function of edges is evaluated on.
public enum MessageData: Sendable {
  /// An open archive: a simulation, or arrays with the names of the function's inputs.
  case archive(ArrayArchive)
  /// Edges of graphs spread evenly over a simulation.
  case simulation(Simulation)
  /// Inputs of edges, column by column: `values[column][edge]`.
  case columns(names: [String], values: [[Double]])

  /// What it is called in lists: the file, if it came from one.
  var label: String {
    switch self {
    case .archive(let archive): archive.file
    case .simulation: "simulation"
    case .columns: "columns"
    }
  }

  /// The same, an archive that holds a simulation and no inputs of a function being that simulation.
  func resolved() throws -> MessageData {
    guard case .archive(let archive) = self, !archive.contains("inputs") else { return self }
    return Simulation.isIn(archive) ? .simulation(try Simulation(archive)) : self
  }
}
