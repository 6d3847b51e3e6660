/// Bijections of one variable that are put together from pieces, with kinks or jumps in between.
extension ScalarBijection {
  /// More pieces than this are given up.
  private static let pieceLimit = 16

  /// t ↦ formula(t) as monotone pieces between the points at which a case of it begins or ends, their
  /// images disjoint: injective, onto the union of the images.
  static func pieced(
    _ formula: Expression, in t: Symbol, over domain: Interval, value: Symbol,
    under assumptions: Assumptions
  ) -> ScalarBijection? {
    let whole = assumptions.withoutFacts(about: t)
    guard let pieces = whole.pieces(of: formula, in: t, over: domain), pieces.count > 1,
      pieces.count <= pieceLimit
    else { return nil }
    var maps: [ScalarBijection] = []
    for (part, piece) in pieces {
      let map =
        part.isPoint
        ? constant(piece, in: t, at: part.lower, value: value)
        : monotone(piece, in: t, over: part, value: value, under: whole)
      guard let map else { return nil }
      maps.append(map)
    }
    guard let sorted = whole.sortedByImage(maps) else { return nil }
    return joined(sorted, maps, formula, domain, under: whole)
  }

  /// {c} onto {formula(c)}.
  private static func constant(_ result: Expression, in t: Symbol, at end: Endpoint, value: Symbol)
    -> ScalarBijection?
  {
    guard case .closed(let point) = end else { return nil }
    let image = Interval(.closed(result), .closed(result))
    return ScalarBijection(
      variable: t, formula: result, domain: Interval(end, end), image: image,
      solvable: image.plainMembership(of: Expression(value)), direction: nil, inverse: point,
      value: value, justification: .isolation([]))
  }

  private static func joined(
    _ sorted: [ScalarBijection], _ maps: [ScalarBijection], _ formula: Expression,
    _ domain: Interval, under assumptions: Assumptions
  ) -> ScalarBijection? {
    let value = maps[0].value
    let images = assumptions.united(sorted.compactMap(\.image))
    let directions = Set(maps.map(\.direction))
    let isContinuous =
      images.count == 1 && directions.count == 1
      && sorted.map(\.domain)
        == (directions == [.increasing] ? maps : maps.reversed()).map(\.domain)
    var branches: [Branch] = []
    for (position, map) in sorted.enumerated() {
      guard let inverse = map.inverse, let image = map.image else {
        branches = []
        break
      }
      // The images below are dealt with already.
      let below =
        image.isPoint
        ? map.solvable : Interval(.minusInfinity, image.upper).membership(of: Expression(value))
      branches.append(Branch(inverse, if: position == sorted.count - 1 ? .always : below))
    }
    let inverse = branches.isEmpty ? nil : Expression.piecewise(branches)
    let solvable = Predicate.any(images.map { $0.plainMembership(of: Expression(value)) })
    return ScalarBijection(
      variable: maps[0].variable, formula: formula, domain: domain,
      // Where f jumps, a search for the solution within the interval would go wrong.
      image: images.count == 1 && (isContinuous || inverse != nil) ? images[0] : nil,
      solvable: solvable, direction: isContinuous ? directions.first! : nil, inverse: inverse,
      value: value, justification: .pieces(maps))
  }
}

extension Interval {
  fileprivate var isPoint: Bool { lower == upper && lower.isClosed }

  /// x ∈ interval, as an equation for a point.
  fileprivate func plainMembership(of x: Expression) -> Predicate {
    if isPoint, let value = lower.value { return .compare(x, .equal, value) }
    return membership(of: x)
  }
}

