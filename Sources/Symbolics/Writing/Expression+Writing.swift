extension Expression: CustomStringConvertible {
  /// The formula as plain text, in the formula language: `e^(-x1/2) x2`.
  public var text: String { TextNotation().write(Notation(self)) }
  /// The formula in the syntax of the corpus and of JSON answers: `exp(-x1/2)*x2`.
  public var corpusText: String { CorpusNotation().write(Notation(self, .corpus)) }
  /// The formula in the syntax of the corpus with every function by its own name, so that it reads back
  /// as the same expression: `root(x1, 5)`, where `corpusText` spells fifth roots out.
  public var exactText: String { CorpusNotation().write(Notation(self, .full)) }
  /// The formula in LaTeX, without dollar signs: `e^{-x_1/2} x_2`.
  public var latex: String { LatexNotation().write(Notation(self)) }
  /// The same as `text`.
  public var description: String { text }
}

extension Predicate: CustomStringConvertible {
  /// The statement as plain text: `a11 a22 - a12 a21 != 0`.
  public var text: String { TextNotation().write(Layout(vocabulary: .full).predicate(self)) }
  /// The statement in the syntax of the corpus: `x1 > 0 and x1 < 3`.
  public var corpusText: String {
    CorpusNotation().write(Layout(vocabulary: .corpus).predicate(self))
  }
  /// The statement in the syntax of the corpus, written so that it reads back as the same predicate.
  public var exactText: String { CorpusNotation().write(Layout(vocabulary: .full).predicate(self)) }
  /// The statement in LaTeX, without dollar signs.
  public var latex: String { LatexNotation().write(Layout(vocabulary: .full).predicate(self)) }
  /// The same as `text`.
  public var description: String { text }
}
