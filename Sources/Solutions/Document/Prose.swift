public import Symbolics

/// A sentence with mathematics in it, written as a string with interpolations:
/// `"\(factor) is never 0, so the division is allowed"`.
public struct Prose: Sendable, Hashable {
  /// A run of words, of mathematics, or of text in the problem language.
  public enum Fragment: Sendable, Hashable {
    case words(String)
    case mathematics(Mathematics)
    case code(String)
  }

  /// The runs in order.
  public private(set) var fragments: [Fragment]

  /// The given runs.
  public init(_ fragments: [Fragment] = []) { self.fragments = fragments }
  /// Words alone.
  public init(words: String) { fragments = words.isEmpty ? [] : [.words(words)] }
  /// Mathematics alone.
  public init(_ mathematics: Mathematics) { fragments = [.mathematics(mathematics)] }

  /// Whether there is nothing to write.
  public var isEmpty: Bool { fragments.isEmpty }

  /// One after the other, with nothing in between.
  public static func + (a: Prose, b: Prose) -> Prose { Prose(a.fragments + b.fragments) }

  /// `parts` in one sentence with `separator` between them.
  public static func joined(_ parts: [Prose], separator: Prose = ", ") -> Prose {
    guard let first = parts.first else { return Prose() }
    return parts.dropFirst().reduce(first) { $0 + separator + $1 }
  }
}

extension Prose: ExpressibleByStringInterpolation {
  /// Words without interpolations.
  public init(stringLiteral value: String) { self.init(words: value) }
  /// The runs of the literal, in order.
  public init(stringInterpolation: Interpolation) { fragments = stringInterpolation.fragments }

  /// Collects the runs of an interpolated literal.
  public struct Interpolation: StringInterpolationProtocol {
    var fragments: [Fragment] = []

    /// Empty; the sizes are of no use here.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Words.
    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { fragments.append(.words(literal)) }
    }
    /// More words.
    public mutating func appendInterpolation(_ words: String) { appendLiteral(words) }
    /// The digits of a count.
    public mutating func appendInterpolation(_ number: Int) { appendLiteral(String(number)) }
    /// The runs of another sentence.
    public mutating func appendInterpolation(_ prose: Prose) { fragments += prose.fragments }
    /// Mathematics of any kind.
    public mutating func appendInterpolation(_ mathematics: Mathematics) {
      fragments.append(.mathematics(mathematics))
    }
    /// A name or sign.
    public mutating func appendInterpolation(_ notation: Mathematics.Notation) {
      fragments.append(.mathematics(.notation(notation)))
    }
    /// A formula.
    public mutating func appendInterpolation(_ expression: Expression) {
      fragments.append(.mathematics(.expression(expression)))
    }
    /// A condition.
    public mutating func appendInterpolation(_ predicate: Predicate) {
      fragments.append(.mathematics(.predicate(predicate)))
    }
    /// A symbol.
    public mutating func appendInterpolation(_ symbol: Symbol) {
      fragments.append(.mathematics(.symbol(symbol)))
    }
    /// A set.
    public mutating func appendInterpolation(_ region: Region) {
      fragments.append(.mathematics(.region(region)))
    }
    /// Text in the problem language, set as code.
    public mutating func appendInterpolation(code: String) { fragments.append(.code(code)) }
  }
}
