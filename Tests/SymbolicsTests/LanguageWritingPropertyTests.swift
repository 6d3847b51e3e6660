import Exact
import Testing

@testable import Symbolics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Random formulas must read back, from each notation, as formulas with the same text and value.
@Suite("Formulas written and read back")
struct LanguageWritingPropertyTests {
  static let symbols = ["z1", "z2", "a", "K"].map { Expression.symbol($0) }

  static func random(_ depth: Int, _ generator: inout SeededGenerator) -> Expression {
    func next() -> Expression { random(depth - 1, &generator) }
    func small(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    if depth == 0 {
      switch small(0...5) {
      case 0: return .rational(small(-9...9), small(1...9))
      case 1: return .pi
      default: return symbols[small(0...3)]
      }
    }
    switch small(0...12) {
    case 0, 1: return next() + next()
    case 2: return next() - next()
    case 3, 4: return next() * next()
    case 5:
      let divisor = next()
      return divisor.isZero ? divisor : next() / divisor
    case 6: return next().power(small(2...4))
    case 7: return .exp(next())
    case 8: return (1 + next().power(2)).squareRoot
    case 9: return .abs(next())
    case 10: return .cbrt(next())
    case 11:
      let functions: [Function] = [.sin, .tanh, .sigmoid, .normcdf, .erf, .atan, .softplus]
      return .call(functions[small(0...6)], [next()])
    default:
      return .piecewise([
        Branch(next(), if: .compare(next(), .less, next())), Branch(next(), if: .always),
      ])
    }
  }

  @Test(arguments: 0..<400) func allNotations(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed + 7))
    let expression = Self.random(seed % 5, &generator)
    for (text, syntax) in [
      (expression.text, Formula.Syntax.flow), (expression.corpusText, .corpus),
      (expression.latex, .flow),
    ] {
      // LaTeX needs the names, without which z1 and a would be any letters.
      let names = Formula.Names.only(Self.symbols.compactMap(\.symbolValue))
      let again = try Formula.parse(text, names: names, syntax: syntax)
      #expect(again.text == expression.text, "\(text)")
      let (x, y) = (value(expression), value(again))
      #expect(
        x == y || x.isNaN && y.isNaN || abs(x - y) <= 1e-9 * max(abs(x), abs(y)), "\(text)")
    }
  }

  /// An independent evaluation at one point, in floating point.
  private func value(_ e: Expression) -> Double {
    switch e.form {
    case .rational(let r): return Double(r.description) ?? quotient(r)
    case .pi: return .pi
    case .symbol(let symbol): return ["z1": 0.71, "z2": -1.37, "a": 2.3, "K": 3.0][symbol.name]!
    case .sum(let terms): return terms.map(value).reduce(0, +)
    case .product(let factors): return factors.map(value).reduce(1, *)
    case .power(let base, let exponent): return pow(value(base), value(exponent))
    case .piecewise(let branches):
      return value(branches.first { holds($0.condition) }!.value)
    case .finiteSum: return .nan
    case .call(let function, let arguments):
      let u = value(arguments[0])
      switch function {
      case .exp: return exp(u)
      case .abs: return abs(u)
      case .realRoot: return cbrt(u)
      case .sin: return sin(u)
      case .tanh: return tanh(u)
      case .sigmoid: return 1 / (1 + exp(-u))
      case .normcdf: return erfc(-u / 2.0.squareRoot()) / 2
      case .erf: return erf(u)
      case .atan: return atan(u)
      case .softplus: return log1p(exp(u))
      case .log: return log(u)
      default: return .nan
      }
    }
  }

  private func quotient(_ r: Rational) -> Double {
    Double(r.numerator.description)! / Double(r.denominator.description)!
  }

  private func holds(_ predicate: Predicate) -> Bool {
    switch predicate {
    case .always: true
    case .never: false
    case .compare(let a, let relation, let b):
      relation.holds(forSign: value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0)
    case .and(let parts): parts.allSatisfy(holds)
    case .or(let parts): parts.contains(where: holds)
    case .not(let inner): !holds(inner)
    }
  }
}
