/// What an edge function was given and what it returned: one row for each edge.
public struct MessageRecording: Sendable {
  /// Names of the inputs.
  public let inputNames: [String]
  /// The inputs, column by column: `inputs[i][edge]`.
  public let inputs: [[Double]]
  /// Names of the components of the message.
  public let outputNames: [String]
  /// The message, component by component: `outputs[k][edge]`.
  public let outputs: [[Double]]
  /// The true force on the receiver, axis by axis, where it is known: `forces[axis][edge]`.
  public var forces: [[Double]]?
  /// The name of the law of ``forces``.
  public var reference: String?
  /// How much each edge counts, where edges are known differently well; at least 0.
  public var weights: [Double]?
  /// For each component the divergence from what it would be without a message, in nats, where messages are random
  /// and it is known.
  public var divergences: [Double]?
  /// The bodies, where the network has learned their masses.
  public var bodies: [RecordedBody]?

  /// Whether the network has learned how all bodies move, as far as that is recorded.
  public var isLearned: Bool {
    bodies?.allSatisfy { $0.relativeError < RecordedBody.largestError } ?? true
  }

  /// Number of edges.
  public var edgeCount: Int { inputs.first?.count ?? 0 }

  /// A recording of these columns.
  ///
  /// - Throws: ``RecordingError`` for columns of different lengths, a name that stands twice, no rows, or a
  ///   value that is no number.
  public init(
    inputs: [(name: String, values: [Double])], outputs: [(name: String, values: [Double])]
  ) throws(RecordingError) {
    inputNames = inputs.map(\.name)
    self.inputs = inputs.map(\.values)
    outputNames = outputs.map(\.name)
    self.outputs = outputs.map(\.values)
    guard let first = inputs.first, !outputs.isEmpty else { throw .nothingRecorded }
    guard !first.values.isEmpty else { throw .nothingRecorded }
    for (name, values) in inputs + outputs {
      guard values.count == first.values.count else {
        throw .unequalLengths(name, values.count, first.name, first.values.count)
      }
      if let row = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(name, row: row) }
    }
    var seen: Set<String> = []
    for name in inputNames where !seen.insert(name).inserted { throw .repeatedName(name) }
  }

  /// The input of that name.
  ///
  /// - Throws: ``RecordingError/noSuchInput(_:available:)``.
  public func input(_ name: String) throws(RecordingError) -> [Double] {
    guard let index = inputNames.firstIndex(of: name) else {
      throw .noSuchInput(name, available: inputNames)
    }
    return inputs[index]
  }

  /// The edges with these numbers, in that order.
  func edges(_ rows: [Int]) -> MessageRecording {
    MessageRecording(
      inputNames: inputNames, inputs: inputs.map { column in rows.map { column[$0] } },
      outputNames: outputNames, outputs: outputs.map { column in rows.map { column[$0] } },
      forces: forces?.map { column in rows.map { column[$0] } }, reference: reference,
      weights: weights.map { column in rows.map { column[$0] } }, divergences: divergences, bodies: bodies)
  }

  /// The components with these numbers, in that order.
  ///
  /// - Throws: ``RecordingError/badComponents(_:count:)``.
  func selecting(_ numbers: [Int]) throws(RecordingError) -> MessageRecording {
    guard !numbers.isEmpty, Set(numbers).count == numbers.count,
      numbers.allSatisfy(outputs.indices.contains)
    else { throw .badComponents(numbers, count: outputs.count) }
    return components(numbers)
  }

  /// The components with these numbers, in that order, which there must be.
  func components(_ numbers: [Int]) -> MessageRecording {
    MessageRecording(
      inputNames: inputNames, inputs: inputs, outputNames: numbers.map { outputNames[$0] },
      outputs: numbers.map { outputs[$0] }, forces: forces, reference: reference, weights: weights,
      divergences: divergences.map { all in numbers.map { all[$0] } }, bodies: bodies)
  }

  private init(
    inputNames: [String], inputs: [[Double]], outputNames: [String], outputs: [[Double]],
    forces: [[Double]]?, reference: String?, weights: [Double]?, divergences: [Double]?,
    bodies: [RecordedBody]?
  ) {
    self.divergences = divergences
    self.forces = forces
    self.reference = reference
    self.weights = weights
    self.bodies = bodies
    self.inputNames = inputNames
    self.inputs = inputs
    self.outputNames = outputNames
    self.outputs = outputs
  }
}

/// A body whose mass a network has learned.
public struct RecordedBody: Codable, Hashable, Sendable {
  /// What it is called.
  public var name: String
  /// Its mass relative to that of the heaviest body.
  public var mass: Double
  /// Root mean square error of the network's accelerations of it, relative to those accelerations.
  public var relativeError: Double

