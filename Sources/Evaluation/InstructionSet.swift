import CVectorKernels

/// The vector instructions that the kernels were given when the program started.
package enum InstructionSet {
  /// The name of the set in use: `baseline`, `avx2` or `avx512`.
  package static var name: String { String(cString: vk_instruction_set_name(vk_instruction_set())) }
}
