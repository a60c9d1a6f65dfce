import Expressions
import Randomness
import Search
import Testing

@Suite struct ArchiveTests {
  @Test func `the front falls strictly and holds the best of every size`() {
    var random = RandomStream(seed: 2)
    let archive = Archive(maximumSize: 12)
    var best = Array(repeating: Double.infinity, count: 13)
    let memory = UnsafeMutablePointer<Node>.allocate(capacity: 13)
    defer { memory.deallocate() }
    for _ in 0..<2_000 {
      let size = 1 + random.index(12)
      let loss = random.uniform() / Double(size)
      for index in 0..<size { memory[index] = .constant(loss) }
      archive.offer(Genome(nodes: memory, count: size), loss: loss)
      best[size] = min(best[size], loss)
      var previous = Double.infinity
      archive.forEachMember { complexity in
        #expect(archive.loss(at: complexity) < previous)
        previous = archive.loss(at: complexity)
        #expect(archive.member(at: complexity).nodes[0].value == previous)
      }
      for complexity in 1...12 { #expect(archive.best(upTo: complexity) == best[...complexity].min()) }
    }
    #expect(archive.best(upTo: 13) == -.infinity)
  }

  @Test func `what is too large or no better is refused`() {
    let archive = Archive(maximumSize: 3)
    let memory = UnsafeMutablePointer<Node>.allocate(capacity: 8)
    defer { memory.deallocate() }
    memory.initialize(repeating: .constant(1), count: 8)
    #expect(archive.offer(Genome(nodes: memory, count: 2), loss: 5))
    #expect(!archive.offer(Genome(nodes: memory, count: 2), loss: 5))
    #expect(!archive.offer(Genome(nodes: memory, count: 3), loss: 5))
    #expect(!archive.offer(Genome(nodes: memory, count: 3), loss: .nan))
    #expect(!archive.offer(Genome(nodes: memory, count: 4), loss: 1))
    #expect(archive.offer(Genome(nodes: memory, count: 1), loss: 4))
    #expect(archive.loss(at: 2) == .infinity)
  }
}
