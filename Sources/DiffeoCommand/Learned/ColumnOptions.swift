import ArgumentParser
import Formats
import Learning
import Symbolics

/// Which columns of a table are modelled, which are given, and where they lie.
struct ColumnOptions: ParsableArguments {
  @Option(
    name: .customLong("columns"),
    help: ArgumentHelp("The columns to model; by default all that are not given.", valueName: "a,b")
  )
  var modelled: String?

  @Option(help: ArgumentHelp("Columns that the density is conditioned on.", valueName: "a,b"))
  var given: String?

  @Option(
    help: ArgumentHelp("Columns of positive numbers; samples are positive too.", valueName: "a,b"))
  var positive: String?

  @Option(
    name: .customLong("bounds"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The open interval that a column lies in, as in share=0:1 (repeatable).",
      valueName: "column=a:b"))
  var bounds: [String] = []

  /// The names of the columns to model and of those given.
  func chosen(of table: Table) throws -> (modelled: [String], given: [String]) {
    let given = try names(given, of: table)
    let modelled =
      try modelled.map { try names($0, of: table) }
      ?? table.columnNames.filter { !given.contains($0) }
    if let both = modelled.first(where: given.contains) {
      throw CommandFailure.usage("column '\(both)' is both modelled and given")
    }
    guard !modelled.isEmpty else {
      throw CommandFailure.usage("no column is left to model", hint: "give fewer columns")
    }
    return (modelled, given)
  }

  /// The maps of the columns whose place is stated.
  func maps(of table: Table) throws -> [String: ColumnMap] {
    var maps: [String: ColumnMap] = [:]
    for name in try names(positive, of: table) { maps[name] = .log(above: 0) }
    for text in bounds {
      let (name, map) = try Self.interval(text)
      _ = try names(name, of: table)
      maps[name] = map
    }
    return maps
  }

  private func names(_ list: String?, of table: Table) throws -> [String] {
    guard let list else { return [] }
    let names = list.split(separator: ",").map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    for (index, name) in names.enumerated() {
      guard table.columnNames.contains(name) else {
        let near = Spelling.nearest(to: name, among: table.columnNames)
        throw CommandFailure.usage(
          "there is no column '\(name)'",
          hint: near.map { "did you mean '\($0)'?" }
            ?? "the columns are \(table.columnNames.joined(separator: ", "))")
      }
      if names[..<index].contains(name) {
        throw CommandFailure.usage("column '\(name)' is named twice")
      }
    }
    return names
  }

  /// `name=a:b`; an end that is left out is infinite.
  private static func interval(_ text: String) throws -> (String, ColumnMap) {
    let wrong = CommandFailure.usage(
      "--bounds: '\(text)' is no interval",
      hint: "write column=a:b with a < b, as in --bounds share=0:1, or mass=0: for no upper end")
    guard let equals = text.lastIndex(of: "=") else { throw wrong }
    let ends = text[text.index(after: equals)...]
      .split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count == 2, let lower = Double(ends[0]), lower.isFinite else { throw wrong }
    let name = String(text[..<equals])
    if ends[1].isEmpty { return (name, .log(above: lower)) }
    guard let upper = Double(ends[1]), upper.isFinite, lower < upper else { throw wrong }
    return (name, .logit(lower: lower, upper: upper))
  }
}
