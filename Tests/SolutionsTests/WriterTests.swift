import Exact
import Solutions
import Symbolics
import Testing

private let z1 = Expression.symbol("z1")
private let x1 = Expression.symbol("x1")

private let document = SolutionDocument(
  title: "P_1 & more",
  headline: Headline(.yes, "INVERTIBLE", detail: "(a bijection).", certificate: "the inverse"),
  statement: [.formula(Mathematics.value(of: .map, at: [z1]).equals(.expression(2 * z1)))],
  steps: [
    Step("Structure", [.paragraph("\(x1) uses \(z1) | nothing else.")]),
    Step(
      "Solve",
      [
        .derivation([
          DerivationRow(
            Mathematics.symbol(Symbol("x1")).equals(.expression(2 * z1)),
            gives: Mathematics.symbol(Symbol("z1")).equals(.expression(x1 / 2)),
            because: "\(Predicate.compare(2, .unequal, 0))"),
          DerivationRow(
            .expression(x1), gives: .absolute(.expression(-x1)), because: nil),
        ]),
        .table(
          SolutionTable(
            head: ["a", "\(Mathematics.absolute(.expression(x1)))"],
            rows: [["1", "\(code: "log(z1) | `b`")"], ["long cell", "2"]])),
      ]),
  ],
  notes: ["100% sure_ly {x} ~ ^ \\ ∛ é"])

@Suite("Writers of worked solutions")
struct WriterTests {
  @Test("Text aligns arrows, reasons and cells")
  func text() {
    let expected = """
      Verdict: INVERTIBLE (a bijection).                           certificate: the inverse
           f(z1) = 2 z1
      1. Structure.  x1 uses z1 | nothing else.
      2. Solve.
           x1 = 2 z1  =>  z1 = x1/2  (2 != 0)
           x1         =>  |-x1|
         a           |x1|
         1           `log(z1) | `b``
         long cell   2
      Note: 100% sure_ly {x} ~ ^ \\ ∛ é

      """
    #expect(TextWriter().write(document) == expected)
  }

  @Test("Lines of a sentence end between the terms of a formula, not within a product")
  func longFormulas() {
    let factor = Expression.exp(Expression.symbol("z2")) * z1
    let formulas = (1...9).map { factor + Expression(Rational($0)) * .symbol("z3") }
    let sentence: Prose = "The map is \(Mathematics.value(of: .map, at: formulas))."
    for width in 50...70 {
      let written = TextWriter(width: width).write(
        SolutionDocument(title: "", headline: document.headline, statement: [.paragraph(sentence)]))
      let lines = written.split(separator: "\n").drop { !$0.contains("The map") }
      #expect(lines.count > 2 && lines.allSatisfy { $0.count <= width })
      #expect(written.split(separator: "e^z2 z1").count == 10)
      let ends = [",", "z1", "z3", ")."]
      #expect(lines.allSatisfy { line in ends.contains { line.hasSuffix($0) } }, "\(written)")
    }
  }

  @Test("Colour is the only difference on a terminal")
  func color() {
    let plain = TextWriter().write(document)
    let colored = TextWriter(isColored: true).write(document)
    #expect(colored.hasPrefix("Verdict: \u{1B}[1;32mINVERTIBLE\u{1B}[0m (a"))
    let stripped = colored.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    #expect(stripped == plain)
  }

