import Exact

extension Expression {
  /// ∂self/∂symbol, by the chain rule over the table of ``DerivativeRule``s.
  ///
  /// It is the derivative wherever `self` is differentiable in `symbol`. Piecewise formulas are
  /// differentiated branch by branch, which says nothing about the borders between branches; the
  /// bounds of finite sums are integers and count as constants.
  public func derivative(by symbol: Symbol) -> Expression {
    var memo: [ObjectIdentifier: Expression] = [:]
    return derivative(by: symbol, memo: &memo)
  }

  private func derivative(by symbol: Symbol, memo: inout [ObjectIdentifier: Expression])
    -> Expression
  {
    guard node.symbolMask & Self.maskBit(of: symbol) != 0 else { return .zero }
    if let known = memo[ObjectIdentifier(node)] { return known }
    func d(_ inner: Expression) -> Expression { inner.derivative(by: symbol, memo: &memo) }
    let result: Expression =
      switch form {
      case .rational, .pi: .zero
      case .symbol(let own): own == symbol ? .one : .zero
      case .sum(let terms): .sum(terms.map(d))
      case .product(let factors): Self.productRule(factors, factors.map(d))
      case .power(let base, let exponent):
        Self.powerRule(base, exponent, d(base), d(exponent))
      case .call(let function, let arguments):
        Self.chainRule(function, arguments, arguments.map(d))
      case .piecewise(let branches):
        .piecewise(branches.map { Branch(d($0.value), if: $0.condition) })
      case .finiteSum(let sum):
        sum.index == symbol
          ? .zero : .finiteSum(d(sum.body), over: sum.index, from: sum.lower, to: sum.upper)
      }
    memo[ObjectIdentifier(node)] = result
    return result
  }

  /// (u v w)' = u'v w + u v'w + u v w'
  private static func productRule(_ factors: [Expression], _ slopes: [Expression]) -> Expression {
    sum(
      factors.indices.filter { !slopes[$0].isZero }.map { i in
        var term = factors
        term[i] = slopes[i]
        return product(term)
      })
  }

  /// (u^v)' = v u^(v-1) u' + u^v log(u) v'
  private static func powerRule(
    _ base: Expression, _ exponent: Expression, _ baseSlope: Expression,
    _ exponentSlope: Expression
  ) -> Expression {
    var terms: [Expression] = []
    if !baseSlope.isZero {
      terms.append(product([exponent, power(base, exponent - 1), baseSlope]))
    }
    if !exponentSlope.isZero {
      terms.append(product([power(base, exponent), log(base), exponentSlope]))
    }
    return sum(terms)
  }

  /// g(u)' = g'(u) u', and the rules for the functions of several arguments.
  private static func chainRule(
    _ function: Function, _ arguments: [Expression], _ slopes: [Expression]
  ) -> Expression {
    switch function {
    case .atan2:
      // The angle of (x, y) turns by (x dy - y dx)/(x² + y²).
      let (y, x) = (arguments[0], arguments[1])
      return (x * slopes[0] - y * slopes[1]) / (x.power(2) + y.power(2))
    case .max: return extremum(arguments, slopes, .greaterOrEqual)
    case .min: return extremum(arguments, slopes, .lessOrEqual)
    case .mod:
      // a - b·floor(a/b), and floor has slope 0.
      return slopes[0] - slopes[1] * call(.floor, [arguments[0] / arguments[1]])
    case .lambertw where arguments[0].isMultipleOfExponential:
      // W'(u) u' = W/(1 + W) u'/u, where u = c eᵛ cancels.
      let value = call(function, arguments)
      return value / (1 + value) * (slopes[0] / arguments[0])
    default:
      return DerivativeRule.derivative(of: function, at: arguments[0])! * slopes[0]
    }
  }

  /// Whether it is c eᵛ with a rational c.
  private var isMultipleOfExponential: Bool {
    if case .call(.exp, _) = coefficientAndRest.rest.form { true } else { false }
  }

  /// The slope of the argument that is the largest (or smallest): when none of the earlier ones is,
  /// the first that no later one exceeds.
  private static func extremum(
    _ arguments: [Expression], _ slopes: [Expression], _ relation: Relation
  ) -> Expression {
    piecewise(
      arguments.indices.map { i in
        let later = arguments[(i + 1)...]
        return Branch(slopes[i], if: .all(later.map { .compare(arguments[i], relation, $0) }))
      })
  }
}
