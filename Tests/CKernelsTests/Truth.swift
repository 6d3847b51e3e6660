import CFlint

/// The binary formats that kernels compute in.
enum Format: String, CaseIterable, Sendable {
  case float, double

  /// Bits of the significand.
  var precision: Int { self == .float ? 24 : 53 }
  /// The exponent of the least subnormal number.
  var leastExponent: Int { self == .float ? -149 : -1074 }
  /// Every finite number is below two to this.
  var overflowExponent: Int { self == .float ? 128 : 1024 }
}

/// The true value of a function at one point, in units in the last place of a format.
enum Truth: Sendable {
  /// NaN is the only right answer.
  case undefined
  /// An infinity or a zero of this sign, and nothing else.
  case exactly(Double)
  /// (high + low) 2^exponent, 2^exponent the spacing of the format at the value; the pair is accurate to 2⁻⁷⁵.
  case finite(exponent: Int, high: Double, low: Double)

  /// The value at the centre of an enclosure that is known to be nonzero and narrow.
  init(_ enclosure: Enclosure, in format: Format) {
    let middle = UnsafeMutablePointer<arf_struct>.allocate(capacity: 2)
    let head = middle + 1
    arf_init(middle)
    arf_init(head)
    defer {
      arf_clear(middle)
      arf_clear(head)
      middle.deallocate()
    }
    enclosure.withValue { arb_get_lbound_arf(middle, $0, 160) }
    let size = arf_abs_bound_lt_2exp_si(middle)
    if size > format.overflowExponent + 1 {
      self = .exactly(arf_sgn(middle) < 0 ? -.infinity : .infinity)
      return
    }
    let top = min(size, format.overflowExponent)
    let exponent = max(top - format.precision, format.leastExponent)
    arf_mul_2exp_si(middle, middle, -exponent)
    let high = arf_get_d(middle, ARF_RND_NEAR)
    arf_set_d(head, high)
    arf_sub(middle, middle, head, 160, ARF_RND_NEAR)
    self = .finite(exponent: exponent, high: high, low: arf_get_d(middle, ARF_RND_NEAR))
  }

  /// A number known to the precision of `Double`, neither 0 nor subnormal.
  init(near value: Double, in format: Format) {
    let exponent = Int(value.exponent) + 1 - format.precision
    self = .finite(exponent: exponent, high: value * exp2(-exponent), low: 0)
  }

  /// |y - truth| in units in the last place; infinite where y is of another kind or sign.
  func error(of y: Double, in format: Format) -> Double {
    switch self {
    case .undefined: return y.isNaN ? 0 : .infinity
    case .exactly(let value):
      let same = value == y && (value != 0 || value.sign == y.sign)
      return same ? 0 : .infinity
    case .finite(let exponent, let high, let low):
      guard !y.isNaN else { return .infinity }
      guard y.isInfinite else {
        // The power of two may be beyond the range: in two halves it is not.
        let half = -exponent / 2
        let units = y * exp2(half) * exp2(-exponent - half)
        if units != 0, high != 0, units.sign != high.sign { return .infinity }
        return ((units - high) - low).magnitude
      }
      // An infinity stands for the first number that the format lacks.
      let first = exp2(format.overflowExponent - exponent)
      guard y.sign == high.sign, high.magnitude > first / 2 else { return .infinity }
      return max(0, (first - high.magnitude) - (high < 0 ? -low : low))
    }
  }
}

/// 2ᵏ for exponents of normal numbers.
private func exp2(_ k: Int) -> Double { Double(sign: .plus, exponent: k, significand: 1) }
