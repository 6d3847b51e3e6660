import Exact

/// Calls of functions, with what each needs of its arguments.
extension FormulaElaborator {
  func call(
    _ function: FunctionTable.Entry, _ arguments: [FormulaSyntax], at range: SourceRange
  ) throws(AlreadyReported) -> Value {
    switch function {
    case .unary(let function):
      let value = try value(of: arguments[0])
      if case .matrix = value {
        throw failure("\(function.name) is not defined for \(value.kind)", at: range)
      }
      if case .vector = value, function == .abs {
        throw failure(
          "the absolute value of a vector is not clear", hint: "its length is norm(…)", at: range)
      }
      return value.map { apply(function, to: $0, at: range) }
    case .squareRoot:
      let u = try scalar(arguments[0])
      require(u, .nonnegative, at: range)
      return .scalar(u.squareRoot)
    case .root: return .scalar(try root(arguments, at: range))
    case .logarithm: return try logarithm(arguments, at: range)
    case .lambertw: return .scalar(try lambertw(arguments, at: range))
    case .atan2:
      let point = try scalars(arguments)
      require(point[0].power(2) + point[1].power(2), .nonzero, at: range)
      return .scalar(.call(.atan2, point))
    case .modulo:
      let numbers = try scalars(arguments)
      require(numbers[1], .positive, at: range)
      return .scalar(.call(.mod, numbers))
    case .maximum: return .scalar(try extremum(.max, arguments))
    case .minimum: return .scalar(try extremum(.min, arguments))
    case .dot, .norm, .determinant, .transpose:
      return try linearAlgebra(function, arguments, at: range)
    case .finiteSum:
      throw failure("a sum needs an index", hint: "write sum(k in 1..K, …)", at: range)
    case .piecewise:
      throw failure(
        "a piecewise formula needs conditions", hint: "write piecewise(u if c, v otherwise)",
        at: range)
    }
  }

  private func apply(_ function: Function, to u: Expression, at range: SourceRange) -> Expression {
    if let requirement = function.argumentRequirement { require(u, requirement, at: range) }
    return .call(function, [u])
  }

  private func logarithm(_ arguments: [FormulaSyntax], at range: SourceRange)
    throws(AlreadyReported) -> Value
  {
    guard arguments.count == 2 else {
      return try value(of: arguments[0]).map { apply(.log, to: $0, at: range) }
    }
    let (u, base) = (try scalar(arguments[0]), try scalar(arguments[1]))
    let divisor = apply(.log, to: base, at: range)
    require(divisor, .nonzero, at: range)
    return .scalar(apply(.log, to: u, at: range) / divisor)
  }

  /// max and min of several numbers, as nested functions of two.
  private func extremum(_ function: Function, _ arguments: [FormulaSyntax])
    throws(AlreadyReported) -> Expression
  {
    var result: Expression?
    for value in try values(of: arguments) {
      for entry in value.entries {
        result = result.map { .call(function, [$0, entry]) } ?? entry
      }
    }
    return result!
  }

  private func root(_ arguments: [FormulaSyntax], at range: SourceRange) throws(AlreadyReported)
    -> Expression
  {
    let numbers = try scalars(arguments)
    let (u, degree) = (numbers[0], numbers[1].integerValue ?? 0)
    guard (1...LanguageLimits.rootDegree).contains(degree) else {
      throw failure(
        "the degree of a root is a whole number from 1 to \(LanguageLimits.rootDegree)",
        at: arguments[1].range)
    }
    if degree == 1 { return u }
    if degree % 2 == 1 { return .call(.realRoot(degree), [u]) }
    require(u, .nonnegative, at: range)
    return .power(u, .rational(1, degree))
  }

  private func lambertw(_ arguments: [FormulaSyntax], at range: SourceRange)
    throws(AlreadyReported) -> Expression
  {
    let u = try scalar(arguments[0])
    let branch = arguments.count == 1 ? 0 : try scalar(arguments[1]).integerValue
    guard let branch, branch == 0 || branch == -1 else {
      throw failure("the real branches of lambertw are 0 and -1", at: arguments[1].range)
    }
    return apply(.lambertw(branch: branch), to: u, at: range)
  }

  private func linearAlgebra(
    _ function: FunctionTable.Entry, _ arguments: [FormulaSyntax], at range: SourceRange
  ) throws(AlreadyReported) -> Value {
    let values = try values(of: arguments)
    switch (function, values[0]) {
    case (.dot, .vector), (.dot, .scalar):
      let (a, b) = (values[0].simplest, values[1].simplest)
      if a.hasShape(of: b) { return .scalar(Self.dot(a.entries, b.entries)) }
    case (.norm, .scalar(let u)): return .scalar(.abs(u))
    case (.norm, .vector(let entries)):
      return .scalar(Self.dot(entries, entries).squareRoot)
    case (.transpose, _):
      return try transposed(values[0], at: range)
    case (.determinant, .matrix(let rows)) where rows.count == rows[0].count && rows.count <= 4:
      return .scalar(Self.determinant(rows))
    case (.determinant, .matrix(let rows)) where rows.count == rows[0].count:
      throw failure("det is written out for at most 4x4 matrices", at: range)
    default: break
    }
    let found = values.map(\.kind).joined(separator: " and ")
    throw failure("the function does not apply to \(found)", at: range)
  }

  /// The determinant by expansion along the first row.
  private static func determinant(_ rows: [[Expression]]) -> Expression {
    if rows.count == 1 { return rows[0][0] }
    return .sum(
      rows[0].indices.map { column in
        let minor = rows.dropFirst().map { row in
          row.enumerated().filter { $0.offset != column }.map(\.element)
        }
        let term = rows[0][column] * determinant(minor)
        return column % 2 == 0 ? term : -term
      })
  }
}
