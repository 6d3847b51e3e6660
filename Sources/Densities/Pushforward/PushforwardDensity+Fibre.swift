import Exact
import Symbolics

extension PushforwardDensity {
  /// p2 at a point of which not all preimages have closed forms, from certified enclosures of all of them; nil where
  /// it is not certain that there are no more.
  func enclosedDensity(at point: [Expression], digits: Int, remarks: [DensityRemark])
    -> PointDensity?
  {
    let needed = (map + point + [determinant, base.density]).flatMap(\.freeSymbols)
    guard problem.domain.predicate == .always, base.support.isProduct,
      needed.allSatisfy(problem.inputs.contains)
    else { return nil }
    for precision in [128, 512].map({ $0 + digits * 4 }) {
      switch EnclosedFibre.enclosures(
        of: point, under: map, from: base.support, precision: precision)
      {
      case .unknown: return nil
      case .critical(let z):
        return PointDensity(
          point: point, preimages: [], outcome: .unassigned,
          remarks: remarks + [.criticalValue(preimage: z)])
      case .points(let fibre):
        if let sum = sum(over: fibre, at: point, digits, precision, remarks) { return sum }
      }
    }
    return nil
  }

  private func sum(
    over fibre: [[Symbol: Ball]], at point: [Expression], _ digits: Int, _ precision: Int,
    _ remarks: [DensityRemark]
  ) -> PointDensity? {
    var preimages: [PreimageAtPoint] = []
    var total = Ball(.zero, precision: precision)
    for z in fibre {
      if let exact = exactPreimage(of: point, near: z) {
        switch share(of: exact, nil, [:]) {
        case .known(let preimage, _):
          preimages.append(preimage)
          let value = preimage.share ?? .zero
          total = total.adding(value.ball(precision: precision), precision: precision)
        case .unassigned(let preimage, let remark):
          return PointDensity(
            point: point, preimages: [preimage], outcome: .unassigned, remarks: remarks + [remark])
        case .undecided: return nil
        }
      } else {
        guard let (preimage, share) = enclosedPreimage(z, digits, precision) else { return nil }
        preimages.append(preimage)
        total = total.adding(share, precision: precision)
      }
    }
    let exact = preimages.compactMap(\.share)
    if exact.count == preimages.count {
      return PointDensity(
        point: point, preimages: preimages, outcome: .exact(simplified(.sum(exact))),
        remarks: remarks)
    }
    guard let decimal = total.decimal(significantDigits: digits) else { return nil }
    let logarithm = total.log(precision: precision).decimal(significantDigits: digits)
    return PointDensity(
      point: point, preimages: preimages,
      outcome: .numeric(decimal: decimal, logDecimal: logarithm), remarks: remarks)
  }
}
