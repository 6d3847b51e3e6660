/// One step of a program, as data. Its operands are listed beside it in a `Node`.
///
/// A tensor is `count` values a row (see `Shape`); "feature" means one of them, in row-major order
/// of the extents. Every operation is closed under differentiation: its pullback consists of
/// operations of this list.
public enum Operation: Hashable, Sendable {
  /// The batch's input number `i`.
  case input(Int)
  /// The parameter number `i` of the program.
  case parameter(Int)
  /// Fixed numbers, one a feature.
  case constant(FixedNumbers)
  /// B, the number of rows.
  case rowCount
  /// y = f(x), feature by feature.
  case unary(UnaryFunction)
  /// y = f(a, b), feature by feature; an operand with one feature, or without rows, is repeated.
  case binary(BinaryFunction)
  /// y = a where c ≠ 0, else b; operands c, a, b.
  case select
  /// y[i] = x[indices[i]]
  case gather([Int])
  /// y[indices[i]] += x[i], the rest 0.
  case scatter([Int])
  /// The features of all operands, one operand after the other.
  case concatenate
  /// Reduces the last axis.
  case reduce(Reduction)
  /// y[i] = Σ_{j ≤ i} x[j] along the last axis (`backward`: Σ_{j ≥ i}).
  case cumulativeSum(backward: Bool)
  /// y = Σ over the rows; the sum is kept in Double.
  case sumRows
  /// y = x for every row.
  case spread
  /// y = W x (`transposed`: Wᵀ x); operands W `[out, in]` and x `[B, in]` (`[B, out]`).
  case linear(transposed: Bool)
  /// W = Σ over the rows of a bᵀ; operands a `[B, m]` and b `[B, n]`.
  case outerRows
  /// C = A B for matrices without rows: `[m, k]`, `[k, n]`.
  case matrixProduct
  /// Solves T y = x for a triangular T `[n, n]`; operands T and x.
  case triangularSolve(Triangle)
  /// y = x, but no gradient flows back.
  case stopGradient
  /// A tensor without a value, for tracing a map that is linear in it. None is left in a program.
  case placeholder
  /// The argument number `i` of the body of a loop.
  case argument(Int)
  /// A body run again and again; operands are the initial states and what the body captures, the
  /// result is all final states, one after the other.
  case loop(Loop)
  /// y = x where x solves an equation; operands are x and what the equation captures.
  case root(Root)
  /// Several of the above in one kernel.
  case fused(FusedOperation)
}

extension Operation {
  /// How many indices or numbers are part of it.
  var heldCount: Int {
    switch self {
    case .gather(let indices), .scatter(let indices): indices.count
    case .constant(let numbers): numbers.values.count
    default: 0
    }
  }
}

/// The numbers of a constant. They are equal where all their bits are: 0 is not -0.
public struct FixedNumbers: Hashable, Sendable {
  /// One a feature.
  public let values: [Double]

  /// The same numbers, bit by bit.
  public static func == (a: FixedNumbers, b: FixedNumbers) -> Bool {
    a.values.elementsEqual(b.values) { $0.bitPattern == $1.bitPattern }
  }

  /// Feeds all bits to the hasher.
  public func hash(into hasher: inout Hasher) {
    for value in values { hasher.combine(value.bitPattern) }
  }
}

/// How the last axis is reduced.
public enum Reduction: Hashable, Sendable, CaseIterable {
  /// Σ x
  case sum
  /// max x
  case maximum
}

/// Which part of a square matrix is used, and how.
public struct Triangle: Hashable, Sendable {
  /// The part on and below the diagonal; otherwise on and above it.
  public let isLower: Bool
  /// The diagonal counts as 1, whatever is stored.
  public let hasUnitDiagonal: Bool
  /// Solve with Tᵀ instead of T.
  public let isTransposed: Bool

  /// The triangle of T that is used; `isTransposed` solves Tᵀ y = x.
  public init(isLower: Bool, hasUnitDiagonal: Bool = false, isTransposed: Bool = false) {
    self.isLower = isLower
    self.hasUnitDiagonal = hasUnitDiagonal
    self.isTransposed = isTransposed
  }

  /// The same triangle, solved with the transposed matrix.
  var transposed: Triangle {
    Triangle(
      isLower: isLower, hasUnitDiagonal: hasUnitDiagonal, isTransposed: !isTransposed)
  }
}

/// An operation, the numbers of the nodes that it uses, and the shape of its result.
public struct Node: Hashable, Sendable {
  /// What is done.
  public let operation: Operation
  /// The operands, as numbers of earlier nodes.
  public let operands: [Int]
  /// The shape of the result.
  public let shape: Shape
}
