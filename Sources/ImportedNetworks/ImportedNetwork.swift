import Arrays
import Foundation

/// A network that was trained elsewhere, read from a file: a function of rows of numbers.
///
/// It is read from an ONNX model, or from weights (`.safetensors`, `.npz`) with an `architecture.json`. The
/// same value can be used by any number of threads, and a row's answer does not depend on the other rows.
public struct ImportedNetwork: Sendable {
  /// Something that a network is given or gives.
  public struct Port: Sendable, Equatable {
    /// Its name in the file.
    public let name: String
    /// How many numbers a row has: the length of the last dimension.
    public let width: Int
  }

  /// The file that was read.
  public let file: String
  /// What the network is given, in the order of the file.
  public let inputs: [Port]
  /// What it answers, in the order of the file.
  public let outputs: [Port]
  /// 64 hexadecimal digits that change when the network computes anything else: operators, settings, weights.
  public var contentHash: String { graph.contentHash }

  private let graph: ComputationGraph
  private let layout: RowLayout

  /// Reads the network at `path`: an `.onnx` file, an `architecture.json`, the folder it is in, or the weights
  /// beside it.
  ///
  /// - Parameter architecture: the architecture's file, unless it lies beside the weights.
  /// - Throws: ``ImportedNetworkError`` when the file is not what it should be.
  public init(contentsOf path: String, architecture: String? = nil) throws(ImportedNetworkError) {
    try self.init(ModelFile(path: path, architecture: architecture).description())
  }

  /// Whether `path` is to be read as a network that was trained elsewhere: any file, or a folder whose
  /// `architecture.json` lists layers.
  public static func isFile(at path: String) -> Bool { ModelFile(path: path, architecture: nil).isImported }

  /// The network that `description` describes.
  package init(_ description: GraphDescription) throws(ImportedNetworkError) {
    graph = try ComputationGraph(description)
    layout = try RowLayout(graph)
    file = graph.file
    inputs = zip(graph.inputs, layout.inputWidths).map { Port(name: $0.name, width: $1) }
    outputs = zip(graph.outputs, layout.outputWidths).map { Port(name: $0, width: $1) }
  }

  /// The answers to arrays of any number of dimensions, just as the file has it.
  ///
  /// - Parameter arrays: an array for each input, by name, of the shape that the file declares; numbers are
  ///   converted to the declared type.
  /// - Returns: an array for each output, by name.
  /// - Throws: ``ImportedNetworkError`` when an array is missing or does not fit.
  public func evaluate(_ arrays: [String: NumericArray]) throws(ImportedNetworkError) -> [String:
    NumericArray]
  {
    var given: [NumericArray] = []
    for input in graph.inputs {
      guard let array = arrays[input.name] else {
        throw .badInput(
          file: file, reason: "there is no array \(quoted(input.name)) for the network's input of that name",
          remedy: "it takes \(listed(graph.inputs.map(\.name))); there are \(listed(arrays.keys.sorted()))")
      }
      let fits =
        array.rank == input.shape.count
        && zip(array.shape, input.shape).allSatisfy { length, wanted in wanted == nil || wanted == length }
      guard fits, !array.isText else {
        throw .badInput(
          file: file,
          reason: "the input \(quoted(input.name)) takes \(written(input.shape)), and is given "
            + (array.isText ? "texts" : written(array.shape)), remedy: "give it an array of that shape")
      }
      given.append(array.converted(to: input.type))
    }
    let answers = try graph.evaluate(given)
    return Dictionary(uniqueKeysWithValues: zip(graph.outputs, answers))
  }

  /// The answers to rows of numbers.
  ///
  /// - Parameters:
  ///   - rows: for each input, in the order of ``inputs``, its rows one after the other: `count` × `width`
  ///     numbers.
  ///   - count: how many rows there are.
  /// - Returns: for each output, in the order of ``outputs``, as many rows.
  /// - Throws: ``ImportedNetworkError`` when the numbers are not as many, or do not fit the network.
  public func callAsFunction(_ rows: [[Double]], count: Int) throws(ImportedNetworkError) -> [[Double]] {
    guard rows.count == inputs.count else {
      throw .badInput(
        file: file, reason: "it is given \(rows.count) arrays of rows", remedy: "it takes \(inputs.count)")
    }
    for (input, values) in zip(inputs, rows) {
      let (size, overflows) = count.multipliedReportingOverflow(by: input.width)
      guard count >= 0, !overflows, values.count == size else {
        throw .badInput(
          file: file,
          reason: "the input \(quoted(input.name)) is given \(values.count) numbers for \(count) rows",
          remedy: "a row has \(input.width)")
      }
    }
    return try layout.answers(graph, rows, count: count)
  }
}
