import Expressions
import Randomness

/// The ways one parent becomes a child.
package enum Mutation: Int, CaseIterable {
  /// Moves a constant by a random factor or step.
  case perturbConstant
  /// Puts another operator of the same arity in a node's place.
  case changeOperator
  /// Makes a leaf another leaf.
  case changeLeaf
  /// Exchanges two arguments.
  case swapArguments
  /// Rotates an operator with one of its arguments.
  case rotate
  /// Turns a leaf into an operator on that leaf and a new one.
  case growLeaf
  /// Puts an operator above a node, beside new leaves.
  case insertOperator
  /// Replaces an operator by one of its arguments.
  case deleteOperator
  /// Replaces a subtree by a random one.
  case replaceSubtree
  /// Replaces a subtree by a copy of another of the same expression.
  case repeatSubtree
  /// Begins anew.
  case randomise

  /// How often each is tried, relative to the others; insertion and deletion keep sizes in balance.
  package var weight: Double {
    switch self {
    case .perturbConstant: 0.3
    case .changeOperator: 1.5
    case .changeLeaf: 1.5
    case .swapArguments: 0.4
    case .rotate: 1.5
    case .growLeaf: 1.5
    case .insertOperator: 2.0
    case .deleteOperator: 1.5
    case .replaceSubtree: 1.2
    case .repeatSubtree: 0.4
    case .randomise: 0.05
    }
  }

  private static let cumulative: [Double] = {
    var sum = 0.0
    return allCases.map {
      sum += $0.weight
      return sum
    }
  }()
  private static let total = allCases.map(\.weight).reduce(0, +)

  /// A mutation drawn by weight.
  package static func draw(_ random: inout RandomStream) -> Mutation {
    var point = random.uniform() * total
    var raw = 0
    while raw < cumulative.count - 1, point >= cumulative[raw] { raw += 1 }
    point = 0
    return Mutation(rawValue: raw)!
  }
}

extension Breeder {
  /// Writes a mutated copy of `parent` into `child`.
  ///
  /// - Returns: false when this parent has no place for the mutation; `child` is then undefined.
  package func mutate(
    _ parent: Genome, _ mutation: Mutation, into child: inout Genome, _ random: inout RandomStream
  ) -> Bool {
    switch mutation {
    case .perturbConstant: return perturbConstant(parent, into: &child, &random)
    case .changeOperator: return changeOperator(parent, into: &child, &random)
    case .changeLeaf: return changeLeaf(parent, into: &child, &random)
    case .swapArguments: return swapArguments(parent, into: &child, &random)
    case .rotate: return rotate(parent, into: &child, &random)
    case .growLeaf:
      return insertOperator(parent, at: pick(parent, &random) { $0.isLeaf }, into: &child, &random)
    case .insertOperator: return insertOperator(parent, at: random.index(parent.count), into: &child, &random)
    case .deleteOperator: return deleteOperator(parent, into: &child, &random)
    case .replaceSubtree: return replaceSubtree(parent, into: &child, &random)
    case .repeatSubtree: return repeatSubtree(parent, into: &child, &random)
    case .randomise:
      randomise(&child, size: 1 + random.index(max(1, maximumSize / 2)), &random)
      return true
    }
  }

  /// A uniformly drawn node that `accepts` holds for, or -1.
  @inline(__always)
  private func pick(_ genome: Genome, _ random: inout RandomStream, _ accepts: (Node) -> Bool) -> Int {
    var found = 0
    var chosen = -1
    for index in 0..<genome.count where accepts(genome.nodes[index]) {
      found += 1
      if random.index(found) == 0 { chosen = index }
    }
    return chosen
  }

  private func perturbConstant(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream)
    -> Bool
  {
    let index = pick(parent, &random) { $0.isConstant }
    guard index >= 0 else { return false }
    child.copy(parent)
    let value = parent.nodes[index].value
    let kind = random.uniform()
    let changed =
      kind < 0.5
      ? value * random.logUniform(0.2, 5)
      : kind < 0.6 ? -value : kind < 0.8 ? value * (1 + random.normal()) : constants.draw(&random)
    child.nodes[index].value = changed.isFinite ? changed : 1
    return true
  }

  private func changeOperator(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream)
    -> Bool
  {
    let index = pick(parent, &random) { !$0.isLeaf }
    guard index >= 0 else { return false }
    child.copy(parent)
    child.nodes[index].opcode = table.draw(arity: Int(parent.nodes[index].arity), &random).rawValue
    return child.nodes[index].opcode != parent.nodes[index].opcode
  }

  private func changeLeaf(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream) -> Bool {
    let index = pick(parent, &random) { $0.isLeaf }
    child.count = 0
    child.append(parent, 0, index)
    if constants.hasUnits, random.chance(0.5) {
      appendFeature(to: &child, &random)
    } else {
      appendLeaf(to: &child, &random)
    }
    child.append(parent, index + 1, parent.count)
    child.relength()
    return true
  }