  @Test("Prose is wrapped, and no word is lost")
  func wrapping() {
    let words = (1...60).map { "word\($0)" }.joined(separator: " ")
    let long = SolutionDocument(
      title: "w", headline: Headline(.no, "NO", detail: "", certificate: nil),
      steps: [Step("Much", [.paragraph(Prose(words: words))])])
    let lines = TextWriter(width: 60).write(long).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 60 })
    #expect(lines.joined(separator: " ").split(separator: " ").count == 60 + 2 + 2)
  }

  @Test("Markdown escapes words and keeps tables whole")
  func markdown() {
    let written = MarkdownWriter().write(document)
    #expect(written.contains(#"## P\_1 & more"#))
    #expect(written.contains("**Verdict: INVERTIBLE** (a bijection)."))
    #expect(written.contains(#"   | 1 | `` log(z1) \| `b` `` |"#))
    #expect(written.contains(#"   | a | $\lvert -x_1 \rvert$ |"#) == false)
    #expect(written.contains(#"   | a | $\lvert x_1 \rvert$ |"#))
    #expect(written.contains("1. **Structure.** $x_1$ uses $z_1$ \\| nothing else."))
    #expect(written.contains(#"   x_1 &= 2 z_1 && \Rightarrow\quad z_1 = "#))
  }

  @Test("LaTeX is one document and escapes every special sign")
  func latex() {
    let written = LatexWriter().write([document, document])
    #expect(written.hasPrefix(#"\documentclass"#))
    #expect(written.hasSuffix("\\end{document}\n"))
    #expect(written.ranges(of: #"\section*{P\_1 \& more}"#).count == 2)
    #expect(
      written.contains(
        #"100\% sure\_ly \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{} [U+221B] é"#))
  }

  @Test("A formula too large to read is named by its size")
  func largeFormula() {
    var formula = z1
    for _ in 0..<40 { formula = .call(.sin, [.call(.exp, [formula]) + formula]) }
    let written = TextWriter().write(
      SolutionDocument(
        title: "large", headline: Headline(.yes, "YES", detail: "", certificate: nil),
        statement: [.formula(.expression(formula))]))
    #expect(written.contains("(a formula of \(formula.size) nodes)"))
  }

  @Test("Formulas are broken before operators and after commas, the outermost first")
  func broken() {
    let terms = (1...6).map { k in
      Expression.exp(z1 * Expression(Rational(k))) * (x1 + Expression(Rational(k)))
    }
    let long = SolutionDocument(
      title: "b", headline: Headline(.yes, "YES", detail: "", certificate: nil),
      steps: [
        Step(
          "Sum",
          [
            .formula(Mathematics.symbol(Symbol("y")).equals(.expression(.sum(terms)))),
            .formula(Mathematics.symbol(Symbol("v")).equals(.vector(terms))),
          ])
      ])
    for columns in [30, 40, 60] {
      let text = TextWriter(width: columns, widest: columns).write(long)
      let lines = text.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= columns }, "\(text)")
      #expect(lines.dropFirst(2).allSatisfy { !$0.hasSuffix("+") && !$0.hasSuffix("-") })
      // Nothing is lost: without breaks it is what a wide page has.
      let wide = TextWriter(width: 1000).write(long)
      #expect(text.filter { !$0.isWhitespace } == wide.filter { !$0.isWhitespace })
      // No line ends inside of a factor x1 + k while there is a place between terms.
      #expect(!lines.contains { $0.hasSuffix("(x1") })
    }
  }

  @Test("A table that is too wide becomes a list of its cells")
  func wideTable() {
    let cells = ["a cell of some length", "a second cell, as long as that", "the third cell"]
    let table = SolutionDocument(
      title: "t", headline: Headline(.yes, "YES", detail: "", certificate: nil),
      steps: [
        Step(
          "Rows",
          [
            .table(
              SolutionTable(
                head: ["one", "number two", "three"],
                rows: [cells.map { Prose(words: $0) }, ["1", "2", "3"]]))
          ])
      ])
    let expected = """
      Verdict: YES
      1. Rows.
         one          a cell of some length
         number two   a second cell, as long as that
         three        the third cell

         one          1
         number two   2
         three        3

      """
    #expect(TextWriter(width: 50, widest: 50).write(table) == expected)
  }

  @Test("Powers of ten in decimals are set as powers")
  func decimals() {
    let value = Mathematics.decimal("3.6e-6")
    let document = SolutionDocument(
      title: "d", headline: Headline(.yes, "YES", detail: "", certificate: nil),
      statement: [.formula(value)])
    #expect(LatexWriter().write([document]).contains(#"3.6 \cdot 10^{-6}"#))
    #expect(TextWriter().write(document).contains("3.6e-6"))
  }
}
