import Foundation

/// A number computed in `Double`, with its condition: a first-order bound, in units of ε, of how far
/// rounding every operation on the way and perturbing the inputs by their own condition can move it.
struct RunningValue {
  let value: Double
  let condition: Double

  /// An exact number.
  init(_ value: Double) { self.init(value, condition: 0) }

  init(_ value: Double, condition: Double) {
    self.value = value
    self.condition = condition
  }

  /// The result of an operation: what its operands carry, and its own rounding.
  private init(rounding value: Double, carrying condition: Double) {
    self.init(value, condition: condition + value.magnitude)
  }

  static func + (a: Self, b: Self) -> Self {
    Self(rounding: a.value + b.value, carrying: a.condition + b.condition)
  }

  static func * (a: Self, b: Self) -> Self {
    Self(
      rounding: a.value * b.value,
      carrying: a.value.magnitude * b.condition + b.value.magnitude * a.condition)
  }

  /// g(self), where |g'| = `slope` there.
  func mapped(to value: Double, slope: Double) -> Self {
    Self(rounding: value, carrying: condition == 0 ? 0 : slope * condition)
  }
}
