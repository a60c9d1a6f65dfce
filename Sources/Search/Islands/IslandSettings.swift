import Evaluation

/// The numbers that shape evolution on an island.
struct IslandSettings: Sendable {
  var populationSize: Int
  var maximumSize: Int
  var maximumDepth: Int?
  var parsimony: Double
  var fitsConstants: Bool
  /// Children tried in one epoch.
  var childrenPerEpoch = 3000
  /// Members drawn for a tournament.
  var tournamentRounds = 8
  /// Price, in units of ln(loss), that a size pays per uniform share of visits.
  var sizePrice = 1.0
  /// Children of two parents rather than one.
  var crossoverProbability = 0.2
  /// Children whose one parent is written as a hint says.
  var rewritingProbability = 0.04
  /// Children joined from parts of two parents that read different groups of features.
  var joiningProbability = 0.04
  /// Chance that a mutated child is mutated once more.
  var secondMutationProbability = 0.45
  /// Annealing: at temperature 1 a child whose loss is e^(annealing) times its parent's is accepted once in e
  /// times.
  var annealing = 0.5
  /// Levenberg–Marquardt steps for every child of a new structure.
  var firstFittingSteps = 2
  /// Further steps for those that come near what is wanted.
  var fittingSteps = 6
  /// Nodes up to which a structure's constants are fitted from several starts.
  var shortSize = 12
  /// How many starts those get.
  var startsOfShort = 4
  /// Chance that the constants of a structure that was fitted before are fitted again, from another start.
  var refitProbability = 0.1
}
