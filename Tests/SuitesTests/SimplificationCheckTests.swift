import Suites
import Testing

@Suite struct SimplificationCheckTests {
  @Test(arguments: RandomExpressions.Operators.allCases)
  func `the figures add up, and nothing changes its value`(_ operators: RandomExpressions.Operators) {
    var settings = SimplificationCheck.Settings()
    settings.count = 300
    settings.exactCount = 10
    settings.size = 11
    settings.operators = operators
    let check = SimplificationCheck(measuring: settings)
    for (figures, count) in [(check.search, 300), (check.exact, 10)] {
      #expect(figures.count == count && figures.preserved == count && figures.violations.isEmpty)
      #expect(figures.decided <= count && figures.decided > count / 2)
      #expect(figures.meanNodesBefore == 11 && figures.meanNodesAfter <= 11)
    }
  }
}
