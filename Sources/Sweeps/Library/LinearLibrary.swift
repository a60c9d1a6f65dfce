import CVectorKernels

/// The expressions of a library as terms of a linear fit: centred, of norm 1, one for all that differ by a
/// factor and a term.
package final class LinearLibrary {
  let library: ValueLibrary
  /// Index in the library of each term.
  let members: [Int]
  /// One row of ``SweepSample/stride`` values for each term.
  let values: UnsafeMutablePointer<Double>
  let stride: Int
  var count: Int { members.count }

  /// The first `limit` different terms of the library.
  package init(_ library: ValueLibrary, limit: Int) {
    self.library = library
    stride = library.sample.stride
    let rows = library.sample.rowCount
    var keys: Set<UInt64> = []
    var members: [Int] = []
    for index in 0..<library.count where members.count < limit {
      guard let key = ValueKey.upToScaleAndShift(library.row(index), count: rows), keys.insert(key).inserted
      else { continue }
      members.append(index)
    }
    self.members = members
    values = .allocate(capacity: max(1, members.count * stride))
    for (place, index) in members.enumerated() {
      let row = values + place * stride
      row.update(from: library.row(index).baseAddress!, count: stride)
      LinearLibrary.standardise(row, rows, stride)
    }
  }

  deinit { values.deallocate() }

  /// Centres a vector and divides it by its norm; false, leaving it as it may be, where it does not vary.
  @discardableResult
  static func standardise(_ row: UnsafeMutablePointer<Double>, _ rows: Int, _ stride: Int) -> Bool {
    var mean = 0.0
    var largest = 0.0
    for index in 0..<rows {
      mean += row[index]
      largest = max(largest, abs(row[index]))
    }
    mean /= Double(rows)
    // Divided by the largest first, so that squares neither overflow nor vanish.
    let unit = largest > 0 ? 1 / largest : 1
    var squares = 0.0
    for index in 0..<rows {
      row[index] = (row[index] - mean) * unit
      squares += row[index] * row[index]
    }
    let norm = squares.squareRoot()
    guard norm.isFinite, norm > 1e-12 * Double(rows).squareRoot() else { return false }
    for index in 0..<rows { row[index] /= norm }
    for index in rows..<stride { row[index] = 0 }
    return true
  }

  /// The products of terms `0 ..< limit` with targets of norm 1, as `vk_pair_search` takes them.
  func products(_ targets: [Double], count targetCount: Int, limit: Int) -> [Double] {
    let padded = vk_pair_padding(limit)
    let width = targetCount + 1
    var sums = Vector(repeating: 0, count: max(1, limit * width))
    let weights = Vector(repeating: 0, count: stride)
    vk_library_sums(values, stride, limit, weights, targets, targetCount, &sums)
    var products = Vector(repeating: 0, count: targetCount * padded)
    for term in 0..<limit {
      for target in 0..<targetCount { products[target * padded + term] = sums[term * width + 1 + target] }
    }
    return products
  }
}
