import CVectorKernels
import Foundation
import Randomness
import Testing

#if arch(x86_64)
  /// The precision references are computed in.
  typealias Extended = Float80
#else
  typealias Extended = Double
#endif

/// The instruction set is one setting of the process, so the tests of this target run one after another.
@Suite(.serialized) struct VectorKernelsTests {}

/// A precision that the kernels work in, and its entry points.
protocol Lane: BinaryFloatingPoint, Sendable {
  static func evaluate(
    _ program: [vk_instruction], _ count: Int32, _ columns: UnsafePointer<UnsafePointer<Self>?>, _ first: Int,
    _ rows: Int, _ out: UnsafeMutablePointer<Self>, _ scratch: UnsafeMutableRawPointer)
}

extension Double: Lane {
  static func evaluate(
    _ program: [vk_instruction], _ count: Int32, _ columns: UnsafePointer<UnsafePointer<Double>?>,
    _ first: Int,
    _ rows: Int, _ out: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutableRawPointer
  ) {
    vk_evaluate_f64(program, count, columns, first, rows, nil, out, scratch)
  }
}

extension Float: Lane {
  static func evaluate(
    _ program: [vk_instruction], _ count: Int32, _ columns: UnsafePointer<UnsafePointer<Float>?>,
    _ first: Int,
    _ rows: Int, _ out: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutableRawPointer
  ) {
    vk_evaluate_f32(program, count, columns, first, rows, nil, out, scratch)
  }
}

/// Columns as the kernels want them: aligned, and padded with copies of the last row.
final class Columns<T: Lane> {
  let rows: Int
  let padded: Int
  let pointers: UnsafeMutablePointer<UnsafePointer<T>?>
  private var buffers: [UnsafeMutablePointer<T>] = []

  init(_ values: [[T]]) {
    rows = values[0].count
    padded = (rows + 127) / 128 * 128
    pointers = .allocate(capacity: values.count)
    for (index, column) in values.enumerated() {
      let buffer = UnsafeMutableRawPointer.allocate(byteCount: padded * MemoryLayout<T>.stride, alignment: 64)
        .bindMemory(to: T.self, capacity: padded)
      for row in 0..<padded { buffer[row] = column[min(row, rows - 1)] }
      buffers.append(buffer)
      pointers[index] = UnsafePointer(buffer)
    }
  }

  deinit {
    for buffer in buffers { buffer.deallocate() }
    pointers.deallocate()
  }

  func column(_ index: Int) -> UnsafePointer<T> { pointers[index]! }
}

/// Memory aligned as scratch must be.
final class Scratch {
  let memory: UnsafeMutableRawPointer
  init(_ bytes: Int) { memory = .allocate(byteCount: bytes, alignment: 64) }
  deinit { memory.deallocate() }
}

func code(_ opcode: vk_opcode) -> UInt8 { UInt8(opcode.rawValue) }
func constant(_ value: Double) -> vk_node {
  vk_node(opcode: 0, arity: 0, feature: 0, length: 1, value: value)
}
func feature(_ index: Int) -> vk_node {
  vk_node(opcode: 1, arity: 0, feature: UInt16(index), length: 1, value: 0)
}
/// An operator after the nodes of its arguments.
func apply(_ opcode: UInt8, _ arguments: [vk_node]...) -> [vk_node] {
  let nodes = arguments.flatMap { $0 }
  return nodes + [
    vk_node(
      opcode: opcode, arity: UInt8(arguments.count), feature: 0, length: UInt32(nodes.count + 1), value: 0)
  ]
}

func compile(_ nodes: [vk_node]) -> (program: [vk_instruction], count: Int32) {
  var program = [vk_instruction](repeating: vk_instruction(), count: vk_program_capacity(nodes.count))
  let count = vk_compile(nodes, Int32(nodes.count), &program)
  return (program, count)
}

func evaluate<T: Lane>(_ nodes: [vk_node], _ columns: Columns<T>, first: Int = 0, rows: Int? = nil) -> [T] {
  let (program, count) = compile(nodes)
  #expect(count > 0)
  let rows = rows ?? columns.rows - first
  var out = [T](repeating: -77, count: (rows + 127) / 128 * 128)
  let scratch = Scratch(vk_scratch_size(nodes.count))
  T.evaluate(program, count, columns.pointers, first, rows, &out, scratch.memory)
  return Array(out[..<rows])
}

/// Values of an expression and their derivatives with respect to each target.
struct Derivatives {
  var values: [Double]
  var columns: [[Double]]
}

/// `vk_jacobian_f64` on some rows.
func jacobian(
  _ nodes: [vk_node], _ targets: [Int], _ columns: Columns<Double>, first: Int = 0, rows: Int? = nil
) -> Derivatives {
  let rows = rows ?? columns.rows
  let stride = (rows + 127) / 128 * 128
  var values = [Double](repeating: 0, count: stride)
  var jacobian = [Double](repeating: 0, count: stride * max(targets.count, 1))
  let scratch = Scratch(vk_derivative_scratch_size(nodes.count, targets.count))
  let done = vk_jacobian_f64(
    nodes, Int32(nodes.count), targets.map { Int32($0) }, Int32(targets.count), columns.pointers, first,
    rows,
    &values, &jacobian, stride, scratch.memory)
  #expect(done == 1)
  return Derivatives(
    values: Array(values[..<rows]),
    columns: targets.indices.map { Array(jacobian[$0 * stride..<$0 * stride + rows]) })
}

/// Runs `body` once with each instruction set of this machine.
func forEachInstructionSet(_ body: (String) throws -> Void) rethrows {
  let before = vk_instruction_set()
  defer { vk_set_instruction_set(before) }
  for set in 0...vk_best_instruction_set() {
    #expect(vk_set_instruction_set(set) == set)
    try body(String(cString: vk_instruction_set_name(set)))
  }
}

/// Error in units in the last place that `T` has at `want`; 0 for two NaN, infinite where only one is finite
/// or NaN. A value that rounds to infinity may come out as the largest number.
func ulps<T: Lane>(_ got: T, _ want: Extended) -> Double {
  if want.isNaN || got.isNaN { return want.isNaN && got.isNaN ? 0 : .infinity }
  let rounded = T(want)
  if rounded.isInfinite || got.isInfinite {
    return got == rounded
      ? 0 : abs(Extended(got) - want) <= Extended(T.greatestFiniteMagnitude.ulp) ? 1 : .infinity
  }
  if want == 0 { return got == 0 && got.sign == want.sign ? 0 : .infinity }
  let spacing = max(
    Extended(max(abs(rounded), T.leastNormalMagnitude).ulp), Extended(T.leastNonzeroMagnitude))
  return Double(abs(Extended(got) - want) / spacing)
}

/// Arguments at which something special happens.
func edges<T: Lane>(_: T.Type) -> [T] {
  let magnitudes: [T] = [
    0, 1, 0.5, 2, .infinity, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
    T.leastNormalMagnitude / 8, .pi, .pi / 2, 1e-10, 20, 88.5, 103.9, 709.7, 745.1, 1e5, 3e7, 1e22, 1e30,
    T(1).nextUp, T(1).nextDown,
  ]
  return magnitudes + magnitudes.map { -$0 } + [.nan]
}
