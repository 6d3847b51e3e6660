import Exact

/// Limits of functions that have no expansion, from the limits of their operands.
extension LimitCalculus {
  func limitByContinuity(of u: Expression) -> Limit {
    guard u.contains(symbol) else { return .finite(u, approached: .unknown) }
    switch u.form {
    case .call(let function, let arguments):
      guard let monotone = function.monotone else { return .unknown }
      return value(of: function, monotone, at: limit(of: arguments[0]))
    case .sum(let terms): return sum(of: terms)
    case .product(let factors):
      let constants = factors.filter { !$0.contains(symbol) }
      let moving = factors.filter { $0.contains(symbol) }
      guard moving.count == 1, let sign = try? scale.sign(of: .product(constants)), sign != 0 else {
        return .unknown
      }
      return limit(of: moving[0]).scaled(by: .product(constants), sign: sign)
    case .finiteSum(let sum): return termwiseLimit(of: sum)
    case .rational, .pi, .symbol, .power, .piecewise: return .unknown
    }
  }

  /// A monotone function is continuous up to the ends of its domain.
  private func value(of function: Function, _ monotone: MonotoneFunction, at inner: Limit) -> Limit
  {
    let (first, last) = monotone.ends
    switch inner {
    case .unknown: return .unknown
    case .plusInfinity:
      return monotone.domain.upper == .plusInfinity
        ? limit(at: last, from: monotone.isIncreasing ? .fromBelow : .fromAbove) : .unknown
    case .minusInfinity:
      return monotone.domain.lower == .minusInfinity
        ? limit(at: first, from: monotone.isIncreasing ? .fromAbove : .fromBelow) : .unknown
    case .finite(let value, let approach):
      let side = monotone.isIncreasing ? approach : approach.opposite
      if let low = monotone.domain.lower.value {
        guard let sign = try? scale.sign(of: value - low), sign >= 0 else { return .unknown }
        // At an end the argument can only come from inside.
        if sign == 0 {
          return limit(at: first, from: monotone.isIncreasing ? .fromAbove : .fromBelow)
        }
      }
      if let high = monotone.domain.upper.value {
        guard let sign = try? scale.sign(of: high - value), sign >= 0 else { return .unknown }
        if sign == 0 {
          return limit(at: last, from: monotone.isIncreasing ? .fromBelow : .fromAbove)
        }
      }
      return .finite(.call(function, [value]), approached: side)
    }
  }

  private func limit(at end: Endpoint, from side: Limit.Approach) -> Limit {
    switch end {
    case .minusInfinity: .minusInfinity
    case .plusInfinity: .plusInfinity
    case .open(let value): .finite(value, approached: side)
    // A closed end may be attained on the way.
    case .closed(let value): .finite(value, approached: .unknown)
    }
  }

  /// Limits add up unless infinities oppose; a bounded term does not stop an infinite one.
  private func sum(of terms: [Expression]) -> Limit {
    var value = Expression.zero
    var infinite: Limit?
    var sides: [Limit.Approach] = []
    var hasBounded = false
    for term in terms {
      switch limit(of: term) {
      case .unknown:
        let range = Assumptions().adding(symbol, in: .reals).range(of: term)
        guard range.lower.value != nil, range.upper.value != nil else { return .unknown }
        hasBounded = true
      case .finite(let part, let side):
        value = value + part
        if term.contains(symbol) { sides.append(side) }
      case let other:
        if infinite.map({ $0 != other }) ?? false { return .unknown }
        infinite = other
      }
    }
    if let infinite { return infinite }
    if hasBounded { return .unknown }
    let side = sides.first ?? .unknown
    return .finite(value, approached: sides.allSatisfy { $0 == side } ? side : .unknown)
  }
}

extension Limit.Approach {
  var opposite: Limit.Approach {
    switch self {
    case .fromAbove: .fromBelow
    case .fromBelow: .fromAbove
    case .unknown: .unknown
    }
  }
}

extension Limit {
  /// The limit of c·u, where c has the given sign.
  fileprivate func scaled(by factor: Expression, sign: Int) -> Limit {
    switch self {
    case .finite(let value, let side):
      .finite(factor * value, approached: sign > 0 ? side : side.opposite)
    case .plusInfinity: sign > 0 ? .plusInfinity : .minusInfinity
    case .minusInfinity: sign > 0 ? .minusInfinity : .plusInfinity
    case .unknown: .unknown
    }
  }
}
