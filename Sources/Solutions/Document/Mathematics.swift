import Exact
public import Symbolics

/// A piece of mathematics inside a solution: what is meant, to be set by each writer in its own way.
public indirect enum Mathematics: Sendable, Hashable {
  /// A formula.
  case expression(Expression)
  /// A condition.
  case predicate(Predicate)
  /// A set of points.
  case region(Region)
  /// The points where a condition holds: {x1 > 0}.
  case locus(Predicate)
  case interval(Interval)
  /// A point or a list of formulas: (u1, …, un); its one entry alone when n = 1.
  case vector([Expression])
  case matrix([[Expression]])
  /// A fixed sign or name: f, f^-1, det Df.
  case notation(Notation)
  /// g(arguments)
  case application(Notation, [Mathematics])
  /// The factors as they stand, not multiplied out: 1/8 * 1/3.
  case product([Mathematics])
  /// The terms as they stand, not added up.
  case sum([Mathematics])
  /// |u|
  case absolute(Mathematics)
  /// A rounded value as its digits: 0.0416667.
  case decimal(String)
  /// first link1.relation link1.side link2.relation …: a = b < c.
  case chain(Mathematics, [Link])

  /// One further side of a chain.
  public struct Link: Sendable, Hashable {
    /// How the side before compares to this one.
    public let relation: Sign
    /// The next side.
    public let side: Mathematics
    /// `relation` followed by `side`.
    public init(_ relation: Sign, _ side: Mathematics) {
      self.relation = relation
      self.side = side
    }
  }

  /// What stands between the sides of a chain.
  public enum Sign: Sendable, Hashable {
    case equal, unequal, less, lessOrEqual, greater, greaterOrEqual
    case approximately
    case isIn, isNotIn
    /// z ↦ f(z)
    case mapsTo
    /// X → Y, and the approach to a limit
    case to
    case distributed
  }

  /// A name or sign with its spelling in plain text and in LaTeX.
  public struct Notation: Sendable, Hashable {
    /// The spelling in plain text.
    public let text: String
    /// The spelling in a LaTeX mathematics environment.
    public let latex: String
    /// The notation spelled `text` and `latex`.
    public init(_ text: String, latex: String) {
      self.text = text
      self.latex = latex
    }
  }
}

extension Mathematics {
  /// self with the decimal number that `value`, its last side, has at its end, `= 0.25` or, rounded,
  /// `~ 0.333333`; self as it is when that is a whole number already or contains parameters.
  func withDecimal(of value: Expression, digits: Int) -> Mathematics {
    guard value.isConstant, value.rationalValue?.isInteger != true,
      let decimal = ExactConstant.decimal(of: value, significantDigits: digits)
    else { return self }
    let isExact = value.rationalValue.map { Rational(decimal) == $0 } ?? false
    return linked(isExact ? .equal : .approximately, .decimal(decimal))
  }

  /// self = other
  public func equals(_ other: Mathematics) -> Mathematics { linked(.equal, other) }

  /// self `relation` other; a chain grows by one link.
  public func linked(_ relation: Sign, _ other: Mathematics) -> Mathematics {
    switch (self, other) {
    case (.chain(let first, let links), .chain(let second, let more)):
      .chain(first, links + [Link(relation, second)] + more)
    case (.chain(let first, let links), _): .chain(first, links + [Link(relation, other)])
    case (_, .chain(let second, let more)): .chain(self, [Link(relation, second)] + more)
    default: .chain(self, [Link(relation, other)])
    }
  }

  /// f(arguments), with the entries of the point as the arguments.
  public static func value(of map: Notation, at point: [Expression]) -> Mathematics {
    .application(map, point.map { .expression($0) })
  }

  /// The symbol as mathematics.
  public static func symbol(_ symbol: Symbol) -> Mathematics { .expression(Expression(symbol)) }
}

extension Mathematics.Notation {
  /// f
  public static let map = Self("f", latex: "f")
  /// f⁻¹
  public static let inverse = Self("f^-1", latex: "f^{-1}")
  /// Df
  public static let jacobian = Self("Df", latex: "Df")
  /// det Df
  public static let determinant = Self("det Df", latex: #"\det Df"#)
  /// log|det Df|
  public static let logDet = Self("log|det Df|", latex: #"\log\lvert\det Df\rvert"#)
  /// det Df⁻¹
  public static let inverseDeterminant = Self("det Df^-1", latex: #"\det Df^{-1}"#)
  /// The density of z.
  public static let baseDensity = Self("p1", latex: "p_1")
  /// The density of x = f(z).
  public static let density = Self("p2", latex: "p_2")
  /// ⇐, the direction of an equivalence that is being shown.
  public static let backward = Self("<=", latex: #"\Leftarrow"#)
  /// ⇒, likewise.
  public static let forward = Self("=>", latex: #"\Rightarrow"#)
}
