import Foundation
import Tables
import Testing

@Suite("Data sets are the columns and rows that were asked for")
struct DatasetTests {
  private func dataset(_ text: String, _ options: DatasetOptions = DatasetOptions()) throws -> Dataset {
    try Dataset(table(text), options)
  }

  @Test("without options the last column is the target, every other a feature")
  func defaultRoles() throws {
    let data = try dataset("a,b,c\n1,2,3\n4,5,7\n")
    #expect(data.name == "data.csv")
    #expect(data.targetName == "c" && data.target.array == [3, 7])
    #expect(data.featureNames == ["a", "b"])
    #expect(data.features.map(\.array) == [[1, 4], [2, 5]])
    #expect(data.weights == nil && data.notes.isEmpty && data.warnings.isEmpty && data.rowCount == 2)
  }

  @Test("named roles, in the order named")
  func namedRoles() throws {
    let text = "a,b,c,d,e\n1,2,3,4,5\n6,7,8,9,10\n"
    let data = try dataset(text, DatasetOptions(target: "b", features: ["e", "a"], weights: "c"))
    #expect(data.featureNames == ["e", "a"] && data.targetName == "b")
    #expect(data.features.map(\.array) == [[5, 10], [1, 6]])
    #expect(data.weights?.array == [3, 8])

    let rest = try dataset(text, DatasetOptions(sigma: "d", excluded: ["a"]))
    #expect(rest.targetName == "e" && rest.featureNames == ["b", "c"])
    #expect(rest.weights?.array == [1.0 / 16, 1.0 / 81])

    let lastTaken = try dataset(text, DatasetOptions(weights: "e"))
    #expect(lastTaken.targetName == "d" && lastTaken.featureNames == ["a", "b", "c"])
    #expect(lastTaken.notes == ["the target is \"d\", the last column of numbers without another role"])
  }

  @Test("a file read by path")
  func byPath() throws {
    try withFile(Array("x,y,s\n1,2,1\n2,,1\n3,5,2\n".utf8)) { path in
      let data = try Dataset(contentsOf: path, target: "y", sigma: "s", dropMissing: true)
      #expect(data.featureNames == ["x"] && data.features[0].array == [1, 3])
      #expect(data.weights?.array == [1, 0.25])
    }
  }

  @Test("columns of words are left out with a note, unless features are named")
  func words() throws {
    let text = "who,x,where,y,why\nann,1,here,2,so\nbob,3,there,5,\n"
    let data = try dataset(text)
    #expect(data.featureNames == ["x"] && data.targetName == "y")
    #expect(data.notes.count == 2)
    #expect(data.notes[0].hasPrefix("left out 3 columns \"who\", \"where\", \"why\": they hold text ("))
    #expect(data.notes[0].hasSuffix("data.csv:2 says \"ann\")"))
    #expect(try dataset(text, DatasetOptions(target: "y", features: ["x"])).notes.isEmpty)
  }

  @Test("rows with missing values in used columns are dropped on request, others stay")
  func dropMissing() throws {
    let text = "x,unused,w,y\n1,,1,2\n,1,1,3\n4,,1,NaN\n5,NA,,6\n7,8,9,10\n"
    let data = try dataset(text, DatasetOptions(features: ["x"], weights: "w", dropMissing: true))
    #expect(data.features[0].array == [1, 7])
    #expect(data.target.array == [2, 10])
    #expect(data.weights?.array == [1, 9])
    #expect(data.notes == ["left out 3 rows of 5 with missing values"])
  }

  @Test("only the rows that stay need a valid weight")
  func weightsOfDroppedRows() throws {
    let data = try dataset("x,w,y\n,-1,1\n1,2,3\n2,3,4\n", DatasetOptions(weights: "w", dropMissing: true))
    #expect(data.weights?.array == [2, 3])
  }

  @Test("extreme values are data")
  func extremes() throws {
    let data = try dataset("x,y\n1e300,1e-300\n-1e300,2e-300\n3,5e-324\n")
    #expect(data.features[0].array == [1e300, -1e300, 3])
    #expect(data.target.array == [1e-300, 2e-300, .leastNonzeroMagnitude])
    #expect(data.warnings.count == 1)
    #expect(data.warnings[0].hasPrefix("columns \"y\", \"x\" have values beyond 1e150 or below 1e-150"))
  }

