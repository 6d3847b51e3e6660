public import Symbolics

/// What a map is, depending on its parameters: `ifTrue` where `condition` holds, else `ifFalse`.
public struct ConditionalKind: Hashable, Sendable {
  /// On the parameters.
  public let condition: Predicate
  /// What f is where the condition holds.
  public let ifTrue: Verdict.Kind
  /// What f is where it does not.
  public let ifFalse: Verdict.Kind

  /// `ifTrue` if `condition`, else `ifFalse`.
  public init(_ condition: Predicate, ifTrue: Verdict.Kind, ifFalse: Verdict.Kind) {
    self.condition = condition
    self.ifTrue = ifTrue
    self.ifFalse = ifFalse
  }

  /// `kind` whatever the parameters.
  public init(always kind: Verdict.Kind) {
    self.init(.always, ifTrue: kind, ifFalse: kind)
  }

  /// The kinds of the two cases of a comparison, put together.
  ///
  /// - Returns: nil for more than two kinds, and for a single one.
  public init?(split condition: Predicate, ifTrue: ConditionalKind, ifFalse: ConditionalKind) {
    let kinds = Self.order.filter { ifTrue.kinds.contains($0) || ifFalse.kinds.contains($0) }
    guard kinds.count == 2 else { return nil }
    self.init(
      .any([
        .all([condition, ifTrue.condition(for: kinds[0])]),
        .all([condition.negation, ifFalse.condition(for: kinds[0])]),
      ]).withoutComplement(of: condition).withShortCases, ifTrue: kinds[0], ifFalse: kinds[1])
  }

  /// The kinds that occur.
  public var kinds: [Verdict.Kind] { ifTrue == ifFalse ? [ifTrue] : [ifTrue, ifFalse] }

  /// The kinds that a case may have, the best one first: the condition is for that.
  private static let order: [Verdict.Kind] = [.bijective, .injectiveNotSurjective, .notInjective]

  /// Where f is of this kind.
  private func condition(for kind: Verdict.Kind) -> Predicate {
    if kind == ifTrue { return condition }
    return kind == ifFalse ? condition.negation : .never
  }
}

extension Predicate {
  /// Every case without what follows from the rest of it: l = 0 for l < 1 and l = 0.
  fileprivate var withShortCases: Predicate {
    let known = Assumptions()
    guard case .or(let parts) = self else {
      return withStrictComparisons.withoutRedundancy(under: known)
    }
    return .any(parts.map { $0.withStrictComparisons.withoutRedundancy(under: known) })
  }

  /// u > v for u >= v and u != v.
  private var withStrictComparisons: Predicate {
    .all(
      conjuncts.map { part in
        guard case .compare(let left, let relation, let right) = part,
          conjuncts.contains(.compare(left, .unequal, right))
        else { return part }
        switch relation {
        case .greaterOrEqual: return .compare(left, .greater, right)
        case .lessOrEqual: return .compare(left, .less, right)
        default: return part
        }
      })
  }

  /// a or (not a and b) as a or b.
  fileprivate func withoutComplement(of condition: Predicate) -> Predicate {
    guard case .or(let parts) = self else { return self }
    let negation = condition.negation
    return .any(
      parts.map { part in
        if parts.contains(condition), part.conjuncts.contains(negation) {
          return .all(part.conjuncts.filter { $0 != negation })
        }
        if parts.contains(negation), part.conjuncts.contains(condition) {
          return .all(part.conjuncts.filter { $0 != condition })
        }
        return part
      })
  }
}
