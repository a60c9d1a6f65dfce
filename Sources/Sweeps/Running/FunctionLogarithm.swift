import CVectorKernels
import Expressions

/// log|F(u)| of a function of one variable, compiled once for many columns.
final class FunctionLogarithm {
  private let program: UnsafeMutablePointer<vk_instruction>
  private let length: Int32
  private let scratch: UnsafeMutableRawPointer
  private let argument: UnsafeMutablePointer<Double>

  /// - Parameter function: an expression in feature 0.
  init(_ function: [Node]) {
    let nodes =
      function + [
        .operation(.abs, argumentLength: function.count),
        .operation(.log, argumentLength: function.count + 1),
      ]
    program = .allocate(capacity: vk_program_capacity(nodes.count))
    scratch = .allocate(byteCount: vk_scratch_size(nodes.count), alignment: 64)
    argument = .allocate(capacity: 2 * SweepSample.mostRows)
    argument.initialize(repeating: 1, count: 2 * SweepSample.mostRows)
    let program = self.program
    length = nodes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: vk_node.self) { vk_compile($0.baseAddress!, Int32(nodes.count), program) }
    }
  }

  deinit {
    program.deallocate()
    scratch.deallocate()
    argument.deallocate()
  }

  /// Writes log|F(scale · variable)| for the first `rows` rows, zeros beyond.
  func evaluate(_ variable: Vector, scale: Double, rows: Int, into result: inout Vector) {
    for row in 0..<rows { argument[row] = scale * variable[row] }
    var columns: UnsafePointer<Double>? = UnsafePointer(argument)
    result.withUnsafeMutableBufferPointer { result in
      withUnsafePointer(to: &columns) {
        vk_evaluate_f64(program, length, $0, 0, rows, nil, result.baseAddress!, scratch)
      }
      for row in rows..<result.count { result[row] = 0 }
    }
  }
}
