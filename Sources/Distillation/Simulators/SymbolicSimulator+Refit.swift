import Networks

extension SymbolicSimulator {
  /// The simulator with the constants of both laws fitted together to the accelerations of a set.
  ///
  /// A network's messages and accelerations are those of the motions only up to its own errors, which laws distilled
  /// one after the other take over. Squared errors are made least, large accelerations counting relative to them,
  /// by Levenberg and Marquardt's method with exact derivatives; constants that something is compared with, which
  /// have none, by trial.
  ///
  /// - Parameter set: graphs with accelerations; about ten thousand bodies of it are used.
  /// - Throws: ``SymbolicModelError`` when the set's bodies are others than the simulator's, or ``NetworkError``.
  public func refitted(to set: GraphSet) throws -> SymbolicSimulator {
    try check(set)
    let sample = try set.spread(rows: SimulatorRefit.rows)
    guard let refit = SimulatorRefit(self, sample) else { return self }
    return refit.run().simulator
  }
}
