public import Exact

/// A formula: an immutable tree of n-ary sums, products, powers and function calls over the reals.
///
/// Expressions are made by operators and the static constructors, which keep them in *canonical
/// form*: sums and products are flat, sorted, with like terms collected. A canonicalisation only
/// ever replaces an expression by one that equals it wherever the first is defined; it may enlarge
/// the domain (`z/z` becomes `1`), which is why the conditions for a formula to be defined are
/// collected from the source text before (see ``Obligation``), never from an expression.
public struct Expression: Sendable {
  let node: Node

  /// The outermost operation and its operands; exhaustive switches over it are how every operation
  /// on expressions is written.
  public enum Form: Hashable, Sendable {
    /// A rational constant.
    case rational(Rational)
    /// The circle constant π.
    case pi
    /// A free symbol, or the index of an enclosing finite sum.
    case symbol(Symbol)
    /// Two or more terms, at most one of them rational, sorted by ``Expression/precedes(_:)``.
    case sum([Expression])
    /// Two or more factors, no sums of equal bases, a rational coefficient ≠ 1 first.
    case product([Expression])
    /// base^exponent on its real domain: any base for an integer exponent, base > 0 (≥ 0 for a
    /// positive exponent) otherwise.
    case power(Expression, Expression)
    /// A function applied to its arguments, as many as the function takes.
    case call(Function, [Expression])
    /// The value of the first branch whose condition holds.
    case piecewise([Branch])
    /// Σ over an integer index whose bounds are not both known, or are far apart.
    case finiteSum(FiniteSum)
  }

  final class Node: Sendable {
    let form: Form
    let hash: Int
    let size: Int
    let depth: Int
    /// A one-word Bloom filter over the symbols below: a zero intersection proves absence.
    let symbolMask: UInt64
    let printedSize: Int

    init(_ form: Form) {
      self.form = form
      var hasher = Hasher()
      form.hash(into: &hasher)
      hash = hasher.finalize()
      var size = 1
      var depth = 0
      var mask: UInt64 = 0
      if case .symbol(let symbol) = form { mask = Expression.maskBit(of: symbol) }
      for child in form.children {
        size = Swift.min(size + child.node.size, Expression.sizeCeiling)
        depth = Swift.max(depth, child.node.depth)
        mask |= child.node.symbolMask
      }
      self.size = size
      self.depth = depth + 1
      symbolMask = mask
      printedSize = Swift.min(form.printedSize, Expression.sizeCeiling)
    }
  }

  /// Sizes saturate here, so that trees with heavy sharing cannot overflow the count.
  static let sizeCeiling = 1 << 40

  init(_ form: Form) { node = Node(form) }

  /// The outermost operation.
  public var form: Form { node.form }
  /// The number of nodes of the tree (shared subtrees counted each time, saturating).
  public var size: Int { node.size }
  /// The number of nodes on the longest path from the root to a leaf.
  public var depth: Int { node.depth }
}

/// One branch of a piecewise expression.
public struct Branch: Hashable, Sendable {
  /// The value where the branch applies.
  public let value: Expression
  /// When the branch applies, provided that no earlier one does.
  public let condition: Predicate
  /// `value` if `condition`.
  public init(_ value: Expression, if condition: Predicate) {
    self.value = value
    self.condition = condition
  }
}

/// Σ body over the integers index = lower, …, upper (zero when upper < lower).
public struct FiniteSum: Hashable, Sendable {
  /// The term, a formula in the index.
  public let body: Expression
  /// The summation index, bound in `body` only.
  public let index: Symbol
  /// The first value of the index.
  public let lower: Expression
  /// The last value of the index, at least `lower - 1`.
  public let upper: Expression
  /// Σ `body` over `index` = `lower`, …, `upper`.
  public init(_ body: Expression, over index: Symbol, from lower: Expression, to upper: Expression)
  {
    self.body = body
    self.index = index
    self.lower = lower
    self.upper = upper
  }
}

extension Expression: Hashable {
  /// Structural equality of canonical forms; unequal trees may still be equal as functions.
  public static func == (a: Expression, b: Expression) -> Bool {
    a.node === b.node || (a.node.hash == b.node.hash && a.node.form == b.node.form)
  }
  /// Feeds the hash cached in the root.
  public func hash(into hasher: inout Hasher) { hasher.combine(node.hash) }
}

extension Expression.Form {
  /// The direct subexpressions, those inside conditions included.
  public var children: [Expression] {
    switch self {
    case .rational, .pi, .symbol: []
    case .sum(let terms): terms
    case .product(let factors): factors
    case .power(let base, let exponent): [base, exponent]
    case .call(_, let arguments): arguments
    case .piecewise(let branches): branches.flatMap { [$0.value] + $0.condition.expressions }
    case .finiteSum(let sum): [sum.body, sum.lower, sum.upper]
    }
  }
}
