import CVectorKernels
import Expressions
import Foundation

/// Logarithms of the magnitudes of a library's expressions: the factors that a product of powers may have
/// beside the features.
///
/// Expressions whose logarithms differ by a power and by powers of features only are the same factor, and the
/// smallest is kept; products of powers of features are none.
package final class LogarithmLibrary {
  /// The library whose expressions these are.
  package let library: ValueLibrary
  /// Index in the library of each factor.
  package private(set) var members: [Int] = []
  /// Features without a zero, whose logarithms may be regressed on.
  package let features: [Int]
  /// The logarithms of those features' magnitudes.
  let featureLogarithms: [Vector]
  /// One row of ``SweepSample/stride`` logarithms for each factor.
  let values: UnsafeMutablePointer<Double>
  let stride: Int

  /// The factors among the library's expressions, at most `limit`.
  package init(_ library: ValueLibrary, limit: Int) {
    self.library = library
    let sample = library.sample
    stride = sample.stride
    func logarithms(_ values: UnsafeBufferPointer<Double>) -> Vector? {
      var result = Vector(repeating: 0, count: sample.stride)
      for row in 0..<sample.rowCount {
        result[row] = Foundation.log(abs(values[row]))
        if !result[row].isFinite { return nil }
      }
      return result
    }
    let ones = sample.ones
    var span = LeastSquares(weights: ones)
    _ = span.add(ones)
    var usable: [Int] = []
    var columns: [Vector] = []
    for (index, feature) in sample.features.enumerated() {
      guard let column = feature.withUnsafeBufferPointer(logarithms) else { continue }
      if span.add(column) {
        usable.append(index)
        columns.append(column)
      }
    }
    features = usable
    featureLogarithms = columns
    values = .allocate(capacity: max(1, limit * stride))
    var keys: Set<UInt64> = []
    for index in 0..<library.count where members.count < limit {
      guard let column = logarithms(library.row(index)) else { continue }
      let rest = span.residual(column)
      let before = LeastSquares.product(column, column, ones)
      guard LeastSquares.product(rest, rest, ones) > 1e-12 * before else { continue }
      let key = rest.withUnsafeBufferPointer { ValueKey.upToScaleAndShift($0, count: sample.rowCount) }
      guard let key, keys.insert(key).inserted else { continue }
      for row in 0..<stride { values[members.count * stride + row] = column[row] }
      members.append(index)
    }
  }

  deinit { values.deallocate() }

  /// The logarithms of factor `number`.
  func logarithms(_ number: Int) -> Vector {
    Vector(UnsafeBufferPointer(start: values + number * stride, count: stride))
  }
}
