import Exact

/// Turns syntax trees into expressions: resolves names, checks shapes, and collects what must hold
/// for the formulas to be defined.
final class FormulaElaborator {
  let source: SourceText
  let log: DiagnosticLog
  var scope: Scope
  /// What the formulas read so far need in order to be defined.
  var obligations: [Obligation] = []

  /// Conditions of the piecewise branches around the present place.
  var guards: [Predicate] = []
  /// Indices of the sums around the present place.
  var indices: [Obligation.IndexRange] = []

  init(_ source: SourceText, log: DiagnosticLog, scope: Scope) {
    self.source = source
    self.log = log
    self.scope = scope
  }

  /// Reports an error; to be thrown.
  func failure(_ message: String, hint: String? = nil, at range: SourceRange) -> AlreadyReported {
    log.error(message, hint: hint, at: range)
    return AlreadyReported()
  }

  /// Notes that the operation at `range` needs `subject` to meet `requirement`, unless that is
  /// plain from the form of the subject.
  func require(
    _ subject: Expression, _ requirement: Obligation.Requirement, at range: SourceRange
  ) {
    let isPlain =
      switch requirement {
      case .positive: subject.isPlainlyPositive
      case .nonnegative: subject.isPlainlyNonnegative
      case .nonzero:
        subject.isPlainlyPositive || subject.rationalValue.map { !$0.isZero } ?? false
      case .integer: scope.isIntegerValued(subject)
      case .within(let interval): interval.membership(of: subject).folded == .always
      case .cosineNonzero: subject.isZero
      }
    if isPlain { return }
    let obligation = Obligation(
      subject, requirement, if: .all(guards), source: source.quoted(range), indices: indices)
    if !obligations.contains(obligation) { obligations.append(obligation) }
  }

  /// The number that `syntax` stands for.
  func scalar(_ syntax: FormulaSyntax) throws(AlreadyReported) -> Expression {
    let value = try value(of: syntax)
    guard case .scalar(let expression) = value.simplest else {
      throw failure("expected a number, found \(value.kind)", at: syntax.range)
    }
    return expression
  }

  /// The values of all `list`; every error in them is reported before giving up.
  func values(of list: [FormulaSyntax]) throws(AlreadyReported) -> [Value] {
    var result: [Value] = []
    for syntax in list {
      if let value = try? value(of: syntax) { result.append(value) }
    }
    if result.count < list.count { throw AlreadyReported() }
    return result
  }

  func value(of syntax: FormulaSyntax) throws(AlreadyReported) -> Value {
    let range = syntax.range
    switch syntax.kind {
    case .number(let digits):
      guard let value = Rational(digits) else {
        throw failure("cannot read the number", at: range)
      }
      return .scalar(Expression(value))
    case .name(let name): return try named(name, at: range)
    case .sum(let terms): return try sum(terms)
    case .product(let factors): return try product(factors)
    case .negative(let inner): return try value(of: inner).map { -$0 }
    case .power(let base, let exponent): return try power(base, exponent, at: range)
    case .call(let function, let arguments): return try call(function, arguments, at: range)
    case .tuple(let items): return try tuple(items, at: range)
    case .matrix(let rows):
      var result: [[Expression]] = []
      for row in rows { result.append(try scalars(row)) }
      return .matrix(result)
    case .finiteSum(let index, let lower, let upper, let body):
      return .scalar(try finiteSum(index, lower, upper, body, at: range))
    case .piecewise(let branches): return .scalar(try piecewise(branches, at: range))
    case .comparison, .and, .or, .not, .truth:
      throw failure("expected a formula, found a condition", at: range)
    }
  }

  /// The numbers that `list` stands for.
  func scalars(_ list: [FormulaSyntax]) throws(AlreadyReported) -> [Expression] {
    var result: [Expression] = []
    for (syntax, value) in zip(list, try values(of: list)) {
      guard case .scalar(let expression) = value.simplest else {
        throw failure("expected a number, found \(value.kind)", at: syntax.range)
      }
      result.append(expression)
    }
    return result
  }

