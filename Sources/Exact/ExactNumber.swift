import CFlint

/// A real number given by an exact expression, with comparisons that can prove equality.
///
/// A number may be *unknown*, the result of an operation beyond the field's limits; every question
/// about it is answered nil. Functions return nil where the argument cannot be shown to lie in
/// their real domain, so that no complex number arises.
public final class ExactNumber: CustomStringConvertible {
  /// The field that the number belongs to; only numbers of one field can be combined.
  public let field: ExactField

  let value: UnsafeMutablePointer<ca_struct>

  init(
    in field: ExactField,
    _ compute: (UnsafeMutablePointer<ca_struct>, UnsafeMutablePointer<ca_ctx_struct>) -> Void
  ) {
    self.field = field
    value = .allocate(capacity: 1)
    ca_init(value, field.context)
    compute(value, field.context)
    if exact_number_is_oversized(value, field.context) != 0 { ca_unknown(value, field.context) }
  }

  deinit {
    ca_clear(value, field.context)
    value.deallocate()
  }

  /// Whether an operation gave up, so that nothing is known about the number.
  public var isUnknown: Bool { ca_is_special(value, field.context) != 0 }

  /// Whether the two numbers are equal; nil: not decided.
  public func isEqual(_ other: ExactNumber) -> Bool? {
    requireSameField(other)
    return decided(other) { ca_check_equal(value, other.value, field.context) }
  }

  /// Whether the number is 0; nil: not decided.
  public func isZero() -> Bool? {
    decided(self) { ca_check_is_zero(value, field.context) }
  }

  /// Whether this number is less than the other; nil: not decided.
  public func isLess(than other: ExactNumber) -> Bool? {
    requireSameField(other)
    return decided(other) { ca_check_lt(value, other.value, field.context) }
  }

  /// -1, 0 or 1; nil: not decided.
  public func sign() -> Int? {
    // A certain sign of an enclosure is far cheaper than an exact comparison.
    if let sign = enclosure(precision: 64).certifiedSign { return sign }
    if isZero() == true { return 0 }
    let zero = field.number(.zero)
    if isLess(than: zero) == true { return -1 }
    return zero.isLess(than: self) == true ? 1 : nil
  }

  /// The value when it is known to be rational.
  public var rational: Rational? {
    var result = fmpq(num: 0, den: 1)
    if ca_get_fmpq(&result, value, field.context) != 0 { return Rational(taking: result) }
    fmpq_clear(&result)
    return nil
  }

  /// An interval that contains the number, with ends of `precision` bits.
  public func enclosure(precision: Int) -> Ball {
    Ball.check(precision)
    if isUnknown { return .indeterminate }
    var complex = acb_struct()
    acb_init(&complex)
    defer { acb_clear(&complex) }
    ca_get_acb(&complex, value, precision + guardBits, field.context)
    return Ball(boundsOf: &complex.real, precision: precision)
  }

  /// Calcium's own notation, for reading only.
  public var description: String { stringTakingFlintMemory(ca_get_str(value, field.context)) }

  func requireSameField(_ other: ExactNumber) {
    precondition(field === other.field, "numbers of two different exact fields were combined")
  }

  private func decided(_ other: ExactNumber, _ check: () -> truth_t) -> Bool? {
    if isUnknown || other.isUnknown { return nil }
    return switch check() {
    case T_TRUE: true
    case T_FALSE: false
    default: nil
    }
  }
}

@available(*, unavailable)
extension ExactNumber: Sendable {}