  private func swapArguments(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream) -> Bool
  {
    let root = pick(parent, &random) { $0.arity >= 2 }
    guard root >= 0 else { return false }
    var last = root - 1
    // Of three arguments, exchange the last two or the first two.
    let skipsLast = parent.nodes[root].arity == 3 && random.chance(0.5)
    if skipsLast { last = parent.start(of: last) - 1 }
    let middle = parent.start(of: last)
    let first = parent.start(of: middle - 1)
    child.count = 0
    child.append(parent, 0, first)
    child.append(parent, middle, last + 1)
    child.append(parent, first, middle)
    child.append(parent, last + 1, parent.count)
    child.relength()
    return true
  }

  /// With R an operator and P an operator among its arguments: P takes R's place, R that of P's argument G,
  /// and G R's argument's, as in a search tree's rotation.
  private func rotate(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream) -> Bool {
    var found = 0
    var pivot = -1
    for index in 0..<(parent.count - 1) where !parent.nodes[index].isLeaf {
      found += 1
      if random.index(found) == 0 { pivot = index }
    }
    guard pivot >= 0 else { return false }
    var root = pivot + 1
    while parent.start(of: root) > pivot || root - Int(parent.nodes[root].length) >= pivot { root += 1 }
    let inner = argument(parent, pivot, random.index(Int(parent.nodes[pivot].arity)))
    let rootStart = parent.start(of: root)
    let pivotStart = parent.start(of: pivot)
    let innerStart = parent.start(of: inner)
    child.count = 0
    child.append(parent, 0, rootStart)
    // P's arguments before G, then R with P replaced by G, then P's arguments after G, then P.
    child.append(parent, pivotStart, innerStart)
    child.append(parent, rootStart, pivotStart)
    child.append(parent, innerStart, inner + 1)
    child.append(parent, pivot + 1, root + 1)
    child.append(parent, inner + 1, pivot + 1)
    child.append(parent, root + 1, parent.count)
    child.relength()
    return true
  }

  /// Root of argument number `number`, from the right, of the operator at `root`.
  private func argument(_ genome: Genome, _ root: Int, _ number: Int) -> Int {
    var index = root - 1
    for _ in 0..<number { index -= Int(genome.nodes[index].length) }
    return index
  }

  private func insertOperator(
    _ parent: Genome, at index: Int, into child: inout Genome, _ random: inout RandomStream
  ) -> Bool {
    let arity = table.drawArity(upTo: 3, &random)
    guard arity > 0 else { return false }
    let operation = table.draw(arity: arity, &random)
    let start = parent.start(of: index)
    let place = random.index(arity)
    child.count = 0
    child.append(parent, 0, start)
    for argument in 0..<arity {
      if argument == place {
        child.append(parent, start, index + 1)
      } else if featureCount > 0 && random.chance(operation == .power && argument == 1 ? 0.2 : 0.6) {
        appendFeature(to: &child, &random)
      } else {
        child.append(
          .constant(
            constants.draw(
              beside: parent, start, index + 1, under: operation, isRight: argument == 1, stack: stack,
              &random)))
      }
    }
    child.append(.operation(operation, argumentLength: 0))
    child.append(parent, index + 1, parent.count)
    child.relength()
    return true
  }

  private func deleteOperator(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream)
    -> Bool
  {
    let root = pick(parent, &random) { !$0.isLeaf }
    guard root >= 0 else { return false }
    let kept = argument(parent, root, random.index(Int(parent.nodes[root].arity)))
    splice(parent, root, with: parent, parent.start(of: kept), kept + 1, into: &child)
    return true
  }

  private func replaceSubtree(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream)
    -> Bool
  {
    let root = pickNode(parent, &random)
    let room = maximumSize - parent.count + Int(parent.nodes[root].length)
    guard room >= 1 else { return false }
    var fresh = spare
    appendRandom(to: &fresh, size: 1 + random.index(min(room, 7)), &random)
    splice(parent, root, with: fresh, 0, fresh.count, into: &child)
    return true
  }

  private func repeatSubtree(_ parent: Genome, into child: inout Genome, _ random: inout RandomStream) -> Bool
  {
    guard parent.count > 2 else { return false }
    let root = random.index(parent.count)
    let source = random.index(parent.count - 1)
    let isInside = source > root - Int(parent.nodes[root].length) && source <= root
    guard !isInside else { return false }
    let length = Int(parent.nodes[source].length)
    guard parent.count - Int(parent.nodes[root].length) + length <= maximumSize else { return false }
    splice(parent, root, with: parent, parent.start(of: source), source + 1, into: &child)
    return true
  }
}
