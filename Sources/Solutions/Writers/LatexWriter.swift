/// Writes solutions as a LaTeX document that compiles as it stands with pdflatex.
public struct LatexWriter: Sendable {
  /// A writer; there is nothing to choose.
  public init() {}

  /// All `documents` as one LaTeX document, a section each.
  public func write(_ documents: [SolutionDocument]) -> String {
    ([Self.preamble] + documents.map(section) + [#"\end{document}"#]).joined(separator: "\n\n")
      + "\n"
  }

  /// `\fit` shrinks what is wider than the line; `\fitrow` breaks a formula instead that would have
  /// to shrink too much.
  private static let preamble = #"""
    \documentclass[a4paper]{article}
    \usepackage[utf8]{inputenc}
    \usepackage[margin=25mm]{geometry}
    \usepackage{amsmath,amssymb,graphicx}
    \setlength{\parindent}{0pt}
    \setlength{\parskip}{4pt plus 2pt}
    \newsavebox{\fitbox}
    \newcommand{\fit}[1]{\sbox{\fitbox}{#1}%
      \ifdim\wd\fitbox>\linewidth\resizebox{\linewidth}{!}{\usebox{\fitbox}}%
      \else\usebox{\fitbox}\fi}
    \newcommand{\fitrow}[1]{\sbox{\fitbox}{$\displaystyle #1$}%
      \ifdim\wd\fitbox>1.6\linewidth{\footnotesize\raggedright$#1$\par}%
      \else\fit{$\displaystyle #1$}\par\fi}
    \begin{document}
    \sloppy
    """#

  private func section(_ document: SolutionDocument) -> String {
    var parts = [#"\section*{\#(LatexText.escaped(document.title))}"#, write(document.headline)]
    parts += document.statement.map(write)
    if !document.steps.isEmpty {
      parts.append(#"\begin{enumerate}"#)
      parts += document.steps.map(write)
      parts.append(#"\end{enumerate}"#)
    }
    parts += document.notes.map { #"\textit{Note:} \#(write($0))"# }
    return parts.joined(separator: "\n\n")
  }

  private func write(_ headline: Headline) -> String {
    let detail = write(headline.detail)
    let joint = detail.isEmpty || detail.first == "." ? "" : " "
    let line = #"\textbf{Verdict: \#(LatexText.escaped(headline.answer))}\#(joint)\#(detail)"#
    guard let certificate = headline.certificate else { return line }
    return line + #"\\"# + "\n" + #"\textit{Certificate:} \#(write(certificate))."#
  }

  private func write(_ step: Step) -> String {
    var head = #"\item \textbf{\#(write(step.title)).}"#
    var rest = step.blocks[...]
    if case .paragraph(let prose)? = rest.first {
      head += " " + write(prose)
      rest = rest.dropFirst()
    }
    return ([head] + rest.map(write)).joined(separator: "\n")
  }

  private func write(_ block: Block) -> String {
    switch block {
    case .paragraph(let prose): return write(prose) + #"\par"#
    case .derivation(let rows):
      return DerivationLatex.groups(rows).map(display).joined(separator: "\n")
    case .table(let table): return write(table)
    }
  }

  private func display(_ group: DerivationLatex.Group) -> String {
    switch group {
    case .aligned(let rows):
      let lines = DerivationLatex.lines(rows, reason: write)
      return #"\[\fit{$\displaystyle"# + "\n" + lines.joined(separator: "\n") + "\n$}\\]"
    case .long(let row):
      let formulas = DerivationLatex.parts(of: row).map { formula in
        DerivationLatex.canBeBroken(formula)
          ? #"\fitrow{\#(formula)}"# : #"\fit{$\displaystyle \#(formula)$}\par"#
      }
      let reason = row.reason.map { ["(\(write($0)))" + #"\par"#] } ?? []
      return (formulas + reason).joined(separator: "\n")
    }
  }

  private func write(_ table: SolutionTable) -> String {
    func line(_ cells: [Prose]) -> String { cells.map(write).joined(separator: " & ") + #" \\"# }
    let columns = String(repeating: "l", count: table.head.count)
    return
      ([
        #"\[\renewcommand{\arraystretch}{1.5}\fit{\begin{tabular}{\#(columns)}"#,
        line(table.head) + #" \hline"#,
      ]
      + table.rows.map(line) + [#"\end{tabular}}\]"#]).joined(separator: "\n")
  }

  private func write(_ prose: Prose) -> String {
    LatexText.insideMathematics(prose, plain: LatexText.escaped)
  }
}
