import Algebra
import Expressions

/// A member of the front as it was fitted, and with its constants at simple numbers.
struct FrontForm {
  let fitted: FrontMember
  /// To be shown in its place, although its loss may be a little higher.
  let simple: FrontMember?
}

/// Collects the forms that members of the front can be shown in, and picks one for each complexity.
struct FrontForms {
  /// Forms of each complexity.
  private var forms: [Int: [FrontMember]] = [:]

  /// Adds a form.
  mutating func offer(_ form: FrontForm) {
    guard form.fitted.loss.isFinite else { return }
    // A number that the rows do not tell from a simple one is that.
    let member = form.simple ?? form.fitted
    forms[member.formula.complexity, default: []].append(member)
  }

  /// From simple to complex, of each complexity the one with the shortest description that is worth it.
  ///
  /// - Parameter gains: whether a member is worth its complexity beside the next simpler one.
  func front(gains: (FrontMember, FrontMember?) -> Bool) -> [FrontMember] {
    var front: [FrontMember] = []
    for complexity in forms.keys.sorted() {
      let present = forms[complexity]!
      let order = present.indices.sorted {
        (present[$0].length, present[$0].loss, $0) < (present[$1].length, present[$1].loss, $1)
      }
      if let member = order.lazy.map({ present[$0] }).first(where: { gains($0, front.last) }) {
        front.append(member)
      }
    }
    return front
  }
}
