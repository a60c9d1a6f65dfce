import Expressions
import Foundation
import Networks
import Randomness
import Tables

/// The edges a law is distilled from, with all that is known of them.
package struct LawProblem {
  let geometry: EdgeGeometry
  /// Numbers of the components that are explained.
  let components: [Int]
  /// Those components: `messages[component][edge]`.
  let messages: [[Double]]
  /// What the law may depend on; the distance first.
  package let features: [(name: String, values: [Double])]
  /// The linear map from a force along the displacement to the messages.
  let alignment: CentralAlignment
  /// Strength of that force, edge by edge.
  package let strengths: [Double]
  /// Weights of the strengths' squared errors.
  package let weights: [Double]
  /// How much any force along the displacements explains of the messages.
  let direction: RobustAgreement
  /// Whether the weights come with the recording.
  let hasGivenWeights: Bool
  /// How well messages agree with the true forces, where these are known.
  let messageForce: MessageAgreement?

  /// The problem that a recording poses.
  package init(_ recording: MessageRecording, _ options: DistillerOptions) throws(DistillationError) {
    let sample = recording.sample(options)
    do throws(RecordingError) {
      geometry = try EdgeGeometry(sample, receiver: options.receiver, sender: options.sender)
      guard sample.outputs.count >= geometry.dimensions else {
        throw .fewComponents(sample.outputs.count, dimensions: geometry.dimensions)
      }
      let ranking = options.ranking(of: sample)
      components = try ranking.choose(geometry.dimensions, of: sample, geometry)
    } catch {
      throw .recording(error)
    }
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
    direction = RobustAgreement(messages, alignment.messages(strengths: strengths))
    messageForce = LawProblem.agreement(sample)
  }

  /// Mean square below which strengths cannot be told from zero: as large as what of the messages does not lie
  /// along the displacements, at least a ten-thousandth of the strengths' own.
  var resolution: Double {
    meanSquare(edges: Array(strengths.indices)) * max(1e-4, 1 - direction.robust)
  }

  /// Weighted mean of the squared strengths of some edges.
  func meanSquare(edges: [Int]) -> Double {
    var (sum, whole) = (0.0, 0.0)
    for edge in edges {
      sum += weights[edge] * strengths[edge] * strengths[edge]
      whole += weights[edge]
    }
    return whole > 0 ? sum / whole : 0
  }

  /// The factor with which a formula comes closest to the strengths of some edges, the weighted mean of the
  /// squares it leaves, and that of the strengths' distances from their mean.
  func fit(_ formula: Formula, edges: [Int]) -> (factor: Double, loss: Double, variance: Double) {
    let values = edges.map { edge in formula.value(features.map { $0.values[edge] }) }
    var (products, squares, whole, mean) = (0.0, 0.0, 0.0, 0.0)
    for (edge, value) in zip(edges, values) {
      products += weights[edge] * value * strengths[edge]
      squares += weights[edge] * value * value
      whole += weights[edge]
      mean += weights[edge] * strengths[edge]
    }
    let factor = squares > 0 ? products / squares : 0
    mean /= whole
    var (left, variance) = (0.0, 0.0)
    for (edge, value) in zip(edges, values) {
      let (rest, distance) = (strengths[edge] - factor * value, strengths[edge] - mean)
      left += weights[edge] * rest * rest
      variance += weights[edge] * distance * distance
    }
    return (factor, left / whole, variance / whole)
  }

  /// The strengths of some edges, or all, and what a law may depend on, as data for a search.
  package func dataset(edges: [Int]? = nil) throws(DistillationError) -> Dataset {
    let rows = edges ?? Array(strengths.indices)
    do throws(DataError) {
      return try Dataset(
        features: features.map { column in (column.name, rows.map { column.values[$0] }) },
        target: (name: "force", values: rows.map { strengths[$0] }), weights: rows.map { weights[$0] },
        name: "messages")
    } catch {
      throw .search(error.description)
    }
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

extension MessageRecording {
  /// At most as many edges as a distillation uses, drawn at random.
  func sample(_ options: DistillerOptions) -> MessageRecording {
    guard edgeCount > options.maximumEdges else { return self }
    var random = RandomStream(seed: options.search.seed, 11)
    return edges(random.sample(options.maximumEdges, of: edgeCount))
  }
}
