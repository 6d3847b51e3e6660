import Exact

/// The signs that a quantity may have: a superset of the truth.
public struct SignSet: OptionSet, Hashable, Sendable {
  /// One bit a sign: 1 for negative, 2 for zero, 4 for positive.
  public let rawValue: UInt8
  /// The set with the given bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// < 0
  public static let negative = SignSet(rawValue: 1)
  /// = 0
  public static let zero = SignSet(rawValue: 2)
  /// > 0
  public static let positive = SignSet(rawValue: 4)

  /// Nothing known.
  public static let all: SignSet = [.negative, .zero, .positive]
  /// ≠ 0
  public static let nonzero: SignSet = [.negative, .positive]
  /// ≥ 0
  public static let nonnegative: SignSet = [.zero, .positive]
  /// ≤ 0
  public static let nonpositive: SignSet = [.negative, .zero]

  /// The set of one sign, given as a negative, zero or positive number.
  public init(sign: Int) { self = sign < 0 ? .negative : sign == 0 ? .zero : .positive }

  /// The signs with which `quantity relation 0` holds.
  public init(where relation: Relation) {
    switch relation {
    case .equal: self = .zero
    case .unequal: self = .nonzero
    case .less: self = .negative
    case .lessOrEqual: self = .nonpositive
    case .greater: self = .positive
    case .greaterOrEqual: self = .nonnegative
    }
  }

  /// Known to be > 0.
  public var isPositive: Bool { self == .positive }
  /// Known to be < 0.
  public var isNegative: Bool { self == .negative }
  /// Known to be 0.
  public var isZero: Bool { self == .zero }
  /// Known to be ≠ 0.
  public var isNonzero: Bool { !isEmpty && !contains(.zero) }
  /// Known to be ≥ 0.
  public var isNonnegative: Bool { !isEmpty && !contains(.negative) }
  /// Known to be ≤ 0.
  public var isNonpositive: Bool { !isEmpty && !contains(.positive) }
  /// Whether more than one sign remains.
  var isUndetermined: Bool { rawValue.nonzeroBitCount > 1 }
}

extension SignSet {
  /// The signs of -u.
  public static prefix func - (u: SignSet) -> SignSet {
    var result = u.intersection(.zero)
    if u.contains(.negative) { result.insert(.positive) }
    if u.contains(.positive) { result.insert(.negative) }
    return result
  }

  /// The signs of u + v.
  public static func + (u: SignSet, v: SignSet) -> SignSet {
    if u.isEmpty || v.isEmpty { return [] }
    if u == .zero { return v }
    if v == .zero { return u }
    let united = u.union(v)
    if united.isSuperset(of: .nonzero) {
      // Opposite signs may give anything, but only if they can meet: one on each side.
      let canMeet =
        (u.contains(.negative) && v.contains(.positive))
        || (u.contains(.positive) && v.contains(.negative))
      if canMeet { return .all }
    }
    return united.contains(.zero) && !(u.contains(.zero) && v.contains(.zero))
      ? united.subtracting(.zero) : united
  }

  /// The signs of u - v.
  public static func - (u: SignSet, v: SignSet) -> SignSet { u + (-v) }

  /// The signs of u·v.
  public static func * (u: SignSet, v: SignSet) -> SignSet {
    if u.isEmpty || v.isEmpty { return [] }
    var result: SignSet = []
    if u.contains(.zero) || v.contains(.zero) { result.insert(.zero) }
    if u.contains(.positive) { result.formUnion(v.subtracting(.zero)) }
    if u.contains(.negative) { result.formUnion(-v.subtracting(.zero)) }
    return result
  }

  /// The signs of u·c for a rational number c.
  func scaled(by c: Rational) -> SignSet { self * SignSet(sign: c.sign) }

  /// The signs of u^r, where it is defined: u ≥ 0 when r is no integer, u ≠ 0 when r < 0.
  func power(_ r: Rational) -> SignSet {
    if r.isZero { return isEmpty ? [] : .positive }
    var base = r.sign < 0 ? subtracting(.zero) : self
    if !r.isInteger { base.subtract(.negative) }
    if r.isInteger, (r / 2).isInteger, base.contains(.negative) {
      base.remove(.negative)
      base.insert(.positive)
    }
    return base
  }
}
