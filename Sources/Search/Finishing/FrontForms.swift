/// A member of the front as it was fitted, and with its constants at simple numbers.
struct FrontForm {
  let fitted: FrontMember
  /// To be shown in its place, although its loss may be a little higher.
  let simple: FrontMember?
}

/// Collects the forms that members of the front can be shown in, and picks one for each complexity.
struct FrontForms {
  /// Forms of each complexity, the one to show first.
  private var forms: [Int: [FrontMember]] = [:]

  /// Adds a form; of two with the same loss the first stays.
  mutating func offer(_ form: FrontForm) {
    guard form.fitted.loss.isFinite else { return }
    let complexity = form.fitted.formula.complexity
    if let simple = form.simple, simple.formula.complexity != complexity {
      // Written out plainly, simple numbers may leave a shorter formula.
      offer(FrontForm(fitted: simple, simple: nil))
      offer(FrontForm(fitted: form.fitted, simple: nil))
      return
    }
    let offered = [form.simple, form.fitted].compactMap { $0 }
    let present = forms[complexity] ?? []
    let lowest = present.min { $0.loss < $1.loss }
    let isBetter = lowest.map { form.fitted.loss < (1 - 1e-6) * $0.loss && $0.loss > $0.floor } ?? true
    forms[complexity] = isBetter ? offered + present : present + offered
  }

  /// From simple to complex, of each complexity the first that is worth it.
  ///
  /// - Parameter gains: whether a member is worth its complexity beside the next simpler one.
  func front(gains: (FrontMember, FrontMember?) -> Bool) -> [FrontMember] {
    var front: [FrontMember] = []
    for complexity in forms.keys.sorted() {
      if let member = forms[complexity]?.first(where: { gains($0, front.last) }) { front.append(member) }
    }
    return front
  }
}
