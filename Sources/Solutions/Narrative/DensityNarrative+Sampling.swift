import Densities
import Exact
import Symbolics

extension DensityNarrative {
  /// The rows that a solution shows; `diffeo sample` gives all of them.
  private static let shownRows = 5

  /// How to draw from p2, and the first draws.
  func sampling(_ count: Int) -> Step {
    let rule: Prose = """
      Draw \(z) from \(theBase) and put \(x.equals(image)); no density is needed for that.
      """
    let title: Prose = "Sample \(count) point\(count == 1 ? "" : "s")"
    guard let table = draws(min(count, Self.shownRows)) else {
      return Step(title, [.paragraph(rule), .paragraph("The parameters need values first.")])
    }
    let end: Prose =
      count > Self.shownRows
      ? "The first \(Self.shownRows) for seed 0; the command \(code: "diffeo sample") gives all."
      : "For seed 0:"
    return Step(title, [.paragraph(rule + " " + end), .table(table)])
  }

  private func draws(_ count: Int) -> SolutionTable? {
    guard problem.parameters.isEmpty,
      let map = try? NumericMap(problem, verdict: density.verdict),
      let base = map.baseSamples(rows: 0..<count, seed: 0),
      let image = try? map.forward(base)
    else { return nil }
    func row(_ columns: [[Double]], _ index: Int) -> Prose {
      let entries = columns.map { Decimal.rounded($0[index], to: digits) }
      return
        "\(Mathematics.decimal(entries.count == 1 ? entries[0] : "(" + entries.joined(separator: ", ") + ")"))"
    }
    return SolutionTable(
      head: ["\(z)", "\(x.equals(self.image))"],
      rows: (0..<count).map { [row(base, $0), row(image, $0)] })
  }
}

/// Numbers of the numeric half as decimals.
enum Decimal {
  /// `value` with at most `digits` significant digits.
  static func rounded(_ value: Double, to digits: Int) -> String {
    guard value.isFinite, let exact = Rational(exactly: value) else { return "\(value)" }
    return exact.decimal(significantDigits: digits)
  }
}