extension Assumptions {
  /// The interval cut at the points where a case of the formula begins or ends, rising, with the
  /// formula that holds on each part; a point joins the part whose formula gives its value.
  ///
  /// - Returns: nil when the points are not all known, or not in a certain order.
  fileprivate func pieces(of formula: Expression, in t: Symbol, over domain: Interval) -> [(
    part: Interval, formula: Expression
  )]? {
    guard let cuts = cuts(of: formula, in: t, over: domain), !cuts.isEmpty else { return nil }
    let ends = [domain.lower] + cuts.map { Endpoint.open($0) } + [domain.upper]
    func holding(on part: Interval) -> Expression { formula.simplified(under: adding(t, in: part)) }
    var parts = zip(ends, ends.dropFirst()).map { lower, upper in
      let part = Interval(lower, upper)
      return (part: part, formula: holding(on: part))
    }
    var points: [(part: Interval, formula: Expression)] = []
    for (number, cut) in cuts.enumerated() {
      let value = formula.substituting(t, by: cut).simplified(under: self)
      let continues = [parts[number], parts[number + 1]].map {
        $0.formula.substituting(t, by: cut).isIdentical(to: value, under: self)
      }
      var before = parts[number].part
      before.upper = .closed(cut)
      // The case that applies at the point itself, if that can be told.
      if continues[0], !continues[1] || holding(on: before) == parts[number].formula {
        parts[number].part = before
      } else if continues[1] {
        parts[number + 1].part.lower = .closed(cut)
      } else {
        points.append((Interval(.closed(cut), .closed(cut)), value))
      }
    }
    return parts + points
  }

  /// The points inside the interval at which the cases of the formula change, rising.
  private func cuts(of formula: Expression, in t: Symbol, over domain: Interval) -> [Expression]? {
    var points: [Expression] = []
    for border in formula.caseBorders where border.contains(t) {
      guard let roots = roots(of: border, in: t, over: domain.interior) else { return nil }
      for root in roots where !points.contains(root) { points.append(root) }
    }
    var sorted: [Expression] = []
    for point in points {
      var position = 0
      while position < sorted.count {
        switch decide(.compare(sorted[position], .less, point)) {
        case true?: position += 1
        case false? where decide(.compare(sorted[position], .greater, point)) == true:
          sorted.insert(point, at: position)
          position = .max
        default: return nil
        }
      }
      if position == sorted.count { sorted.append(point) }
    }
    return sorted
  }

  /// All zeros of a formula inside an interval; nil when they are not known.
  private func roots(of u: Expression, in t: Symbol, over interval: Interval) -> [Expression]? {
    var candidates: [Expression] = []
    if let root = affineRoot(of: u, in: t) {
      candidates = [root]
    } else {
      guard
        let solutions = ScalarSolver.solutions(
          of: u, equals: .zero, for: t, in: interval, under: self),
        solutions.exceptional == .never
      else { return nil }
      for branch in solutions.branches {
        guard let truth = decide(branch.condition) else { return nil }
        if truth { candidates.append(branch.solution.simplified(under: self)) }
      }
    }
    var inside: [Expression] = []
    for root in candidates {
      guard let truth = decide(interval.membership(of: root)) else { return nil }
      if truth { inside.append(root) }
    }
    return inside
  }

  /// The maps in the order of their images, which must be disjoint.
  fileprivate func sortedByImage(_ maps: [ScalarBijection]) -> [ScalarBijection]? {
    var sorted: [ScalarBijection] = []
    for map in maps {
      guard let image = map.image else { return nil }
      var position = 0
      while position < sorted.count {
        guard let other = sorted[position].image else { return nil }
        if isBelow(other, image) {
          position += 1
        } else if sorted[position...].allSatisfy({ $0.image.map { isBelow(image, $0) } ?? false }) {
          break
        } else {
          return nil
        }
      }
      sorted.insert(map, at: position)
    }
    return sorted
  }

  /// Whether every number of the first interval is surely less than every one of the second.
  private func isBelow(_ a: Interval, _ b: Interval) -> Bool {
    guard let high = a.upper.value, let low = b.lower.value else { return false }
    let canTouch = !(a.upper.isClosed && b.lower.isClosed)
    return decide(.compare(high, canTouch ? .lessOrEqual : .less, low)) == true
  }

  /// Disjoint intervals in rising order, those joined that leave no number out between them.
  fileprivate func united(_ intervals: [Interval]) -> [Interval] {
    var result: [Interval] = []
    for interval in intervals {
      if let last = result.last, let high = last.upper.value, let low = interval.lower.value,
        last.upper.isClosed || interval.lower.isClosed,
        decide(.compare(high, .equal, low)) == true
      {
        result[result.count - 1].upper = interval.upper
      } else {
        result.append(interval)
      }
    }
    return result
  }
}
