import Arrays

extension Simulation {
  private static let format = "symreg.simulation/1"

  /// Writes the simulation as an `.npz` file, whole or not at all.
  ///
  /// It holds the arrays `state` (simulations, times, bodies, state), `accelerations` (simulations, times,
  /// bodies, dimensions), `times` and `state_names`; and as single values `format`, `softening`, and as far
  /// as they are known `law`, `convention`, `seed` (as text: it has 64 bits) and for damped worlds `friction`
  /// of each body.
  public func write(to path: String) throws(WorldError) {
    var arrays: [(name: String, array: NumericArray)] = [("format", NumericArray(Simulation.format))]
    if let world {
      arrays.append(("law", NumericArray(world.law.rawValue)))
      arrays.append(("convention", NumericArray(world.convention.rawValue)))
      arrays.append(("softening", NumericArray(ForceLaw.softening)))
      if world.law == .damped {
        arrays.append(("friction", NumericArray((0..<bodies).map { world.friction(on: $0) })))
      }
    }
    if let seed { arrays.append(("seed", NumericArray("\(seed)"))) }
    arrays.append(("state_names", NumericArray(stateNames)))
    arrays.append(("times", NumericArray(times)))
    let grid = [count, times.count, bodies]
    arrays.append(("state", NumericArray(shape: grid + [stateSize], elements: .float64(states))))
    arrays.append(
      ("accelerations", NumericArray(shape: grid + [dimensions], elements: .float64(accelerations))))
    do { try ArrayArchive.write(arrays, to: path) } catch { throw .file(error) }
  }

  /// Reads a simulation that ``write(to:)`` wrote, or any archive with arrays `state`, `accelerations` and
  /// `times` of the same shapes: what else there is may be missing. A ``Trajectory`` is read as well, and
  /// its accelerations are worked out.
  public init(contentsOf path: String) throws(WorldError) {
    let archive: ArrayArchive
    do { archive = try ArrayArchive(contentsOf: path) } catch { throw .file(error) }
    try self.init(archive)
  }

  /// Whether an archive holds a simulation or a ``Trajectory``.
  public static func isIn(_ archive: ArrayArchive) -> Bool {
    archive.contains("state") || archive.contains("position")
  }

  /// Reads a simulation from an archive that is open already.
  public init(_ archive: ArrayArchive) throws(WorldError) {
    self =
      Trajectory.isIn(archive)
      ? try Trajectory(archive).simulation : try SimulationReader(archive: archive).simulation()
  }
}

/// Finds the parts of a simulation among the arrays of an archive.
private struct SimulationReader {
  let archive: ArrayArchive

  func simulation() throws(WorldError) -> Simulation {
    let state = try array("state")
    guard state.rank == 4, state.shape[3] == 6 || state.shape[3] == 8, state.count > 0 else {
      throw failure(
        "\"state\" has the shape \(state.shape), not (simulations, times, bodies, 6 or 8)")
    }
    let dimensions = (state.shape[3] - 2) / 2
    let bodies = state.shape[2]
    let accelerations = try array("accelerations")
    guard accelerations.shape == Array(state.shape.dropLast()) + [dimensions] else {
      throw failure(
        "\"accelerations\" has the shape \(accelerations.shape), which does not belong to that of \"state\", "
          + "\(state.shape)")
    }
    let times = try array("times")
    guard times.shape == [state.shape[1]] else {
      throw failure("\"times\" has the shape \(times.shape), \"state\" has \(state.shape[1]) times")
    }
    let instants = try numbers(times, "times")
    guard zip(instants, instants.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw failure("\"times\" do not ascend")
    }
    if let names = try text("state_names"), names != Simulation.stateNames(dimensions: dimensions) {
      throw failure("\"state_names\" are \(names), not \(Simulation.stateNames(dimensions: dimensions))")
    }
    return Simulation(
      world: try world(dimensions: dimensions, bodies: bodies),
      seed: try text("seed")?.first.flatMap { UInt64($0) }, count: state.shape[0], times: instants,
      bodies: bodies, dimensions: dimensions, states: try numbers(state, "state"),
      accelerations: try numbers(accelerations, "accelerations"))
  }

  /// The world that the file names, if any.
  private func world(dimensions: Int, bodies: Int) throws(WorldError) -> World? {
    guard let name = try text("law")?.first else { return nil }
    guard let law = ForceLaw(rawValue: name) else {
      throw failure(
        "the law \"\(name)\" is none of \(ForceLaw.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let word = try text("convention")?.first ?? World.Convention.uniform.rawValue
    guard let convention = World.Convention(rawValue: word) else {
      throw failure("the convention \"\(word)\" is neither uniform nor published")
    }
    return try World(law: law, dimensions: dimensions, bodies: bodies, convention: convention)
  }

  private func failure(_ reason: String) -> WorldError { .noSimulation(file: archive.file, reason: reason) }

  private func array(_ name: String) throws(WorldError) -> NumericArray {
    do { return try archive.array(name) } catch { throw .file(error) }
  }

  private func text(_ name: String) throws(WorldError) -> [String]? {
    archive.contains(name) ? try array(name).texts : nil
  }

  private func numbers(_ array: NumericArray, _ name: String) throws(WorldError) -> [Double] {
    guard let values = array.doubles else { throw failure("\"\(name)\" holds text, not numbers") }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw failure("\"\(name)\" holds \(values[index]) as element number \(index), counted from 0")
    }
    return values
  }
}
