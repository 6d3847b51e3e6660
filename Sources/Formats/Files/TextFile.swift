/// A whole file as text.
public enum TextFile {
  /// The text of the file at `path`, or of standard input for `-`.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - maximumBytes: a larger file is refused.
  /// - Throws: a ``FormatError`` when the file is missing, cannot be read, is too large or is not
  ///   UTF-8.
  public static func read(
    path: String, maximumBytes: Int = 16 << 20
  ) throws(FormatError) -> String {
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    while try source.readOn() {
      source.take {
        bytes.append(contentsOf: $0)
        return ((), $0.count)
      }
      guard bytes.count <= maximumBytes else {
        throw FormatError(
          .badContent, file: source.name, found: "more than \(maximumBytes) bytes",
          expected: "a text of problems", hint: "split the file")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FormatError(
        .badContent, file: source.name, found: "the text is not UTF-8",
        hint: "save the file with the encoding UTF-8")
    }
    // A byte order mark is no part of the text.
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }
}
