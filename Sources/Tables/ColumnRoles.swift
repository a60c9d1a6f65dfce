/// The indices, in a table, of the columns that play a role.
struct ColumnRoles {
  let target: Int
  let features: [Int]
  let weights: Int?
  let sigma: Int?

  /// All of them, in the order of the roles.
  var used: [Int] { [target] + features + [weights, sigma].compactMap { $0 } }

  /// Finds the columns that `options` speak of in `table`, and those that take a role by default.
  init(_ options: DatasetOptions, in table: Table) throws(DataError) {
    let place = DataPlace.file(table.file)
    var roles: [Int: String] = [:]
    func assign(_ name: String, _ role: String) throws(DataError) -> Int {
      let index = try table.index(of: name)
      if let other = roles.updateValue(role, forKey: index) {
        let both = other == role ? "a \(role) twice" : "\(other) and as \(role)"
        throw DataError.conflictingRoles(place: place, column: name, roles: both)
      }
      return index
    }

    var target: Int?
    if let name = options.target { target = try assign(name, "target") }
    var weights: Int?
    if let name = options.weights ?? table.recorded?.impliedWeights(options) {
      weights = try assign(name, "weight")
    }
    var sigma: Int?
    if let name = options.sigma { sigma = try assign(name, "standard error") }
    if let weightsName = options.weights, let sigmaName = options.sigma {
      throw DataError.conflictingRoles(
        place: place, column: weightsName, roles: "weight beside the standard error \(quoted(sigmaName))")
    }
    var features: [Int] = []
    for name in options.features ?? [] { features.append(try assign(name, "feature")) }
    var excluded: Set<Int> = []
    for name in options.excluded { excluded.insert(try table.index(of: name)) }

    // What else was recorded of a function's results does not explain them.
    if let recorded = table.recorded {
      for name in recorded.outputs + [recorded.weights].compactMap(\.self) {
        excluded.insert(try table.index(of: name))
      }
    }

    let numeric = table.columns.indices.filter { table.columns[$0].values != nil }
    if target == nil, let recorded = table.recorded {
      target = try recorded.outputs.map { name throws(DataError) in try table.index(of: name) }
        .last { roles[$0] == nil }
    }
    guard let chosen = target ?? numeric.last(where: { roles[$0] == nil && !excluded.contains($0) }) else {
      throw DataError.noNumericColumn(place: place, hint: table.hintAboutWords(hasNumbers: !numeric.isEmpty))
    }
    if options.features == nil {
      features = numeric.filter { $0 != chosen && roles[$0] == nil && !excluded.contains($0) }
    }
    // A target of words is the more telling reason.
    try table.checkNumbers(in: [chosen])
    if features.isEmpty { throw DataError.noFeature(place: place, target: table.columns[chosen].name) }
    if features.count > Dataset.mostFeatures {
      throw DataError.tooManyFeatures(place: place, count: features.count)
    }
    self.target = chosen
    self.features = features
    self.weights = weights
    self.sigma = sigma
  }
}

extension Table {
  /// What may be wrong with a file in which no column is left to be the target.
  fileprivate func hintAboutWords(hasNumbers: Bool) -> String {
    if hasNumbers { return "all that do have another role; name the one to explain with --target" }
    if columns.count == 1, columns[0].name.contains(" ") {
      return "if spaces separate the cells, use commas, semicolons, tabs or bars instead"
    }
    guard let column = columns.first(where: { $0.firstWord != nil }), let cell = column.firstWord else {
      return "add one"
    }
    return
      "in column \(quoted(column.name)), for one, \(cell.place) says \(quoted(cell.text)); check the "
      + "separator and the decimal mark"
  }
}
