import Foundation
import Testing

@Suite struct FitOutputTests {
  @Test("--format json prints one document with every promised field")
  func document() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    let outcome = try await shortFit("data.csv", ["--format", "json", "--threads", "1"], in: scratch)
    #expect(outcome.status == 0)
    let document = try outcome.json()
    #expect(document["schema"] as? String == "symreg.run/1")
    #expect(document["target"] as? String == "y")
    #expect(document["features"] as? [String] == ["a", "b"])
    #expect(document["rows"] as? Int == 20)
    #expect(document["seed"] as? Int == 1)
    #expect(document["threads"] as? Int == 1)
    #expect(document["stop_reason"] as? String == "iterations")
    #expect((document["evaluations"] as? Int ?? 0) > 0)
    #expect(document["elapsed_seconds"] is Double)
    #expect(document["version"] is String)
    let options = try #require(document["options"] as? [String: Any])
    #expect(options["max_size"] as? Int == 7)
    #expect(options["iterations"] as? Int == 1)
    #expect(options["loss"] as? String == "mse")
    #expect(options["timeout"] is NSNull)
    let front = try #require(document["front"] as? [[String: Any]])
    let best = try #require(document["best"] as? Int)
    #expect(front.indices.contains(best))
    let complexities = front.compactMap { $0["complexity"] as? Int }
    let losses = front.compactMap { $0["loss"] as? Double }
    #expect(complexities.count == front.count && losses.count == front.count)
    #expect(zip(complexities, complexities.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
    for member in front {
      for key in ["score", "r2", "expression", "sympy", "latex"] { #expect(member[key] != nil) }
      for constant in try #require(member["constants"] as? [[String: Any]]) {
        #expect(constant["value"] is Double)
        #expect(constant["standard_error"] != nil)
      }
    }
  }

  @Test("the run folder holds what was printed, and the hall of fame begins with PySR's columns")
  func runFolder() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    let outcome = try await shortFit("data.csv", ["--format", "json", "--output", "run"], in: scratch)
    #expect(scratch.read("run/run.json") == outcome.output)
    let lines = scratch.read("run/hall_of_fame.csv").split(separator: "\n")
    #expect(lines[0].hasPrefix("Complexity,Loss,Equation,Score"))
    #expect(try lines.count == 1 + #require(outcome.json()["front"] as? [Any]).count)
    #expect(FileSystem.names(in: scratch.file("run")) == ["checkpoint.json", "hall_of_fame.csv", "run.json"])
    #expect(outcome.errors.contains("run"))
  }

  @Test("the default run folder is named for the time")
  func defaultFolder() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    let outcome = try await shortFit("data.csv", in: scratch)
    let names = FileSystem.names(in: scratch.file("symreg-runs"))
    #expect(names.count == 1)
    #expect(names[0].wholeMatch(of: /\d{8}-\d{6}-[0-9a-f]{4}/) != nil)
    #expect(outcome.errors.contains(names[0]))
  }

  @Test("quiet says nothing; the table marks one line")
  func quietTable() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    let outcome = try await shortFit("data.csv", ["--quiet"], in: scratch)
    #expect(outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0].contains("Complexity"))
    #expect(lines.count { $0.hasPrefix(">") } == 1)
  }

  @Test("without a terminal no control sequence is written")
  func noProgress() async throws {
    let scratch = Scratch()
    try scratch.write(noisyData, to: "data.csv")
    let outcome = try await symreg("fit", "data.csv", "--timeout", "0.7", in: scratch)
    #expect(!outcome.errors.contains("\u{1B}"))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test("standard input and PySR's names for the options work")
  func standardInput() async throws {
    let scratch = Scratch()
    let outcome = try await symreg(
      "fit", "-", in: scratch, input: linearData,
      flags: [
        "--niterations", "1", "--maxsize=7", "--random_state", "3", "--binary_operators", "- +",
        "--unary-operators",
        "exp", "--population_size", "20", "--model-selection", "accuracy", "--elementwise-loss", "mae",
        "--procs", "1",
        "--format", "json",
      ])
    #expect(outcome.status == 0)
    let document = try outcome.json()
    #expect(document["seed"] as? Int == 3)
    let options = try #require(document["options"] as? [String: Any])
    #expect(options["operators"] as? String == "+ - exp")
    #expect(options["select"] as? String == "accuracy")
    #expect(options["loss"] as? String == "mae")
    #expect(options["population_size"] as? Int == 20)
  }

  @Test("several targets: a document and a folder for each, none a feature of another")
  func severalTargets() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    let outcome = try await shortFit(
      "data.csv", ["--target", "y,b", "--format", "json", "--output", "run"], in: scratch)
    #expect(outcome.status == 0)
    let document = try outcome.json()
    #expect(document["schema"] as? String == "symreg.runs/1")
    let runs = try #require(document["runs"] as? [[String: Any]])
    #expect(runs.map { $0["target"] as? String } == ["y", "b"])
    #expect(runs.allSatisfy { $0["features"] as? [String] == ["a"] })
    #expect(FileSystem.exists(scratch.file("run/1-y/run.json")))
    #expect(FileSystem.exists(scratch.file("run/2-b/hall_of_fame.csv")))
    #expect(scratch.read("run/run.json") == outcome.output)
    let predicted = try await symreg("predict", "run", "data.csv", in: scratch)
    #expect(predicted.output.hasPrefix("prediction_y,prediction_b\n"))
  }

  @Test("the same seed gives the same front, whatever the number of threads")
  func threads() async throws {
    let scratch = Scratch()
    try scratch.write(noisyData, to: "data.csv")
    var fronts: [NSArray] = []
    for threads in ["1", "2", "5"] {
      let outcome = try await symreg(
        "fit", "data.csv", in: scratch,
        flags: [
          "--iterations", "4", "--populations", "5", "--seed", "11", "--threads", threads, "--format", "json",
        ])
      fronts.append(try #require(outcome.json()["front"] as? NSArray))
    }
    #expect(fronts[0] == fronts[1])
    #expect(fronts[0] == fronts[2])
  }
}
