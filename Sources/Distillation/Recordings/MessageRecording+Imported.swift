import Arrays
import ImportedNetworks
import Worlds

extension MessageRecording {
  /// What a network that was trained elsewhere answers to the arrays of an archive.
  ///
  /// Each of its inputs is taken from the array of its name, the last dimension being the row; a network of one
  /// input takes `inputs` if there is none of its name. When the archive is a simulation, the network is given
  /// the states of receiver and sender of its edges, as one input or as two. The network's first output is
  /// recorded.
  ///
  /// - Parameter graphs: about how many graphs of a simulation are recorded.
  /// - Throws: `ImportedNetworkError` when an array is missing or does not fit, `ArrayFileError` or `WorldError`
  ///   when it cannot be read, ``RecordingError`` for answers that are not finite.
  public init(of network: ImportedNetwork, from archive: ArrayArchive, graphs: Int = 1000) throws {
    let hasOwn = network.inputs.contains { archive.contains($0.name) }
    if !hasOwn, Simulation.isIn(archive) {
      try self.init(of: network, with: Simulation(archive), graphs: graphs)
      return
    }
    var given: [[Double]] = []
    var count: Int?
    for port in network.inputs {
      let isOnly = network.inputs.count == 1 && !archive.contains(port.name) && archive.contains("inputs")
      let array = try archive.array(isOnly ? "inputs" : port.name)
      let width = array.rank < 2 && port.width == 1 ? 1 : array.shape.last ?? 1
      guard width == port.width, let values = array.doubles else {
        throw ImportedNetworkError.badInput(
          file: archive.file, reason: "the array for the input \"\(port.name)\" has the shape \(array.shape)",
          remedy: "its rows must have \(port.width) numbers")
      }
      let rows = values.count / width
      guard rows == count ?? rows else {
        throw ImportedNetworkError.badInput(
          file: archive.file,
          reason: "the inputs before have \(count ?? 0) rows, \"\(port.name)\" has \(rows)",
          remedy: "give each input the same number of rows")
      }
      count = rows
      given.append(values)
    }
    let answers = try network(given, count: count ?? 0)
    var names = network.inputs.flatMap { port in
      port.width == 1 ? [port.name] : (1...port.width).map { "\(port.name)_\($0)" }
    }
    if archive.contains("input_names"), let own = try archive.array("input_names").texts,
      own.count == names.count
    {
      names = own
    }
    let columns = zip(given, network.inputs).flatMap { MessageRecording.columns($0, width: $1.width) }
    try self.init(
      names: names, inputs: columns,
      outputs: MessageRecording.columns(answers[0], width: network.outputs[0].width))
  }

  /// What a network that was trained elsewhere answers to the edges of a simulation.
  ///
  /// - Throws: `ImportedNetworkError` when it is made for other states, ``RecordingError`` for answers that are
  ///   not finite.
  public init(of network: ImportedNetwork, with simulation: Simulation, graphs: Int = 1000) throws {
    let edges = SimulatedEdges(simulation, graphs: graphs)
    let size = simulation.stateSize
    let widths = network.inputs.map(\.width)
    guard widths == [2 * size] || widths == [size, size] else {
      throw ImportedNetworkError.badInput(
        file: network.file,
        reason: "it takes \(widths.map(String.init).joined(separator: " and ")) numbers, and a body of the "
          + "simulation has \(size) (\(simulation.stateNames.joined(separator: ", ")))",
        remedy: "record on an npz file with an array for each of its inputs, by name")
    }
    try self.init(
      edges, of: simulation, outputs: MessageRecording.answers(of: network, to: edges.inputs))
  }

  /// What a network that was trained elsewhere answers to these columns, which its inputs take in their order.
  ///
  /// - Throws: `ImportedNetworkError` when they are too few or too many, ``RecordingError`` for answers that are
  ///   not finite.
  public init(of network: ImportedNetwork, names: [String], columns: [[Double]]) throws {
    try self.init(
      names: names, inputs: columns, outputs: MessageRecording.answers(of: network, to: columns))
  }

  private static func answers(of network: ImportedNetwork, to columns: [[Double]]) throws -> [[Double]] {
    let widths = network.inputs.map(\.width)
    guard widths.reduce(0, +) == columns.count else {
      throw ImportedNetworkError.badInput(
        file: network.file, reason: "it is given \(columns.count) columns",
        remedy: "it takes \(widths.map(String.init).joined(separator: " and "))")
    }
    var start = 0
    let given = try widths.map { width in
      start += width
      return try rows(columns[(start - width)..<start])
    }
    let answers = try network(given, count: columns.first?.count ?? 0)
    return MessageRecording.columns(answers[0], width: network.outputs[0].width)
  }
}
