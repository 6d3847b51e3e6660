/// Stops the program where a caller's mistake makes it senseless to go on.
///
/// Unlike `precondition`, it says in every build what is wrong: a program that was compiled with optimisations would
/// otherwise stop without a word. The message is made only then.
///
/// - Parameters:
///   - condition: what has to hold.
///   - message: a sentence with both numbers: the one that was found, and what was expected.
///   - file: where the requirement stands.
///   - line: where the requirement stands.
package func require(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { fatalError(message(), file: file, line: line) }
}

/// Stops unless there is something, and no more of it than a part of a model can be made of: more would take hours to
/// record, or no memory would hold it.
///
/// - Parameters:
///   - what: what is counted, as one of it is called.
///   - count: how many there are.
///   - limit: the most that there may be.
package func requireSome(_ what: String, _ count: Int, atMost limit: Int = 10_000) {
  require(count >= 1, "at least one \(what) expected, got \(count)")
  require(count <= limit, "\(count) \(what)s are too many; there may be \(limit)")
}

/// Stops unless [-bound, bound] is an interval.
///
/// - Parameter bound: its end.
package func requireBound(_ bound: Double) {
  require(bound > 0 && bound.isFinite, "a bound of \(bound) is not in (0, ∞)")
}
