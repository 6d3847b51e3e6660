import CFlint

/// p/q in lowest terms, q > 0, at least one of the two too large for `Rational`'s inline form.
///
/// `@unchecked Sendable` because the FLINT number is written only by the initialiser and freed only
/// by `deinit`; FLINT reads it through `const` pointers and lets any thread free a number.
final class BigFraction: @unchecked Sendable {
  let fraction: UnsafePointer<fmpq>
  private let owned: UnsafeMutablePointer<fmpq>

  /// Takes over the memory of `value`, which the caller must not use or clear afterwards.
  init(taking value: fmpq) {
    owned = .allocate(capacity: 1)
    owned.initialize(to: value)
    fraction = UnsafePointer(owned)
  }

  deinit {
    fmpq_clear(owned)
    owned.deallocate()
  }

  /// Equal fractions have equal limbs, because the form is canonical.
  func hash(into hasher: inout Hasher) {
    hasher.combine(fmpq_sgn(fraction))
    BigFraction.hashLimbs(of: fraction.pointee.num, into: &hasher)
    BigFraction.hashLimbs(of: fraction.pointee.den, into: &hasher)
  }

  private static func hashLimbs(of integer: fmpz, into hasher: inout Hasher) {
    withUnsafePointer(to: integer) { pointer in
      let count = Int(fmpz_size(pointer))
      hasher.combine(count)
      let limbs = [UInt](unsafeUninitializedCapacity: max(count, 1)) { buffer, initialized in
        buffer[0] = 0
        fmpz_get_magnitude(buffer.baseAddress!, Int(count), pointer)
        initialized = max(count, 1)
      }
      hasher.combine(limbs)
    }
  }
}
