import Arrays
import ImportedNetworks
import Worlds

extension MessageRecording {
  /// What the command of a network answers to the arrays of an archive, of which `inputs` is recorded, or to the
  /// edges of the simulation in it. It must answer with an array `outputs`, or one array alone.
  ///
  /// - Parameter graphs: about how many graphs of a simulation are recorded.
  /// - Throws: `ImportedNetworkError` when the command fails, `ArrayFileError` or `WorldError` when the archive
  ///   cannot be read, ``RecordingError`` for answers that are not finite or of another length.
  public init(of network: ExternalNetwork, from archive: ArrayArchive, graphs: Int = 1000) throws {
    if !archive.contains("inputs"), Simulation.isIn(archive) {
      try self.init(of: network, with: Simulation(archive), graphs: graphs)
      return
    }
    let (names, inputs) = try MessageRecording.inputs(of: archive)
    var arrays: [String: NumericArray] = [:]
    for name in archive.names { arrays[name] = try archive.array(name) }
    try self.init(
      names: names, inputs: inputs, outputs: MessageRecording.answers(of: network, to: arrays))
  }

  /// What the command of a network answers to the edges of a simulation: to `inputs` with `input_names`.
  ///
  /// - Throws: `ImportedNetworkError` when the command fails, ``RecordingError`` for answers that are not finite
  ///   or of another length.
  public init(of network: ExternalNetwork, with simulation: Simulation, graphs: Int = 1000) throws {
    let edges = SimulatedEdges(simulation, graphs: graphs)
    try self.init(
      edges, of: simulation,
      outputs: MessageRecording.answers(of: network, names: edges.names, columns: edges.inputs))
  }

  /// What the command of a network answers to these columns: to `inputs` with `input_names`.
  ///
  /// - Throws: `ImportedNetworkError` when the command fails, ``RecordingError`` for answers that are not finite
  ///   or of another length.
  public init(of network: ExternalNetwork, names: [String], columns: [[Double]]) throws {
    try self.init(
      names: names, inputs: columns,
      outputs: MessageRecording.answers(of: network, names: names, columns: columns))
  }

  /// The array `inputs` of an archive, column by column, with its names.
  static func inputs(of archive: ArrayArchive) throws -> (names: [String], columns: [[Double]]) {
    let columns = try matrix("inputs", archive.array("inputs"), file: archive.file)
    var names = columns.indices.map { "x\($0)" }
    if archive.contains("input_names"), let own = try archive.array("input_names").texts { names = own }
    return (names, columns)
  }

  private static func answers(
    of network: ExternalNetwork, names: [String], columns: [[Double]]
  ) throws -> [[Double]] {
    let shape = [columns.first?.count ?? 0, columns.count]
    return try answers(
      of: network,
      to: [
        "inputs": NumericArray(shape: shape, elements: .float64(try rows(columns[...]))),
        "input_names": NumericArray(names),
      ])
  }

  private static func answers(
    of network: ExternalNetwork, to arrays: [String: NumericArray]
  ) throws -> [[Double]] {
    let answers = try network.evaluate(arrays)
    let name = answers.count == 1 ? answers.keys.first ?? "outputs" : "outputs"
    guard let array = answers[name] else {
      throw ArrayFileError.noArray(file: "its answer", name: name, known: answers.keys.sorted())
    }
    return try matrix(name, array, file: "its answer")
  }

  private static func matrix(_ name: String, _ array: NumericArray, file: String) throws -> [[Double]] {
    guard array.rank == 2, let values = array.doubles else {
      throw RecordingError.badArray(file: file, name: name, shape: array.shape)
    }
    return columns(values, width: array.shape[1])
  }
}

extension MessageRecording {
  /// A recording of inputs with names; the components of the message are called `e0`, `e1`, …
  init(names: [String], inputs: [[Double]], outputs: [[Double]]) throws(RecordingError) {
    guard names.count == inputs.count else { throw .countOfNames(names.count, columns: inputs.count) }
    try self.init(
      inputs: zip(names, inputs).map { (name: $0, values: $1) },
      outputs: outputs.enumerated().map { (name: "e\($0)", values: $1) })
  }

  /// Rows one after the other, `width` numbers each, as columns.
  static func columns(_ values: [Double], width: Int) -> [[Double]] {
    (0..<width).map { column in stride(from: column, to: values.count, by: width).map { values[$0] } }
  }

  /// Columns of the same length as rows, one after the other.
  ///
  /// - Throws: ``RecordingError/unequalLengths(_:_:_:_:)`` for others.
  static func rows(_ columns: ArraySlice<[Double]>) throws(RecordingError) -> [Double] {
    let count = columns.first?.count ?? 0
    for (number, column) in columns.enumerated() where column.count != count {
      throw .unequalLengths("column \(number)", column.count, "column 0", count)
    }
    return (0..<count).flatMap { row in columns.map { $0[row] } }
  }
}
