import Foundation

/// Tells columns of settings, such as times at even intervals or a few temperatures, from measured ones.
struct DesignGrid {
  /// Rows that are looked at, of the beginning and from all over the column.
  private static let rows = 2048
  /// As many values that recur are few.
  private static let few = 20

  /// Whether the values look chosen.
  let isGrid: Bool

  init(_ column: Column) {
    let count = column.count
    let head = DesignGrid.Levels(Array(column.buffer.prefix(DesignGrid.rows)))
    guard count > DesignGrid.rows else {
      isGrid = head.isEven || head.areFew || head.isBalanced
      return
    }
    let stride = (count + DesignGrid.rows - 1) / DesignGrid.rows
    let levels = Levels(Swift.stride(from: 0, to: count, by: stride).map { column[$0] })
    isGrid = levels.areFew && head.areFew || head.isEven && levels.lie(onGridOf: head)
  }

  /// Whether `values`, ascending, are even but for rounding. Steps of 1/3 printed with few digits are uneven,
  /// by a hundredth of a step perhaps; so many values must be even exactly as are so by chance otherwise.
  private static func hasEqualSteps(_ values: [Double]) -> Bool {
    let (first, last) = (values[0], values[values.count - 1])
    let step = (last - first) / Double(values.count - 1)
    let rounding = max(first.magnitude, last.magnitude) * 1e-15
    let tolerance = values.count < 5 ? rounding : max(rounding, step * 0.02)
    return values.indices.allSatisfy { (first + step * Double($0) - values[$0]).magnitude <= tolerance }
  }

  /// The distinct values of a column, and how often they are there.
  private struct Levels {
    var values: [Double] = []
    var counts: [Int] = []
    let rows: Int

    init(_ unsorted: [Double]) {
      let sorted = unsorted.filter(\.isFinite).sorted()
      rows = sorted.count
      for value in sorted {
        if value == values.last {
          counts[counts.count - 1] += 1
        } else {
          values.append(value)
          counts.append(1)
        }
      }
    }

    private var isUniform: Bool { counts.allSatisfy { $0 == counts[0] } }

    /// Few values, each of which is there three times on average.
    var areFew: Bool { values.count <= DesignGrid.few && rows >= 3 * values.count }

    /// A full design: each value as often as any other, five times at least.
    var isBalanced: Bool { rows >= 5 * values.count && isUniform }

    /// Equal steps or equal ratios between neighbours, each value as often as any other.
    var isEven: Bool {
      guard values.count >= 3, isUniform else { return false }
      if DesignGrid.hasEqualSteps(values) { return true }
      return values.count >= 5 && values[0] > 0 && DesignGrid.hasEqualSteps(values.map { log($0) })
    }

    /// Whether these values are on the even axis that goes on from `head`.
    func lie(onGridOf head: Levels) -> Bool {
      let step = (head.values[head.values.count - 1] - head.values[0]) / Double(head.values.count - 1)
      return values.allSatisfy {
        let steps = ($0 - head.values[0]) / step
        return (steps - steps.rounded()).magnitude <= 0.01 + steps.magnitude * 1e-9
      }
    }
  }
}
