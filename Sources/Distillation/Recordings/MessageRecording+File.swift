import Arrays
import Foundation
import Tables

extension MessageRecording {
  /// The recording in a file.
  ///
  /// An `.npz` archive has the arrays `inputs` (rows, columns) and `outputs` (rows, components), and may have
  /// `input_names`, `output_names`, `weights` (rows), `divergences` (components), `forces` (rows, dimensions) with their `reference`, and
  /// names, learned masses and relative errors of bodies, `body_names`, `body_masses` and `body_errors`. Of a
  /// CSV file, the columns in `outputs` are the message, or those whose names begin with `y:`; all others are
  /// inputs, a leading `x:` of their names aside.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - inputNames: names for the columns of `inputs` that carry none; nil for those in the file.
  ///   - outputs: columns of a CSV file that are the message.
  ///   - reading: what a CSV file does not say itself.
  /// - Throws: `ArrayFileError`, `DataError` or ``RecordingError``.
  public init(
    contentsOf path: String, inputNames: [String]? = nil, outputs: [String]? = nil,
    reading: ReadingOptions = ReadingOptions()
  ) throws {
    if path.lowercased().hasSuffix(".npz") {
      try self.init(ArrayArchive(contentsOf: path), inputNames: inputNames)
    } else {
      try self.init(Table(contentsOf: path, options: reading), inputNames: inputNames, outputs: outputs)
    }
  }

  /// The recording in an archive that is open already.
  init(_ archive: ArrayArchive, inputNames: [String]? = nil) throws {
    func columns(_ name: String) throws -> [[Double]] {
      let array = try archive.array(name)
      guard array.rank == 2, let values = array.doubles else {
        throw RecordingError.badArray(file: archive.file, name: name, shape: array.shape)
      }
      let (rows, width) = (array.shape[0], array.shape[1])
      return (0..<width).map { column in (0..<rows).map { values[$0 * width + column] } }
    }
    func names(_ name: String, _ count: Int, _ given: [String]?, _ prefix: String) throws -> [String] {
      var names = given
      if names == nil, archive.contains(name) { names = try archive.array(name).texts }
      guard let names else { return (0..<count).map { "\(prefix)\($0)" } }
      guard names.count == count else { throw RecordingError.countOfNames(names.count, columns: count) }
      return names
    }
    let (inputs, outputs) = (try columns("inputs"), try columns("outputs"))
    let named = (
      try names("input_names", inputs.count, inputNames, "x"),
      try names("output_names", outputs.count, nil, "e")
    )
    try self.init(
      inputs: zip(named.0, inputs).map { (name: $0, values: $1) },
      outputs: zip(named.1, outputs).map { (name: $0, values: $1) })
    if archive.contains("forces") {
      let forces = try columns("forces")
      guard forces.allSatisfy({ $0.count == edgeCount }) else {
        throw RecordingError.unequalLengths("forces", forces.first?.count ?? 0, "inputs", edgeCount)
      }
      self.forces = forces
    }
    if archive.contains("weights") {
      let array = try archive.array("weights")
      guard array.shape == [edgeCount], let values = array.doubles else {
        throw RecordingError.badArray(file: archive.file, name: "weights", shape: array.shape)
      }
      if let row = values.firstIndex(where: { !($0.isFinite && $0 > 0) }) {
        throw RecordingError.badWeight(row: row)
      }
      weights = values
    }
    if archive.contains("divergences") {
      let array = try archive.array("divergences")
      guard array.shape == [outputs.count], let values = array.doubles, values.allSatisfy(\.isFinite) else {
        throw RecordingError.badArray(file: archive.file, name: "divergences", shape: array.shape)
      }
      divergences = values
    }
    if archive.contains("body_names") { bodies = try MessageRecording.bodies(archive) }
    if archive.contains("reference") { reference = try archive.array("reference").texts?.first }
  }

  private static func bodies(_ archive: ArrayArchive) throws -> [RecordedBody] {
    let names = try archive.array("body_names").texts ?? []
    func numbers(_ name: String) throws -> [Double] {
      let array = try archive.array(name)
      guard array.shape == [names.count], let values = array.doubles,
        values.allSatisfy({ $0.isFinite && $0 >= 0 })
      else { throw RecordingError.badArray(file: archive.file, name: name, shape: array.shape) }
      return values
    }
    let (masses, errors) = (try numbers("body_masses"), try numbers("body_errors"))
    return names.indices.map {
      RecordedBody(name: names[$0], mass: masses[$0], relativeError: errors[$0])
    }
  }

  private init(_ table: Table, inputNames: [String]?, outputs: [String]?) throws {
    let numeric = table.columns.compactMap { column in column.values.map { (column.name, $0.array) } }
    let isOutput: (String) -> Bool = { outputs?.contains($0) ?? $0.hasPrefix("y:") }
    for name in outputs ?? [] where !numeric.contains(where: { $0.0 == name }) {
      throw RecordingError.noSuchInput(name, available: numeric.map(\.0))
    }
    let messages = numeric.filter { isOutput($0.0) }
    guard !messages.isEmpty else { throw RecordingError.noOutputs(available: numeric.map(\.0)) }
    var inputs = numeric.filter { !isOutput($0.0) }
    if let inputNames {
      guard inputNames.count == inputs.count else {
        throw RecordingError.countOfNames(inputNames.count, columns: inputs.count)
      }
      inputs = zip(inputNames, inputs).map { ($0, $1.1) }
    }
    func plain(_ name: String, _ prefix: String) -> String {
      name.hasPrefix(prefix) ? String(name.dropFirst(2)) : name
    }
    try self.init(
      inputs: inputs.map { (name: plain($0.0, "x:"), values: $0.1) },
      outputs: messages.map { (name: plain($0.0, "y:"), values: $0.1) })
  }

  /// Writes the recording as an `.npz` archive that ``init(contentsOf:inputNames:outputs:)`` reads.
  ///
  /// - Throws: `ArrayFileError` when the file cannot be written.
  public func write(to path: String) throws(ArrayFileError) {
    func matrix(_ columns: [[Double]]) -> NumericArray {
      var values = [Double](repeating: 0, count: columns.count * edgeCount)
      for (number, column) in columns.enumerated() {
        for row in 0..<edgeCount { values[row * columns.count + number] = column[row] }
      }
      return NumericArray(shape: [edgeCount, columns.count], elements: .float64(values))
    }
    var arrays: [(String, NumericArray)] = [
      ("inputs", matrix(inputs)), ("outputs", matrix(outputs)), ("input_names", NumericArray(inputNames)),
      ("output_names", NumericArray(outputNames)),
    ]
    if let forces { arrays.append(("forces", matrix(forces))) }
    if let weights {
      arrays.append(("weights", NumericArray(shape: [edgeCount], elements: .float64(weights))))
    }
    if let divergences {
      arrays.append(
        ("divergences", NumericArray(shape: [divergences.count], elements: .float64(divergences))))
    }
    if let bodies {
      arrays.append(("body_names", NumericArray(bodies.map(\.name))))
      for (name, values) in [
        ("body_masses", bodies.map(\.mass)), ("body_errors", bodies.map(\.relativeError)),
      ] {
        arrays.append((name, NumericArray(shape: [bodies.count], elements: .float64(values))))
      }
    }
    if let reference { arrays.append(("reference", NumericArray([reference]))) }
    try ArrayArchive.write(arrays, to: path)
  }
}
