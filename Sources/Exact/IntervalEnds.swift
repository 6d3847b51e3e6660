import CFlint

/// Two finite binary numbers lower ≤ upper.
///
/// `@unchecked Sendable` because both are written only by the initialiser and freed only by
/// `deinit`; Arb reads them through `const` pointers and lets any thread free a number.
final class IntervalEnds: @unchecked Sendable {
  private let memory: UnsafeMutablePointer<arf_struct>

  var lower: UnsafePointer<arf_struct> { UnsafePointer(memory) }
  var upper: UnsafePointer<arf_struct> { UnsafePointer(memory + 1) }

  /// `compute` writes the lower and the upper end; nil when either is infinite or not a number.
  init?(
    _ compute: (UnsafeMutablePointer<arf_struct>, UnsafeMutablePointer<arf_struct>) -> Void
  ) {
    memory = .allocate(capacity: 2)
    arf_init(memory)
    arf_init(memory + 1)
    compute(memory, memory + 1)
    if arf_is_finite(memory) == 0 || arf_is_finite(memory + 1) == 0 { return nil }
    assert(arf_cmp(memory, memory + 1) <= 0, "the ends of an interval are in the wrong order")
  }

  deinit {
    arf_clear(memory)
    arf_clear(memory + 1)
    memory.deallocate()
  }
}
