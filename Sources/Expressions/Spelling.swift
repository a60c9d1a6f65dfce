/// Finds what somebody probably meant to type.
public enum Spelling {
  /// The candidate with the fewest edits from `word` (Levenshtein distance), if that is a third of its
  /// letters or fewer.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let best = candidates.map { (distance(word.lowercased(), $0.lowercased()), $0) }.min { $0.0 < $1.0 }
    guard let best, best.0 <= max(1, word.count / 3), best.0 < max(word.count, best.1.count) else {
      return nil
    }
    return best.1
  }

  /// Number of single-character insertions, deletions and replacements that turn one text into the other.
  static func distance(_ a: String, _ b: String) -> Int {
    let right = Array(b)
    var previous = Array(0...right.count)
    for (i, character) in a.enumerated() {
      var current = [i + 1]
      for j in right.indices {
        let replaced = previous[j] + (character == right[j] ? 0 : 1)
        current.append(min(replaced, previous[j + 1] + 1, current[j] + 1))
      }
      previous = current
    }
    return previous[right.count]
  }
}
