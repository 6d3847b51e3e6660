public import Formats

extension CertificateFile {
  /// Every certificate that a text holds: one by itself, a list of them, or the answers of `prove
  /// --json`, of a corpus run (an answer on each line) too; answers without a certificate are passed over.
  ///
  /// - Parameters:
  ///   - text: the contents of the file.
  ///   - file: what errors call the text.
  /// - Returns: the certificates, in the order of the text.
  /// - Throws: a `FormatError` when there is no certificate, or one that cannot be read.
  public static func all(in text: String, file: String) throws(FormatError) -> [CertificateFile] {
    var found: [CertificateFile] = []
    for document in try JSONValue.documents(in: text, file: file) {
      let place = JSONPlace(document.value, file: file, line: document.line)
      for certificate in try places(in: place) {
        found.append(try CertificateFile(reading: certificate))
      }
    }
    guard !found.isEmpty else {
      throw FormatError(
        .badContent, file: file, found: "no certificate",
        expected: "what 'diffeo prove --certificate' or 'diffeo prove --json' writes",
        hint: "a verdict that is undecided has none")
    }
    return found
  }

  /// The fields under which files and answers keep certificates.
  private static func places(in place: JSONPlace) throws(FormatError) -> [JSONPlace] {
    if case .array = place.value { return try places(inListAt: place) }
    if try place.optional("format") != nil { return [place] }
    if let list = try place.optional("certificates") { return try places(inListAt: list) }
    if let answers = try place.optional("problems") { return try places(inListAt: answers) }
    return try place.optional("certificate").map { [$0] } ?? []
  }

  private static func places(inListAt place: JSONPlace) throws(FormatError) -> [JSONPlace] {
    var found: [JSONPlace] = []
    for entry in try place.entries() { found += try places(in: entry) }
    return found
  }
}
