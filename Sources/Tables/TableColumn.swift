/// One column of a ``Table``: its values if it is numeric, and the cells that were no plain numbers.
public struct TableColumn: Sendable {
  /// A cell, by where it is and what it says.
  public struct Cell: Sendable, Equatable {
    /// The row, counted from 0.
    public let row: Int
    /// Where that is in the file.
    public let place: DataPlace
    /// The text, cut to a bearable length.
    public let text: String
  }

  /// The name in the header.
  public let name: String
  /// The values, NaN where a cell is missing or a word; nil when more cells hold words than numbers.
  public internal(set) var values: Column?
  /// The unit, if the file has a line of units; it may be empty.
  public internal(set) var unit: String?
  /// How precisely the values were written down.
  public var precision: ColumnPrecision { precisionSource.precision }
  /// What ``precision`` is found from.
  var precisionSource = PrecisionSource(ColumnPrecision())
  /// How many cells hold something that is neither a number nor missing, and the first.
  public internal(set) var wordCount = 0
  /// The first such cell.
  public internal(set) var firstWord: Cell?
  /// How many cells are empty, NA, NaN or null.
  public internal(set) var missingCount = 0
  /// The first such cell.
  public internal(set) var firstMissing: Cell?
  /// The first cell that is infinite or beyond the range of a `Double`.
  public internal(set) var firstInfinite: Cell?

  /// A column of which nothing is known yet but its name.
  init(name: String) { self.name = name }

  /// A column of values in memory.
  init(name: String, values: [Double]) {
    self.init(name: name, values: Column(values), origin: .memory) { .row($0) }
  }

  /// A column of text in every one of its rows, of which the first, at `place`, says `first`.
  init(name: String, words count: Int, first: String, place: DataPlace) {
    self.init(name: name)
    wordCount = count
    firstWord = Cell(row: 0, place: place, text: String(first.prefix(240)))
  }

  /// A column of values whose rows are where `place` says.
  init(name: String, values: Column, origin: PrecisionEstimate.Origin, place: (Int) -> DataPlace) {
    self.init(name: name)
    for (row, value) in values.buffer.enumerated() where !value.isFinite {
      let cell = Cell(row: row, place: place(row), text: "\(value)")
      if value.isNaN {
        missingCount += 1
        if firstMissing == nil { firstMissing = cell }
      } else if firstInfinite == nil {
        firstInfinite = cell
      }
    }
    self.values = values
    precisionSource = PrecisionSource { PrecisionEstimate.precision(values, origin: origin) }
  }
}
