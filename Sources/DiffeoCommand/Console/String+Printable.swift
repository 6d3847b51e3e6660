extension String {
  /// The text with control characters, which could move a terminal's cursor or change its colours, as `\\u{1b}`. Names from
  /// a table may hold any.
  var printable: String {
    guard unicodeScalars.contains(where: Self.isControl) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      text += Self.isControl(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    return text
  }

  /// The same, but for ends of lines.
  var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
      .joined(separator: "\n")
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    // Marks of direction can make a text look like another one.
    case .control, .format, .lineSeparator, .paragraphSeparator: scalar != "\t"
    default: false
    }
  }
}
