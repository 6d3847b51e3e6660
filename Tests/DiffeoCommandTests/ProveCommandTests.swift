import Foundation
import Testing

@testable import DiffeoCommand

@Suite("diffeo prove")
struct ProveCommandTests {
  private func answer(_ arguments: String...) throws -> [String: Any] {
    let run = CommandRun(["prove", "--json"] + arguments)
    let problems = try run.json()["problems"] as? [[String: Any]]
    return try #require(problems?.first)
  }

  @Test("Every field of the schema is there, null where there is nothing to say")
  func schema() throws {
    let answer = try answer("-e", "z in R; x = 2 z + 1 in R")
    let fields = [
      "name", "verdict", "injective", "surjective", "condition", "verdictIfTrue",
      "verdictIfFalse", "counterexample", "inverse", "image", "regularity", "singularSet",
      "logAbsDet", "strategy", "certificate", "checked", "tried", "ms",
    ]
    #expect(Set(answer.keys) == Set(fields))
    #expect(answer["verdict"] as? String == "bijective")
    #expect(answer["condition"] is NSNull)
    #expect(answer["counterexample"] is NSNull)
    #expect(answer["checked"] as? Bool == true)
    #expect(answer["regularity"] as? String == "diffeomorphism")
    #expect(answer["ms"] is Double)
  }

