/// The width of the numbers with which candidates are evaluated during a search; results are always 64-bit.
public enum Precision: Int, Sendable, CaseIterable, Codable {
  /// 32-bit: twice the rows per instruction, about seven digits.
  case single = 32
  /// 64-bit.
  case double = 64
}
