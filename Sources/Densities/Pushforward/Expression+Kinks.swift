import Symbolics

extension Expression {
  /// Where the formula may fail to be differentiable although it and its derivative are defined: at a
  /// change of sign under abs or sign, a jump of floor, a tie of max, a border between branches.
  var kinks: [Predicate] {
    let own: [Predicate] =
      switch form {
      case .call(let function, let arguments):
        switch function {
        case .abs, .sign: [.compare(arguments[0], .equal, .zero)]
        case .floor: [.compare(self, .equal, arguments[0])]
        case .mod: [.compare(self, .equal, .zero)]
        case .max, .min:
          arguments.indices.flatMap { i in
            arguments[..<i].map { .compare($0, .equal, arguments[i]) }
          }
        case .atan2: [.compare(arguments[0], .equal, .zero)]
        default: []
        }
      case .piecewise(let branches): branches.flatMap { $0.condition.borders }
      default: []
      }
    return own + form.children.flatMap(\.kinks)
  }
}

extension Predicate {
  /// The equations where a comparison inside changes between true and false.
  var borders: [Predicate] {
    switch self {
    case .always, .never: []
    case .compare(let a, _, let b): [.compare(a, .equal, b)]
    case .and(let parts), .or(let parts): parts.flatMap(\.borders)
    case .not(let inner): inner.borders
    }
  }
}
