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
