import Arrays
import Dispatch
import Synchronization

/// How rows of numbers become the arrays that a graph takes, and its answers rows again.
///
/// A row is what lies along the last dimension. The others may have lengths that the file left open, or fixed
/// ones that were those of the example with which it was exported; in the first case, and where the network
/// does not mind, all rows go along one dimension, else they come in groups of the size that it wants.
struct RowLayout: Sendable {
  /// The numbers in a row of each input.
  let inputWidths: [Int]
  /// The numbers in a row of each output.
  let outputWidths: [Int]
  /// The rows that are computed together when the network takes only so many.
  private let group: Int?

  /// The rows that a thread computes at a time, which bounds the memory that intermediate values take.
  private static let chunk = 1_024

  /// Finds out which layout fits by evaluating zeros.
  ///
  /// - Throws: ``ImportedNetworkError`` when none does, the reason being that for the shapes of the file.
  init(_ graph: ComputationGraph) throws(ImportedNetworkError) {
    inputWidths = try graph.inputs.map { input throws(ImportedNetworkError) in
      if input.shape.isEmpty { return 1 }
      guard let width = input.shape[input.shape.count - 1] else {
        throw .invalid(
          file: graph.file, place: "input \(quoted(input.name))",
          reason: "the length of its rows is left open",
          remedy: "export the network with a fixed last dimension, as in torch.zeros(1, 12)")
      }
      return width
    }
    let declared = graph.inputs.map { RowLayout.leading($0).map { $0 ?? 2 }.reduce(1, *) }
    guard let size = declared.first, declared.allSatisfy({ $0 == size }), size > 0 else {
      throw .invalid(
        file: graph.file, place: nil, reason: "its inputs do not have the same number of rows",
        remedy: "export only the part of the network that works on rows")
    }
    // The shapes of the file must work; what else does is tried.
    let widths = try RowLayout.widths(graph, rows: size, asDeclared: true, inputWidths)
    if (try? RowLayout.widths(graph, rows: 3, asDeclared: false, inputWidths)) == widths,
      (try? RowLayout.widths(graph, rows: 7, asDeclared: false, inputWidths)) == widths
    {
      group = nil
    } else {
      group = size
    }
    outputWidths = widths
  }

  /// The answers to `count` rows for each input, computed by as many threads as there are.
  func answers(
    _ graph: ComputationGraph, _ rows: [[Double]], count: Int
  ) throws(ImportedNetworkError) -> [[Double]] {
    let size = group ?? RowLayout.chunk
    let pieces = (count + size - 1) / size
    let results = Mutex([Int: Result<[[Double]], ImportedNetworkError>]())
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
      let range = (piece * size)..<min(count, (piece + 1) * size)
      let result = Result { () throws(ImportedNetworkError) -> [[Double]] in try part(graph, rows, range) }
      results.withLock { $0[piece] = result }
    }
    let parts = results.withLock { $0 }
    var answers = outputWidths.map { width in
      var room: [Double] = []
      room.reserveCapacity(width * count)
      return room
    }
    for piece in 0..<pieces {
      guard let part = try parts[piece]?.get() else { continue }
      for output in answers.indices { answers[output] += part[output] }
    }
    return answers
  }

  private func part(
    _ graph: ComputationGraph, _ rows: [[Double]], _ range: Range<Int>
  ) throws(ImportedNetworkError) -> [[Double]] {
    let size = group ?? range.count
    var arrays: [NumericArray] = []
    for (index, input) in graph.inputs.enumerated() {
      let width = inputWidths[index]
      var values = Array(rows[index][(range.lowerBound * width)..<(range.upperBound * width)])
      // A group is filled up with its last row.
      for _ in range.count..<size { values += values.suffix(width) }
      let shape = RowLayout.shape(input, rows: size, asDeclared: group != nil)
      arrays.append(NumericArray(shape: shape, elements: .float64(values)).converted(to: input.type))
    }
    var answers: [[Double]] = []
    for (array, width) in zip(try graph.evaluate(arrays), outputWidths) {
      guard array.count == size * width, let values = array.doubles else {
        throw RowLayout.notByRows(graph)
      }
      answers.append(Array(values.prefix(range.count * width)))
    }
    return answers
  }

  /// All dimensions of an input but the last, along which rows lie.
  private static func leading(_ input: InputDescription) -> [Int?] { Array(input.shape.dropLast()) }

  /// The shape of an input of the given number of rows.
  private static func shape(_ input: InputDescription, rows: Int, asDeclared: Bool) -> [Int] {
    let leading = leading(input)
    let width = input.shape.last.map { [$0 ?? 1] } ?? []
    if asDeclared { return leading.map { $0 ?? 2 } + width }
    return leading.indices.map { $0 == 0 ? rows : 1 } + width
  }

  /// The widths of the outputs when zeros are put in.
  private static func widths(
    _ graph: ComputationGraph, rows: Int, asDeclared: Bool, _ inputWidths: [Int]
  ) throws(ImportedNetworkError) -> [Int] {
    var arrays: [NumericArray] = []
    for (input, width) in zip(graph.inputs, inputWidths) {
      let shape = shape(input, rows: rows, asDeclared: asDeclared)
      do throws(OperationFault) {
        let zeros = [Double](repeating: 0, count: try GraphLimits.count(shape))
        guard zeros.count == rows * width else { throw OperationFault("rows of this shape cannot be") }
        arrays.append(NumericArray(shape: shape, elements: .float64(zeros)).converted(to: input.type))
      } catch {
        throw .invalid(
          file: graph.file, place: "input \(quoted(input.name))", reason: error.reason,
          remedy: "export the network again, with small examples of its inputs")
      }
    }
    var widths: [Int] = []
    for array in try graph.evaluate(arrays) {
      guard rows > 0, array.count % rows == 0, !array.isText else { throw notByRows(graph) }
      widths.append(array.count / rows)
    }
    return widths
  }

  private static func notByRows(_ graph: ComputationGraph) -> ImportedNetworkError {
    .invalid(
      file: graph.file, place: nil, reason: "it does not give an answer for each row",
      remedy: "export only the part of the network that works on rows")
  }
}