  /// Relative error of accelerations above which a network has not learned how a body moves, and what it says
  /// of forces means nothing.
  public static let largestError = 0.3

  /// A body.
  public init(name: String, mass: Double, relativeError: Double) {
    self.name = name
    self.mass = mass
    self.relativeError = relativeError
  }
}

/// Why a recording cannot be used.
public enum RecordingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No columns or no rows.
  case nothingRecorded
  /// Two columns, with their lengths.
  case unequalLengths(String, Int, String, Int)
  /// A column and the row, from 0, of a NaN or an infinity in it.
  case notFinite(String, row: Int)
  /// A name that two inputs have.
  case repeatedName(String)
  /// A name that no input has.
  case noSuchInput(String, available: [String])
  /// As many positions of a receiver as of a sender are needed: two or three.
  case positions(receiver: [String], sender: [String])
  /// Fewer message components than dimensions.
  case fewComponents(Int, dimensions: Int)
  /// An array of a file that is no table of numbers.
  case badArray(file: String, name: String, shape: [Int])
  /// Names were given for another number of columns.
  case countOfNames(Int, columns: Int)
  /// No column of a table is said to be the message.
  case noOutputs(available: [String])
  /// Components that are asked for, of a message that does not have them all, or the same one twice.
  case badComponents([Int], count: Int)
  /// A graph network is to be recorded on something that is no simulation.
  case noSimulation
  /// Positions are needed, and are not among the inputs.
  case noPositions(available: [String])
  /// No component of the outputs varies.
  case constantOutputs
  /// A row, from 0, of a recording of fewer.
  case noSuchRow(Int, count: Int)
  /// So many neighbours are wanted of so many rows.
  case badNeighbours(Int, count: Int)
  /// Fewer edges than a fit needs.
  case fewEdges(Int, needed: Int)
  /// Divergences of the components are asked for and were not recorded.
  case noDivergences
  /// A weight that is negative or no finite number, or none that is positive; the row from 0.
  case badWeight(row: Int)

  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .nothingRecorded: "nothing was recorded: inputs and outputs must have at least one column and row"
    case .unequalLengths(let name, let count, let other, let otherCount):
      "\"\(name)\" has \(count) rows, but \"\(other)\" has \(otherCount): record inputs and outputs together"
    case .notFinite(let name, let row):
      "\"\(name)\" is not a finite number in row \(row + 1): leave such rows out, or check the network's weights"
    case .repeatedName(let name): "two inputs are called \"\(name)\": give each a name of its own"
    case .noSuchInput(let name, let available):
      "there is no input \"\(name)\"; there are \(available.joined(separator: ", "))"
    case .positions(let receiver, let sender):
      "the receiver's positions (\(receiver.joined(separator: ","))) and the sender's "
        + "(\(sender.joined(separator: ","))) must be two or three each, e.g. --receiver x1,y1 --sender x2,y2"
    case .fewComponents(let count, let dimensions):
      "messages have \(count) component\(count == 1 ? "" : "s"), but a force in \(dimensions) dimensions needs "
        + "\(dimensions)"
    case .badArray(let file, let name, let shape):
      "\(file): the array \"\(name)\" has the shape \(shape), where numbers of the shape "
        + "[rows, columns] are needed"
    case .countOfNames(let count, let columns):
      "\(count) names are given for \(columns) columns: give one for each"
    case .noOutputs(let available):
      "no column is said to be the message: name them with --outputs, or begin their names with \"y:\"; there "
        + "are \(available.joined(separator: ", "))"
    case .badComponents(let numbers, let count):
      "components \(numbers.map(String.init).joined(separator: ",")) are asked for, each once, of a message "
        + "with \(count): they are counted from 0"
    case .noSimulation:
      "the messages of a network that has learned masses can only be recorded on trajectories of its bodies"
    case .noPositions(let available):
      "no positions x1, y1, x2, y2 are among the inputs (\(available.joined(separator: ", "))): name them with "
        + "--receiver and --sender, or, if these are no messages between bodies, use symreg distill components"
    case .noDivergences:
      "the recording has no divergences of its components, as of networks with messages of kind kl: rank them by "
        + "spread or information"
    case .constantOutputs: "every component of the outputs is constant: there is nothing to explain"
    case .noSuchRow(let row, let count):
      "there is no row \(row) among the \(count) recorded: rows are counted from 0"
    case .badNeighbours(let wanted, let count):
      "\(wanted) neighbours are asked for, of \(count) rows: ask for two at least and for no more than there are"
    case .badWeight(let row):
      "the weight in row \(row + 1) is not a positive number: weights must be finite and positive"
    case .fewEdges(let count, let needed):
      "\(count) edge\(count == 1 ? " is" : "s are") too few: record at least \(needed)"
    }
  }
}
