import Randomness
import Tables

extension Distiller {
  /// For each component of the recorded outputs the data of a search of its own, for functions whose outputs are no
  /// messages, or to see what each carries.
  ///
  /// A component is explained by the inputs and the derived columns; where these are positions of a receiver and a
  /// sender, by the displacement and the distance in their place. `options.features` chooses among all of them,
  /// columns that never change are left out. The rows are those that a law would be distilled from, with the
  /// recording's weights.
  ///
  /// - Parameters:
  ///   - numbers: the components, from 0; nil for all that vary.
  ///   - count: at most so many of them, those that come first by `options.ranking`; nil for all.
  /// - Throws: ``DistillationError`` for components or columns that there are not, and when no component varies.
  public func componentDatasets(
    _ recording: MessageRecording, components numbers: [Int]? = nil, count: Int? = nil
  ) throws(DistillationError) -> [Dataset] {
    let sample = recording.sample(options)
    let columns = try columns(of: sample)
    do {
      let chosen = try chosen(numbers, count, of: sample)
      return try chosen.map { number in
        try Dataset(
          features: columns.map { ($0.name, $0.values) },
          target: (name: sample.outputNames[number], values: sample.outputs[number]),
          weights: sample.weights, name: "outputs")
      }
    } catch let error as RecordingError {
      throw .recording(error)
    } catch {
      throw .search("\(error)")
    }
  }

  private func chosen(_ numbers: [Int]?, _ count: Int?, of sample: MessageRecording) throws -> [Int] {
    let available =
      try numbers.map {
        _ = try sample.selecting($0); return $0
      }
      ?? sample.outputs.indices.filter { sample.outputs[$0].isVarying }
    guard !available.isEmpty else { throw RecordingError.constantOutputs }
    guard let count, count < available.count else { return available }
    let ranking = options.ranking(of: sample)
    return try ranking.choose(count, of: sample.components(available), geometry(of: sample)).map {
      available[$0]
    }
  }

  /// Nil where no positions are named, and none have their usual names.
  private func geometry(of sample: MessageRecording) throws(RecordingError) -> EdgeGeometry? {
    let isNamed = options.receiver != nil || options.sender != nil
    guard isNamed || ["x1", "y1", "x2", "y2"].allSatisfy(sample.inputNames.contains) else { return nil }
    return try EdgeGeometry(sample, receiver: options.receiver, sender: options.sender)
  }

  private func columns(
    of sample: MessageRecording
  ) throws(DistillationError) -> [(name: String, values: [Double])] {
    func named(_ names: [String], _ values: [[Double]]) -> [(name: String, values: [Double])] {
      zip(names, values).map { (name: $0, values: $1) }
    }
    let inputs = named(sample.inputNames, sample.inputs)
    let geometry: EdgeGeometry?
    do { geometry = try self.geometry(of: sample) } catch { throw .recording(error) }
    var usual = inputs
    var known = inputs
    if let geometry {
      let own = named(geometry.axes + ["r"], geometry.displacements + [geometry.distances])
      known += own
      usual = own + named(geometry.otherNames, geometry.others)
    }
    for text in options.derived {
      let column = try DerivedColumn(text, known)
      known.append((name: column.name, values: column.values))
      usual.append((name: column.name, values: column.values))
    }
    guard let wanted = options.features else { return usual.filter { $0.values.isVarying } }
    var columns: [(name: String, values: [Double])] = []
    for name in wanted {
      guard let column = known.first(where: { $0.name == name }) else {
        throw .recording(.noSuchInput(name, available: known.map(\.name)))
      }
      columns.append(column)
    }
    return columns
  }
}
