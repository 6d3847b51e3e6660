public import Formats

extension LearnedDistribution {
  /// How a table is to be read for this distribution: only its columns are looked at, words are those that it knows,
  /// and missing values are NaN.
  public var tableOptions: CSVOptions {
    var options = CSVOptions()
    options.columns = Set(columns.names + givenColumns.names)
    options.acceptsMissing = true
    var words: [String: [String]] = [:]
    for (name, kind) in zip(givenColumns.names, givenColumns.kinds) {
      if case .words(let list) = kind { words[name] = list }
    }
    options.words = .known(words)
    return options
  }
}
