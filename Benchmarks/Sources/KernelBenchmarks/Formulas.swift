import Evaluation
import Symbolics

/// How long do formulas take for a row: a density in closed form, and one whose map has none for its
/// inverse?
struct Formulas {
  func measurements() -> [Measurement] { [closedForm(), monotoneInverse()] }

  private func measured(_ name: String, rows: Int, _ body: () throws -> Void) -> Measurement {
    let times = secondsPerCall {
      do {
        try body()
      } catch {
        preconditionFailure("\(name): \(error)")
      }
    }
    return Measurement(
      name: name, unit: "ns a row", values: times.map { $0 * 1e9 / Double(rows) })
  }

  private func column(_ rows: Int, in range: ClosedRange<Double>) -> [Double] {
    (0..<rows).map { _ in Double.random(in: range) }
  }

  /// x = (z1, exp(z1) z2, cbrt(exp(-z1) z3 + z1²)) of z uniform on [0, 2]³: log(3 x3²/8) where f⁻¹(x)
  /// lies in the cube.
  private func closedForm() -> Measurement {
    let symbols = (1...3).map { Symbol("x", $0) }
    let x = symbols.map { Expression($0) }
    let preimage = [x[0], .exp(-x[0]) * x[1], .exp(x[0]) * (x[2].power(3) - x[0].power(2))]
    let inside = Predicate.all(
      preimage.flatMap { [.compare(0, .lessOrEqual, $0), .compare($0, .lessOrEqual, 2)] })
    let rows = 1_000_000
    let columns = [column(rows, in: 0...2), column(rows, in: 0...8), column(rows, in: 0...2)]
    let formulas = [
      Expression.log(.rational(3, 8) * x[2].power(2)),
      .piecewise([Branch(1, if: inside), Branch(0, if: .always)]),
    ]
    do {
      let compiled = try CompiledFormulas(formulas, inputs: symbols)
      return measured("density in closed form, 10⁶ rows", rows: rows) {
        _ = try compiled.values(columns: columns)
      }
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// The z with x = σ(z) + σ(2z) + σ(3z).
  private func monotoneInverse() -> Measurement {
    let z = Symbol("z")
    let terms = (1...3).map { Expression.call(.sigmoid, [Expression.rational($0) * Expression(z)]) }
    let slopes = terms.enumerated().map { Expression.rational($0 + 1) * $1 * (1 - $1) }
    let rows = 100_000
    let x = column(rows, in: 0.1...2.9)
    do {
      let inverse = try MonotoneInverse(
        of: .sum(terms), in: z, derivative: .sum(slopes), domain: .reals,
        image: Interval(.open(0), .open(3)), isIncreasing: true, inputs: [])
      return measured("inverse of a sum of sigmoids, 10⁵ rows", rows: rows) {
        _ = try inverse.values(of: x)
      }
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
