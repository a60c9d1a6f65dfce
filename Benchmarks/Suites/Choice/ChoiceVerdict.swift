/// What the judge says about one member of a front.
public enum ChoiceVerdict: String, Sendable, Hashable, Codable {
  /// The law, its constants as near as the errors of the data let them come.
  case law
  /// Not the law but simpler, and nearer to it than the law's own form with constants fitted to the data.
  case simplerAsGood = "simpler, as good"
  /// The law's form with constants that are off.
  case otherConstants = "other constants"
  /// The law with a constant that it does not have: a term, a factor or an exponent.
  case superfluousConstant = "superfluous constant"
  /// Not defined where the law is.
  case undefined
  /// Far larger than the law.
  case tooComplex = "too complex"
  /// Another function.
  case different

  /// Whether the member is what a search should answer with.
  public var isRight: Bool { self == .law || self == .simplerAsGood }
}
