import Testing

@testable import Satisfiability

@Suite("Scripts for an SMT solver")
struct SMTScriptTests {
  private static func script(_ assertion: String) -> SMTScript {
    SMTScript([
      "(set-logic QF_NRA)", "(declare-const x Real)", "(declare-const y Real)",
      "(assert \(assertion))",
    ])
  }

  @Test("that nothing satisfies, and that something does")
  func answers() {
    #expect(Self.script("(< (* x x) 0.0)").answer() == .unsatisfiable)
    #expect(Self.script("(= (* x x) 2.0)").answer() == .satisfiable)
    #expect(Self.script("(and (= (* x x x) (* y y y)) (< x y))").answer() == .unsatisfiable)
  }

  @Test("that are no scripts get no answer", arguments: ["(< x z)", "(< x", "true) (exit"])
  func malformed(assertion: String) {
    guard case .unknown = Self.script(assertion).answer() else {
      Issue.record("\(assertion) was answered")
      return
    }
  }

  @Test("cost no more than they may")
  func effort() {
    // Does a polynomial of degree 12 in two unknowns take a value on a curve of degree 9?
    let power = { (name: String, n: Int) in
      "(* \(Array(repeating: name, count: n).joined(separator: " ")))"
    }
    let hard = Self.script(
      """
      (and (= (+ \(power("x", 12)) \(power("y", 12)) (* (- 3.0) x y)) (- 1.5))
        (= (+ \(power("x", 9)) (* 7.0 \(power("y", 8))) (* x y)) 0.25))
      """)
    guard case .unknown = hard.answer(effort: 1000) else {
      Issue.record("a hard question was answered with no effort")
      return
    }
  }

  @Test("end by the processor's time, not by that on the wall")
  func processorTime() throws {
    let slow = try SolverProcess.output(of: "sh", [], on: "sleep 1.5; echo done", seconds: 1)
    #expect(slow == "done\n")
    #expect(throws: SolverProcess.Failure.self) {
      try SolverProcess.output(of: "sh", [], on: "while true; do :; done", seconds: 1)
    }
  }

  @Test("can be put at the same time")
  func concurrent() async {
    let answers = await withTaskGroup(of: SMTScript.Answer.self) { group in
      for number in 0..<8 {
        group.addTask { Self.script("(= (* x x) (- \(number).0 3.5))").answer() }
      }
      return await group.reduce(into: [SMTScript.Answer: Int]()) { $0[$1, default: 0] += 1 }
    }
    #expect(answers == [.unsatisfiable: 4, .satisfiable: 4])
  }
}
