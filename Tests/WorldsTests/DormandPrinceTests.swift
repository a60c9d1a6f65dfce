import Foundation
import Testing
import Worlds

struct DormandPrinceTests {
  @Test func `an oscillator is followed`() throws {
    let oscillator = DormandPrince(state: [1, 0]) { state, rates in
      (rates[0], rates[1]) = (state[1], -state[0])
    }
    for index in 1...100 {
      let time = Double(index) * 0.1
      try oscillator.advance(to: time)
      #expect(oscillator.time == time)
      #expect(abs(oscillator.state[0] - cos(time)) < 1e-7 && abs(oscillator.state[1] + sin(time)) < 1e-7)
      #expect(oscillator.rates[0] == oscillator.state[1])
    }
  }

  @Test func `a state that runs away is given up`() throws {
    // x = 1 / (1 - t) has no value at t = 1.
    let runaway = DormandPrince(state: [1]) { $1[0] = $0[0] * $0[0] }
    try runaway.advance(to: 0.9)
    #expect(abs(runaway.state[0] - 10) < 1e-5)
    #expect(throws: DormandPrince.Failure.self) { try runaway.advance(to: 1.1) }
    let undefined = DormandPrince(state: [1]) { $1[0] = .nan }
    #expect(throws: DormandPrince.Failure.stepTooSmall) { try undefined.advance(to: 0.1) }
  }
}
