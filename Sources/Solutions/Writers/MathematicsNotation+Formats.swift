import Symbolics

extension MathematicsNotation {
  func spell(_ formula: Expression) -> String { self == .text ? formula.text : formula.latex }
  func spell(_ condition: Predicate) -> String {
    // In the problem language `==` asks; in a solution equality is stated.
    self == .text
      ? condition.text.split(separator: " ", omittingEmptySubsequences: false)
        .map { $0 == "==" ? "=" : $0 }.joined(separator: " ") : condition.latex
  }
  func spell(_ set: Region) -> String { self == .text ? set.text : set.latex }
  func spell(_ name: Mathematics.Notation) -> String { self == .text ? name.text : name.latex }
  func spell(_ sign: Mathematics.Sign) -> String { self == .text ? sign.text : sign.latex }

  /// 3.6e-6 is 3.6·10⁻⁶ in LaTeX.
  func spell(decimal digits: String) -> String {
    self == .text
      ? digits : digits.replacing(#/e\+?0*(-?)0*([0-9]+)/#) { #" \cdot 10^{\#($0.1)\#($0.2)}"# }
  }

  func bracketed(_ inner: String) -> String {
    self == .latex && isTall(inner) ? #"\left(\#(inner)\right)"# : "(\(inner))"
  }

  func bars(_ inner: String) -> String {
    switch self {
    case .text: "|\(inner)|"
    case .latex:
      isTall(inner)
        ? #"\left\lvert \#(inner) \right\rvert"# : #"\lvert \#(inner) \rvert"#
    }
  }

  func writeMatrix(_ rows: [[String]]) -> String {
    switch self {
    case .text: "[" + rows.map { $0.joined(separator: ", ") }.joined(separator: "; ") + "]"
    case .latex:
      #"\begin{pmatrix} "# + rows.map { $0.joined(separator: " & ") }.joined(separator: #" \\ "#)
        + #" \end{pmatrix}"#
    }
  }

  private func isTall(_ text: String) -> Bool {
    [#"\frac"#, #"\sum"#, #"\begin"#, #"\sqrt"#, #"\left"#].contains { text.contains($0) }
  }
}

extension Mathematics.Sign {
  var text: String {
    switch self {
    case .equal: "="
    case .unequal: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .approximately: "~"
    case .isIn: "in"
    case .isNotIn: "not in"
    case .mapsTo: "|->"
    case .to: "->"
    case .distributed: "~"
    }
  }

  var latex: String {
    switch self {
    case .equal: "="
    case .unequal: #"\neq"#
    case .less: "<"
    case .lessOrEqual: #"\leq"#
    case .greater: ">"
    case .greaterOrEqual: #"\geq"#
    case .approximately: #"\approx"#
    case .isIn: #"\in"#
    case .isNotIn: #"\notin"#
    case .mapsTo: #"\mapsto"#
    case .to: #"\to"#
    case .distributed: #"\sim"#
    }
  }
}
