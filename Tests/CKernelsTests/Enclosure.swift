import CFlint

/// A number of Arb's, alive as long as this object: the arithmetic in which true values are computed.
final class Enclosure {
  typealias Unary = (UnsafeMutablePointer<arb_struct>, UnsafePointer<arb_struct>, Int) -> Void
  typealias Binary = (
    UnsafeMutablePointer<arb_struct>, UnsafePointer<arb_struct>, UnsafePointer<arb_struct>, Int
  ) -> Void

  private let value: UnsafeMutablePointer<arb_struct>

  init() {
    value = .allocate(capacity: 1)
    arb_init(value)
  }

  convenience init(_ x: Double) {
    self.init()
    arb_set_d(value, x)
  }

  deinit {
    arb_clear(value)
    value.deallocate()
  }

  /// The number itself, which must not leave the call.
  func withValue<Result>(_ body: (UnsafeMutablePointer<arb_struct>) -> Result) -> Result {
    withExtendedLifetime(self) { body(value) }
  }

  /// f(self) for a function of Arb's with one argument.
  func map(_ function: Unary, _ precision: Int) -> Enclosure {
    let result = Enclosure()
    withValue { x in result.withValue { function($0, x, precision) } }
    return result
  }

  /// f(self, other) for a function of Arb's with two arguments.
  func map(_ function: Binary, _ other: Enclosure, _ precision: Int) -> Enclosure {
    let result = Enclosure()
    withValue { x in
      other.withValue { y in result.withValue { function($0, x, y, precision) } }
    }
    return result
  }

  func plus(_ other: Enclosure, _ precision: Int) -> Enclosure { map(arb_add, other, precision) }

  func minus(_ other: Enclosure, _ precision: Int) -> Enclosure { map(arb_sub, other, precision) }

  func times(_ other: Enclosure, _ precision: Int) -> Enclosure { map(arb_mul, other, precision) }

  func over(_ other: Enclosure, _ precision: Int) -> Enclosure { map(arb_div, other, precision) }

  /// self 2ᵏ, exactly.
  func scaled(byPowerOfTwo k: Int) -> Enclosure { map({ y, x, _ in arb_mul_2exp_si(y, x, k) }, 0) }

  var negated: Enclosure { map({ y, x, _ in arb_neg(y, x) }, 0) }

  /// π
  static func pi(_ precision: Int) -> Enclosure {
    let result = Enclosure()
    result.withValue { arb_const_pi($0, precision) }
    return result
  }
}
