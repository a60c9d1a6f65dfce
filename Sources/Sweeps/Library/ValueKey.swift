import Foundation
import Randomness

/// Numbers by which expressions with the same values are recognised, whatever their form.
///
/// Values are compared on the first few dozen rows, to about nine digits: two expressions that agree there
/// are one (observational equivalence; Albarghouthi, Gulwani and Kincaid 2013).
enum ValueKey {
  /// Rows that are compared.
  static let rows = 24

  /// The same for the same values.
  static func exact(_ values: UnsafeBufferPointer<Double>) -> UInt64 {
    var key: UInt64 = 0x51
    for row in 0..<min(rows, values.count) {
      // Rounded to 29 binary digits: half a unit is added, then the rest is cut off.
      let word = ((values[row] + 0).bitPattern &+ (1 << 22)) & ~((1 << 23) - 1)
      key = RandomStream.mix(key ^ word)
    }
    return key
  }

  /// The same for values that differ by a factor and a term only; nil where they are constant.
  ///
  /// - Parameter count: the number of rows; `values` may be padded.
  static func upToScaleAndShift(_ values: UnsafeBufferPointer<Double>, count: Int) -> UInt64? {
    var mean = 0.0
    var largest = 0.0
    for row in 0..<count {
      mean += values[row]
      largest = max(largest, abs(values[row]))
    }
    mean /= Double(count)
    var squares = 0.0
    for row in 0..<count { squares += (values[row] - mean) * (values[row] - mean) }
    let norm = squares.squareRoot()
    guard norm.isFinite, norm > 1e-9 * largest * Double(count).squareRoot(), norm > 1e-140 else { return nil }
    // The first row that is clearly off the mean decides about the sign.
    var sign = 1.0
    for row in 0..<count where abs(values[row] - mean) > 0.3 * norm / Double(count).squareRoot() {
      sign = values[row] > mean ? 1 : -1
      break
    }
    var key: UInt64 = 0x52
    for row in 0..<min(rows, count) {
      let place = (sign * (values[row] - mean) / norm * 1e8).rounded()
      key = RandomStream.mix(key ^ UInt64(bitPattern: Int64(place)))
    }
    return key
  }
}
