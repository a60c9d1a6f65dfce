extension Table {
  /// The weights that the roles speak of, in `rows` (nil: all); nil without such a role.
  func weights(_ roles: ColumnRoles, rows: [Int]?) throws(DataError) -> Column? {
    if let index = roles.weights, let column = columns[index].values {
      try checkEach(column, named: columns[index].name, role: "weight", rows: rows) {
        $0 < 0 ? "is negative" : nil
      }
      let kept = rows.map { column.rows($0) } ?? column
      if kept.buffer.allSatisfy({ $0 == 0 }) {
        throw DataError.invalidWeight(
          place: place(ofRow: rows?.first ?? 0), column: columns[index].name, value: 0, role: "weight",
          reason: "is zero, and so are all others")
      }
      return kept
    }
    if let index = roles.sigma, let column = columns[index].values {
      try checkEach(column, named: columns[index].name, role: "standard error", rows: rows) {
        if $0 <= 0 { return "is not positive" }
        let weight = 1 / ($0 * $0)
        return weight.isNormal ? nil : "has no usable weight 1 / sigma²; choose other units for the target"
      }
      let kept = rows.map { column.rows($0) } ?? column
      return Column(count: kept.count) { target in
        for row in 0..<kept.count { target.initializeElement(at: row, to: 1 / (kept[row] * kept[row])) }
      }
    }
    return nil
  }

  /// Throws at the first of `rows` for whose value `fault` has a text.
  private func checkEach(
    _ column: Column, named name: String, role: String, rows: [Int]?, fault: (Double) -> String?
  ) throws(DataError) {
    for position in 0..<(rows?.count ?? rowCount) {
      let row = rows?[position] ?? position
      if let reason = fault(column[row]) {
        throw DataError.invalidWeight(
          place: place(ofRow: row), column: name, value: column[row], role: role, reason: reason)
      }
    }
  }
}
