import Certificates
import Densities
import Exact
import Symbolics

extension DensityNarrative {
  /// The density at exact points: a row a point, exact and then decimal.
  func table(at points: [[Expression]]) -> Step {
    var rows: [[Prose]] = []
    var remarks: [Prose] = []
    let isInjective = density.verdict.injective == .yes
    for point in points {
      do {
        let answer = try density.density(at: point, digits: digits)
        rows.append(row(answer))
        remarks += self.remarks(on: answer)
      } catch {
        rows.append(["\(Mathematics.vector(point))", "", "", "", "not stated"])
        remarks.append("at \(x.equals(.vector(point))): \(error.description)")
      }
    }
    let preimage: Prose =
      isInjective ? "\(self.preimage)" : "\(z) with \(fibre)"
    let table = SolutionTable(
      head: [
        "\(x)", preimage, "in the support?",
        "\(Mathematics.absolute(.notation(.inverseDeterminant)))",
        "\(p2)",
      ], rows: rows)
    var blocks: [Block] = [.table(table)]
    blocks += remarks.reduce(into: [Block]()) { blocks, remark in
      let block = Block.paragraph("Remark: \(remark).")
      if !blocks.contains(block) { blocks.append(block) }
    }
    return Step("Density at the given point\(points.count == 1 ? "" : "s")", blocks)
  }

  /// What the table does not say already.
  private func remarks(on answer: PointDensity) -> [Prose] {
    answer.remarks.compactMap { remark in
      switch remark {
      case .onBoundary(_, let end):
        end.isClosed
          ? "boundary points belong to the support, as the base is written with closed ends"
          : "boundary points do not belong to the support, as the base is written with open ends"
      case .outsideSupport: nil
      default: "at \(x.equals(.vector(answer.point))): \(remark.text)"
      }
    }
  }

  private func row(_ answer: PointDensity) -> [Prose] {
    let determinants = answer.preimages.map { preimage -> Prose in
      preimage.inverseDeterminant.map { "\($0)" } ?? "-"
    }
    return [
      "\(Mathematics.vector(answer.point))",
      answer.preimages.isEmpty ? Self.noPreimages(answer) : list(answer.preimages.map(point)),
      list(answer.preimages.map(membership)),
      list(determinants),
      value(answer),
    ]
  }

  /// None, or none that is known.
  private static func noPreimages(_ answer: PointDensity) -> Prose {
    switch answer.outcome {
    case .exact: "none"
    case .unassigned: "-"
    case .numeric, .incomplete, .undecided: "not known"
    }
  }

  private func list(_ parts: [Prose]) -> Prose { .joined(parts, separator: "; ") }

  private func point(_ preimage: PreimageAtPoint) -> Prose {
    switch preimage.value {
    case .exact(let point): "\(Mathematics.vector(point))"
    case .numeric(let digits) where digits.count == 1: "\(Mathematics.decimal(digits[0]))"
    case .numeric(let digits):
      "\(Mathematics.decimal("(" + digits.joined(separator: ", ") + ")"))"
    }
  }

  /// `yes, z1 = 0 on the boundary`, `no: z1 = -1 < 0`
  private func membership(_ preimage: PreimageAtPoint) -> Prose {
    if preimage.isInSupport {
      let ends = preimage.membership.filter { $0.boundary != nil }.map { entry -> Prose in
        "\(Mathematics.symbol(entry.coordinate).equals(.expression(entry.value)))"
      }
      return ends.isEmpty ? "yes" : "yes, \(Prose.joined(ends)) on the boundary"
    }
    let reasons = preimage.membership.compactMap { entry -> Prose? in
      guard let violation = entry.violation else { return nil }
      let name = Mathematics.symbol(entry.coordinate)
      return "\(name.equals(.predicate(violation)))"
    }
    return "no: \(Prose.joined(reasons))"
  }

  /// `1/8 * 1/3 = 1/24 ~ 0.0416667`
  func value(_ answer: PointDensity) -> Prose {
    switch answer.outcome {
    case .exact(let total):
      if total.isZero { return "\(Mathematics.expression(total))" }
      let shares = answer.preimages.compactMap(share)
      var chain =
        shares.count == answer.preimages.count && !shares.isEmpty
        ? Mathematics.chainStart(shares) : .expression(total)
      if chain != .expression(total) { chain = chain.equals(.expression(total)) }
      return "\(chain.withDecimal(of: total, digits: digits))"
    case .numeric(let decimal, _): return "\(Mathematics.decimal(decimal))"
    case .unassigned: return "critical value: not assigned"
    case .incomplete(let reason): return "not all preimages are known: \(reason)"
    case .undecided(let reason): return "undecided: \(reason)"
    }
  }

  private func share(_ preimage: PreimageAtPoint) -> Mathematics? {
    guard let p1 = preimage.baseDensity, let scale = preimage.inverseDeterminant else { return nil }
    return .product([.expression(p1), .expression(scale)])
  }

}

extension Mathematics {
  /// One share, or the sum of several.
  fileprivate static func chainStart(_ shares: [Mathematics]) -> Mathematics {
    shares.count == 1 ? shares[0] : .sum(shares)
  }
}
