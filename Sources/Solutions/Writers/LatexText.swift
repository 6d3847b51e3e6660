/// Words as LaTeX.
enum LatexText {
  /// The words with every sign that LaTeX reads as a command escaped. Letters outside the Latin
  /// alphabets, which the standard fonts lack, are given by their code.
  static func escaped(_ words: String) -> String {
    words.unicodeScalars.map(escaped).joined()
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": #"\textbackslash{}"#
    case "{", "}", "$", "&", "#", "%", "_": "\\\(scalar)"
    case "~": #"\textasciitilde{}"#
    case "^": #"\textasciicircum{}"#
    case "<": #"\textless{}"#
    case ">": #"\textgreater{}"#
    case "|": #"\textbar{}"#
    case "\"": "''"
    case "`": #"\textasciigrave{}"#
    case "\n", "\t", "\r": " "
    default:
      switch scalar.value {
      // The letters of Latin 1 that the standard fonts have; not Ð, ×, Þ, ð, ÷ and þ.
      case 0x20..<0x7F: String(scalar)
      case 0xC0...0xFF where ![0xD0, 0xD7, 0xDE, 0xF0, 0xF7, 0xFE].contains(scalar.value):
        String(scalar)
      default: "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
      }
    }
  }

  /// The prose for the inside of `\text{…}` in mathematics.
  static func insideMathematics(_ prose: Prose, plain: (String) -> String) -> String {
    prose.fragments.map { fragment in
      switch fragment {
      case .words(let words): plain(words)
      case .mathematics(let mathematics): "$\(MathematicsNotation.latex.write(mathematics))$"
      case .code(let code): #"\texttt{\#(plain(code))}"#
      }
    }.joined()
  }
}
