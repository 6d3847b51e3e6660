import Certificates
import Symbolics

extension Certificate {
  /// The evidence with its kind in `type` and every formula in corpus syntax.
  var json: JSONValue {
    switch self {
    case .inverse(let evidence):
      object(
        "inverse",
        [
          .init("inverse", formulas(evidence.inverse)),
          .init("steps", .array(evidence.derivation.map(\.json))),
          .init("image", .string(evidence.image.corpusText)),
        ])
    case .triangular(let evidence):
      object(
        "triangular",
        [
          .init("steps", .array(evidence.steps.map(\.json))),
          .init("image", .string(evidence.image.corpusText)),
        ])
    case .affine(let evidence):
      object(
        "affine",
        [
          .init("matrix", .array(evidence.matrix.map(formulas))),
          .init("offset", formulas(evidence.offset)),
          .init("determinant", .string(evidence.determinant.corpusText)),
          .init("kernel", .array(evidence.kernel.map(\.json))),
        ])
    case .radial(let evidence): evidence.json
    case .univalent(let evidence): evidence.json
    case .factored(let evidence): evidence.json
    case .collision(let evidence): evidence.json
    case .determinantSigns(let evidence):
      object(
        "determinantSigns",
        [
          .init("positive", formulas(evidence.positive)),
          .init("negative", formulas(evidence.negative)),
          .init("determinant", .string(evidence.determinant.corpusText)),
        ])
    case .invarianceOfDomain: object("invarianceOfDomain", [])
    case .missingPoint(let evidence): evidence.json
    case .image(let evidence): evidence.json
    case .condition(let condition, let ifTrue, let ifFalse):
      object(
        "condition",
        [
          .init("condition", .string(condition.corpusText)), .init("ifTrue", ifTrue.json),
          .init("ifFalse", ifFalse.json),
        ])
    case .stages(let parts): object("stages", [.init("parts", .array(parts.map(\.json)))])
    case .both(let parts): object("both", [.init("parts", .array(parts.map(\.json)))])
    case .illPosed(let evidence):
      object(
        "illPosed",
        [
          .init("witness", formulas(evidence.witness)),
          .init("violated", .string(evidence.violated.corpusText)),
          .init("source", .string(evidence.cause.name)),
          .init("suggestion", .optional(evidence.suggestion) { .string($0) }),
        ])
    }
  }
}

private func object(_ type: String, _ fields: [JSONValue.Field]) -> JSONValue {
  .object([.init("type", .string(type))] + fields)
}

private func formulas(_ formulas: [Expression]) -> JSONValue {
  .strings(formulas.map(\.corpusText))
}

extension RadialEvidence {
  fileprivate var json: JSONValue {
    object(
      "radial",
      [
        .init("center", formulas(center)), .init("imageCenter", formulas(image)),
        .init("radius", .string(profile.variable.name)),
        .init("profile", .string(profile.formula.corpusText)),
        .init("radii", .string(profile.domain.corpusText)),
        .init("imageRadii", .optional(profile.image) { .string($0.corpusText) }),
      ])
  }
}

extension UnivalenceEvidence {
  fileprivate var json: JSONValue {
    switch rule {
    case .stronglyMonotone(let bound):
      object(
        "univalent",
        [
          .init("rule", .string("stronglyMonotone")),
          .init("bound", .string(Expression(bound).corpusText)),
        ])
    case .strictlyMonotone: object("univalent", [.init("rule", .string("strictlyMonotone"))])
    case .positiveMinors: object("univalent", [.init("rule", .string("positiveMinors"))])
    }
  }
}

extension FactorEvidence {
  fileprivate var json: JSONValue {
    let maps = stages.map { stage in
      JSONValue.object([
        .init("inputs", .strings(stage.inputs.map(\.name))),
        .init("outputs", .strings(stage.outputs.map(\.name))),
        .init("formulas", formulas(stage.formulas)),
        .init("codomain", .string(stage.codomain.corpusText)),
      ])
    }
    return object(
      "factored",
      [.init("stages", .array(maps)), .init("parts", .array(parts.map(\.json)))])
  }
}

extension CollisionEvidence {
  fileprivate var json: JSONValue {
    let values = parameters.keys.sorted().map {
      JSONValue.Field($0.name, .string(parameters[$0]!.corpusText))
    }
    return object(
      "collision",
      [
        .init("first", formulas(first)), .init("second", formulas(second)),
        .init("image", formulas(image)), .init("parameters", .object(values)),
        .init("reasons", .array(reasons.map(\.json))),
      ])
  }
}

extension CollisionReason {
  fileprivate var json: JSONValue {
    switch self {
    case .symmetry(let map, let name):
      object("symmetry", [.init("name", .string(name)), .init("map", formulas(map))])
    case .collapse(let variable, let condition):
      object(
        "collapse",
        [
          .init("variable", .string(variable.name)),
          .init("where", .string(condition.corpusText)),
        ])
    case .turningPoint(let variable):
      object("turningPoint", [.init("variable", .string(variable.name))])
    case .equation: object("equation", [])
    }
  }
}

extension MissingPointEvidence {
  fileprivate var json: JSONValue {
    object(
      "missingPoint",
      [
        .init("point", formulas(point)),
        .init("necessary", .optional(necessary) { .string($0.corpusText) }),
        .init("reason", .string(reason)),
      ])
  }
}

extension ImageEvidence {
  fileprivate var json: JSONValue {
    object(
      "image",
      [
        .init("image", .string(image.corpusText)),
        .init("sections", .array(sections.map(\.json))),
      ])
  }
}

extension ImageSection {
  fileprivate var json: JSONValue {
    .object([
      .init("condition", .string(condition.corpusText)), .init("preimage", formulas(preimage)),
    ])
  }
}

extension KernelVector {
  fileprivate var json: JSONValue {
    .object([
      .init("vector", formulas(vector)), .init("condition", .string(condition.corpusText)),
    ])
  }
}

extension EliminationStep {
  fileprivate var json: JSONValue {
    .object([
      .init("output", .string(output.name)), .init("variable", .string(variable.name)),
      .init("equation", .string(equation.corpusText)),
      .init("inverse", .optional(map.inverse) { .string($0.corpusText) }),
      .init("solution", .optional(solution) { .string($0.corpusText) }),
      .init("image", .optional(map.image) { .string($0.corpusText) }),
    ])
  }
}

extension IllPosedEvidence.Cause {
  /// The operation as written, or the number of the stage whose values leave its set.
  fileprivate var name: String {
    switch self {
    case .operation(let source): source
    case .values(let stage): "values of stage \(stage + 1)"
    }
  }
}
