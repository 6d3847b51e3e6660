/// What the cells of each column are read as: a number, the number of a word, or nothing.
struct CSVCells {
  private enum Role { case numbers, words, undecided, ignored }

  private let options: CSVOptions
  private let names: [String]
  private var roles: [Role]
  private var lists: [[String]]
  private var codes: [[String: Int]]

  /// So many words are no categories, but names or remarks.
  private static let mostWords = 1000

  init(columnNames names: [String], options: CSVOptions) {
    self.options = options
    self.names = names
    let known: [String: [String]] = if case .known(let lists) = options.words { lists } else { [:] }
    roles = names.map { name in
      guard options.needs(name) else { return .ignored }
      if known[name] != nil { return .words }
      if case .found(let names) = options.words, names.contains(name) { return .undecided }
      return .numbers
    }
    lists = names.map { known[$0] ?? [] }
    codes = lists.map { list in
      Dictionary(list.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Whether rows of numbers can be read without looking at their columns.
  var areNumbers: Bool { roles.allSatisfy { $0 == .numbers || $0 == .ignored } }

  /// The words of the columns that have any.
  var words: [String: [String]] {
    var words: [String: [String]] = [:]
    for (column, role) in roles.enumerated() where role == .words {
      words[names[column]] = lists[column]
    }
    return words
  }

  /// The value of a cell; nil where it has none.
  mutating func value(_ text: ArraySlice<UInt8>, column: Int) -> Double? {
    if roles[column] == .ignored { return DecimalNumber.parse(text) ?? .nan }
    let isMissing = Self.isMissing(text)
    if isMissing, options.acceptsMissing { return .nan }
    if roles[column] != .numbers, isMissing { return nil }
    if roles[column] == .undecided {
      roles[column] = DecimalNumber.parse(text) == nil ? .words : .numbers
    }
    if roles[column] == .words { return code(text, column) }
    return DecimalNumber.parse(text).flatMap { options.accepts($0) ? $0 : nil }
  }

  /// What `value` would have accepted.
  func expected(column: Int, found text: ArraySlice<UInt8>) -> String {
    let place = "in column '\(names[column])'"
    guard roles[column] == .words, !Self.isMissing(text) else {
      let isNumber = !text.isEmpty && DecimalNumber.parse(text) != nil
      return (isNumber ? "a finite number " : "a number ") + place
    }
    guard case .known = options.words else {
      return "at most \(Self.mostWords) different words \(place)"
    }
    let known = lists[column].prefix(20).map { FormatError.quote($0.utf8) }
    return "one of \(known.joined(separator: ", ")) \(place)"
  }

  static func isMissing(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 4 else { return false }
    return ["", "na", "n/a", "nan", "null"].contains(
      String(decoding: text, as: UTF8.self).lowercased())
  }

  private mutating func code(_ text: ArraySlice<UInt8>, _ column: Int) -> Double? {
    guard let word = String(validating: text, as: UTF8.self) else { return nil }
    if let code = codes[column][word] { return Double(code) }
    guard case .found = options.words, lists[column].count < Self.mostWords else { return nil }
    codes[column][word] = lists[column].count
    lists[column].append(word)
    return Double(lists[column].count - 1)
  }
}
