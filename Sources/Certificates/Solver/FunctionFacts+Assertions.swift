import Exact
import Symbolics

/// g(u) = v for terms u and v.
struct SolverCall {
  let argument: String
  let value: String
}

extension FunctionFacts {
  /// What is asserted of all calls of one function: what holds of each, and of every two of them.
  func assertions(for calls: [SolverCall], of function: Function) -> [String] {
    let known = points.map { SolverCall(argument: $0.argument.term, value: $0.value.term) }
    var result = calls.flatMap { call in bounds.map { $0.term(call.argument, call.value) } }
    for (position, call) in calls.enumerated() {
      for other in known + calls[..<position] {
        result += pair(call, other)
        if function == .exp {
          let product = "(* \(call.value) \(other.value))"
          result.append(
            "(=> (= \(call.argument) (- \(other.argument))) (= \(product) 1.0))")
        }
      }
    }
    return result
  }

  private func pair(_ a: SolverCall, _ b: SolverCall) -> [String] {
    let (u, v, g, h) = (a.argument, b.argument, a.value, b.value)
    var result: [String] = []
    switch trend {
    case .increasing:
      result += ["(= (< \(u) \(v)) (< \(g) \(h)))", "(= (< \(v) \(u)) (< \(h) \(g)))"]
    case .decreasing:
      result += ["(= (< \(u) \(v)) (< \(h) \(g)))", "(= (< \(v) \(u)) (< \(g) \(h)))"]
    case nil: result.append("(=> (= \(u) \(v)) (= \(g) \(h)))")
    }
    switch parity {
    case .even: result.append("(=> (= \(u) (- \(v))) (= \(g) \(h)))")
    case .odd: result.append("(=> (= \(u) (- \(v))) (= \(g) (- \(h))))")
    case nil: break
    }
    for (low, high, atLow, atHigh) in [(u, v, g, h), (v, u, h, g)] {
      let rise = trend == .decreasing ? "(- \(atLow) \(atHigh))" : "(- \(atHigh) \(atLow))"
      func length(_ factor: Rational) -> String { "(* \(factor.term) (- \(high) \(low)))" }
      if let contraction {
        result.append("(=> (< \(low) \(high)) (< \(rise) \(length(contraction))))")
        if trend == nil {
          result.append("(=> (< \(low) \(high)) (< (- \(rise)) \(length(contraction))))")
        }
      }
      if let expansion {
        result.append("(=> (< \(low) \(high)) (< \(length(expansion)) \(rise)))")
      }
    }
    return result
  }
}

extension Rational {
  /// The number as a term: `(/ (- 3.0) 4.0)`.
  var term: String {
    let size = "\(numerator.magnitude).0"
    let top = sign < 0 ? "(- \(size))" : size
    return isInteger ? top : "(/ \(top) \(denominator).0)"
  }
}
