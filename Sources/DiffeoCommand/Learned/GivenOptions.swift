import ArgumentParser
import Formats
import Learning
import Symbolics

/// What a conditional model is given.
struct GivenOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Values of a model's given columns, as in u=26.7,type=spiral; those that may be missing can be \
      left out. A word with a comma stands in double quotes: 'type="spiral, barred"'.
      """,
      valueName: "column=value,…"))
  var given: String?

  @Option(
    help: ArgumentHelp("A table with the given columns: samples for each row.", valueName: "table"))
  var givenData: String?

  func validate() throws {
    if given != nil, givenData != nil {
      throw ValidationError("--given and --given-data exclude each other.")
    }
  }

  /// Whether nothing is given.
  var isEmpty: Bool { given == nil && givenData == nil }

  /// A row of what is given, or those of the table; nil for a joint density.
  func table(for model: ModelArgument, _ tables: TableOptions) throws -> Table? {
    let columns = model.learned.givenColumns
    guard columns.count > 0 else {
      guard given == nil, givenData == nil else {
        throw CommandFailure.usage("\(model.path) is a joint density: nothing can be given")
      }
      return nil
    }
    guard let givenData else { return try row(columns, model.path) }
    var options = model.learned.tableOptions
    options.columns = Set(columns.names)
    return try tables.reader(givenData, options).readAll()
  }

  private func row(_ columns: Columns, _ path: String) throws -> Table {
    let example = columns.names.map { "\(ColumnList.quotedIfNeeded($0))=…" }.joined(separator: ",")
    let isComplete = columns.mayBeMissing.allSatisfy { $0 }
    guard given != nil || isComplete else {
      throw CommandFailure.usage(
        "\(path) is a density given \(columns.names.joined(separator: ", "))",
        hint: "add --given \(example), or --given-data TABLE")
    }
    var values: [String: Double] = [:]
    for (part, sides) in ColumnList.pairs(given) {
      guard let (name, text) = sides else {
        throw CommandFailure.usage("--given: '\(part)' is no column=value", hint: example)
      }
      guard let column = columns.names.firstIndex(of: name) else {
        throw CommandFailure.usage(
          "--given: the model has no '\(name)'", hint: "needed: \(example)")
      }
      guard values[name] == nil else {
        throw CommandFailure.usage("--given: '\(name)' is there twice")
      }
      values[name] = try Self.value(text, columns.kinds[column], of: name)
    }
    let lacking = zip(columns.names, columns.mayBeMissing)
      .filter { values[$0.0] == nil && !$0.1 }.map(\.0)
    guard lacking.isEmpty else {
      throw CommandFailure.usage(
        "--given lacks \(lacking.joined(separator: ", "))", hint: "needed: \(example)")
    }
    Self.remarkFar(values, columns)
    return Table(columnNames: columns.names, values: columns.names.map { values[$0] ?? .nan })
  }

  /// In deviations of the values that a model learned from: farther out it only extrapolates.
  private static let far = 8.0

  /// Says so where a value is far from those that the model learned from.
  private static func remarkFar(_ values: [String: Double], _ columns: Columns) {
    for (column, name) in columns.names.enumerated() {
      if case .words = columns.kinds[column] { continue }
      let scaling = columns.scalings[column]
      guard let value = values[name], scaling.forward(value).magnitude > far else { continue }
      let range = scaling.usualRange
      Console.current.errorOutput(
        "note: \(name) = \(value) is far from the values that the model learned from, most of them between "
          + "\(range.lowerBound.digits(4)) and \(range.upperBound.digits(4)): what it says there is a guess\n"
      )
    }
  }

  /// A number, or the number of a word.
  private static func value(_ text: String, _ kind: ColumnKind, of name: String) throws -> Double {
    if case .words(let words) = kind {
      if let code = words.firstIndex(of: text) { return Double(code) }
      let near = Spelling.nearest(to: text, among: words)
      throw CommandFailure.usage(
        "--given: '\(text)' is no value of '\(name)'",
        hint: near.map { "did you mean '\($0)'?" }
          ?? "the model knows \(words.prefix(20).map(ColumnList.quotedIfNeeded).joined(separator: ", "))"
      )
    }
    guard let value = Double(text), value.isFinite else {
      throw CommandFailure.usage("--given: '\(text)' is no number", hint: "\(name)=1.5")
    }
    return value
  }
}
