/// A text with the name under which messages speak of it.
struct SourceText: Sendable {
  let file: String
  let scalars: [Unicode.Scalar]

  init(_ text: String, file: String) {
    self.file = file
    scalars = Array(text.unicodeScalars.prefix(LanguageLimits.fileLength + 1))
  }

  /// The piece of text in `range`.
  subscript(range: SourceRange) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range.lower..<range.upper])
    return String(view)
  }

  /// The piece of text in `range` on one line, with single spaces.
  func squashed(_ range: SourceRange) -> String {
    self[range].split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The piece of text in `range` for a message, cut where it is long.
  func quoted(_ range: SourceRange) -> String {
    let longest = 80
    if range.upper - range.lower <= longest { return squashed(range) }
    return squashed(SourceRange(range.lower, range.lower + longest)) + "…"
  }

  /// The line and column of a position, counted from 1, and the range of that line.
  func location(of offset: Int) -> (line: Int, column: Int, lineRange: SourceRange) {
    let before = scalars[..<min(offset, scalars.count)]
    let line = before.count { $0 == "\n" } + 1
    let start = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let end = scalars[start...].firstIndex(of: "\n") ?? scalars.count
    return (line, before.count - start + 1, SourceRange(start, end))
  }
}

/// A half-open range of positions in a source text.
struct SourceRange: Hashable, Sendable {
  var lower: Int
  var upper: Int

  init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// From the start of this range to the end of `other`.
  func joined(to other: SourceRange) -> SourceRange {
    SourceRange(lower, max(upper, other.upper))
  }
}
