import ArgumentParser
import SymbolicRegression
import Worlds

/// `symreg distill simulate`.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Simulate bodies that act on each other, with their accelerations.",
    discussion: """
      With d the distance of two bodies and s = d + 0.01, the force between them is
        spring          -2 (s - 1): a spring of length 1
        r1, r2          -m1 m2 / s, -m1 m2 / s^2: gravitation in two and in three dimensions
        charge          q1 q2 / s^2, charges being 1 or -1
        superposition   (q1 q2 - m1 m2) / s^2
        damped          that of the spring, and friction -0.5 v on every body
        discontinuous   none where s < 2, that of the spring beyond
        string          springs between neighbours only, and gravitation downwards
        string-ball     the string above a ball that repels it
      Beginnings and times are those of Cranmer et al. (2020): coordinates and velocities standard normal, \
      masses exponentials of such. The file holds the arrays state (simulations, times, bodies, state), where \
      a state is x, y, (z,) vx, vy, (vz,) q, m; accelerations (simulations, times, bodies, dimensions); times; \
      and the law, seed and softening.
      """)

  @Option(help: "Which force acts between bodies.")
  var law: ForceLaw
  @Option(parsing: .unconditional, help: "2 or 3.")
  var dimensions = 2
  @Option(parsing: .unconditional, help: "Bodies in each simulation.")
  var bodies = 4
  @Option(parsing: .unconditional, help: "How many simulations.")
  var simulations = 1000
  @Option(parsing: .unconditional, help: "Steps of time to simulate, of the length that goes with the law.")
  var frames = 1000
  @Option(parsing: .unconditional, help: "Keep the state at every so many of them.")
  var every = 5
  @Flag(help: "Friction, and what pulls a string, differ from body to body as in the published program.")
  var published = false
  @Option(help: "Seed of every random choice. (default: drawn, and reported)")
  var seed: UInt64?
  @Option(
    parsing: .unconditional, help: "Worker threads; the result does not depend on them. (default: all cores)")
  var threads: Int?
  @Option(name: [.short, .long], help: "The .npz file to write.")
  var output: String
  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false
  @Flag(help: "Do not show how far the simulations are.")
  var noProgress = false

  func validate() throws {
    for (flag, value) in [("--frames", frames), ("--every", every), ("--threads", threads ?? 1)]
    where value < 1 {
      throw ValidationError("\(flag) must be 1 at least, not \(value)")
    }
    if frames > 10_000_000 { throw ValidationError("--frames must be 10000000 at most, not \(frames)") }
  }

  func run() throws {
    let world = try World(
      law: law, dimensions: dimensions, bodies: bodies, convention: published ? .published : .uniform)
    // Nobody is to wait for numbers that cannot be kept.
    try ArrayArchive.checkWritable(output)
    let seed = seed ?? UInt64.random(in: 0...999_999_999)
    let line = quiet || noProgress ? nil : ProgressLine()
    let simulation = try world.simulate(
      count: simulations, times: world.publishedTimes(frames: frames, every: every), seed: seed,
      threads: threads
    ) { done in line?.show("\(done) of \(simulations) simulations") }
    line?.clear()
    try simulation.write(to: output)
    if !quiet {
      let what = simulations == 1 ? "1 simulation" : "\(simulations) simulations"
      Messages.note(
        "\(what) of \(bodies) bodies at \(simulation.times.count) times up to "
          + "\(NumberText.rounded(simulation.times.last ?? 0, digits: 6)), law \(law.rawValue), seed \(seed): "
          + output)
    }
    leave(.done)
  }
}

extension ForceLaw: ExpressibleByArgument {}
