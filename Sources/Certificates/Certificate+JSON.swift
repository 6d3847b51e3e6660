import Symbolics

extension Certificate {
  /// The certificate as JSON; formulas and predicates are strings in corpus syntax, `kind` says
  /// which evidence it is.
  public var json: JSONValue {
    switch self {
    case .inverse(let evidence):
      tagged(
        "inverse",
        [
          "inverse": list(evidence.inverse), "image": .string(evidence.image.membershipText),
          "derivation": .array(evidence.derivation.map(\.json)),
        ])
    case .triangular(let evidence):
      tagged(
        "triangular",
        [
          "steps": .array(evidence.steps.map(\.json)),
          "image": .string(evidence.image.membershipText),
        ])
    case .affine(let evidence):
      tagged(
        "affine",
        [
          "matrix": .array(evidence.matrix.map(list)), "offset": list(evidence.offset),
          "determinant": .string(evidence.determinant.corpusText),
          "kernel": .array(evidence.kernel.map(\.json)),
        ])
    case .collision(let evidence):
      tagged(
        "collision",
        [
          "points": .array([list(evidence.first), list(evidence.second)]),
          "image": list(evidence.image), "reasons": .array(evidence.reasons.map(\.json)),
        ])
    case .determinantSigns(let evidence):
      tagged(
        "determinantSigns",
        [
          "positive": list(evidence.positive), "negative": list(evidence.negative),
          "determinant": .string(evidence.determinant.corpusText),
        ])
    case .missingPoint(let evidence):
      tagged(
        "missingPoint",
        [
          "point": list(evidence.point), "reason": .string(evidence.reason),
          "necessary": evidence.necessary.map { .string($0.corpusText) } ?? .null,
        ])
    case .condition(let condition, let ifTrue, let ifFalse):
      tagged(
        "condition",
        [
          "condition": .string(condition.corpusText), "ifTrue": ifTrue.json,
          "ifFalse": ifFalse.json,
        ])
    case .stages(let parts): tagged("stages", ["stages": .array(parts.map(\.json))])
    case .both(let parts): tagged("both", ["parts": .array(parts.map(\.json))])
    case .illPosed(let evidence):
      tagged(
        "illPosed",
        [
          "witness": list(evidence.witness), "violated": .string(evidence.violated.corpusText),
          "source": .string(evidence.source),
          "suggestion": evidence.suggestion.map { .string($0) } ?? .null,
        ])
    }
  }
}

private func tagged(_ kind: String, _ members: [String: JSONValue]) -> JSONValue {
  .object(members.merging(["kind": .string(kind)]) { own, _ in own })
}

private func list(_ formulas: [Expression]) -> JSONValue {
  .array(formulas.map { .string($0.corpusText) })
}

extension Region {
  /// The membership condition in corpus syntax.
  fileprivate var membershipText: String {
    membership(of: coordinates.map { Expression($0) }).corpusText
  }
}

extension KernelVector {
  fileprivate var json: JSONValue {
    .object(["vector": list(vector), "when": .string(condition.corpusText)])
  }
}

extension CollisionReason {
  fileprivate var json: JSONValue {
    switch self {
    case .symmetry(let map, let name):
      .object(["symmetry": list(map), "name": .string(name)])
    case .collapse(let variable, let condition):
      .object(["collapse": .string(variable.name), "where": .string(condition.corpusText)])
    case .turningPoint(let variable): .object(["turningPoint": .string(variable.name)])
    case .equation: .object(["equation": .string("f(a) = f(b)")])
    }
  }
}

extension EliminationStep {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "output": .string(output.name), "variable": .string(variable.name),
      "equation": .string(equation.corpusText), "substituted": .bool(isSubstituted),
      "solvable": .string(map.solvable.corpusText),
      "solution": (solution ?? map.inverse).map { .string($0.corpusText) } ?? .null,
    ]
    switch map.justification {
    case .isolation(let steps):
      members["isolation"] = .array(
        steps.map {
          .object(["left": .string($0.left.corpusText), "right": .string($0.right.corpusText)])
        })
    case .monotone(let derivative):
      members["derivative"] = .string(derivative.corpusText)
      members["direction"] = map.direction.map { .string(String(describing: $0)) } ?? .null
    }
    return .object(members)
  }
}
