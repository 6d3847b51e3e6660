/// A statement about real quantities: comparisons joined by and, or, not.
public indirect enum Predicate: Hashable, Sendable {
  /// True.
  case always
  /// False.
  case never
  /// A comparison of two formulas.
  case compare(Expression, Relation, Expression)
  /// All of the parts.
  case and([Predicate])
  /// At least one of the parts.
  case or([Predicate])
  /// The contrary.
  case not(Predicate)
}

/// The six comparisons of two real numbers.
public enum Relation: String, Hashable, Sendable, CaseIterable {
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// The relation that holds exactly when this one does not.
  public var negated: Relation {
    switch self {
    case .equal: .unequal
    case .unequal: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  /// The relation with its sides exchanged: a < b is b > a.
  public var mirrored: Relation {
    switch self {
    case .equal, .unequal: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// Whether it holds between a and b with sign(a - b) = `sign`.
  public func holds(forSign sign: Int) -> Bool {
    switch self {
    case .equal: sign == 0
    case .unequal: sign != 0
    case .less: sign < 0
    case .lessOrEqual: sign <= 0
    case .greater: sign > 0
    case .greaterOrEqual: sign >= 0
    }
  }
}

extension Predicate {
  /// All of `parts`: nested conjunctions flattened, repetitions and truths dropped.
  public static func all(_ parts: [Predicate]) -> Predicate {
    var flat: [Predicate] = []
    for part in parts.flatMap(\.conjuncts) where part != .always && !flat.contains(part) {
      if part == .never { return .never }
      flat.append(part)
    }
    return flat.isEmpty ? .always : flat.count == 1 ? flat[0] : .and(flat)
  }

  /// At least one of `parts`.
  public static func any(_ parts: [Predicate]) -> Predicate {
    var flat: [Predicate] = []
    for part in parts where part != .never && !flat.contains(part) {
      if part == .always { return .always }
      if case .or(let inner) = part {
        flat += inner.filter { !flat.contains($0) }
      } else {
        flat.append(part)
      }
    }
    return flat.isEmpty ? .never : flat.count == 1 ? flat[0] : .or(flat)
  }

  /// The negation, with comparisons negated in place.
  public var negation: Predicate {
    switch self {
    case .always: .never
    case .never: .always
    case .compare(let a, let relation, let b): .compare(a, relation.negated, b)
    case .and(let parts): .any(parts.map(\.negation))
    case .or(let parts): .all(parts.map(\.negation))
    case .not(let inner): inner
    }
  }

  /// The parts of a conjunction, or the predicate itself.
  public var conjuncts: [Predicate] {
    if case .and(let parts) = self { parts } else { [self] }
  }

  /// The two sides of every comparison inside.
  public var comparedPairs: [(left: Expression, right: Expression)] {
    switch self {
    case .always, .never: []
    case .compare(let a, _, let b): [(a, b)]
    case .and(let parts), .or(let parts): parts.flatMap(\.comparedPairs)
    case .not(let inner): inner.comparedPairs
    }
  }

  /// Every expression compared somewhere inside.
  public var expressions: [Expression] { comparedPairs.flatMap { [$0.left, $0.right] } }

  /// The free symbols in natural order.
  public var freeSymbols: [Symbol] {
    Set(expressions.flatMap(\.freeSymbols)).sorted()
  }

  /// Each expression replaced by its image under `transform`.
  public func mapExpressions(_ transform: (Expression) -> Expression) -> Predicate {
    switch self {
    case .always, .never: self
    case .compare(let a, let relation, let b): .compare(transform(a), relation, transform(b))
    case .and(let parts): .all(parts.map { $0.mapExpressions(transform) })
    case .or(let parts): .any(parts.map { $0.mapExpressions(transform) })
    case .not(let inner): .not(inner.mapExpressions(transform))
    }
  }

  /// A text that is equal for equal predicates only; used for ordering, not for people.
  var canonicalText: String { String(describing: self) }
}
