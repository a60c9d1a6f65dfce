
public struct ColumnPrecision: Sendable, Hashable {
  public var isGrid = false
  var digits = 0
  public func step(at value: Double) -> Double {
    guard digits > 0, digits < 16, value != 0 else { return 0 }
    return Double(String(format: "1e%d", Int(log10(abs(value)).rounded(.down)) - digits + 1))!
  }
}
import Foundation
extension Dataset {
  public var targetPrecision: ColumnPrecision { ColumnPrecision(target) }
  public var featurePrecisions: [ColumnPrecision] { features.map { ColumnPrecision($0) } }
}
extension ColumnPrecision {
  init(_ c: Column) {
    var most = 1
    for v in c.buffer.prefix(300) {
      var d = 1
      while d < 17, Double(String(format: "%.\(d - 1)e", v)) != v { d += 1 }
      most = max(most, d)
    }
    digits = most
    let s = Set(c.buffer)
    isGrid = s.count <= 20 || most <= 2
  }
}
