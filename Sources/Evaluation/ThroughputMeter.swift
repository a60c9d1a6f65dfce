import CVectorKernels
import Expressions

/// Evaluates a list of formulas over and over: what the speed of evaluation is measured with.
///
/// One pass turns every formula into its kernel program anew, as a search does with a candidate it sees once,
/// and stores its value in every row, in the precision of the data. Nothing is allocated after `init`; one
/// meter belongs to one thread.
package final class ThroughputMeter {
  /// Nodes of all formulas times rows: the work of one pass.
  package let nodeRows: Int

  private let data: EvaluationData
  private let nodes: UnsafeMutablePointer<Node>
  private let lengths: [Int]
  private let program: UnsafeMutablePointer<vk_instruction>
  private let scratch: UnsafeMutableRawPointer
  private let output: UnsafeMutableRawPointer

  /// A meter of `formulas`, whose features are those of `data`.
  package init(_ formulas: [Formula], on data: EvaluationData) {
    self.data = data
    let all = formulas.flatMap(\.nodes)
    lengths = formulas.map(\.complexity)
    nodeRows = all.count * data.rowCount
    nodes = .allocate(capacity: max(1, all.count))
    nodes.initialize(from: all, count: all.count)
    let longest = lengths.max() ?? 1
    program = .allocate(capacity: vk_program_capacity(longest))
    scratch = .allocate(byteCount: vk_scratch_size(longest), alignment: 64)
    // Room for 64-bit numbers and a column's padding is enough for either precision.
    output = .allocate(byteCount: (data.rowCount + EvaluationData.padding) * 8, alignment: 64)
  }

  deinit {
    nodes.deallocate()
    program.deallocate()
    scratch.deallocate()
    output.deallocate()
  }

  /// Evaluates every formula on every row once.
  package func evaluateAll() {
    var start = UnsafePointer(nodes)
    for length in lengths {
      let instructions = start.withMemoryRebound(to: vk_node.self, capacity: length) {
        vk_compile($0, Int32(length), program)
      }
      evaluate(instructions)
      start += length
    }
  }

  /// As candidates are evaluated: few rows that overflow a second time.
  private func evaluate(_ instructions: Int32) {
    var rescues = Evaluator.rescues(data)
    switch data.precision {
    case .double:
      vk_evaluate_f64(
        program, instructions, data.columns64, 0, data.rowCount, &rescues,
        output.assumingMemoryBound(to: Double.self), scratch)
    case .single:
      vk_evaluate_f32(
        program, instructions, data.columns32, 0, data.rowCount, &rescues,
        output.assumingMemoryBound(to: Float.self), scratch)
    }
  }
}
