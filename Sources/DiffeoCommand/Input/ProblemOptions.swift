import ArgumentParser
import Exact
import Formats
import Symbolics

/// The options that choose problems: files or texts, one problem among several, parameter values.
struct ProblemOptions: ParsableArguments {
  @Option(
    name: [.customShort("e"), .customLong("expression")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A problem as text; statements end with ';'.", valueName: "text"))
  var texts: [String] = []

  @Option(
    name: .customLong("problem"),
    help: ArgumentHelp("Only the problem with this name (repeatable).", valueName: "name"))
  var names: [String] = []

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The value of a parameter, as in K=7, b=1,2 or A=[[1,2],[3,4]] (repeatable).",
      valueName: "name=value")
  )
  var settings: [String] = []

  /// The texts of all files and options, each with the name that messages use.
  func texts(in files: [String]) throws -> [(text: String, file: String)] {
    guard !files.isEmpty || !texts.isEmpty else {
      throw CommandFailure.usage(
        "no problem is given", hint: "name a file, '-' for standard input, or use -e 'TEXT'")
    }
    return try files.map { file in
      (try TextFile.read(path: file), file == "-" ? "standard input" : file)
    } + texts.map { ($0, "-e") }
  }

  /// The problems of all files and texts, with the parameters set, those asked for by name.
  func problems(in files: [String]) throws -> [Problem] {
    try setting(problemsAsWritten(in: files))
  }

  /// The problems of all files and texts, those asked for by name, with no parameter set yet.
  func problemsAsWritten(in files: [String]) throws -> [Problem] {
    var all: [Problem] = []
    for (text, file) in try texts(in: files) {
      let parsed = try FlowParser.parseFile(text, file: file)
      for warning in parsed.warnings { Console.current.errorOutput("\(warning)\n") }
      all += parsed.problems
    }
    return try select(from: all)
  }

  private func select(from all: [Problem]) throws -> [Problem] {
    guard !names.isEmpty else { return all }
    for name in names where !all.contains(where: { $0.name == name }) {
      let known = all.map(\.name).joined(separator: ", ")
      throw CommandFailure.usage("there is no problem '\(name)'", hint: "there are: \(known)")
    }
    return all.filter { names.contains($0.name) }
  }

  /// The values of the parameters that are set and are one number.
  func scalarSettings() throws -> [Symbol: Expression] {
    try settings.map { try ParameterSetting($0) }.reduce(into: [:]) { $0[$1.symbol] = $1.scalar }
  }

  /// The problems with the parameters set.
  func setting(_ problems: [Problem]) throws -> [Problem] {
    guard !settings.isEmpty else { return problems }
    let values = try settings.map { try ParameterSetting($0) }
    for (position, value) in values.enumerated()
    where values[..<position].contains(where: { $0.symbol == value.symbol }) {
      throw CommandFailure.usage(
        "the parameter \(value.symbol) is set twice", hint: "give it one value: --set NAME=VALUE")
    }
    for value in values where !problems.contains(where: { value.applies(to: $0) }) {
      let known = problems.flatMap(\.parameters).map(\.symbol.name)
      throw CommandFailure.usage(
        "no problem has a parameter '\(value.symbol)'",
        hint: known.isEmpty ? "the problem has none" : "there are: \(known.joined(separator: ", "))"
      )
    }
    return try problems.map { problem in
      var result = problem
      for value in values where value.applies(to: problem) { result = try value.put(into: result) }
      return result
    }
  }
}
