import Arrays

extension Table {
  /// The table of an archive's arrays.
  ///
  /// One-dimensional arrays of equal length are columns, by their names. An archive with the arrays `inputs`
  /// (rows, columns) and `outputs` (rows, components) holds what was recorded of a function: the columns are
  /// named by the arrays `input_names` and `output_names`, or `x0`, `x1`, ... and `y` or `y0`, `y1`, ..., and
  /// an array `weights` weighs the rows unless other weights are named. Then the last output is the target
  /// unless another is named, and only inputs are features.
  ///
  /// Throws when arrays cannot be read or do not fit together.
  public init(_ archive: ArrayArchive) throws(DataError) {
    let reader = ArrayTableReader(archive: archive)
    if archive.contains("inputs"), archive.contains("outputs") {
      self = try reader.recorded()
    } else {
      self = try reader.named()
    }
  }
}

/// Makes columns of arrays.
private struct ArrayTableReader {
  let archive: ArrayArchive

  private var file: String { archive.file }

  /// The table of the one-dimensional arrays.
  func named() throws(DataError) -> Table {
    var columns: [TableColumn] = []
    var leftOut: [String] = []
    var rows = 0
    for name in archive.names {
      let array = try array(name)
      guard array.rank == 1 else {
        leftOut.append(name)
        continue
      }
      if let first = columns.first, array.count != rows {
        throw .arrayShapes(
          file: file,
          reason: "the array \(quoted(name)) has \(counted(array.count, "element")) where "
            + "\(quoted(first.name)) has \(rows)",
          remedy: "write arrays of equal length, one for each column")
      }
      rows = array.count
      columns.append(contentsOf: self.columns(of: array, array: name, names: [name]))
    }
    if columns.isEmpty {
      throw .arrayShapes(
        file: file, reason: "no array has one dimension, as columns of a table have",
        remedy: "write one array for each column, or inputs (rows, columns) and outputs (rows, components)")
    }
    if rows == 0 {
      throw .arrayShapes(file: file, reason: "the arrays are empty", remedy: "write at least one row")
    }
    try checkNames(columns.map(\.name), place: .file(file))
    let noun = leftOut.count == 1 ? "the array" : "the arrays"
    return Table(
      file: file, columns: columns, rowCount: rows, origin: .arrays,
      notes: leftOut.isEmpty
        ? [] : ["left out \(noun) \(listed(leftOut)): columns have one dimension"])
  }

  /// The table of the arrays `inputs` and `outputs`.
  func recorded() throws(DataError) -> Table {
    let inputs = try matrix("inputs")
    let outputs = try matrix("outputs")
    let rows = inputs.shape[0]
    if rows == 0 {
      throw .arrayShapes(
        file: file, reason: "the array \"inputs\" is empty", remedy: "record at least one row")
    }
    try check("outputs", rows: outputs.shape[0], expected: rows)
    let width = outputs.rank == 1 ? 1 : outputs.shape[1]
    if width == 0 {
      throw .arrayShapes(
        file: file, reason: "the array \"outputs\" has no columns", remedy: "record at least one output")
    }
    let inputNames = try names("input_names", of: "inputs", count: inputs.rank == 1 ? 1 : inputs.shape[1]) {
      "x\($0)"
    }
    let outputNames = try names("output_names", of: "outputs", count: width) { width == 1 ? "y" : "y\($0)" }
    var columns = self.columns(of: inputs, array: "inputs", names: inputNames)
    var weights: String?
    if archive.contains("weights") {
      let array = try array("weights")
      guard array.rank == 1, !array.isText else {
        throw shapeError("weights", array, "one number for each row")
      }
      try check("weights", rows: array.count, expected: rows)
      columns += self.columns(of: array, array: "weights", names: ["weights"])
      weights = "weights"
    }
    columns += self.columns(of: outputs, array: "outputs", names: outputNames)
    try checkNames(columns.map(\.name), place: .file(file))
    return Table(
      file: file, columns: columns, rowCount: rows, origin: .arrays, notes: [],
      recorded: RecordedColumns(outputs: outputNames, weights: weights))
  }

  private func array(_ name: String) throws(DataError) -> NumericArray {
    do { return try archive.array(name) } catch { throw .arrays(error) }
  }

  /// An array of numbers with rows, and columns unless there is one only.
  private func matrix(_ name: String) throws(DataError) -> NumericArray {
    let array = try array(name)
    guard (1...2).contains(array.rank), !array.isText else {
      throw shapeError(name, array, "numbers of the shape (rows, columns)")
    }
    return array
  }

  private func shapeError(_ name: String, _ array: NumericArray, _ wanted: String) -> DataError {
    .arrayShapes(
      file: file,
      reason: "the array \(quoted(name)) is \(array.elements.typeName) of the shape \(array.shape)",
      remedy: "write \(wanted)")
  }

  private func check(_ name: String, rows: Int, expected: Int) throws(DataError) {
    if rows == expected { return }
    throw .arrayShapes(
      file: file, reason: "the array \(quoted(name)) has \(counted(rows, "row")), \"inputs\" has \(expected)",
      remedy: "write one row of each for every call of the function")
  }

  /// The `count` names in the array `list`, or those that `standard` makes of 0, 1, ... without it.
  private func names(
    _ list: String, of described: String, count: Int, standard: (Int) -> String
  ) throws(DataError) -> [String] {
    guard archive.contains(list) else { return (0..<count).map(standard) }
    let array = try array(list)
    guard let names = array.texts, array.rank <= 1 else {
      throw shapeError(list, array, "a list of names")
    }
    if names.count != count {
      throw .arrayShapes(
        file: file,
        reason: "\(quoted(list)) has \(counted(names.count, "name")), \(quoted(described)) has "
          + counted(count, "column"),
        remedy: "name each column once")
    }
    return names
  }

  /// The columns of an array of rows, which are as many as `names`.
  private func columns(of array: NumericArray, array name: String, names: [String]) -> [TableColumn] {
    let place = { (row: Int) in DataPlace.arrayRow(file: file, array: name, row: row) }
    let rows = array.rank == 0 ? 0 : array.shape[0]
    if let texts = array.texts {
      return [TableColumn(name: name, words: rows, first: texts.first ?? "", place: place(0))]
    }
    let values = array.doubles ?? []
    var origin = PrecisionEstimate.Origin.double
    if case .float32 = array.elements { origin = .single }
    return names.indices.map { index in
      let column = Column(count: rows) { target in
        values.withUnsafeBufferPointer { values in
          for row in 0..<rows {
            target.initializeElement(at: row, to: values[row * names.count + index])
          }
        }
      }
      return TableColumn(name: names[index], values: column, origin: origin, place: place)
    }
  }
}
