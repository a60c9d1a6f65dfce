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
    if !hasOwn, archive.contains("state") {
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
    let outputs = MessageRecording.columns(answers[0], width: network.outputs[0].width)
    try self.init(
      inputs: zip(names, columns).map { (name: $0, values: $1) },
      outputs: outputs.enumerated().map { (name: "e\($0)", values: $1) })
  }

  /// What the command of a network answers to the arrays of an archive: to `inputs`, or to the edges of a
  /// simulation. It must answer with an array `outputs`, or one array alone.
  ///
  /// - Parameter graphs: about how many graphs of a simulation are recorded.
  /// - Throws: as the other, for answers of another length as well.
  public init(of network: ExternalNetwork, from archive: ArrayArchive, graphs: Int = 1000) throws {
    var simulation: Simulation?
    var edges: SimulatedEdges?
    var arrays: [String: NumericArray] = [:]
    if !archive.contains("inputs"), archive.contains("state") {
      let found = try Simulation(archive)
      let all = SimulatedEdges(found, graphs: graphs)
      (simulation, edges) = (found, all)
      let rows = all.inputs.first?.count ?? 0
      let values = (0..<rows).flatMap { row in all.inputs.map { $0[row] } }
      arrays["inputs"] = NumericArray(shape: [rows, all.inputs.count], elements: .float64(values))
      arrays["input_names"] = NumericArray(all.names)
    } else {
      for name in archive.names { arrays[name] = try archive.array(name) }
    }
    let inputs = try MessageRecording.matrix("inputs", in: arrays, file: archive.file)
    let answers = try network.evaluate(arrays)
    let name = answers.count == 1 ? answers.keys.first ?? "outputs" : "outputs"
    let outputs = try MessageRecording.matrix(name, in: answers, file: "its answer")
    if let simulation, let edges {
      try self.init(edges, of: simulation, outputs: outputs)
      return
    }
    let names = arrays["input_names"]?.texts ?? inputs.indices.map { "x\($0)" }
    guard names.count == inputs.count else {
      throw RecordingError.countOfNames(names.count, columns: inputs.count)
    }
    try self.init(
      inputs: zip(names, inputs).map { (name: $0, values: $1) },
      outputs: outputs.enumerated().map { (name: "e\($0)", values: $1) })
  }

  private init(of network: ImportedNetwork, with simulation: Simulation, graphs: Int) throws {
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
    let rows = edges.inputs.first?.count ?? 0
    let given = widths.indices.map { input in
      let columns = edges.inputs[(input * widths[0])..<((input + 1) * widths[0])]
      return (0..<rows).flatMap { row in columns.map { $0[row] } }
    }
    let answers = try network(given, count: rows)
    try self.init(
      edges, of: simulation,
      outputs: MessageRecording.columns(answers[0], width: network.outputs[0].width))
  }

  private static func matrix(
    _ name: String, in arrays: [String: NumericArray], file: String
  ) throws -> [[Double]] {
    guard let array = arrays[name] else {
      throw ArrayFileError.noArray(file: file, name: name, known: arrays.keys.sorted())
    }
    guard array.rank == 2, let values = array.doubles else {
      throw RecordingError.badArray(file: file, name: name, shape: array.shape)
    }
    return columns(values, width: array.shape[1])
  }

  private static func columns(_ values: [Double], width: Int) -> [[Double]] {
    (0..<width).map { column in stride(from: column, to: values.count, by: width).map { values[$0] } }
  }
}
