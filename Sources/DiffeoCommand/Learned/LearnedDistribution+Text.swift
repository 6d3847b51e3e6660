import Learning

extension LearnedDistribution {
  /// What log-densities under the model are the densities of.
  var densityText: String {
    let values =
      (provenance.errors ?? [:]).isEmpty ? "values" : "true values, without their errors"
    return columns.kinds.contains(.integer) ? values + "; masses of integers" : values
  }
}

extension ColumnKind {
  var text: String {
    switch self {
    case .continuous: "numbers"
    case .integer: "integers"
    case .words: "words"
    }
  }

  var words: [String]? {
    if case .words(let words) = self { words } else { nil }
  }
}

extension ColumnMap {
  /// The map as a formula.
  var text: String {
    func minus(_ x: Double) -> String {
      x == 0 ? "x" : x < 0 ? "x + \((-x).short)" : "x - \(x.short)"
    }
    switch self {
    case .identity: return "x"
    case .log(let lower): return "log(\(minus(lower)))"
    case .reflectedLog(let upper): return "-log(\(upper.short) - x)"
    case .logit(let lower, let upper): return "log((\(minus(lower)))/(\(upper.short) - x))"
    case .asinh(let center, let width): return "asinh((\(minus(center)))/\(width.short))"
    }
  }
}

extension Double {
  fileprivate var short: String {
    self == rounded() && magnitude < 1e9 ? String(Int(self)) : String(Float(self))
  }
}
