import Synchronization

/// How much work the questions inside one call may do together, so that every call ends: a count of
/// formulas looked at, not of time, so that answers do not depend on the machine.
///
/// Signs, ranges, limits, normal forms, simplification, enclosures and searches draw on the innermost
/// limit around them and give up when it is spent: they answer "not known" or return what they were
/// given, which is always sound. Without a limit they have only those of their own.
///
/// A limit may have a deadline too, at which all is spent. What was found until then depends on the machine:
/// who sets one asks ``isOutOfTime`` at the end and, if so, takes back what was not settled.
public final class EffortLimit: Sendable {
  @TaskLocal private static var innermost: EffortLimit?

  private let left: Atomic<Int>
  private let outer: EffortLimit?
  /// The earliest deadline of this limit and those around it.
  private let deadline: Deadline?
  /// The clock is read each time that so many units are spent, a millisecond or so.
  private static let unitsBetweenLooks = 128

  private init(_ units: Int, until own: Deadline?, within outer: EffortLimit?) {
    left = Atomic(units)
    self.outer = outer
    if let own, let earlier = outer?.deadline {
      deadline = own.isBefore(earlier) ? own : earlier
    } else {
      deadline = own ?? outer?.deadline
    }
  }

  /// The result of `body`, whose questions may spend so many units, and no more than are left of the
  /// limits around.
  ///
  /// - Parameters:
  ///   - units: About the number of formulas that are looked at; some 10^5 take a second.
  ///   - deadline: When all is spent, if not earlier.
  ///   - body: What to do.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public static func within<Value, Failure: Error>(
    _ units: Int, until deadline: Deadline? = nil,
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let limit = EffortLimit(min(units, remaining), until: deadline, within: innermost)
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
    guard let limit = innermost else { return .max }
    return limit.deadline?.wasOver == true ? 0 : max(0, limit.left.load(ordering: .relaxed))
  }

  /// Whether a deadline has passed.
  public static var isOutOfTime: Bool { innermost?.deadline?.look() ?? false }

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
    let (before, after) = left.subtract(units, ordering: .relaxed)
    let isOuterLeft = outer?.take(units) ?? true
    let isLookDue = before / Self.unitsBetweenLooks != after / Self.unitsBetweenLooks
    let isOver = deadline.map { isLookDue ? $0.look() : $0.wasOver } ?? false
    return isOuterLeft && after >= 0 && !isOver
  }
}
