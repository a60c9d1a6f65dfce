import Randomness

extension Dataset {
  /// The data set of the given rows, in the order given; a row may be there more than once. `indices` must
  /// not be empty.
  public func rows(_ indices: [Int]) -> Dataset {
    precondition(!indices.isEmpty, "a data set needs a row")
    return Dataset(
      name: name, featureNames: featureNames, features: features.map { $0.rows(indices) },
      targetName: targetName, target: target.rows(indices), weights: weights?.rows(indices),
      precisionSources: precisionSources, notes: notes)
  }

  /// The data set with other values of its features, as many columns of as many rows: each as far from what it
  /// was on every row.
  package func replacing(features columns: [Column]) -> Dataset {
    precondition(columns.count == features.count && columns.allSatisfy { $0.count == rowCount })
    let precisions = zip(zip(features, columns), featurePrecisions).map { pair, precision in
      let (before, after) = pair
      if before === after { return precision }
      // Of other values the digits are others; the distance between two of them stays what it was.
      return ColumnPrecision(
        absoluteStep: precision.step(at: before[0]), isWhole: precision.isWhole, isGrid: precision.isGrid)
    }
    return Dataset(
      name: name, featureNames: featureNames, features: columns, targetName: targetName, target: target,
      weights: weights, errorsAreKnown: errorsAreKnown,
      precisionSources: precisions.map { PrecisionSource($0) } + [
        precisionSources[precisionSources.count - 1]
      ],
      notes: notes)
  }

  /// Two data sets: `fraction` of the rows, drawn at random, to validate equations with, and the others to
  /// find them with. Rows keep their order.
  ///
  /// The number of validation rows is rounded to nearest, but each part gets a row at least. Nil when
  /// `fraction` is not strictly between 0 and 1, or there is only one row. The same `seed` draws the same
  /// rows.
  public func split(
    validation fraction: Double, seed: UInt64
  ) -> (training: Dataset, validation: Dataset)? {
    guard fraction > 0, fraction < 1, rowCount > 1 else { return nil }
    var order = Array(0..<rowCount)
    // A key of its own keeps these draws apart from the search's.
    var stream = RandomStream(seed: seed, 0x7661_6C69_6461_7465)
    stream.shuffle(&order)
    let wanted = Int((Double(rowCount) * fraction).rounded())
    let count = min(max(1, wanted), rowCount - 1)
    return (rows(order[count...].sorted()), rows(order[..<count].sorted()))
  }
}
