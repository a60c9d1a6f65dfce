/// Which member of a front is meant: by rule, by its place, or by its complexity.
public enum MemberChoice: Sendable, Hashable {
  /// The one the search chose.
  case best
  /// The lowest loss.
  case accuracy
  /// The highest score.
  case score
  /// The shortest description.
  case mdl
  /// The index in the front, counted from 0 as in `run.json`.
  case index(Int)
  /// The member of this complexity.
  case complexity(Int)

  /// Reads `best`, `accuracy`, `score`, `mdl`, an index, or `complexity=N`; nil for any other text.
  public init?(_ text: String) {
    switch text {
    case "best": self = .best
    case "accuracy": self = .accuracy
    case "score": self = .score
    case "mdl": self = .mdl
    default:
      if let index = Int(text), index >= 0 {
        self = .index(index)
      } else if text.hasPrefix("complexity="), let value = Int(text.dropFirst("complexity=".count)) {
        self = .complexity(value)
      } else {
        return nil
      }
    }
  }

  /// The index of the member in the front of `document`; nil when there is none such.
  public func index(in document: RunDocument) -> Int? {
    let front = document.front
    switch self {
    case .best: return document.best
    case .accuracy: return front.indices.min { front[$0].loss ?? .infinity < front[$1].loss ?? .infinity }
    case .score: return front.indices.max { front[$0].score ?? -.infinity < front[$1].score ?? -.infinity }
    case .mdl:
      // Runs of before lengths were kept have none.
      let lengths = front.map { $0.descriptionLength ?? .infinity }
      guard let least = lengths.min(), least.isFinite else { return nil }
      return lengths.firstIndex(of: least)
    case .index(let index): return front.indices.contains(index) ? index : nil
    case .complexity(let complexity): return front.firstIndex { $0.complexity == complexity }
    }
  }
}
