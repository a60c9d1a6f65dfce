import Arrays

/// What kept a world from being simulated, or a simulation from being read or written.
public enum WorldError: Error, Sendable, Equatable {
  /// The setting `name` has a value that cannot be; `reason` completes the sentence.
  case setting(name: String, reason: String)
  /// The wanted numbers would take more bytes than half of the machine's memory.
  case tooLarge(bytes: Int)
  /// The integration of simulation number `simulation` came to a stand at `time`.
  case stuck(law: ForceLaw, simulation: Int, time: Double, reason: String)
  /// A file cannot be read or written.
  case file(ArrayFileError)
  /// The arrays in a file are no simulation.
  case noSimulation(file: String, reason: String)
  /// The arrays in a file are no trajectory.
  case noTrajectory(file: String, reason: String)
}

extension WorldError: CustomStringConvertible {
  /// What is wrong and what to do, on one line.
  public var description: String {
    switch self {
    case .setting(let name, let reason): "\(name) \(reason)"
    case .tooLarge(let bytes):
      "the simulations would take \(bytes >> 20) MiB, more than half of this machine's memory; ask for fewer "
        + "simulations, bodies or times"
    case .stuck(let law, let simulation, let time, let reason):
      "simulation \(simulation) of the law \(law.rawValue) cannot be followed beyond the time \(time): "
        + "\(reason); choose another seed"
    case .file(let error): error.description
    case .noSimulation(let file, let reason):
      "\(file): \(reason); symreg distill simulate writes files that can be read"
    case .noTrajectory(let file, let reason):
      "\(file): \(reason); a trajectory has position (times, bodies, axes), times, and perhaps velocity and names"
    }
  }
}
