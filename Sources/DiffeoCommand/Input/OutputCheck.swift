import Formats

/// Where a command writes: never over what it reads.
enum OutputCheck {
  /// Ends the command, before any work, where it would write over a file that it reads or over another of its outputs.
  ///
  /// - Parameters:
  ///   - outputs: the paths of what is written, each with the option that names it; nil for none.
  ///   - inputs: the paths of what is read; nil for none, and - for standard input.
  static func check(
    _ outputs: [(option: String, path: String?)], against inputs: [String?]
  ) throws(CommandFailure) {
    var taken: [(what: String, path: String)] = []
    for path in inputs {
      if let path, path != "-" { taken.append(("a file that the command reads", path)) }
    }
    for (option, path) in outputs {
      guard let path else { continue }
      if let other = taken.first(where: { areSame($0.path, path) }) {
        throw .usage(
          "\(option): '\(path)' is \(other.what)",
          hint: "write to another file; what was there would be lost")
      }
      taken.append(("also what \(option) writes", path))
    }
  }

  private static func areSame(_ first: String, _ second: String) -> Bool {
    let identity = FileIdentity(path: first)
    guard identity == nil else { return identity == FileIdentity(path: second) }
    // A device can be both; a file that is not there yet only under one name.
    return first == second && !first.hasPrefix("/dev/")
  }
}