  @Test("data that can explain little come with a warning")
  func warnings() throws {
    #expect(try dataset("x,y\n1,2\n").warnings.map { $0.prefix(25) } == ["there is only one row: a "])
    #expect(
      try dataset("x,y\n1,2\n3,2\n").warnings == [
        "the target \"y\" is 2.0 in every row: a constant explains it"
      ])
    #expect(
      try dataset("a,b,c,y\n1,2,3,4\n4,3,2,1\n").warnings
        == ["there are more features (3) than rows (2): many equations fit by chance"])
    #expect(
      try dataset("a,x,y\n1,2,3\n1,3,5\n").warnings
        == ["feature \"a\" has the same value in every row and cannot explain anything"])
    #expect(try dataset("x,y\n0,2\n0.5,3\n").warnings.isEmpty)
  }

  @Test("several data sets share one table's columns")
  func sharing() throws {
    let table = try table("x,u,v\n1,2,3\n4,5,6\n")
    let first = try Dataset(table, DatasetOptions(target: "u", excluded: ["v"]))
    let second = try Dataset(table, DatasetOptions(target: "v", excluded: ["u"]))
    #expect(first.featureNames == ["x"] && second.featureNames == ["x"])
    #expect(first.features[0] === second.features[0])
  }

  @Test("columns by name, for new data without a target")
  func columnsByName() throws {
    let table = try table("b,note,a\n1,hi,2\n3,,4\n,ho,5\n")
    #expect(try table.numericColumns(["a"]).map(\.array) == [[2, 4, 5]])
    #expect(throws: DataError.self) { try table.numericColumns(["a", "b"]) }
    #expect(throws: DataError.self) { try table.numericColumns(["note"]) }
    #expect(throws: DataError.self) { try table.numericColumns(["c"]) }
  }

  @Test("rows in any order")
  func rows() throws {
    let data = try Dataset(
      features: [("x", [1, 2, 3])], target: ("y", [4, 5, 6]), weights: [7, 8, 9], name: "made")
    let chosen = data.rows([2, 0, 2])
    #expect(chosen.features[0].array == [3, 1, 3])
    #expect(chosen.target.array == [6, 4, 6])
    #expect(chosen.weights?.array == [9, 7, 9])
    #expect(chosen.name == "made")
  }

  @Test("a split gives each row to one part, the same for the same seed")
  func split() throws {
    let values = (0..<1_000).map(Double.init)
    let data = try Dataset(features: [("x", values)], target: ("y", values.map { -$0 }))
    let (training, validation) = try #require(data.split(validation: 0.25, seed: 3))
    #expect(training.rowCount == 750 && validation.rowCount == 250)
    #expect((training.features[0].array + validation.features[0].array).sorted() == values)
    #expect(zip(validation.features[0].array, validation.target.array).allSatisfy { $0 == -$1 })
    #expect(training.features[0].array == training.features[0].array.sorted())
    // Neither the first nor the last quarter: a random one.
    #expect(validation.features[0].array.reduce(0, +) / 250 > 400)
    #expect(validation.features[0].array.reduce(0, +) / 250 < 600)

    let again = try #require(data.split(validation: 0.25, seed: 3))
    #expect(again.validation.target.array == validation.target.array)
    let other = try #require(data.split(validation: 0.25, seed: 4))
    #expect(other.validation.target.array != validation.target.array)
  }

  @Test("each part of a split has a row, or there is no split")
  func smallSplits() throws {
    let pair = try Dataset(features: [("x", [1, 2])], target: ("y", [3, 4]))
    for fraction in [0.01, 0.5, 0.99] {
      let (training, validation) = try #require(pair.split(validation: fraction, seed: 1))
      #expect(training.rowCount == 1 && validation.rowCount == 1)
    }
    for fraction in [0, 1, -1, 2, Double.nan] { #expect(pair.split(validation: fraction, seed: 1) == nil) }
    #expect(pair.rows([0]).split(validation: 0.5, seed: 1) == nil)
  }
}
