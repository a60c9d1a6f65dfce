import Arrays

/// What a network was given and what it answered, row by row: the content of an `IO.npz`.
public struct RowRecording: Sendable {
  /// What each column of the inputs is called.
  public let inputNames: [String]
  /// What the network was given, `rows` × columns, row by row.
  public let inputs: [Double]
  /// What each component of the answers is called.
  public let outputNames: [String]
  /// What it answered, `rows` × components, row by row.
  public let outputs: [Double]
  /// How many rows there are.
  public let rows: Int
  /// Further answers of the network, by the names of its outputs: variances, for example.
  public let others: [String: NumericArray]

  /// The answers of `network` to the arrays in `archive`.
  ///
  /// Each input is taken from the array of its name, of any number of dimensions, the last being the row; a
  /// network with one input takes the array `inputs` if there is none of its name. The first output is what is
  /// recorded.
  ///
  /// - Throws: ``ImportedNetworkError`` when an array is missing, or does not fit.
  public init(of network: ImportedNetwork, from archive: ArrayArchive) throws(ImportedNetworkError) {
    var given: [[Double]] = []
    var rows: Int?
    for port in network.inputs {
      let array = try RowRecording.array(for: port, of: network, in: archive)
      let width = array.rank < 2 && port.width == 1 ? 1 : array.shape.last ?? 1
      guard width == port.width, let values = array.doubles else {
        throw .badInput(
          file: archive.file,
          reason: "the array for the input \(quoted(port.name)) is \(written(array.shape))",
          remedy: "its rows must have \(port.width) numbers")
      }
      let count = values.count / max(1, width)
      guard rows == nil || rows == count else {
        throw .badInput(
          file: archive.file, reason: "there are \(count) rows for the input \(quoted(port.name)), and "
            + "\(rows ?? 0) for the others", remedy: "give each input the same number of rows")
      }
      rows = count
      given.append(values)
    }
    let names = try? archive.array("input_names").texts
    try self.init(of: network, given, count: rows ?? 0, names: names)
  }

  /// The answers of `network` to `given`: for each of its inputs, `count` rows.
  ///
  /// - Parameter names: what the columns of all inputs together are called, if they have names.
  /// - Throws: ``ImportedNetworkError`` when the rows do not fit.
  public init(
    of network: ImportedNetwork, _ given: [[Double]], count: Int, names: [String]? = nil
  ) throws(ImportedNetworkError) {
    let answers = try network(given, count: count)
    let widths = network.inputs.map(\.width)
    var inputs: [Double] = []
    inputs.reserveCapacity(count * widths.reduce(0, +))
    for row in 0..<count {
      for (values, width) in zip(given, widths) { inputs += values[(row * width)..<((row + 1) * width)] }
    }
    let own = RowRecording.names(network.inputs)
    inputNames = names?.count == own.count ? names ?? own : own
    outputNames = RowRecording.names(Array(network.outputs.prefix(1)))
    outputs = answers[0]
    rows = count
    self.inputs = inputs
    var others: [String: NumericArray] = [:]
    for (port, values) in zip(network.outputs, answers).dropFirst() {
      others[port.name] = NumericArray(shape: [count, port.width], elements: .float64(values))
    }
    self.others = others
  }

  /// Writes the recording as an npz file: `inputs`, `outputs`, `input_names`, `output_names` and what else the
  /// network answered.
  ///
  /// - Throws: ``ImportedNetworkError`` when the file cannot be written.
  public func write(to path: String) throws(ImportedNetworkError) {
    var arrays = [
      ("inputs", NumericArray(shape: [rows, inputNames.count], elements: .float64(inputs))),
      ("outputs", NumericArray(shape: [rows, outputNames.count], elements: .float64(outputs))),
      ("input_names", NumericArray(inputNames)), ("output_names", NumericArray(outputNames)),
    ]
    let taken = Set(arrays.map(\.0) + ["weights"])
    for (name, array) in others.sorted(by: { $0.key < $1.key }) {
      arrays.append((taken.contains(name) ? "other \(name)" : name, array))
    }
    do throws(ArrayFileError) {
      try ArrayArchive.write(arrays.map { (name: $0.0, array: $0.1) }, to: path)
    } catch { throw .arrays(error) }
  }

  private static func array(
    for port: ImportedNetwork.Port, of network: ImportedNetwork, in archive: ArrayArchive
  ) throws(ImportedNetworkError) -> NumericArray {
    do throws(ArrayFileError) {
      let takesAny = network.inputs.count == 1 && !archive.contains(port.name)
      if takesAny, archive.contains("inputs") { return try archive.array("inputs") }
      return try archive.array(port.name)
    } catch { throw .arrays(error) }
  }

  /// A name for each number in a row: the port's own when it has one number.
  private static func names(_ ports: [ImportedNetwork.Port]) -> [String] {
    ports.flatMap { port in
      port.width == 1 ? [port.name] : (0..<port.width).map { "\(port.name)\($0 + 1)" }
    }
  }
}