  private func tuple(_ items: [FormulaSyntax], at range: SourceRange) throws(AlreadyReported)
    -> Value
  {
    let values = try values(of: items)
    guard values.allSatisfy({ $0.hasShape(of: values[0]) }) else {
      throw failure(
        "the entries of a vector must be of one kind: found \(values[0].kind) and others",
        at: range)
    }
    switch values[0] {
    case .scalar: return .vector(values.flatMap(\.entries))
    case .vector: return .matrix(values.map(\.entries))
    case .matrix: throw failure("a vector cannot have matrices as entries", at: range)
    }
  }

  private func named(_ name: String, at range: SourceRange) throws(AlreadyReported) -> Value {
    let isConstant = FunctionTable.constants.contains(name)
    if !isConstant, let value = scope.value(of: name),
      !(scope.isOpen && looksLikeFunction(name, at: range))
    {
      return value
    }
    switch name {
    case "e": return .scalar(.e)
    case "pi": return .scalar(.pi)
    case "inf":
      throw failure(
        "inf is no number", hint: "use inf only as an end of an interval: (0, inf)", at: range)
    default: break
    }
    if scope.isUnusable(name) { throw AlreadyReported() }
    if let reason = scope.reason(against: name) {
      throw failure("'\(name)' cannot be used here: \(reason)", at: range)
    }
    let isFunction = looksLikeFunction(name, at: range)
    throw failure(
      "unknown \(isFunction ? "function" : "name") '\(name)'",
      hint: nearMiss(of: name) ?? (isFunction ? Self.functionNames : names(besides: name)),
      at: range)
  }

  /// What was meant, if that can be guessed.
  private func nearMiss(of name: String) -> String? {
    let stem = Symbol(name).stem
    if name != stem {
      switch scope.value(of: stem) {
      case .vector(let entries)?: return "'\(stem)' has dimension \(entries.count)"
      case .scalar?: return "'\(stem)' is a single number and has no index"
      default: break
      }
    }
    if scope.laterNames.contains(name) || scope.laterNames.contains(stem) {
      return "it is defined further down; definitions stand before their use"
    }
    if let parts = product(in: name) { return "products need a space or *: \(parts)" }
    if let near = Spelling.nearest(to: name, among: scope.names) {
      return "did you mean '\(near)'?"
    }
    if let near = Spelling.nearest(to: name, among: FunctionTable.entries.keys.sorted()) {
      return "did you mean the function '\(near)'?"
    }
    return nil
  }

  /// One name for each function, the shortest.
  private static let functionNames = {
    let names = Dictionary(grouping: FunctionTable.entries.keys) { FunctionTable.entries[$0] }
      .values.compactMap { $0.min { ($0.count, $0) < ($1.count, $1) } }
    return "the functions are \(names.sorted().joined(separator: ", "))"
  }()

  /// What may stand in place of the name.
  private func names(besides name: String) -> String? {
    if scope.isOpen { return nil }
    if scope.hasDeclarations { return "declare it: param \(name)" }
    return scope.names.isEmpty
      ? "numbers are written like 1/3, sqrt(2) or pi"
      : "names that may stand here: \(scope.names.joined(separator: ", "))"
  }

  /// Whether a bracket follows a word of letters at once, as in `sec(z)`.
  private func looksLikeFunction(_ name: String, at range: SourceRange) -> Bool {
    name.count > 1 && name.allSatisfy(\.isLetter) && range.upper < source.scalars.count
      && source.scalars[range.upper] == "("
  }

  /// `kz1` read as `k z1`, when both are known.
  private func product(in name: String) -> String? {
    for split in name.indices.dropFirst() {
      let (first, second) = (String(name[..<split]), String(name[split...]))
      let areKnown = [first, second].allSatisfy {
        scope.contains($0) || $0 == "e" || $0 == "pi" || FunctionTable.entries[$0] != nil
      }
      if areKnown { return "\(first) \(second)" }
    }
    return nil
  }
}
