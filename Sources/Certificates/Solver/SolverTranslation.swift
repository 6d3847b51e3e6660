import Exact
import Symbolics

/// A part of a formula for which there is no term.
struct Untranslatable: Error {
  /// The part, or what is wrong with it.
  let reason: String
}

/// Formulas and conditions as terms of SMT-LIB over the reals, each part once.
///
/// Rational functions, roots, absolute values and distinctions of cases are stated exactly. Every other call
/// becomes an unknown number, of which ``FunctionFacts`` are asserted. What is asserted is true wherever the formulas
/// are defined, so that a script that nothing satisfies proves that there is no such point.
struct SolverTranslation {
  /// More commands are no question that a solver would answer.
  private static let commandLimit = 3000
  /// The greatest exponent that is written out.
  private static let exponentLimit = 16

  private(set) var commands: [String] = []
  private var calls: [(function: Function, call: SolverCall)] = []
  /// The names of terms.
  private var names: [String: String] = [:]
  /// What symbols are called at present, and the terms of formulas in them.
  private var symbols: [Symbol: String] = [:]
  private var terms: [Expression: String] = [:]
  /// Whether what is translated may be left out of account: then it must be defined everywhere.
  private var isConditional = false

  /// From now on symbols have these names.
  mutating func name(_ symbols: [Symbol: String]) {
    (self.symbols, terms) = (symbols, [:])
  }

  /// Declares an unknown real number.
  mutating func declare(_ name: String) { commands.append("(declare-const \(name) Real)") }

  /// Asserts a term.
  mutating func assert(_ term: String) { commands.append("(assert \(term))") }

  /// Asserts what is known of the calls.
  mutating func assertFacts() throws(Untranslatable) {
    for (position, (function, _)) in calls.enumerated() {
      // Each function when it comes first.
      guard !calls[..<position].contains(where: { $0.function == function }),
        let facts = FunctionFacts(function)
      else { continue }
      let own = calls.filter { $0.function == function }.map(\.call)
      facts.assertions(for: own, of: function).forEach { assert($0) }
    }
    for sine in calls where sine.function == .sin {
      for cosine in calls
      where cosine.function == .cos && cosine.call.argument == sine.call.argument {
        let (s, c) = (sine.call.value, cosine.call.value)
        assert("(= (+ (* \(s) \(s)) (* \(c) \(c))) 1.0)")
      }
    }
    try checkLimit()
  }

  /// A condition that holds wherever it is defined, as a term.
  mutating func condition(_ predicate: Predicate) throws(Untranslatable) -> String {
    let outer = isConditional
    isConditional = true
    defer { isConditional = outer }
    switch predicate {
    case .always: return "true"
    case .never: return "false"
    case .compare(let a, let relation, let b):
      let (left, right) = (try term(a), try term(b))
      switch relation {
      case .equal: return "(= \(left) \(right))"
      case .unequal: return "(not (= \(left) \(right)))"
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        return "(\(relation.rawValue) \(left) \(right))"
      }
    case .and(let parts): return "(and \(try conditions(parts)))"
    case .or(let parts): return "(or \(try conditions(parts)))"
    case .not(let inner): return "(not \(try condition(inner)))"
    }
  }

  private mutating func conditions(_ parts: [Predicate]) throws(Untranslatable) -> String {
    var result: [String] = []
    for part in parts { result.append(try condition(part)) }
    return result.joined(separator: " ")
  }

  /// A formula as a term.
  mutating func term(_ u: Expression) throws(Untranslatable) -> String {
    if let known = terms[u] { return known }
    let term: String
    switch u.form {
    case .rational(let value):
      guard value.bitLength <= 1000 else { throw Untranslatable(reason: "a number is too long") }
      term = value.term
    case .pi: term = circleConstant()
    case .symbol(let symbol):
      guard let name = symbols[symbol] else { throw Untranslatable(reason: "\(symbol) is free") }
      term = name
    case .sum(let parts): term = defined("(+ \(try list(parts)))")
    case .product(let parts): term = defined("(* \(try list(parts)))")
    case .power(let base, let exponent): term = try power(base, exponent, of: u)
    case .call(let function, let arguments): term = try call(function, arguments, of: u)
    case .piecewise(let branches): term = try distinction(branches)
    case .finiteSum: throw Untranslatable(reason: "\(u.text) has a symbolic number of terms")
    }
    try checkLimit()
    terms[u] = term
    return term
  }

  private func checkLimit() throws(Untranslatable) {
    if commands.count > Self.commandLimit {
      throw Untranslatable(reason: "the formulas are too long")
    }
  }