  @Test("A counterexample is a pair of points in corpus syntax")
  func counterexample() throws {
    let answer = try answer(TestFiles.sheet(2))
    #expect(answer["verdict"] as? String == "not_injective")
    let points = try #require(answer["counterexample"] as? [[String]])
    #expect(points.count == 2 && points[0] != points[1])
    func image(_ point: [String]) throws -> [Double] {
      let z = try point.map { try #require(Double($0)) }
      return [z[0] * z[0] * z[1], z[1] * z[1] * z[1]]
    }
    #expect(try image(points[0]) == image(points[1]))
    #expect(answer["detSigns"] == nil)
  }

  @Test("A condition has a verdict for each side")
  func condition() throws {
    let answer = try answer(TestFiles.sheet(3))
    #expect(answer["verdict"] as? String == "conditional")
    #expect(answer["verdictIfTrue"] as? String == "bijective")
    #expect(answer["verdictIfFalse"] as? String == "not_injective")
    #expect((answer["condition"] as? String)?.contains("!= 0") == true)
  }

  @Test("Parameters are set, and problems chosen by name")
  func choice() throws {
    let text = "problem p; param a; z in R; x = a z in R; problem q; z in R; x = z in R"
    let run = CommandRun("prove", "--json", "-e", text, "--problem", "p", "--set", "a=0")
    let problems = try #require(try run.json()["problems"] as? [[String: Any]])
    #expect(problems.count == 1)
    #expect(problems[0]["verdict"] as? String == "not_injective")
    #expect(run.status == .refuted)
  }

  @Test("Two runs differ in the time alone")
  func determinism() {
    func text() -> String {
      CommandRun("prove", "--json", TestFiles.sheet(1), TestFiles.sheet(4)).output
        .split(separator: "\n").filter { !$0.contains("\"ms\":") }.joined(separator: "\n")
    }
    #expect(text() == text())
  }

  @Test(
    "Every phase can be printed",
    arguments: ["tokens", "tree", "problem", "verdict", "certificate", "inverse", "jacobian"])
  func phases(phase: String) {
    let run = CommandRun("prove", TestFiles.sheet(1), "--show", phase)
    #expect(run.status == .fine, "\(run.errors)")
    #expect(run.output.count > 10)
    #expect(run.output.hasSuffix("\n"))
  }

  @Test("Colour comes only where it is asked for")
  func color() {
    let arguments = ["prove", "-e", "z in R; x = z in R"]
    #expect(!CommandRun(arguments).output.contains("\u{1B}"))
    #expect(CommandRun(arguments, isColored: true).output.contains("\u{1B}[1;32m"))
  }

  @Test("A corpus gives one JSON line a record, and a scoreboard")
  func corpus() throws {
    let records = """
      {"records": [
       {"id": "a", "dimension": {"n": 1, "m": 1}, "domain": "R", "codomain": "R",
        "formulas": ["2*z1"], "parameters": {}, "verdict": "bijective", "difficulty": 1,
        "inverse": ["x1/2"]},
       {"id": "b", "dimension": {"n": 1, "m": 1}, "domain": "R", "codomain": "R",
        "formulas": ["z1**2"], "parameters": {}, "verdict": "bijective", "difficulty": 2},
       {"id": "c", "dimension": {"n": 1, "m": 1}, "domain": "R", "codomain": "R",
        "formulas": ["nonsense("], "parameters": {}, "verdict": "bijective", "difficulty": 2},
       {"id": "d", "dimension": {"n": 1, "m": 1}, "domain": "R", "codomain": "R",
        "formulas": ["a*z1"], "parameters": {"a": "R"}, "verdict": "conditional",
        "condition": "a != 0", "verdict_if_true": "bijective",
        "verdict_if_false": "not_injective", "difficulty": 1},
       {"id": "e", "dimension": {"n": 2, "m": 2}, "domain": "R^2", "codomain": "R^2",
        "formulas": ["z1+a*z2", "z1+b*z2"], "parameters": {"a": "R", "b": "R"},
        "verdict": "conditional", "condition": "3*(a-b) != 0", "verdict_if_true": "bijective",
        "verdict_if_false": "not_injective", "difficulty": 3},
       {"id": "f", "dimension": {"n": 2, "m": 2}, "domain": "R^2", "codomain": "R^2",
        "formulas": ["z1+a*z2", "z1+b*z2"], "parameters": {"a": "R", "b": "R"},
        "verdict": "conditional", "condition": "a+b != 0", "verdict_if_true": "bijective",
        "verdict_if_false": "not_injective", "difficulty": 3}
      ]}
      """
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "corpus.json")
      try records.write(to: file, atomically: true, encoding: .utf8)
      let lines = CommandRun("prove", "--corpus", file.path, "--json")
      #expect(lines.status == .fine)
      let answers = try lines.output.split(separator: "\n").map {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
      }
      #expect(answers.map { $0["id"] as? String } == ["a", "b", "c", "d", "e", "f"])
      #expect(answers[2]["verdict"] as? String == "undecided")

      let board = CommandRun("prove", "--corpus", file.path)
      #expect(board.status == .fine)
      let rows = board.output.split(separator: "\n").map { line in
        line.split(separator: " ").map(String.init)
      }
      #expect(rows.contains(["1", "2", "2", "0", "0"]))
      #expect(rows.contains(["2", "2", "0", "1", "1"]))
      #expect(rows.contains(["3", "2", "1", "0", "1"]))
      #expect(board.output.contains("WRONG  b: not_injective, stated bijective"))
      #expect(board.output.contains("inverses: 1 of 1"))
    }
  }

  @Test("A time limit ends a search, 0 is none, and what is no time is a mistake in the call")
  func timeLimit() throws {
    let text = "z in R; x = z^3 in R"
    #expect(CommandRun("prove", "-e", text, "--time-limit", "0").status == .fine)
    #expect(CommandRun("prove", "-e", text, "--time-limit", "5m").status == .fine)
    let short = CommandRun("prove", "-e", text, "--time-limit", "1e-9s")
    #expect(short.status == .undecided)
    #expect(short.output.contains("ended by the time limit"))
    #expect(CommandRun("prove", "-e", text, "--time-limit", "soon").status == .usage)
  }

  @Test("A record that states a field twice is refused, whatever both say")
  func doubleField() throws {
    let record = """
      [{"id": "a", "dimension": {"n": 1, "m": 1}, "domain": "R", "codomain": "R",
        "formulas": ["2*z1"], "parameters": {}, "verdict": "bijective",
        "formulas": ["z1**2"]}]
      """
    try TestFiles.withFolder { folder in
      let file = folder.appending(path: "corpus.json")
      try record.write(to: file, atomically: true, encoding: .utf8)
      let run = CommandRun("prove", "--corpus", file.path, "--json")
      #expect(run.status == .badData && run.output.isEmpty)
      #expect(run.errors.contains("corpus.json:3: "), "\(run.errors)")
      #expect(run.errors.contains("[0]: found the field 'formulas' twice"))
    }
  }

  @Test("In JSON coordinates are z1 … zn and x1 … xm, whatever the file calls them")
  func numberedCoordinates() throws {
    for text in ["z in R; x = z^3 in R", "u in R; y = u^3 in R"] {
      let answer = try CommandRun("prove", "-e", text, "--json").json()
      let problem = try #require((answer["problems"] as? [[String: Any]])?.first)
      #expect(problem["inverse"] as? [String] == ["cbrt(x1)"])
      #expect(problem["singularSet"] as? String == "z1 == 0")
    }
  }

  @Test(
    "Vectors and matrices are set whole or entry by entry",
    arguments: [
      ["A=[[1,2],[3,4]]", "b=(5,6)"], ["A=[[1,2],[3,4]]", "b=5,6"],
      ["a11=1", "a12=2", "a21=3", "a22=4", "b1=5", "b2=6"],
    ])
  func setMatrix(settings: [String]) throws {
    let text = "param A in R^(2x2), b in R^2; z in R^2; x = A z + b in R^2"
    let run = CommandRun(
      ["prove", "--show", "inverse", "-e", text] + settings.flatMap { ["--set", $0] })
    #expect(run.status == .fine, "\(run.errors)")
    #expect(run.output.contains("x2 - 2 x1 + 4"))
  }

  @Test("A matrix that does not fit says how many entries it should have")
  func matrixOfWrongSize() {
    let run = CommandRun(
      "prove", "-e", "param A in R^(2x2); z in R^2; x = A z in R^2", "--set", "A=[[1,2]]")
    #expect(run.status == .usage)
    #expect(run.errors.contains("2 numbers instead of 4"))
  }

  @Test("A parameter that is set twice is a mistake in the call")
  func setTwice() {
    let run = CommandRun(
      "prove", "-e", "param a; z in R; x = a z in R", "--set", "a=1", "--set", "a=2")
    #expect(run.status == .usage)
    #expect(run.errors.contains("set twice"))
  }

  @Test("A name of a million letters is refused at once")
  func longName() {
    let name = String(repeating: "a", count: 1_000_000)
    let run = CommandRun("prove", "-e", "z in R; x = \(name) in R")
    #expect(run.status == .badData)
    #expect(run.errors.contains("longer than 200 characters"))
  }
}
