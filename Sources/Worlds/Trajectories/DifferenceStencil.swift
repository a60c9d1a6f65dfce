/// Weights with which values at some instants make the derivative at one of them: those of the polynomial
/// through all (Fornberg 1988, Mathematics of Computation 51, 699).
struct DifferenceStencil {
  /// Weights of the first derivative, one for each instant.
  let first: [Double]
  /// Weights of the second derivative.
  let second: [Double]

  /// Weights for the derivatives at `instant`, from values at `times`, which all differ.
  init(times: [Double], at instant: Double) {
    let count = times.count
    // weights[order][node], updated as one node after the other comes in.
    var weights = Array(repeating: Array(repeating: 0.0, count: count), count: 3)
    weights[0][0] = 1
    var product = 1.0
    var offset = times[0] - instant
    for node in 1..<max(1, count) {
      let last = min(node, 2)
      var differences = 1.0
      let previousOffset = offset
      offset = times[node] - instant
      for earlier in 0..<node {
        let difference = times[node] - times[earlier]
        differences *= difference
        if earlier == node - 1 {
          for order in stride(from: last, through: 1, by: -1) {
            weights[order][node] =
              product
              * (Double(order) * weights[order - 1][earlier] - previousOffset * weights[order][earlier])
              / differences
          }
          weights[0][node] = -product * previousOffset * weights[0][earlier] / differences
        }
        for order in stride(from: last, through: 1, by: -1) {
          weights[order][earlier] =
            (offset * weights[order][earlier] - Double(order) * weights[order - 1][earlier]) / difference
        }
        weights[0][earlier] = offset * weights[0][earlier] / difference
      }
      product = differences
    }
    first = weights[1]
    second = weights[2]
  }
}
