import Certificates
import Exact
import Symbolics

/// Verdicts against what the records of a corpus state.
struct Scoreboard {
  /// How a verdict compares with the stated one.
  enum Mark {
    case right, undecided, wrong
    /// The record states no verdict.
    case unstated
  }

  private var marks: [(id: String, difficulty: Int?, mark: Mark, milliseconds: Double)] = []
  private var statedInverses = 0
  private var foundInverses = 0
  private var uncheckedInverses = 0
  private var remarks: [String] = []

  mutating func add(_ answer: VerdictAnswer, for record: CorpusRecord) {
    let mark = Self.mark(answer.verdict, against: record)
    marks.append((record.id, record.difficulty, mark, answer.milliseconds))
    if mark == .wrong {
      remarks.append(
        "WRONG  \(record.id): \(answer.verdict.kind.rawValue), stated \(record.verdict!)")
    }
    if mark == .undecided, answer.verdict.tried.count == 1 {
      remarks.append("undecided  \(record.id): \(answer.verdict.tried[0].reason)")
    }
    if record.inverse != nil { statedInverses += 1 }
    if answer.verdict.inverse != nil {
      if answer.verdict.checked?.holds == true {
        foundInverses += record.inverse == nil ? 0 : 1
      } else {
        uncheckedInverses += 1
      }
    }
  }

  // MARK: One record

  static func mark(_ verdict: Verdict, against record: CorpusRecord) -> Mark {
    guard let stated = record.verdict else { return .unstated }
    if verdict.kind == .undecided { return .undecided }
    guard verdict.kind.rawValue == stated else { return .wrong }
    return verdict.kind == .conditional ? conditionMark(verdict, record) : .right
  }

  /// Conditions count as equal when each is proven from the other, and as different when they
  /// disagree at some parameter values.
  private static func conditionMark(_ verdict: Verdict, _ record: CorpusRecord) -> Mark {
    guard var condition = verdict.condition, let text = record.condition,
      let stated = try? Formula.parsePredicate(text, syntax: .corpus),
      let problem = try? CorpusReader.problem(record)
    else { return .undecided }
    let sides = [verdict.kindIfTrue?.rawValue, verdict.kindIfFalse?.rawValue]
    if sides == [record.verdictIfFalse, record.verdictIfTrue], sides[0] != sides[1] {
      condition = condition.negation
    } else if sides != [record.verdictIfTrue, record.verdictIfFalse] {
      return .wrong
    }
    return compare(condition, stated, parameters: problem.parameters)
  }

  private static func compare(
    _ a: Predicate, _ b: Predicate, parameters: [Parameter]
  ) -> Mark {
    let known = Assumptions(parameters: parameters)
    let isSame =
      known.adding(a).decide(b) == true
      && known.adding(a.negation).decide(b.negation) == true
    if isSame || haveSameZeros(a, b, under: known) { return .right }
    let space = Region(
      coordinates: parameters.map(\.symbol), intervals: parameters.map(\.interval),
      where: .all(parameters.map(\.constraint)))
    for witness in WitnessSearch(in: space, under: known).points(200) {
      let values = Dictionary(uniqueKeysWithValues: zip(space.coordinates, witness.point))
      let first = known.decide(a.substituting(values))
      let second = known.decide(b.substituting(values))
      if let first, let second, first != second { return .wrong }
    }
    return .undecided
  }

  /// u = 0 and v = 0, or both "not 0", say the same where u = c v with a number c other than 0.
  private static func haveSameZeros(
    _ a: Predicate, _ b: Predicate, under known: Assumptions
  ) -> Bool {
    guard case .compare(let left, let relation, let right) = a,
      case .compare(let otherLeft, let same, let otherRight) = b, same == relation,
      relation == .equal || relation == .unequal,
      let ratio = ((left - right) / (otherLeft - otherRight)).normalForm(under: known).rationalValue
    else { return false }
    return ratio.sign != 0
  }

  // MARK: The board

  /// The counts by difficulty, what was wrong, the inverses and the time.
  var lines: [String] {
    let difficulties = Set(marks.compactMap(\.difficulty)).sorted()
    var table = [["difficulty", "records", "right", "undecided", "WRONG"]]
    for difficulty in difficulties {
      table.append(row("\(difficulty)", marks.filter { $0.difficulty == difficulty }.map(\.mark)))
    }
    let rest = marks.filter { $0.difficulty == nil }
    if !rest.isEmpty { table.append(row("-", rest.map(\.mark))) }
    table.append(row("all", marks.map(\.mark)))
    let undecided = marks.filter { $0.mark == .undecided }.map(\.id)
    var lines = TextTable.lines(table)
    lines += remarks
    if !undecided.isEmpty { lines.append("undecided: \(undecided.joined(separator: " "))") }
    lines.append("inverses: \(foundInverses) of \(statedInverses) stated ones found and verified")
    if uncheckedInverses > 0 { lines.append("inverses not verified: \(uncheckedInverses)") }
    return lines + [timing]
  }

  private func row(_ name: String, _ marks: [Mark]) -> [String] {
    func count(_ mark: Mark) -> String { String(marks.filter { $0 == mark }.count) }
    return [name, String(marks.count), count(.right), count(.undecided), count(.wrong)]
  }

  private var timing: String {
    let total = marks.map(\.milliseconds).reduce(0, +)
    guard let slowest = marks.max(by: { $0.milliseconds < $1.milliseconds }) else {
      return "no records"
    }
    func seconds(_ milliseconds: Double) -> String {
      "\((milliseconds / 10).rounded() / 100) s"
    }
    return "time: \(seconds(total)); slowest \(slowest.id): \(seconds(slowest.milliseconds))"
  }
}
