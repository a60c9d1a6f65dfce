import CVectorKernels

/// The vector instructions that the kernels were given when the program started.
package enum InstructionSet {
  /// The name of the set in use.
  package static var name: String {
    ["baseline", "avx2", "avx512"][Int(min(max(vk_instruction_set(), 0), 2))]
  }
}
