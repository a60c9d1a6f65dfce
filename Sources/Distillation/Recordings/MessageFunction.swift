import Arrays
import ImportedNetworks
import Networks
import Worlds

/// A function of edges whose messages can be recorded.
public enum MessageFunction: Sendable {
  /// The edge function of a network; `name` stands for it in lists.
  case network(Network, name: String)
  /// A function of rows that was trained elsewhere.
  case imported(ImportedNetwork)
  /// A function of rows behind a command.
  case external(ExternalNetwork)
  /// Any function from the inputs, column by column, to the message, component by component:
  /// `values[column][edge]` both. What it returns must follow from `identity` and the inputs; without one it is
  /// never kept in a cache.
  case function(identity: String?, @Sendable ([[Double]]) throws -> [[Double]])

  /// What it is called in lists.
  var label: String {
    switch self {
    case .network(_, let name): name
    case .imported(let network): network.file
    case .external(let network): network.command.joined(separator: " ")
    case .function(let identity, _): identity ?? "function"
    }
  }

  /// What it returns on `data`, and what it was given.
  ///
  /// - Parameter graphs: about how many graphs of a simulation.
  func recording(on data: MessageData, graphs: Int) throws -> MessageRecording {
    switch self {
    case .network(let network, _): try MessageFunction.recording(of: network, on: data, graphs: graphs)
    case .imported(let network):
      switch data {
      case .archive(let archive): try MessageRecording(of: network, from: archive, graphs: graphs)
      case .simulation(let simulation): try MessageRecording(of: network, with: simulation, graphs: graphs)
      case .columns(let names, let values): try MessageRecording(of: network, names: names, columns: values)
      }
    case .external(let network):
      switch data {
      case .archive(let archive): try MessageRecording(of: network, from: archive, graphs: graphs)
      case .simulation(let simulation): try MessageRecording(of: network, with: simulation, graphs: graphs)
      case .columns(let names, let values): try MessageRecording(of: network, names: names, columns: values)
      }
    case .function(_, let function):
      try MessageFunction.recording(of: function, on: data.resolved(), graphs: graphs)
    }
  }

  private static func recording(
    of network: Network, on data: MessageData, graphs: Int
  ) throws -> MessageRecording {
    switch data {
    case .archive(let archive):
      try MessageRecording(of: network, with: Simulation(archive), graphs: graphs)
    case .simulation(let simulation): try MessageRecording(of: network, with: simulation, graphs: graphs)
    case .columns(let names, let values): try MessageRecording(of: network, names: names, columns: values)
    }
  }

  private static func recording(
    of function: ([[Double]]) throws -> [[Double]], on data: MessageData, graphs: Int
  ) throws -> MessageRecording {
    switch data {
    case .simulation(let simulation):
      let edges = SimulatedEdges(simulation, graphs: graphs)
      return try MessageRecording(edges, of: simulation, outputs: function(edges.inputs))
    case .archive(let archive):
      let (names, columns) = try MessageRecording.inputs(of: archive)
      return try MessageRecording(names: names, inputs: columns, outputs: function(columns))
    case .columns(let names, let columns):
      return try MessageRecording(names: names, inputs: columns, outputs: function(columns))
    }
  }
}
