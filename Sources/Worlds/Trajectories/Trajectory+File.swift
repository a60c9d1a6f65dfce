import Arrays

extension Trajectory {
  /// Names that the array of instants may have.
  static let timeNames = ["times", "time", "t", "jd"]

  /// Whether an archive holds a trajectory, and no simulation.
  static func isIn(_ archive: ArrayArchive) -> Bool {
    archive.contains("position") && !archive.contains("state")
  }

  /// Reads a trajectory from an `.npz` file with the arrays `position` (times, bodies, 2 or 3), the instants as
  /// `times`, `time`, `t` or `jd`, and perhaps `velocity` of the same shape and `names` of the bodies.
  ///
  /// - Throws: ``WorldError`` for a file that cannot be read, arrays that do not fit together, numbers that are
  ///   not finite or instants that do not ascend.
  public init(contentsOf path: String) throws(WorldError) {
    let archive: ArrayArchive
    do { archive = try ArrayArchive(contentsOf: path) } catch { throw .file(error) }
    try self.init(archive)
  }

  /// Reads a trajectory from an archive that is open already.
  public init(_ archive: ArrayArchive) throws(WorldError) {
    let file = archive.file
    func failure(_ reason: String) -> WorldError { .noTrajectory(file: file, reason: reason) }
    func array(_ name: String) throws(WorldError) -> NumericArray {
      do { return try archive.array(name) } catch { throw .file(error) }
    }
    func numbers(_ name: String) throws(WorldError) -> [Double] {
      guard let values = try array(name).doubles else { throw failure("\"\(name)\" holds text, not numbers") }
      if let index = values.firstIndex(where: { !$0.isFinite }) {
        let row = index / max(1, values.count / max(1, try array(name).shape.first ?? 1))
        throw failure(
          "\"\(name)\" is \(values[index]) at instant \(row), counted from 0; leave such instants out")
      }
      return values
    }
    let shape = try array("position").shape
    guard shape.count == 3, shape[1] >= 2, (2...3).contains(shape[2]) else {
      throw failure("\"position\" has the shape \(shape), not (times, two bodies or more, 2 or 3)")
    }
    guard shape[0] >= 3 else {
      throw failure("\"position\" has \(shape[0]) instants; accelerations need three at least")
    }
    if archive.contains("velocity") {
      let velocity = try array("velocity").shape
      guard velocity == shape else {
        throw failure("\"velocity\" has the shape \(velocity), \"position\" has \(shape)")
      }
    }
    guard let timeName = Trajectory.timeNames.first(where: { archive.contains($0) }) else {
      throw failure("there are no instants; call them \(Trajectory.timeNames.joined(separator: ", ")) or so")
    }
    let instants = try array(timeName).shape
    guard instants == [shape[0]] else {
      throw failure("\"\(timeName)\" has the shape \(instants), \"position\" has \(shape[0]) instants")
    }
    let ascending = try numbers(timeName)
    if let index = (1..<shape[0]).first(where: { !(ascending[$0 - 1] < ascending[$0]) }) {
      throw failure("\"\(timeName)\" do not ascend at instant \(index), counted from 0; sort them")
    }
    times = ascending
    dimensions = shape[2]
    positions = try numbers("position")
    velocities = archive.contains("velocity") ? try numbers("velocity") : nil
    var texts: [String]?
    if archive.contains("names") { texts = try array("names").texts ?? [] }
    let bodies = texts ?? (1...shape[1]).map { "body \($0)" }
    guard bodies.count == shape[1], Set(bodies).count == bodies.count else {
      throw failure("\"names\" must be \(shape[1]) different texts, one for each body of \"position\"")
    }
    names = bodies
  }
}
