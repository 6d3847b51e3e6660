import Exact
import Symbolics

/// All preimages of an exact point inside the base's support, enclosed: one equation in one unknown at a time, each
/// with all its roots.
struct EnclosedFibre {
  enum Outcome {
    case points([[Symbol: Ball]])
    /// det Df = 0 at this preimage.
    case critical([Expression])
    case unknown
  }

  private let support: Region
  private let precision: Int
  private var found: [[Symbol: Ball]] = []
  private var critical: [Expression]?

  /// The z in `support` with formulas(z) = point.
  static func enclosures(
    of point: [Expression], under formulas: [Expression], from support: Region, precision: Int
  ) -> Outcome {
    var search = EnclosedFibre(support: support, precision: precision)
    let equations = zip(formulas, point).map { $0 - $1 }
    guard search.explore(equations, [:]) else {
      return search.critical.map { .critical($0) } ?? .unknown
    }
    return .points(search.found)
  }

  private init(support: Region, precision: Int) {
    self.support = support
    self.precision = precision
  }

  /// Whether all solutions of equation = 0 were found.
  private mutating func explore(_ equations: [Expression], _ known: [Symbol: Ball]) -> Bool {
    let unknowns = support.coordinates.filter { known[$0] == nil }
    if unknowns.isEmpty {
      found.append(known)
      return equations.isEmpty
    }
    for (number, equation) in equations.enumerated() {
      let own = unknowns.filter { equation.contains($0) }
      guard own.count == 1, let position = support.coordinates.firstIndex(of: own[0]) else {
        continue
      }
      var rest = equations
      rest.remove(at: number)
      let others = known.filter { equation.contains($0.key) }
      switch RootIsolation.roots(
        of: equation, in: own[0], over: support.intervals[position], where: others)
      {
      case .unknown: return false
      case .critical(let value):
        if support.coordinates.count == 1 { critical = [Expression(value)] }
        return false
      case .roots(let roots):
        for root in roots {
          guard let ball = enclosure(of: root, equation, own[0], others),
            explore(rest, known.merging([own[0]: ball]) { $1 })
          else { return false }
        }
        return true
      }
    }
    return false
  }

  private func enclosure(
    of root: RootIsolation.Root, _ equation: Expression, _ variable: Symbol,
    _ known: [Symbol: Ball]
  ) -> Ball? {
    if root.lower == root.upper { return Ball(root.lower, precision: precision) }
    return CertifiedRoot(
      formula: equation, derivative: equation.derivative(by: variable), variable: variable,
      target: Ball(.zero, precision: precision), known: known, precision: precision
    ).enclosure(
      in: Interval(.closed(Expression(root.lower)), .closed(Expression(root.upper))))
  }
}
