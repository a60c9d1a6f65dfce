import SymbolicRegression
import Search
import Tables
import Foundation
// temporary
let args = CommandLine.arguments
let data = try Dataset(contentsOf: args[1])
var options = SearchOptions(seed: UInt64(args[2])!)
options.timeLimit = .seconds(Double(args[3])!)
if args.count > 4 { options.threads = Int(args[4])! }
if args.count > 5 { options.iterations = Int(args[5])! }
let search = try Search(data, options: options)
let result = search.runBlocking()
for (i, e) in result.front.enumerated() { print(i == result.best ? ">" : " ", e.complexity, e.loss, e.score, e.expression) }
print(result.stopReason, result.elapsed, result.iterations, result.work)
