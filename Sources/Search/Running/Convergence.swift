/// Notices that a search has nothing more to gain.
///
/// Counted in epochs, not seconds, so that it strikes at the same point whatever the machine.
struct Convergence {
  private let isOn: Bool
  private var lowestVolume = Double.infinity
  private var lastImprovement = 0

  init(isOn: Bool) { self.isOn = isOn }

  /// Whether the front has been still long enough.
  ///
  /// - Parameter unit: the loss of explaining nothing, scaled.
  mutating func holds(_ hall: Archive, epoch: Int, unit: Double) -> Bool {
    let floor = 1e-26 * unit
    let volume = hall.volume(floor: floor)
    if volume < lowestVolume - 0.05 {
      lowestVolume = volume
      lastImprovement = epoch
    }
    guard isOn else { return false }
    let isExact = hall.best(upTo: hall.maximumSize) <= floor
    // Once rounding error is all that is left, the only gain is a simpler form of the same law.
    let patience = isExact ? max(12, lastImprovement) : max(80, lastImprovement * 3 / 2)
    return epoch - lastImprovement >= patience
  }
}
