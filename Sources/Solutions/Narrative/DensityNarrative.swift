import Densities
import Symbolics

/// The part of a solution about the density of x = f(z): formulas, points, pushed base points.
struct DensityNarrative {
  let problem: Problem
  let density: PushforwardDensity
  /// The significant digits of decimal values.
  let digits: Int

  private var names: MapNames { MapNames(problem) }
  var x: Mathematics { .notation(names.output) }
  var z: Mathematics { .notation(names.input) }
  /// f(z)
  var image: Mathematics { names.value }
  /// f⁻¹(x)
  var preimage: Mathematics { names.inverseValue }
  /// p2(x)
  var p2: Mathematics { names.density }

  /// p2 as a formula, in both forms of the change of variables.
  func formula() -> Step {
    var blocks: [Block] = [.formula(base, because: support)]
    switch density.preimages {
    case .implicit: blocks += implicitForm()
    case .incomplete(let reason):
      blocks.append(
        .paragraph(
          "Not all preimages of \(x) are known (\(reason)), so \(theDensity) is not stated."
        ))
    case .branches(let branches, let exceptional):
      blocks += branches.count == 1 ? bothForms(branches[0]) : sum(over: branches)
      if branches.count == 1, let place = place(of: branches[0]) {
        blocks.append(
          .paragraph(
            "This is where \(place); elsewhere \(p2) = 0."))
      }
      if exceptional != .never {
        blocks.append(
          .paragraph(
            """
            \(Mathematics.locus(exceptional)): critical values (\(theDeterminant) is 0 or does not exist at \
            a preimage), a null set on which \(theDensity) is not assigned.
            """))
      }
    }
    if density.requirement != .always {
      blocks.append(.paragraph("All this is for \(density.requirement)."))
    }
    return Step("Density", blocks)
  }

  /// p1(z) = …
  private var base: Mathematics {
    names.baseDensity.equals(.expression(density.base.density))
  }

  /// f(z) = x
  var fibre: Mathematics { image.equals(x) }

  private var support: Prose? {
    density.base.support.isWholeSpace ? nil : "on \(density.base.support), else 0"
  }

  /// Where the one branch gives a preimage in the base's support; nil if everywhere.
  private func place(of branch: PreimageBranch) -> Prose? {
    var parts: [Prose] = []
    if branch.condition != .always { parts.append("\(branch.condition)") }
    if branch.support != .always {
      parts.append(
        "\(preimage.linked(.isIn, .region(density.base.support)))")
    }
    return parts.isEmpty ? nil : .joined(parts, separator: " and ")
  }

  /// p1(f⁻¹(x))·|det Df⁻¹(x)| and p1(z)/|det Df(z)|
  private func bothForms(_ branch: PreimageBranch) -> [Block] {
    let reverse = p2.equals(
      .product([
        .application(.baseDensity, [preimage]), .absolute(.notation(.inverseDeterminant)),
      ])
    ).equals(
      .product([.expression(branch.baseDensity), .expression(branch.inverseDeterminant)])
    ).equals(.expression(branch.reverseForm))
    let forward = p2.equals(
      .product([names.baseDensity, names.scale])
    ).equals(.expression(branch.forwardForm))
    return [
      .derivation([
        DerivationRow(reverse, because: "reverse"),
        DerivationRow(forward, because: "forward, at \(z.equals(preimage))"),
      ]),
      .paragraph(branch.formsAgree ? "Both forms agree." : "Both are forms of the same density."),
    ]
  }

  private func sum(over branches: [PreimageBranch]) -> [Block] {
    let rule = p2.equals(.notation(names.sumOverFibre))
    var blocks: [Block] = [.formula(rule)]
    let preimages = branches.map { branch -> DerivationRow in
      let place: Prose? = branch.condition == .always ? nil : "where \(branch.condition)"
      return DerivationRow(z.equals(.vector(branch.point)), because: place)
    }
    blocks.append(.derivation(preimages))
    if let formula = try? density.formula() {
      let terms = formula.terms
      if !formula.isDisjoint(under: density.assumptions.adding(density.problem.codomain)) {
        blocks.append(.paragraph("The sum of those of these values whose condition holds:"))
      }
      blocks.append(
        .derivation(
          terms.map { term in
            let place: Prose? = term.condition == .always ? nil : "where \(term.condition)"
            return DerivationRow(p2.equals(.expression(term.value)), because: place)
          }))
      if !terms.contains(where: { $0.condition == .always }) {
        blocks.append(.paragraph("Elsewhere \(p2) = 0."))
      }
    }
    return blocks
  }

  private func implicitForm() -> [Block] {
    let value = p2.equals(.product([names.baseDensity, names.scale]))
      .equals(.expression(density.implicitForm))
    return [.formula(value, because: "forward, at the \(z) with \(fibre)")]
  }
}
