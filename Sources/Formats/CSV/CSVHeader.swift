/// Decides whether a file's first record names its columns, and takes the names from it.
struct CSVHeader {
  let file: String
  let options: CSVOptions
  let delimiter: UInt8

  /// The column names, or nil if the record is the first row of numbers.
  func names(from record: CSVRecord) throws(FormatError) -> [String]? {
    switch options.header {
    case .absent: return nil
    case .present: return try checkedNames(record)
    case .automatic: return try isHeader(record) ? checkedNames(record) : nil
    }
  }

  private func isHeader(_ record: CSVRecord) throws(FormatError) -> Bool {
    var number: Int?
    var word: Int?
    for index in record.fields.indices {
      let text = record[index].trimmingBlanks()
      if text.isEmpty { continue }
      if DecimalNumber.parse(text) != nil { number = number ?? index } else { word = word ?? index }
    }
    guard let word else { return false }
    guard let number else { return true }
    let field = record.fields[word]
    throw FormatError(
      .badContent, file: file, line: field.line, column: field.column,
      found: "\(FormatError.quote(record[word])) beside \(FormatError.quote(record[number]))",
      expected: "only names or only numbers in the first line",
      hint: CSVDelimiter.hint(for: record.bytes, delimiter: delimiter)
        ?? "correct the cell, or say by --header or --no-header whether the first line names the columns"
    )
  }

  private func checkedNames(_ record: CSVRecord) throws(FormatError) -> [String] {
    var names: [String] = []
    var columns: [String: Int] = [:]
    for index in record.fields.indices {
      let bytes = record.trimmed(index)
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw failure(record, index, "a name that is not UTF-8", hint: "save the file as UTF-8")
      }
      guard !name.isEmpty else {
        throw failure(record, index, "a column without a name", hint: "name it, or remove it")
      }
      if let earlier = columns.updateValue(index, forKey: name) {
        throw failure(
          record, index, "\(FormatError.quote(bytes)) is also the name of column \(earlier + 1)",
          hint: "rename one of the two")
      }
      names.append(name)
    }
    return names
  }

  private func failure(
    _ record: CSVRecord, _ index: Int, _ found: String, hint: String
  ) -> FormatError {
    let field = record.fields[index]
    return FormatError(
      .badContent, file: file, line: field.line, column: field.column, found: found,
      expected: "different column names", hint: hint)
  }
}
