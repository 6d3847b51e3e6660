import Densities
import Exact
import Symbolics

extension DensityNarrative {
  /// z ↦ x = f(z), with the density there.
  func push(_ point: [Expression]) -> Step {
    let title: Prose = "Push \(z.equals(.vector(point)))"
    do {
      return Step(title, blocks(try density.push(point, digits: digits)))
    } catch {
      return Step(title, [.paragraph("This is not answered: \(error.description).")])
    }
  }

  private func blocks(_ pushed: PushedPoint) -> [Block] {
    let narrative = PushNarrative(problem, map: pushed.map)
    let base = Mathematics.value(of: .baseDensity, at: pushed.map.base)
      .equals(.expression(pushed.baseDensity))
    var rows = narrative.rows + [DerivationRow(base, because: nil)]
    let p2 = Mathematics.value(of: .density, at: pushed.map.image)
    guard let exact = pushed.density.exact else {
      return [.derivation(rows)] + narrative.remarks + [
        .paragraph("\(p2): \(value(pushed.density)).")
      ]
    }
    if pushed.density.preimages.count == 1, !exact.isZero {
      let chain = p2.equals(.notation(narrative.names.quotient)).equals(.expression(exact))
      rows.append(DerivationRow(chain.withDecimal(of: exact, digits: digits), because: nil))
    } else {
      rows.append(
        DerivationRow(
          p2.equals(.expression(exact)).withDecimal(of: exact, digits: digits), because: nil))
    }
    return [.derivation(rows)] + narrative.remarks + smallestValues(of: exact)
      + pushed.density.remarks.map { .paragraph("Remark: \($0.text).") }
  }

  /// The decimal value for the least values of an integer parameter.
  private func smallestValues(of value: Expression) -> [Block] {
    let symbols = value.freeSymbols
    guard symbols.count == 1,
      let parameter = problem.parameters.first(where: { $0.symbol == symbols[0] }),
      parameter.isInteger, case .closed(let end) = parameter.interval.lower,
      let least = end.integerValue
    else { return [] }
    let entries = (least..<least + 3).compactMap { number -> Prose? in
      let special = value.substituting(parameter.symbol, by: Expression(Rational(number)))
      guard
        let decimal = ExactConstant.decimal(of: special, significantDigits: digits)
      else { return nil }
      let setting = Mathematics.symbol(parameter.symbol)
        .equals(.expression(Expression(Rational(number))))
      return "\(setting): \(Mathematics.decimal(decimal))"
    }
    return entries.isEmpty ? [] : [.paragraph(.joined(entries, separator: ",  "))]
  }
}
