import Expressions
import Randomness

extension Breeder {
  /// Gives the constants in arguments c·x and c·x + p of periodic functions values that the rows can show, more
  /// often than not: a law's function of a period may cover less than half of one.
  func redrawFrequencies(_ genome: inout Genome, _ random: inout RandomStream) {
    for root in 1..<max(1, genome.count) {
      guard Operator(rawValue: genome.nodes[root].opcode)?.isPeriodic == true, random.chance(0.6) else {
        continue
      }
      redrawFrequency(&genome, root - 1, &random)
    }
  }

  /// The same in the argument whose root is given.
  private func redrawFrequency(_ genome: inout Genome, _ root: Int, _ random: inout RandomStream) {
    let node = genome.nodes[root]
    guard node.arity == 2, let operation = node.operation else { return }
    let (right, left) = (root - 1, genome.start(of: root - 1) - 1)
    switch operation {
    case .multiply:
      for (constant, column) in [(left, right), (right, left)]
      where genome.nodes[constant].isConstant && genome.nodes[column].isFeature {
        guard let frequency = constants.frequency(of: Int(genome.nodes[column].feature), &random) else {
          continue
        }
        genome.nodes[constant].value = frequency
      }
    case .add, .subtract:
      for (constant, other) in [(left, right), (right, left)] where genome.nodes[constant].isConstant {
        genome.nodes[constant].value = random.uniform(-Double.pi, Double.pi)
        redrawFrequency(&genome, other, &random)
      }
    default: return
    }
  }
}
