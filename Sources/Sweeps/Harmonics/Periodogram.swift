import Foundation

/// How much of a target's squares a sinusoid explains at each frequency of a grid, beside a constant.
///
/// For each frequency the least squares fit of m·(a·cos ωt + b·sin ωt) + c in closed form (Lomb 1976; Scargle
/// 1982; with the constant fitted, Zechmeister and Kürster 2009), m being 1 or the values of a column. Sines
/// and cosines follow by rotation from one frequency to the next.
struct Periodogram {
  /// The distance between neighbouring frequencies of the grid.
  let spacing: Double
  /// The first frequency in units of ``spacing``.
  let offset: Int
  /// The part of the squares about the mean that each frequency explains.
  let shares: [Double]

  /// Points of the grid for each width of a peak, 2π over the range.
  static let oversampling = 5.0

  /// The angular frequency of a point of the grid.
  func frequency(_ index: Int) -> Double { Double(index + offset) * spacing }

  /// Frequencies that are independent of each other, about.
  var independent: Double { max(1, Double(shares.count) / Periodogram.oversampling) }

  /// - Parameters:
  ///   - values: what is to be explained, a value for each of the rows.
  ///   - most: most points of the grid.
  init(_ values: Vector, _ rows: HarmonicRows, most: Int) {
    spacing = 2 * Double.pi / (Periodogram.oversampling * rows.sampling.range)
    // Less than half a period in the range is no period.
    offset = Int(Periodogram.oversampling * 0.4)
    let highest = rows.sampling.highestFrequency * (1 + 1e-9)
    let count = max(0, min(most, Int(highest / spacing) + 1 - offset))
    shares = Periodogram.shares(values, rows, spacing: spacing, offset: offset, count: count)
  }

  private typealias Lanes = SIMD8<Double>

  private static func lanes(_ vector: Vector) -> [Lanes] {
    stride(from: 0, to: vector.count, by: 8).map { start in Lanes(vector[start..<(start + 8)]) }
  }

  private static func shares(
    _ values: Vector, _ rows: HarmonicRows, spacing: Double, offset: Int, count: Int
  ) -> [Double] {
    let mean = rows.mean(of: values)
    let centred = values.map { $0 - mean }
    let squares = LeastSquares.product(centred, centred, rows.weights)
    guard squares > 0, squares.isFinite, count > 0 else { return [] }
    var (cosines, sines) = turn(rows.times, by: spacing * Double(offset))
    let (stepCosines, stepSines) = turn(rows.times, by: spacing)
    let weighted = lanes(zip(rows.factors, rows.weights).map { $0 * $1 })
    let squared = lanes(zip(rows.factors, rows.weights).map { $0 * $0 * $1 })
    let targets = lanes(zip(zip(rows.factors, rows.weights), centred).map { $0.0 * $0.1 * $1 })
    let whole = squared.reduce(Lanes(repeating: 0), +).sum()
    var shares: [Double] = []
    shares.reserveCapacity(count)
    for _ in 0..<count {
      var (c, s, cc, cs) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      var (yc, ys) = (Lanes.zero, Lanes.zero)
      for index in weighted.indices {
        let (cosine, sine) = (cosines[index], sines[index])
        c += weighted[index] * cosine
        s += weighted[index] * sine
        let part = squared[index] * cosine
        cc += part * cosine
        cs += part * sine
        yc += targets[index] * cosine
        ys += targets[index] * sine
        cosines[index] = cosine * stepCosines[index] - sine * stepSines[index]
        sines[index] = sine * stepCosines[index] + cosine * stepSines[index]
      }
      shares.append(
        explained(c.sum(), s.sum(), cc.sum(), cs.sum(), yc.sum(), ys.sum(), whole) / squares)
    }
    return shares
  }

  private static func turn(_ times: Vector, by frequency: Double) -> ([Lanes], [Lanes]) {
    (
      lanes(times.map { Foundation.cos($0 * frequency) }), lanes(times.map { Foundation.sin($0 * frequency) })
    )
  }

  /// What the two columns explain of the squares, from their sums with the mean taken off.
  private static func explained(
    _ c: Double, _ s: Double, _ cc: Double, _ cs: Double, _ yc: Double, _ ys: Double, _ whole: Double
  ) -> Double {
    let (cosines, sines, mixed) = (cc - c * c, whole - cc - s * s, cs - c * s)
    let least = 1e-9 * whole
    let determinant = cosines * sines - mixed * mixed
    // At half the sampling rate the sine is zero on every row.
    guard determinant > least * whole else {
      return max(cosines > least ? yc * yc / cosines : 0, sines > least ? ys * ys / sines : 0)
    }
    return (sines * yc * yc + cosines * ys * ys - 2 * mixed * yc * ys) / determinant
  }
}
