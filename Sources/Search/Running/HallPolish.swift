import Evaluation
import Expressions

/// Fits the constants of what the islands found, and offers it to the hall of fame at its loss on all rows.
struct HallPolish {
  let hall: Archive
  let pool: WorkerPool
  let full: EvaluationData
  let fits: Bool
  let stop: StopSignal

  /// Polishes the candidates of the given complexities on all workers and offers them in ascending order.
  ///
  /// - Parameter data: the rows that the candidates' losses were measured on.
  func offer(_ candidates: Archive, _ complexities: [Int], from data: EvaluationData) {
    let genomes = UncheckedArray(complexities.map { candidates.member(at: $0) })
    let measured = complexities.map { candidates.loss(at: $0) }
    let losses = UnsafeMutableBufferPointer<Double>.allocate(capacity: complexities.count)
    defer { losses.deallocate() }
    losses.initialize(repeating: .infinity)
    let results = UncheckedArray([losses])
    let isBatched = data !== full
    let hall = UncheckedArray([self.hall])
    let (fits, full, stop) = (self.fits, self.full, self.stop)
    pool.forEach(complexities.count) { index, evaluator in
      let genome = genomes.values[index]
      if isBatched {
        // On other rows the members of the hall have other losses: only what beats them there is worth all
        // rows.
        if stop.isDue() { return }
        let rival = HallPolish.lowestLoss(hall.values[0], upTo: genome.count, on: data, evaluator)
        guard measured[index] < rival else { return }
      }
      if fits { evaluator.polish(genome.nodes, genome.count, on: data, steps: 30) }
      let loss = evaluator.loss(genome.nodes, genome.count, on: full)
      let isAccident = evaluator.dependsOnRounding(genome.nodes, genome.count, on: full, loss: loss)
      results.values[0][index] = isAccident ? .infinity : loss
    }
    for index in complexities.indices where losses[index].isFinite {
      self.hall.offer(genomes.values[index], loss: losses[index])
    }
  }

  private static func lowestLoss(
    _ hall: Archive, upTo complexity: Int, on data: EvaluationData, _ evaluator: Evaluator
  ) -> Double {
    var lowest = Double.infinity
    hall.forEachMember { size in
      guard size <= complexity else { return }
      let member = hall.member(at: size)
      lowest = min(lowest, evaluator.loss(member.nodes, member.count, on: data))
    }
    return lowest
  }
}
