import Expressions
import Foundation
import Networks
import Randomness

/// The edges a law is distilled from, with all that is known of them.
struct LawProblem {
  let geometry: EdgeGeometry
  /// Numbers of the components that are explained.
  let components: [Int]
  /// Those components: `messages[component][edge]`.
  let messages: [[Double]]
  /// What the law may depend on; the distance first.
  let features: [(name: String, values: [Double])]
  /// The linear map from a force along the displacement to the messages.
  let alignment: CentralAlignment
  /// Strength of that force, edge by edge.
  let strengths: [Double]
  /// Weights of the strengths' squared errors.
  let weights: [Double]
  /// Whether the weights come with the recording.
  let hasGivenWeights: Bool
  /// How well messages agree with the true forces, where these are known.
  let messageForce: MessageAgreement?

  /// The problem that a recording poses.
  init(_ recording: MessageRecording, _ options: DistillerOptions) throws(DistillationError) {
    let sample = LawProblem.sample(recording, options)
    do throws(RecordingError) {
      geometry = try EdgeGeometry(sample, receiver: options.receiver, sender: options.sender)
      guard sample.outputs.count >= geometry.dimensions else {
        throw .fewComponents(sample.outputs.count, dimensions: geometry.dimensions)
      }
    } catch {
      throw .recording(error)
    }
    components = ComponentRanking.bySpread(sample, count: geometry.dimensions)
    messages = components.map { sample.outputs[$0] }
    features = try LawProblem.features(sample, geometry, options)
    guard let alignment = CentralAlignment(messages, geometry, usesOthers: true) else {
      throw .recording(
        .fewEdges(recording.edgeCount, needed: 20 * (geometry.dimensions + geometry.others.count)))
    }
    self.alignment = alignment
    strengths = alignment.strengths()
    weights = sample.weights ?? LawProblem.weights(strengths)
    hasGivenWeights = sample.weights != nil
    messageForce = LawProblem.agreement(sample)
  }

  /// Values of a formula over ``features``, edge by edge.
  func values(of formula: Formula) -> [Double] {
    (0..<geometry.edgeCount).map { edge in formula.value(features.map { $0.values[edge] }) }
  }

  /// A network errs in proportion where forces are large, and by a constant where they are small.
  static func weights(_ strengths: [Double]) -> [Double] {
    // The root mean square without the largest tenth, which a few close encounters would dominate.
    let squares = strengths.map { $0 * $0 }.sorted().prefix(max(1, strengths.count * 9 / 10))
    let unit = squares.reduce(0, +) / Double(squares.count)
    return strengths.map { unit > 0 ? 1 / (1 + $0 * $0 / unit) : 1 }
  }

  private static func sample(_ recording: MessageRecording, _ options: DistillerOptions) -> MessageRecording {
    guard recording.edgeCount > options.maximumEdges else { return recording }
    var random = RandomStream(seed: options.search.seed, 11)
    return recording.edges(random.sample(options.maximumEdges, of: recording.edgeCount))
  }

  private static func features(
    _ sample: MessageRecording, _ geometry: EdgeGeometry, _ options: DistillerOptions
  ) throws(DistillationError) -> [(name: String, values: [Double])] {
    func columns(_ names: [String], _ values: [[Double]]) -> [(name: String, values: [Double])] {
      zip(names, values).map { (name: $0, values: $1) }
    }
    let inputs = columns(sample.inputNames, sample.inputs)
    var others = columns(geometry.otherNames, geometry.others)
    if let wanted = options.features {
      for name in wanted where !sample.inputNames.contains(name) {
        throw .recording(.noSuchInput(name, available: sample.inputNames))
      }
      others = inputs.filter { wanted.contains($0.name) }
    }
    let distance = (name: "r", values: geometry.distances)
    let known = inputs + columns(geometry.axes, geometry.displacements) + [distance]
    var derived: [(name: String, values: [Double])] = []
    for text in options.derived {
      let column = try DerivedColumn(text, known + derived)
      derived.append((column.name, column.values))
    }
    // A column that never changes explains nothing.
    return [distance]
      + (others + derived).filter { column in column.values.contains { $0 != column.values[0] } }
  }

  private static func agreement(_ sample: MessageRecording) -> MessageAgreement? {
    guard let forces = sample.forces else { return nil }
    func rows(_ columns: [[Double]]) -> [Float] {
      (0..<sample.edgeCount).flatMap { edge in columns.map { Float($0[edge]) } }
    }
    return MessageAgreement(
      messages: rows(sample.outputs), width: sample.outputs.count, forces: rows(forces),
      dimensions: forces.count)
  }
}
