/// Rows of features and the target they are to explain, complete and finite: what a search works on.
public struct Dataset: Sendable {
  /// The most features a data set can have.
  public static let mostFeatures = 65_535

  /// The file's name, or "data".
  public let name: String
  /// The features' names, in the order of ``features``.
  public let featureNames: [String]
  /// One column of ``rowCount`` values for each feature.
  public let features: [Column]
  /// The name of the target.
  public let targetName: String
  /// The values to explain, ``rowCount`` of them.
  public let target: Column
  /// The weight of each row in the loss, none negative and not all zero; nil: all alike.
  public let weights: Column?
  /// Whether the weights are 1/σ² of standard errors σ of the target that the user has given.
  public let errorsAreKnown: Bool
  /// How precisely the features were written down, in the order of ``features``.
  public var featurePrecisions: [ColumnPrecision] { precisionSources.dropLast().map(\.precision) }
  /// How precisely the target was.
  public var targetPrecision: ColumnPrecision { precisionSources[precisionSources.count - 1].precision }
  /// What these are found from, the target's last.
  let precisionSources: [PrecisionSource]
  /// What was left out, for people to know.
  public let notes: [String]
  /// Why results may mean little.
  public let warnings: [String]

  /// Rows, at least one.
  public var rowCount: Int { target.count }

  init(
    name: String, featureNames: [String], features: [Column], targetName: String, target: Column,
    weights: Column?, errorsAreKnown: Bool = false, precisionSources: [PrecisionSource], notes: [String]
  ) {
    self.name = name
    self.featureNames = featureNames
    self.features = features
    self.targetName = targetName
    self.target = target
    self.weights = weights
    self.errorsAreKnown = errorsAreKnown
    self.precisionSources = precisionSources
    self.notes = notes
    warnings = dataWarnings(
      featureNames: featureNames, features: features, targetName: targetName, target: target)
  }

  /// The data set that `options` choose from `table`. Columns are shared with the table unless rows are left
  /// out.
  ///
  /// Throws when a column that is named is not there, a column that is used holds a word or an infinite
  /// value, or a missing one and `options` do not drop such rows, when weights or standard errors cannot be
  /// such, or when nothing is left.
  public init(table: Table, options: DatasetOptions = DatasetOptions()) throws(DataError) {
    let roles = try ColumnRoles(options, in: table)
    try table.checkNumbers(in: roles.used)
    var notes = table.notes + table.notesAboutRoles(roles, options: options)
    var rows: [Int]?
    if !options.dropMissing {
      try table.checkComplete(roles.used)
    } else if roles.used.contains(where: { table.columns[$0].missingCount > 0 }) {
      let complete = table.completeRows(roles.used)
      if complete.isEmpty { throw table.noCompleteRow(roles.used) }
      notes.append(
        "left out \(counted(table.rowCount - complete.count, "row")) of \(table.rowCount) with missing values"
      )
      rows = complete
    }
    let weights = try table.weights(roles, rows: rows)
    // Numeric columns only: words in a used column were refused above.
    let columns = (roles.features + [roles.target]).compactMap { table.columns[$0].values }
      .map { column in rows.map { column.rows($0) } ?? column }
    self.init(
      name: table.name, featureNames: roles.features.map { table.columns[$0].name },
      features: Array(columns.dropLast()), targetName: table.columns[roles.target].name,
      target: columns[columns.count - 1], weights: weights,
      errorsAreKnown: roles.weights == nil && roles.sigma != nil,
      precisionSources: (roles.features + [roles.target]).map { table.columns[$0].precisionSource },
      notes: notes)
  }

  /// The data set in the CSV or `.npz` file at `path` (`-`: standard input); see ``Table/init(contentsOf:options:)``
  /// for the format and ``DatasetOptions`` for the columns.
  public init(
    contentsOf path: String, target: String? = nil, features: [String]? = nil, weights: String? = nil,
    sigma: String? = nil, dropMissing: Bool = false, reading: ReadingOptions = ReadingOptions()
  ) throws(DataError) {
    try self.init(
      table: Table(contentsOf: path, options: reading),
      options: DatasetOptions(
        target: target, features: features, weights: weights, sigma: sigma, dropMissing: dropMissing))
  }

  /// A data set of values in memory; all columns and `weights` must have as many values as the target. NaN
  /// counts as missing.
  public init(
    features: [(name: String, values: [Double])], target: (name: String, values: [Double]),
    weights: [Double]? = nil, name: String = "data", dropMissing: Bool = false
  ) throws(DataError) {
    var columns = [target] + features
    var options = DatasetOptions(
      target: target.name, features: features.map(\.name), dropMissing: dropMissing)
    if let weights {
      var weightsName = "weights"
      while columns.contains(where: { $0.name == weightsName }) { weightsName += "'" }
      columns.append((weightsName, weights))
      options.weights = weightsName
    }
    try self.init(table: Table(columns: columns, name: name), options: options)
  }
}
