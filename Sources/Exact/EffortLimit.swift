import Synchronization

/// How much work the questions inside one call may do together, so that every call ends: a count of
/// formulas looked at, not of time, so that answers do not depend on the machine.
///
/// Signs, ranges, limits, normal forms, simplification, enclosures and searches draw on the innermost
/// limit around them and give up when it is spent: they answer "not known" or return what they were
/// given, which is always sound. Without a limit they have only those of their own.
public final class EffortLimit: Sendable {
  @TaskLocal private static var innermost: EffortLimit?

  private let left: Atomic<Int>
  private let outer: EffortLimit?

  private init(_ units: Int, within outer: EffortLimit?) {
    left = Atomic(units)
    self.outer = outer
  }

  /// The result of `body`, whose questions may spend so many units, and no more than are left of the
  /// limits around.
  ///
  /// - Parameters:
  ///   - units: About the number of formulas that are looked at; some 10^5 take a second.
  ///   - body: What to do.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public static func within<Value, Failure: Error>(
    _ units: Int, _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let limit = EffortLimit(min(units, remaining), within: innermost)
    let result: Result<Value, Failure> = $innermost.withValue(limit) {
      do throws(Failure) {
        return .success(try body())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// What may still be spent; without a limit more than anyone can.
  public static var remaining: Int {
    innermost.map { max(0, $0.left.load(ordering: .relaxed)) } ?? .max
  }

  /// Whether a limit is spent.
  public static var isSpent: Bool { remaining == 0 }

  /// Takes `units` from all limits around; false when one of them is spent.
  ///
  /// - Parameter units: What the next piece of work costs, about 10 microseconds each.
  /// - Returns: Whether it may be done.
  public static func spend(_ units: Int = 1) -> Bool {
    guard let limit = innermost else { return true }
    return limit.take(units)
  }

  private func take(_ units: Int) -> Bool {
    let isLeft = left.subtract(units, ordering: .relaxed).newValue >= 0
    return (outer?.take(units) ?? true) && isLeft
  }
}
