import Densities
import Symbolics

/// The part of a solution about one base point pushed through the map.
struct PushNarrative {
  let names: MapNames
  let map: MapAtPoint

  init(_ problem: Problem, map: MapAtPoint) {
    names = MapNames(problem)
    self.map = map
  }

  /// x = f(z), and det Df(z) or that there is none.
  var rows: [DerivationRow] {
    let image = Mathematics.notation(names.output).equals(
      Mathematics.value(of: names.map, at: map.base)
    )
    .equals(.vector(map.image))
    let isScalar = map.base.count == 1 && map.image.count == 1
    let name: Mathematics.Notation = isScalar ? names.derivative : .determinant
    var rows = [DerivationRow(image, because: nil)]
    if let determinant = map.determinant {
      let slope = Mathematics.value(of: name, at: map.base).equals(.expression(determinant))
      rows.append(DerivationRow(slope, because: nil))
    }
    return rows
  }

  /// A remark where f has no derivative.
  var remarks: [Block] {
    map.isDifferentiable == false
      ? [.paragraph("\(theMap) has no derivative at this point.")] : []
  }

  /// z ↦ f(z) for a problem of which no density is stated.
  static func step(_ problem: Problem, determinant: Expression?, at point: [Expression]) -> Step {
    let title: Prose =
      "Push \(Mathematics.notation(MapNames(problem).input).equals(.vector(point)))"
    do {
      let map = try MapAtPoint(
        of: problem, at: point, determinant: determinant,
        under: Assumptions(parameters: problem.parameters))
      let narrative = PushNarrative(problem, map: map)
      return Step(title, [.derivation(narrative.rows)] + narrative.remarks)
    } catch {
      return Step(title, [.paragraph("This is not answered: \(error.description).")])
    }
  }
}
