import Dispatch
import Foundation
import Synchronization

extension World {
  /// Simulates the world `count` times from different beginnings, on all of the machine's cores.
  ///
  /// Simulation number i depends on `seed` and i alone, not on how many there are or on how many threads.
  ///
  /// - Parameters:
  ///   - times: when states are kept, ascending from 0 or later; the bodies begin at 0.
  ///   - threads: nil: one for each core.
  ///   - progress: called with the number of simulations that are done, on any thread.
  /// - Throws: ``WorldError`` when times are no such, the result would not fit into memory, or a motion
  ///   cannot be followed: the simulation of the lowest number of which that is true is named.
  public func simulate(
    count: Int, times: [Double], seed: UInt64, threads: Int? = nil,
    progress: @Sendable (_ done: Int) -> Void = { _ in }
  ) throws(WorldError) -> Simulation {
    try check(count: count, times: times)
    let stateSize = 2 * dimensions + 2
    let frame = times.count * bodies
    let failure = Mutex<WorldError?>(nil)
    let failedIndex = Atomic<Int>(Int.max)
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    var accelerations: [Double] = []
    let states = [Double](unsafeUninitializedCapacity: count * frame * stateSize) { states, stateCount in
      accelerations = [Double](unsafeUninitializedCapacity: count * frame * dimensions) {
        accelerations, accelerationCount in
        let room = Room(states: states.baseAddress!, accelerations: accelerations.baseAddress!)
        DispatchQueue.concurrentPerform(iterations: min(count, threads ?? coreCount)) { _ in
          // Lower numbers than that of a failure have all been taken by then.
          while failedIndex.load(ordering: .relaxed) == Int.max {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            if index >= count { return }
            do throws(WorldError) {
              try run(
                index, times: times, seed: seed, states: room.states + index * frame * stateSize,
                accelerations: room.accelerations + index * frame * dimensions)
            } catch {
              failure.withLock { kept in
                guard index < failedIndex.load(ordering: .relaxed) else { return }
                failedIndex.store(index, ordering: .relaxed)
                kept = error
              }
            }
            progress(done.wrappingAdd(1, ordering: .relaxed).newValue)
          }
        }
        let isComplete = failedIndex.load(ordering: .relaxed) == Int.max
        stateCount = isComplete ? count * frame * stateSize : 0
        accelerationCount = isComplete ? count * frame * dimensions : 0
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return Simulation(
      world: self, seed: seed, count: count, times: times, bodies: bodies, dimensions: dimensions,
      states: states, accelerations: accelerations)
  }

  private var coreCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  private func check(count: Int, times: [Double]) throws(WorldError) {
    guard count > 0 else { throw .setting(name: "simulations", reason: "must be 1 at least, not \(count)") }
    guard let first = times.first, first >= 0, times.allSatisfy(\.isFinite),
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw .setting(name: "times", reason: "must ascend, from 0 or later") }
    var bytes = 8
    for factor in [count, times.count, bodies, 3 * dimensions + 2] {
      let (product, overflows) = bytes.multipliedReportingOverflow(by: factor)
      bytes = overflows ? Int.max : product
      if overflows { break }
    }
    if bytes > Int(clamping: ProcessInfo.processInfo.physicalMemory / 2) { throw .tooLarge(bytes: bytes) }
  }

  /// Follows simulation number `index` and writes what it does.
  private func run(
    _ index: Int, times: [Double], seed: UInt64, states: UnsafeMutablePointer<Double>,
    accelerations: UnsafeMutablePointer<Double>
  ) throws(WorldError) {
    let start = InitialState(of: self, simulation: index, seed: seed)
    let integrator = MotionIntegrator(self, from: start)
    let d = dimensions
    var state = states
    var acceleration = accelerations
    for time in times {
      do throws(DormandPrince.Failure) { try integrator.advance(to: time) } catch {
        let reason =
          switch error {
          case .stepTooSmall: "bodies come so close that no step is small enough"
          case .tooManySteps: "the forces change so fast that it takes too many steps"
          }
        throw .stuck(law: law, simulation: index, time: integrator.time, reason: reason)
      }
      for body in 0..<bodies {
        for k in 0..<d {
          state[k] = integrator.motion[body * d + k]
          state[d + k] = integrator.motion[(bodies + body) * d + k]
        }
        state[2 * d] = start.charges[body]
        state[2 * d + 1] = start.masses[body]
        state += 2 * d + 2
      }
      acceleration.update(from: integrator.accelerations, count: bodies * d)
      acceleration += bodies * d
    }
  }
}

/// Memory to which every simulation writes at a place of its own.
private struct Room: @unchecked Sendable {
  let states: UnsafeMutablePointer<Double>
  let accelerations: UnsafeMutablePointer<Double>
}
