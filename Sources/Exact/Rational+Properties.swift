import CFlint

extension Rational {
  /// p of p/q in lowest terms with q > 0.
  public var numerator: Rational {
    switch storage {
    case .small(let numerator, _): Rational(numerator)
    case .large: withFraction { value in Rational(integer: { fmpz_set($0, numeratorOf(value)) }) }
    }
  }

  /// q > 0 of p/q in lowest terms.
  public var denominator: Rational {
    switch storage {
    case .small(_, let denominator): Rational(denominator)
    case .large: withFraction { value in Rational(integer: { fmpz_set($0, denominatorOf(value)) }) }
    }
  }

  /// Whether q = 1.
  public var isInteger: Bool {
    switch storage {
    case .small(_, let denominator): denominator == 1
    case .large: withFraction { fmpz_is_one(denominatorOf($0)) == 1 }
    }
  }

  /// Whether the value is 0.
  public var isZero: Bool {
    if case .small(0, _) = storage { true } else { false }
  }

  /// Whether the value is 1.
  public var isOne: Bool {
    if case .small(1, 1) = storage { true } else { false }
  }

  /// -1, 0 or 1.
  public var sign: Int {
    switch storage {
    case .small(let numerator, _): numerator.signum()
    case .large: withFraction { Int(fmpq_sgn($0)) }
    }
  }

  /// |x|.
  public var magnitude: Rational { sign < 0 ? -self : self }

  /// The value as an `Int`, or nil when it is not an integer or too large.
  public var asInt: Int? {
    switch storage {
    case .small(let numerator, 1): numerator
    case .small: nil
    case .large: self == Rational(.min) ? .min : nil
    }
  }

  /// The number of binary digits of the longer of |p| and q.
  public var bitLength: Int {
    switch storage {
    case .small(let numerator, let denominator):
      Int.bitWidth - max(numerator.magnitude, denominator.magnitude).leadingZeroBitCount
    case .large: withFraction { Int(fmpq_height_bits($0)) }
    }
  }

  /// The largest integer not above the value.
  public func floor() -> Rational {
    switch storage {
    case .small(_, 1): self
    case .small(let numerator, let denominator):
      Rational(numerator / denominator - (numerator < 0 ? 1 : 0))
    case .large:
      withFraction { value in
        Rational(integer: { fmpz_fdiv_q($0, numeratorOf(value), denominatorOf(value)) })
      }
    }
  }
}

extension Rational: Hashable, Comparable {
  /// Whether the values are equal.
  public static func == (left: Rational, right: Rational) -> Bool {
    switch (left.storage, right.storage) {
    case (.small(let a, let b), .small(let c, let d)): a == c && b == d
    case (.large(let a), .large(let b)): a === b || fmpq_equal(a.fraction, b.fraction) == 1
    default: false
    }
  }

  /// Equal values hash equally, because each has one representation.
  public func hash(into hasher: inout Hasher) {
    switch storage {
    case .small(let numerator, let denominator):
      hasher.combine(numerator)
      hasher.combine(denominator)
    case .large(let big): big.hash(into: &hasher)
    }
  }

  /// Whether x < y.
  public static func < (left: Rational, right: Rational) -> Bool {
    if case .small(let a, let b) = left.storage, case .small(let c, let d) = right.storage {
      if b == d { return a < c }
      return Int128(a) * Int128(d) < Int128(c) * Int128(b)
    }
    return left.withFraction { l in right.withFraction { r in fmpq_cmp(l, r) < 0 } }
  }
}

/// The numerator inside a FLINT fraction (a macro in C).
func numeratorOf(_ value: UnsafePointer<fmpq>) -> UnsafePointer<fmpz> {
  UnsafePointer(fmpq_numerator_pointer(value))
}

/// The denominator inside a FLINT fraction (a macro in C).
func denominatorOf(_ value: UnsafePointer<fmpq>) -> UnsafePointer<fmpz> {
  UnsafePointer(fmpq_denominator_pointer(value))
}
