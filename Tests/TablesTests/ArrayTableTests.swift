import Arrays
import Foundation
import Tables
import Testing

@Suite("Archives of arrays are tables as CSV files are")
struct ArrayTableTests {
  private func dataset(
    _ arrays: [(name: String, array: NumericArray)], _ options: DatasetOptions = DatasetOptions()
  ) throws -> Dataset {
    try withFile([]) { path in
      let path = path + ".npz"
      try ArrayArchive.write(arrays, to: path)
      do {
        return try Dataset(table: Table(contentsOf: path), options: options)
      } catch let error as DataError {
        #expect(error.kind == .badData)
        throw Refusal(text: error.description.replacingOccurrences(of: path, with: "data.npz"))
      }
    }
  }

  /// An error, with the folder taken off the file's path.
  private struct Refusal: Error {
    let text: String
  }

  private func refusal(
    _ arrays: [(name: String, array: NumericArray)], _ options: DatasetOptions = DatasetOptions()
  ) throws -> String {
    do {
      _ = try dataset(arrays, options)
      return ""
    } catch let error as Refusal { return error.text }
  }

  private func matrix(_ rows: Int, _ columns: Int, _ values: [Double]) -> NumericArray {
    NumericArray(shape: [rows, columns], elements: .float64(values))
  }

  private var recorded: [(name: String, array: NumericArray)] {
    [("outputs", matrix(3, 2, [1, 10, 2, 20, 3, 30])), ("inputs", matrix(3, 2, [4, 7, 5, 8, 6, 9]))]
  }

  @Test("one-dimensional arrays are columns of any type")
  func named() throws {
    let data = try dataset([
      ("a", NumericArray([1, 2])), ("b", NumericArray(shape: [2], elements: .int32([3, -4]))),
      ("flag", NumericArray(shape: [2], elements: .bool([true, false]))), ("who", NumericArray(["p", "q"])),
      ("seed", NumericArray(7)), ("y", NumericArray(float32: [0.5, 0.25])),
    ])
    #expect(data.featureNames == ["a", "b", "flag"] && data.targetName == "y" && data.name == "data.csv.npz")
    #expect(data.features.map(\.array) == [[1, 2], [3, -4], [1, 0]] && data.target.array == [0.5, 0.25])
    #expect(data.notes.count == 2)
    #expect(data.notes[0] == "left out the array \"seed\": columns have one dimension")
    #expect(data.notes[1].contains("\"who\"") && data.notes[1].contains("says \"p\""))
  }

  @Test("what was recorded of a function: only inputs are features")
  func functions() throws {
    let data = try dataset(recorded)
    #expect(data.featureNames == ["x0", "x1"] && data.targetName == "y1")
    #expect(data.features.map(\.array) == [[4, 5, 6], [7, 8, 9]] && data.target.array == [10, 20, 30])
    #expect(data.notes == ["of the outputs \"y0\", \"y1\" \"y1\" is explained; --target names others"])
    let other = try dataset(recorded, DatasetOptions(target: "y0"))
    #expect(other.featureNames == ["x0", "x1"] && other.target.array == [1, 2, 3] && other.notes.isEmpty)
    let named = try dataset(recorded, DatasetOptions(target: "y0", features: ["y1", "x0"]))
    #expect(named.featureNames == ["y1", "x0"])
  }

  @Test("names and weights that were recorded, and what takes their place")
  func namesAndWeights() throws {
    let arrays =
      recorded + [
        ("input_names", NumericArray(["dx", "größe"])), ("output_names", NumericArray(["Fx", "Fy"])),
        ("weights", NumericArray([1, 0, 2])),
      ]
    let data = try dataset(arrays, DatasetOptions(target: "Fx"))
    #expect(data.featureNames == ["dx", "größe"] && data.weights?.array == [1, 0, 2])
    #expect(data.notes == ["rows are weighted by \"weights\""])
    #expect(try dataset(arrays, DatasetOptions(weights: "dx")).weights?.array == [4, 5, 6])
    let used = try dataset(arrays, DatasetOptions(target: "Fx", features: ["weights"]))
    #expect(used.featureNames == ["weights"] && used.weights == nil)
    let single = try dataset([
      ("inputs", NumericArray([1, 2])), ("outputs", NumericArray([3, 4])),
    ])
    #expect(single.featureNames == ["x0"] && single.targetName == "y" && single.target.array == [3, 4])
  }

  @Test("missing and infinite values are named by array and row, and can be dropped")
  func gaps() throws {
    let arrays = [("x", NumericArray([1, 2, .nan])), ("y", NumericArray([1, 2, 3]))]
    let text = try refusal(arrays)
    #expect(text.hasPrefix("data.npz: array \"x\", row 2 (counted from 0): column \"x\": "), "\(text)")
    #expect(text.contains("--drop-missing"))
    #expect(try dataset(arrays, DatasetOptions(dropMissing: true)).rowCount == 2)
    var function = recorded
    function[1].array = matrix(3, 2, [4, 7, 5, .infinity, 6, 9])
    let infinite = try refusal(function)
    #expect(infinite.hasPrefix("data.npz: array \"inputs\", row 1 (counted from 0): column \"x1\": "))
    let weighted = try refusal(recorded + [("weights", NumericArray([1, -1, 1]))])
    #expect(weighted.hasPrefix("data.npz: row 1 (counted from 0): column \"weights\": the weight -1.0"))
  }

  @Test("arrays that do not fit together")
  func shapes() throws {
    let wide = NumericArray(shape: [2, 1], elements: .float64([1, 2]))
    #expect(try refusal([("a", wide)]).contains("no array has one dimension"))
    #expect(try refusal([]).contains("no array has one dimension"))
    #expect(try refusal([("a", NumericArray([Double]()))]).contains("empty"))
    let unequal = try refusal([("a", NumericArray([1, 2])), ("b", NumericArray([1]))])
    #expect(unequal.contains("\"b\" has 1 element where \"a\" has 2"))
    #expect(try refusal([("inputs", wide), ("outputs", NumericArray([1]))]).contains("1 row"))
    #expect(
      try refusal([("inputs", NumericArray(1)), ("outputs", wide)]).contains("float64 of the shape []"))
    #expect(try refusal(recorded + [("weights", wide)]).contains("\"weights\""))
    #expect(try refusal(recorded + [("input_names", NumericArray(["a"]))]).contains("1 name"))
    #expect(try refusal(recorded + [("input_names", NumericArray(["a", "a"]))]).contains("both named \"a\""))
    #expect(try refusal(recorded + [("input_names", NumericArray([1, 2]))]).contains("list of names"))
    // Dimensions whose product is zero may claim any length.
    let none = NumericArray(shape: [1 << 50, 0], elements: .float64([]))
    #expect(try refusal([("inputs", none), ("outputs", none)]).contains("no columns"))
    let flat = NumericArray(shape: [0, 1 << 50], elements: .float64([]))
    #expect(try refusal([("inputs", flat), ("outputs", flat)]).contains("empty"))
  }

  @Test("a file that is not there, or is no archive")
  func files() throws {
    do {
      _ = try Table(contentsOf: "/nowhere/data.npz")
      Issue.record("read")
    } catch { #expect(error.exitCode == 66 && error.description.contains("/nowhere/data.npz")) }
    #expect(try errorText(Array("PK".utf8) + [3, 4, 0])?.contains(".npz") == true)
    #expect(try errorText([0x93] + Array("NUMPY".utf8))?.contains("np.savez") == true)
  }
}
