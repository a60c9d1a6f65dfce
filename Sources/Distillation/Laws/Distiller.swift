import Expressions
import Foundation
import Randomness
import Search
import Tables

/// Turns recorded messages of a graph network into a force law.
///
/// The components that matter are chosen, the linear map between them and a force along the displacement is
/// found without knowing the force, and the strength that remains, one number for each edge and the same for
/// all components, is what the search explains. A law found this way is one for all components by
/// construction.
public struct Distiller: Sendable {
  /// What shapes the distillation.
  public var options: DistillerOptions

  /// A distiller with these options.
  public init(options: DistillerOptions = DistillerOptions()) { self.options = options }

  /// The law of these messages.
  ///
  /// - Throws: ``DistillationError``.
  public func law(_ recording: MessageRecording) async throws(DistillationError) -> DistilledLaw {
    let edges = try prepared(recording)
    guard let alignment = edges.alignment else {
      throw .recording(.fewEdges(recording.edgeCount, needed: 200))
    }
    let strengths = alignment.strengths()
    let direction = RobustAgreement(edges.messages, alignment.messages(strengths: strengths))
    let weights = Distiller.weights(strengths)
    var front = try await search(edges, strengths, weights, Array(strengths.indices))
    if let breakpoint = Breakpoint(edges.geometry.distances, strengths, weights: weights) {
      let broken = try await brokenLaw(edges, strengths, weights, at: breakpoint.value)
      // Still from simple to complex, the loss falling.
      front = front.filter { $0.complexity < broken.complexity || $0.loss < broken.loss }
      if !front.contains(where: { $0.complexity <= broken.complexity && $0.loss <= broken.loss }) {
        front.append(broken)
        front.sort { $0.complexity < $1.complexity }
      }
    }
    var judged = alignment
    let best = LawSelection.choose(front)
    let predictions = predicted(front[best], edges)
    judged.refit(strengths: predictions, weights: weights)
    let agreement = RobustAgreement(edges.messages, judged.messages(strengths: predictions))
    return DistilledLaw(
      isAligned: direction.robust >= options.leastAgreement && agreement.robust >= options.leastAgreement,
      direction: direction, agreement: agreement, front: front, best: best,
      axes: edges.geometry.axes, components: edges.components, matrix: judged.matrix,
      additive: judged.additive, additiveNames: edges.geometry.otherNames)
  }

  // MARK: - What is searched

  /// The edges that are used, with all that is known of them.
  private struct Edges {
    var geometry: EdgeGeometry
    var messages: [[Double]]
    var components: [Int]
    var features: [(name: String, values: [Double])]
    var alignment: CentralAlignment?
  }

  private func prepared(_ recording: MessageRecording) throws(DistillationError) -> Edges {
    do {
      var sample = recording
      if recording.edgeCount > options.maximumEdges {
        var random = RandomStream(seed: options.search.seed, 11)
        sample = recording.edges(random.sample(options.maximumEdges, of: recording.edgeCount))
      }
      let geometry = try EdgeGeometry(sample, receiver: options.receiver, sender: options.sender)
      guard sample.outputs.count >= geometry.dimensions else {
        throw RecordingError.fewComponents(sample.outputs.count, dimensions: geometry.dimensions)
      }
      let components = ComponentRanking.bySpread(sample, count: geometry.dimensions)
      let messages = components.map { sample.outputs[$0] }
      return Edges(
        geometry: geometry, messages: messages, components: components,
        features: try features(sample, geometry),
        alignment: CentralAlignment(messages, geometry, usesOthers: true))
    } catch let error as RecordingError {
      throw .recording(error)
    } catch let error as DistillationError {
      throw error
    } catch {
      throw .search("\(error)")
    }
  }

  private func features(_ sample: MessageRecording, _ geometry: EdgeGeometry) throws(DistillationError)
    -> [(name: String, values: [Double])]
  {
    let inputs = Array(zip(sample.inputNames, sample.inputs)).map { (name: $0.0, values: $0.1) }
    var others = Array(zip(geometry.otherNames, geometry.others)).map { (name: $0.0, values: $0.1) }
    if let wanted = options.features {
      for name in wanted where !sample.inputNames.contains(name) {
        throw .recording(.noSuchInput(name, available: sample.inputNames))
      }
      others = inputs.filter { wanted.contains($0.name) }
    }
    let known =
      inputs + zip(geometry.axes, geometry.displacements).map { (name: $0, values: $1) } + [
        (name: "r", values: geometry.distances)
      ]
    var derived: [(name: String, values: [Double])] = []
    for text in options.derived {
      let column = try DerivedColumn(text, known + derived)
      derived.append((column.name, column.values))
    }
    return [(name: "r", values: geometry.distances)] + others + derived
  }

  /// Weights of the strengths' squared errors: a network errs in proportion where forces are large, and by a
  /// constant where they are small.
  static func weights(_ strengths: [Double]) -> [Double] {
    let median = strengths.map(abs).sorted()[strengths.count / 2]
    let unit = median > 0 ? median : 1
    return strengths.map { strength in
      let relative = strength / unit
      return 1 / (1 + relative * relative)
    }
  }

  /// The front of a search on some of the edges.
  private func search(
    _ edges: Edges, _ strengths: [Double], _ weights: [Double], _ rows: [Int]
  ) async throws(DistillationError) -> [Equation] {
    do {
      let dataset = try Dataset(
        features: edges.features.map { column in (column.name, rows.map { column.values[$0] }) },
        target: (name: "force", values: rows.map { strengths[$0] }), weights: rows.map { weights[$0] })
      var options = self.options.search
      options.startedAt = .now
      let result = await (try Search(dataset, options: options)).run()
      guard !result.front.isEmpty else {
        throw DistillationError.search("no law has a finite loss on every edge: check the recording")
      }
      return result.front
    } catch let error as DistillationError {
      throw error
    } catch {
      throw .search("\(error)")
    }
  }

  /// A law for short distances and one for long ones as one equation.
  private func brokenLaw(
    _ edges: Edges, _ strengths: [Double], _ weights: [Double], at breakpoint: Double
  ) async throws(DistillationError) -> Equation {
    let distances = edges.geometry.distances
    let near = try await search(
      edges, strengths, weights, distances.indices.filter { distances[$0] < breakpoint })
    let far = try await search(
      edges, strengths, weights, distances.indices.filter { distances[$0] >= breakpoint })
    let sides = [near, far].map { $0[LawSelection.choose($0)].formula }
    let formula = Formula.apply(
      .ifElse, .apply(.less, .feature(0), .constant(breakpoint)), sides[0], sides[1])
    let predictions = distances.indices.map { edge in formula.value(edges.features.map { $0.values[edge] }) }
    let errors = zip(predictions, strengths).map { ($0 - $1) * ($0 - $1) }
    let whole = weights.reduce(0, +)
    let mean = zip(strengths, weights).reduce(0) { $0 + $1.0 * $1.1 } / whole
    let loss = zip(errors, weights).reduce(0) { $0 + $1.0 * $1.1 } / whole
    let variance =
      zip(strengths, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / whole
    return Equation(
      formula: formula, target: "force", features: edges.features.map(\.name), loss: loss,
      validationLoss: nil,
      score: 0, r2: 1 - loss / variance,
      standardErrors: formula.constants.map { _ in nil })
  }

  private func predicted(_ equation: Equation, _ edges: Edges) -> [Double] {
    (0..<edges.geometry.edgeCount).map { edge in
      equation.formula.value(edges.features.map { $0.values[edge] })
    }
  }
}
