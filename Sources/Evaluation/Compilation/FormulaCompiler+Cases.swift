import Symbolics
import Tensors

/// Cases, and conditions of three values: true, false, or neither where a quantity is undefined.
extension FormulaCompiler {
  /// A condition as two numbers, each 1 or 0; both are 0 where it is undefined.
  struct Truth {
    let isTrue: Tensor
    let isFalse: Tensor

    var negated: Truth { Truth(isTrue: isFalse, isFalse: isTrue) }

    func and(_ other: Truth) -> Truth {
      Truth(isTrue: isTrue * other.isTrue, isFalse: max(isFalse, other.isFalse))
    }
  }

  /// The branches are computed for every row and selected afterwards, the last one first.
  mutating func piecewise(_ branches: [Branch]) throws(EvaluationError) -> Tensor {
    let undefined = trace.constant(.nan)
    var isOpen = trace.constant(1)
    var parts: [(truth: Truth, value: Tensor)] = []
    for branch in branches {
      let truth = try truth(of: branch.condition)
      let value = try value(of: branch.value, where: isOpen * truth.isTrue)
      parts.append((truth, value))
      isOpen = isOpen * truth.isFalse
    }
    let result = parts.reversed().reduce(nil as Tensor?) { otherwise, part in
      if part.truth.isTrue.isOne { return part.value }
      let rest = otherwise.map { Tensor.select(part.truth.isFalse, $0, undefined) } ?? undefined
      return .select(part.truth.isTrue, part.value, rest)
    }
    return result ?? undefined
  }

  /// The value in the rows where a branch is taken.
  ///
  /// Where it is not, its value may be undefined and its derivative infinite, and no gradient times
  /// that would be 0. So gradients end where symbols enter the branch.
  private mutating func value(
    of expression: Expression, where isTaken: Tensor
  ) throws(EvaluationError) -> Tensor {
    guard purpose == .gradients, isTaken.constantValues == nil, !expression.isConstant else {
      return try value(of: expression)
    }
    let outside = scope
    scope.memo = [:]
    for symbol in expression.freeSymbols {
      guard let value = outside.symbols[symbol] else { continue }
      scope.symbols[symbol] = .select(isTaken, value, value.withoutGradient)
    }
    let value = try value(of: expression)
    scope = outside
    return value
  }

  mutating func truth(of predicate: Predicate) throws(EvaluationError) -> Truth {
    switch predicate {
    case .always: return Truth(isTrue: trace.constant(1), isFalse: trace.constant(0))
    case .never: return try truth(of: .always).negated
    case .compare(let a, let relation, let b):
      return comparison(try value(of: a), relation, try value(of: b))
    case .and(let parts):
      var result = try truth(of: parts.first ?? .always)
      for part in parts.dropFirst() { result = result.and(try truth(of: part)) }
      return result
    case .or(let parts): return try truth(of: .and(parts.map { .not($0) })).negated
    case .not(let inner): return try truth(of: inner).negated
    }
  }

  private func comparison(_ a: Tensor, _ relation: Relation, _ b: Tensor) -> Truth {
    switch relation {
    case .less: Truth(isTrue: a .< b, isFalse: b .<= a)
    case .lessOrEqual: Truth(isTrue: a .<= b, isFalse: b .< a)
    case .equal: Truth(isTrue: a.combined(.equal, b), isFalse: max(a .< b, b .< a))
    case .unequal, .greater, .greaterOrEqual: comparison(a, relation.negated, b).negated
    }
  }
}

extension Tensor {
  /// Whether it is the constant 1.
  fileprivate var isOne: Bool { constantValues == [1] }
}
