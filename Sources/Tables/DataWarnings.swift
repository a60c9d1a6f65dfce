/// Why results on these columns may mean little; empty when nothing is wrong.
func dataWarnings(
  featureNames: [String], features: [Column], targetName: String, target: Column
) -> [String] {
  var warnings: [String] = []
  let rows = target.count
  if rows == 1 {
    warnings.append("there is only one row: a constant explains it, and no equation can be told from another")
  } else if features.count > rows {
    warnings.append(
      "there are more features (\(features.count)) than rows (\(rows)): many equations fit by chance")
  }
  let targetExtent = Extent(target)
  if rows > 1 && targetExtent.isConstant {
    warnings.append("the target \(quoted(targetName)) is \(target[0]) in every row: a constant explains it")
  }
  let extents = features.map(Extent.init)
  let constant = zip(featureNames, extents).filter { $0.1.isConstant }.map(\.0)
  if rows > 1 && !constant.isEmpty {
    let verb = constant.count == 1 ? "feature \(listed(constant)) has" : "features \(listed(constant)) have"
    warnings.append("\(verb) the same value in every row and cannot explain anything")
  }
  for (name, (column, extent)) in zip(
    [targetName] + featureNames, zip([target] + features, [targetExtent] + extents))
  {
    warnings += SentinelWarnings.warnings(name, column, least: extent.least, greatest: extent.greatest)
  }
  let extreme = zip([targetName] + featureNames, [targetExtent] + extents).filter { $0.1.isExtreme }.map(\.0)
  if !extreme.isEmpty {
    let noun = extreme.count == 1 ? "column \(listed(extreme)) has" : "columns \(listed(extreme)) have"
    warnings.append(
      "\(noun) values beyond 1e150 or below 1e-150, whose squares leave the range of 64-bit numbers; other "
        + "units help"
    )
  }
  return warnings
}

/// The extremes of a column.
private struct Extent {
  var least = Double.infinity
  var greatest = -Double.infinity
  /// Of the magnitudes other than zero.
  var leastMagnitude = Double.infinity

  init(_ column: Column) {
    for value in column.buffer {
      least = value < least ? value : least
      greatest = value > greatest ? value : greatest
      let magnitude = value.magnitude
      leastMagnitude = magnitude < leastMagnitude && magnitude > 0 ? magnitude : leastMagnitude
    }
  }

  var isConstant: Bool { least == greatest }
  var isExtreme: Bool { max(least.magnitude, greatest.magnitude) > 1e150 || leastMagnitude < 1e-150 }
}
