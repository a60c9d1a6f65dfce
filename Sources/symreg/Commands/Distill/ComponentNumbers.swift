/// Lists of numbers of components.
enum ComponentNumbers {
  /// The numbers in `text`, separated by commas.
  static func parse(_ text: String) throws(Failure) -> [Int] {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int(String($0).trimmed) }
    guard numbers.count == words.count else {
      throw Failure(
        .usage, "--components must be numbers separated by commas, such as 0,3, not \(text)")
    }
    return numbers
  }
}
