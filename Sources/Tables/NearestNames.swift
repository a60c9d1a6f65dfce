/// The names most like `name`, best first, at most three: those that differ in letter case only, or by at
/// most a third of their characters (and two at least) in edit distance.
func nearestNames(to name: String, among names: [String]) -> [String] {
  let wanted = Array(name.lowercased())
  // Above this length a name is prose, and the distance would take long.
  guard wanted.count <= 100 else { return [] }
  let allowed = max(2, wanted.count / 3)
  var found: [(name: String, distance: Int)] = []
  for candidate in names.prefix(10_000) {
    let letters = Array(candidate.lowercased())
    guard abs(letters.count - wanted.count) <= allowed else { continue }
    let distance = editDistance(wanted, letters)
    if distance <= allowed && distance < max(wanted.count, letters.count) {
      found.append((candidate, distance))
    }
  }
  return found.sorted { $0.distance < $1.distance }.prefix(3).map(\.name)
}

/// How many characters must be inserted, deleted or replaced, or neighbours swapped, to turn one into the
/// other (optimal string alignment distance).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
        best = min(best, beforePrevious[j - 1] + 1)
      }
      row.append(best)
    }
    (beforePrevious, previous) = (previous, row)
  }
  return previous[b.count]
}
