/// Where receivers and senders are, and what else is known of an edge.
public struct EdgeGeometry: Sendable {
  /// Names of the displacement's components, as many as there are dimensions: `dx`, `dy` and perhaps `dz`.
  public let axes: [String]
  /// Receiver minus sender, axis by axis: `displacements[axis][edge]`.
  public let displacements: [[Double]]
  /// Length of the displacement, for each edge.
  public let distances: [Double]
  /// Names of all other inputs.
  public let otherNames: [String]
  /// All other inputs, in the order of their names: masses, charges, velocities.
  public let others: [[Double]]

  /// Number of dimensions, 2 or 3.
  public var dimensions: Int { axes.count }
  /// Number of edges.
  public var edgeCount: Int { distances.count }

  /// The geometry of recorded edges.
  ///
  /// - Parameters:
  ///   - recording: the edges.
  ///   - receiver: names of the receiver's coordinates; nil for `x1`, `y1` and, where there is one, `z1`.
  ///   - sender: names of the sender's coordinates; nil for `x2`, `y2` and perhaps `z2`.
  /// - Throws: ``RecordingError`` when a name is missing, or there are not two or three of each.
  public init(
    _ recording: MessageRecording, receiver: [String]? = nil, sender: [String]? = nil
  ) throws(RecordingError) {
    let usual = (receiver == nil ? ["x1", "y1"] : []) + (sender == nil ? ["x2", "y2"] : [])
    guard usual.allSatisfy(recording.inputNames.contains) else {
      throw .noPositions(available: recording.inputNames)
    }
    let isSpatial = recording.inputNames.contains("z1") && recording.inputNames.contains("z2")
    let receiver = receiver ?? (isSpatial ? ["x1", "y1", "z1"] : ["x1", "y1"])
    let sender = sender ?? (isSpatial ? ["x2", "y2", "z2"] : ["x2", "y2"])
    guard receiver.count == sender.count, (2...3).contains(receiver.count) else {
      throw .positions(receiver: receiver, sender: sender)
    }
    axes = Array(["dx", "dy", "dz"].prefix(receiver.count))
    var displacements: [[Double]] = []
    for (to, from) in zip(receiver, sender) {
      let (to, from) = (try recording.input(to), try recording.input(from))
      displacements.append(zip(to, from).map { $0 - $1 })
    }
    self.displacements = displacements
    distances = (0..<recording.edgeCount).map { edge in
      displacements.reduce(0) { $0 + $1[edge] * $1[edge] }.squareRoot()
    }
    let positions = Set(receiver + sender)
    let kept = recording.inputNames.indices.filter { !positions.contains(recording.inputNames[$0]) }
    otherNames = kept.map { recording.inputNames[$0] }
    others = kept.map { recording.inputs[$0] }
  }

  /// The direction of the displacement of an edge, of length 1; zeros where the two are in one place.
  func direction(_ edge: Int) -> [Double] {
    displacements.map { distances[edge] > 0 ? $0[edge] / distances[edge] : 0 }
  }
}
