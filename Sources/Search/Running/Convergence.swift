/// Notices that a search has nothing more to gain.
///
/// Counted in epochs, not seconds, so that it strikes at the same point whatever the machine.
struct Convergence {
  private let isOn: Bool
  private let rows: Int
  private var lowestVolume = Double.infinity
  private var lastImprovement = 0

  /// - Parameter rows: rows the search learns from.
  init(isOn: Bool, rows: Int) {
    self.isOn = isOn
    self.rows = rows
  }

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
    // Once rounding error is all that is left, the only gain is a simpler form of the same law.
    let patience = isExact(hall, floor: floor) ? max(6, lastImprovement) : max(150, lastImprovement * 3 / 2)
    return epoch - lastImprovement >= patience
  }

  /// Whether the simplest member without error has far fewer constants than there are rows: with as many,
  /// anything fits.
  private func isExact(_ hall: Archive, floor: Double) -> Bool {
    var exact = false
    var decided = false
    hall.forEachMember { complexity in
      guard !decided, hall.loss(at: complexity) <= floor else { return }
      decided = true
      exact = 3 * hall.member(at: complexity).constantCount <= rows
    }
    return exact
  }
}
