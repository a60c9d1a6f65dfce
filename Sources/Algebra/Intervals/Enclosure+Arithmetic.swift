import Foundation

extension Enclosure {
  static func + (x: Enclosure, y: Enclosure) -> Enclosure {
    Enclosure(Directed.sum(x.low, y.low).0, Directed.sum(x.high, y.high).1, x.definedness).defined(with: y)
  }

  static prefix func - (x: Enclosure) -> Enclosure { Enclosure(-x.high, -x.low, x.definedness) }

  static func * (x: Enclosure, y: Enclosure) -> Enclosure {
    let ends = [(x.low, y.low), (x.low, y.high), (x.high, y.low), (x.high, y.high)].map {
      Directed.product($0, $1)
    }
    return hull(ends).defined(with: x, y)
  }

  static func / (x: Enclosure, y: Enclosure) -> Enclosure {
    if y.low == 0 && y.high == 0 { return x.contains(0) ? (x.isPoint ? never : unknown) : infinite }
    if y.contains(0) { return unknown }
    let ends = [(x.low, y.low), (x.low, y.high), (x.high, y.low), (x.high, y.high)].map {
      Directed.quotient($0, $1)
    }
    return hull(ends).defined(with: x, y)
  }

  /// The smallest enclosure of all ends.
  static func hull(_ ends: [(Double, Double)]) -> Enclosure {
    if ends.contains(where: { $0.0.isNaN || $0.1.isNaN }) { return .reals }
    return Enclosure(ends.reduce(.infinity) { min($0, $1.0) }, ends.reduce(-.infinity) { max($0, $1.1) })
  }

  var magnitude: Enclosure {
    if low >= 0 { return self }
    if high <= 0 { return -self }
    return Enclosure(0, max(-low, high), definedness)
  }

  var square: Enclosure {
    let size = magnitude
    return Enclosure(
      Directed.product(size.low, size.low).0, Directed.product(size.high, size.high).1, definedness)
  }

  /// A whole power of at least one, by repeated multiplication.
  func power(_ exponent: Int) -> Enclosure {
    if exponent % 2 == 0 {
      let size = magnitude
      return Enclosure(size.low.powerBounds(exponent).0, size.high.powerBounds(exponent).1, definedness)
    }
    return Enclosure(low.powerBounds(exponent).0, high.powerBounds(exponent).1, definedness)
  }

  /// A function that rises everywhere on the bounds.
  func rising(_ function: (Double) -> Double) -> Enclosure {
    Enclosure(Directed.library(function(low)).0, Directed.library(function(high)).1, definedness)
  }

  /// A function that falls everywhere on the bounds.
  func falling(_ function: (Double) -> Double) -> Enclosure {
    Enclosure(Directed.library(function(high)).0, Directed.library(function(low)).1, definedness)
  }

  /// The bounds cut to those of the function's values.
  func clipped(_ least: Double, _ most: Double) -> Enclosure {
    Enclosure(max(low, least), min(high, most), definedness)
  }

  /// The part of the bounds that a function accepts, with what that says about there being a value.
  ///
  /// - Parameter isOpen: whether the ends belong to the domain; at the end of an open domain the value is
  ///   infinite.
  func restricted(to least: Double, _ most: Double, isOpen: Bool) -> Enclosure {
    if high < least || low > most { return .never }
    if isOpen && isPoint && (low == least || low == most) { return .infinite }
    let isInside = isOpen ? low > least && high < most : low >= least && high <= most
    return Enclosure(max(low, least), min(high, most), isInside ? definedness : .perhaps)
  }
}

extension Double {
  fileprivate func powerBounds(_ exponent: Int) -> (Double, Double) {
    var low = 1.0
    var high = 1.0
    let size = Swift.abs(self)
    for _ in 0..<exponent {
      low = Directed.product(low, size).0
      high = Directed.product(high, size).1
    }
    return self < 0 && exponent % 2 != 0 ? (-high, -low) : (low, high)
  }
}
