import Expressions
import Randomness

/// Moves that follow hints. None of them draws a random number while there are no hints.
extension Breeder {
  /// Share of the leaves that become a compound.
  private static let compoundShare = 0.15
  /// Share of the draws of an irrelevant feature that are made again.
  private static let redrawShare = 0.7

  /// Takes other hints for leaves and moves.
  package func follow(_ hints: StructureHints) { self.hints.load(hints, allowed: table.set) }

  /// A feature; those that hardly matter less often than others.
  @inline(__always)
  func drawFeature(_ random: inout RandomStream) -> Int {
    let feature = random.index(featureCount)
    guard hints.isIrrelevant(feature), random.chance(Breeder.redrawShare) else { return feature }
    return random.index(featureCount)
  }

  /// Now and then appends a compound in a feature's place.
  ///
  /// - Returns: whether it did.
  @inline(__always)
  func appendCompound(to genome: inout Genome, _ random: inout RandomStream) -> Bool {
    // A compound is longer than the leaf that sizes were reckoned with: it must not outgrow the memory.
    guard hints.runCount > 0, genome.count + HintTable.mostRunNodes <= maximumSize,
      random.chance(Breeder.compoundShare)
    else { return false }
    let index = random.index(hints.runCount)
    append(run: index, reversed: isReversed(index, &random), to: &genome)
    return true
  }

  private func isReversed(_ index: Int, _ random: inout RandomStream) -> Bool {
    hints.runs[index].isReversible && random.chance(0.5)
  }

  private func append(run index: Int, reversed: Bool, to genome: inout Genome) {
    let run = hints.runNodes + index * HintTable.mostRunNodes
    for position in 0..<hints.runs[index].count {
      genome.append(reversed && position < 2 ? run[1 - position] : run[position])
    }
  }

  // MARK: - Rewriting a whole expression

  /// Writes `parent` in the form that a hint says the law has: a compound in place of one feature and a
  /// constant in that of the other, or a feature's power taken out as a factor.
  ///
  /// Where the hint holds and the parent has the symmetry, the values stay, but for the factor.
  ///
  /// - Returns: false when the hint that was drawn says nothing about this parent.
  package func rewrite(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream) -> Bool {
    guard hints.rewrites else { return false }
    let drawn = random.index(hints.runCount + hints.factorCount)
    if drawn >= hints.runCount { return takeOut(drawn - hints.runCount, of: parent, into: &child) }
    let run = hints.runs[drawn]
    let reversed = isReversed(drawn, &random)
    let (kept, dropped) = reversed ? (run.dropped, run.kept) : (run.kept, run.dropped)
    var (hasKept, hasDropped) = (false, false)
    child.count = 0
    for index in 0..<parent.count {
      let node = parent.nodes[index]
      guard child.count + HintTable.mostRunNodes < capacity else { return false }
      if node.isFeature, node.feature == kept {
        append(run: drawn, reversed: reversed, to: &child)
        hasKept = true
      } else if node.isFeature, node.feature == dropped {
        child.append(.constant(run.neutral))
        hasDropped = true
      } else {
        child.append(node)
      }
    }
    child.relength()
    return hasKept && hasDropped
  }

  private func takeOut(_ index: Int, of parent: Genome, into child: inout Genome) -> Bool {
    let factor = hints.factors[index]
    guard parent.count + 8 < capacity else { return false }
    var found = false
    child.copy(parent)
    for index in 0..<parent.count where parent.nodes[index].isFeature {
      guard parent.nodes[index].feature == factor.feature else { continue }
      child.nodes[index] = .constant(1)
      found = true
    }
    guard found, appendFactor(factor, to: &child) else { return false }
    child.relength()
    return true
  }

  /// Appends what multiplies an expression by a power of a feature.
  ///
  /// - Returns: false where the allowed operators have no short form for it.
  private func appendFactor(_ factor: HintTable.Factor, to child: inout Genome) -> Bool {
    let feature = Node.feature(Int(factor.feature))
    let outer: Operator = factor.exponent < 0 && table.set.contains(.divide) ? .divide : .multiply
    let exponent = outer == .divide ? -factor.exponent : factor.exponent
    if exponent > 0, exponent <= 3, exponent == exponent.rounded() {
      for _ in 0..<Int(exponent) {
        child.append(feature)
        child.append(.operation(outer, argumentLength: 0))
      }
      return true
    }
    child.append(feature)
    if exponent == 0.5, table.set.contains(.sqrt) {
      child.append(.operation(.sqrt, argumentLength: 1))
    } else if table.set.contains(.power) {
      child.append(.constant(exponent))
      child.append(.operation(.power, argumentLength: 2))
    } else {
      return false
    }
    child.append(.operation(outer, argumentLength: 0))
    return true
  }

  // MARK: - Parts of two expressions

  /// Writes a part of `first` that reads one group of features, times or plus a part of `second` that reads
  /// the others.
  ///
  /// - Returns: false when one of them has no such part.
  package func join(
    _ first: Genome, _ second: Genome, into child: inout Genome, _ random: inout RandomStream
  ) -> Bool {
    guard hints.separates else { return false }
    let drawn = random.index(hints.multipliedCount + hints.addedCount)
    let isProduct = drawn < hints.multipliedCount
    let group = hints.groups[drawn]
    let one = pickPart(first, of: group, &random)
    guard one >= 0 else { return false }
    let other = pickPart(second, of: ~group, &random)
    guard other >= 0 else { return false }
    child.count = 0
    child.append(first, first.start(of: one), one + 1)
    child.append(second, second.start(of: other), other + 1)
    child.append(.operation(isProduct ? .multiply : .add, argumentLength: 0))
    child.relength()
    return true
  }

  /// The root of a subtree that reads only the given features, at least one, and lies in no larger such one;
  /// -1 when there is none.
  private func pickPart(_ genome: Genome, of group: UInt64, _ random: inout RandomStream) -> Int {
    for index in 0..<genome.count {
      let node = genome.nodes[index]
      if node.isLeaf {
        hints.masks[index] = node.isFeature ? (node.feature < 64 ? 1 << UInt64(node.feature) : .max) : 0
        continue
      }
      var mask: UInt64 = 0
      var argument = index - 1
      for _ in 0..<node.arity {
        mask |= hints.masks[argument]
        argument -= Int(genome.nodes[argument].length)
      }
      hints.masks[index] = mask
    }
    var found = 0
    var chosen = -1
    var index = genome.count - 1
    while index >= 0 {
      let mask = hints.masks[index]
      guard mask & ~group == 0 else {
        index -= 1
        continue
      }
      if mask != 0 {
        found += 1
        if random.index(found) == 0 { chosen = index }
      }
      index -= Int(genome.nodes[index].length)
    }
    return chosen
  }
}