  private mutating func list(_ parts: [Expression]) throws(Untranslatable) -> String {
    var result: [String] = []
    for part in parts { result.append(try term(part)) }
    return result.joined(separator: " ")
  }

  /// The name of a term, given when it comes first.
  private mutating func defined(_ term: String) -> String {
    if let name = names[term] { return name }
    let name = "t\(names.count + 1)"
    names[term] = name
    commands.append("(define-fun \(name) () Real \(term))")
    return name
  }

  /// The name of an unknown with a property that `assertions` state of its name.
  private mutating func unknown(
    _ key: String, _ assertions: (_ name: String) -> [String]
  ) -> String {
    if let name = names[key] { return name }
    let name = "t\(names.count + 1)"
    names[key] = name
    commands.append("(declare-const \(name) Real) ; \(key)")
    assertions(name).forEach { assert($0) }
    return name
  }

  private mutating func circleConstant() -> String {
    unknown("pi") {
      [
        "(< (/ 314159265358979.0 100000000000000.0) \($0))",
        "(< \($0) (/ 314159265358980.0 100000000000000.0))",
      ]
    }
  }
}

// MARK: - Operations

extension SolverTranslation {
  private mutating func power(
    _ base: Expression, _ exponent: Expression, of whole: Expression
  ) throws(Untranslatable) -> String {
    guard let value = exponent.rationalValue, let degree = value.denominator.asInt,
      let count = value.numerator.magnitude.asInt, degree <= Self.exponentLimit,
      count <= Self.exponentLimit
    else { throw Untranslatable(reason: "the exponent of \(whole.text) is not a small fraction") }
    if degree > 1 || value.sign < 0 { try requireUnconditional(whole) }
    var factor = try term(base)
    if degree > 1 {
      let radicand = factor
      factor = unknown("(root \(degree) \(radicand))") {
        ["(<= 0.0 \($0))", "(= \(Self.repeated($0, degree)) \(radicand))"]
      }
    }
    let product = count == 1 ? factor : defined(Self.repeated(factor, count))
    guard value.sign < 0 else { return product }
    return unknown("(/ 1.0 \(product))") { ["(= (* \($0) \(product)) 1.0)"] }
  }

  private static func repeated(_ factor: String, _ count: Int) -> String {
    count == 1 ? factor : "(* \(Array(repeating: factor, count: count).joined(separator: " ")))"
  }

  /// An operation that is not defined everywhere has to be one that is always carried out.
  private func requireUnconditional(_ whole: Expression) throws(Untranslatable) {
    if isConditional {
      throw Untranslatable(reason: "\(whole.text) stands in a case, and is not defined everywhere")
    }
  }

  private mutating func call(
    _ function: Function, _ arguments: [Expression], of whole: Expression
  ) throws(Untranslatable) -> String {
    if function.argumentRequirement != nil { try requireUnconditional(whole) }
    var values: [String] = []
    for argument in arguments { values.append(try term(argument)) }
    let u = values[0]
    switch function {
    case .abs: return defined("(ite (<= 0.0 \(u)) \(u) (- \(u)))")
    case .sign: return defined("(ite (< 0.0 \(u)) 1.0 (ite (< \(u) 0.0) (- 1.0) 0.0))")
    case .max, .min:
      let relation = function == .max ? ">=" : "<="
      return values.dropFirst().reduce(u) { defined("(ite (\(relation) \($0) \($1)) \($0) \($1))") }
    case .realRoot(let degree):
      guard degree <= Self.exponentLimit else { break }
      return unknown("(root \(degree) \(u))") { ["(= \(Self.repeated($0, degree)) \(u))"] }
    default:
      guard FunctionFacts(function) != nil else { break }
      let key = "(\(function) \(u))"
      let isNew = names[key] == nil
      let value = unknown(key) { _ in [] }
      if isNew { calls.append((function, SolverCall(argument: u, value: value))) }
      return value
    }
    throw Untranslatable(reason: "of \(function.name) too little is known")
  }

  private mutating func distinction(_ branches: [Branch]) throws(Untranslatable) -> String {
    let outer = isConditional
    isConditional = true
    defer { isConditional = outer }
    // Where the formula is defined one of the conditions holds: the last one when no other does.
    guard let last = branches.last else {
      throw Untranslatable(reason: "a distinction has no cases")
    }
    var result = try term(last.value)
    for branch in branches.dropLast().reversed() {
      let (condition, value) = (try condition(branch.condition), try term(branch.value))
      result = defined("(ite \(condition) \(value) \(result))")
    }
    return result
  }
}
