import Symbolics
import Tensors

/// Cases, and conditions of three values: true, false, or neither where a quantity is undefined.
extension FormulaCompiler {
  /// A condition as two numbers, each 1 or 0; both are 0 where it is undefined.
  private struct Truth {
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
    var result: Tensor?
    for branch in branches.reversed() {
      let chosen = try value(of: branch.value)
      if branch.condition == .always {
        result = chosen
      } else {
        let truth = try truth(of: branch.condition)
        let otherwise = result.map { Tensor.select(truth.isFalse, $0, undefined) }
        result = .select(truth.isTrue, chosen, otherwise ?? undefined)
      }
    }
    return result ?? undefined
  }

  private mutating func truth(of predicate: Predicate) throws(EvaluationError) -> Truth {
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
