import Testing

@testable import DiffeoCommand

@Suite("Errors about problems")
struct ProblemPlaceTests {
  /// A call, and the line that marks what is wrong.
  static let cases: [(arguments: [String], place: String, marked: String)] = [
    (
      ["density", "-e", "z in (0, inf)\nx = log(z) in R\nz ~ normal(0, 1)", "--at", "1"],
      "-e:3:5: error: the base has mass outside of the domain", "normal(0, 1)"
    ),
    (
      ["density", "-e", "z in R^2\nx = (z1, 0 z2)\nz ~ normal(0, I)", "--at", "1,2"],
      "-e:2:1: error: det Df(z) = 0", "x = (z1, 0 z2)"
    ),
    (
      ["sample", "-e", "param K; z in R; x = K z; z ~ normal(0, 1)", "-n", "2"],
      "-e:1:7: error: the parameter K has no value", "K"
    ),
    (
      ["sample", "-e", "z in R; x = z", "-n", "2"],
      "-e:1:1: error: there is no base distribution", "z in R"
    ),
    (
      ["density", "-e", "z in R; x = log(z); z ~ normal(0, 1)", "--at", "1"],
      "-e:1:9: error: the map is not defined", "x = log(z)"
    ),
  ]

  @Test("They show the part of the problem that is the reason", arguments: cases)
  func places(_ arguments: [String], _ place: String, _ marked: String) throws {
    let run = CommandRun(arguments)
    #expect(run.status == .badData)
    #expect(run.errors.hasPrefix(place), "\(run.errors)")
    let lines = run.errors.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.count > 2)
    let carets = lines[2].drop { $0 != "^" }.prefix { $0 == "^" }
    let start = lines[2].distance(from: lines[2].startIndex, to: carets.startIndex)
    #expect(lines[1].dropFirst(start).prefix(carets.count) == marked)
  }

  @Test("Names on the command line are no parameters to declare")
  func names() {
    let run = CommandRun("density", "-e", "z in R; x = z; z ~ normal(0, 1)", "--at", "foo")
    #expect(run.errors.contains("unknown name 'foo'"))
    #expect(!run.errors.contains("param"))
  }

  @Test("Negative counts are numbers, not options")
  func negative() {
    let run = CommandRun("sample", "-n", "-3", "-e", "z in R; x = z; z ~ normal(0, 1)")
    #expect(run.status == .usage)
    #expect(run.errors.contains("-n takes a number of rows, not -3"))
  }

  @Test("A command that does not exist is named, with the one that may be meant")
  func commands() {
    let run = CommandRun("slove", "a.flow")
    #expect(run.status == .usage)
    #expect(run.errors.contains("there is no command 'slove'"))
    #expect(run.errors.contains("did you mean 'solve'?"))
  }
}
