import Formats
import FormulaFits
import FormulaFlows
import Learning
import Tensors
import Testing

@Suite("Files of fitted formulas")
struct FormulaFileTests {
  private static let text = "learn m, s > 0; z in R; x = m + s sinh(z) in R"
  private static let data = RandomKey(seed: 8).normals(120).map {
    3 + 0.5 * UnaryFunction.sinh.value($0)
  }

  @Test("A model is read back with the same densities, if formulas may be proven")
  func roundTrip() throws {
    let fitted = try FormulaTable(Self.text, [Self.data])
    let learned = try fitted.learned()
    let back = try LearnedDistribution(learned.file, name: "m", formulas: .proving)
    #expect(back.provenance == learned.provenance)
    #expect(try back.logDensity(of: fitted.table) == learned.logDensity(of: fitted.table))
    #expect(back.file.encoded == learned.file.encoded)
    #expect(throws: FormatError.self) { try LearnedDistribution(learned.file, name: "m") }
  }

  @Test(
    "A text that is no proven flow is refused",
    arguments: [
      "learn m, s > 0; z in R; x = m + s z^2 in R", "z in R; x = (((", "", "z in R; x = z in R; ",
      "problem A; z in R; x = z in R\\nproblem B; z in R; x = z in R",
      "z in (0, 1); x = z in (0, 1)",
    ])
  func otherTexts(text: String) throws {
    var file = try FormulaTable(Self.text, [Self.data]).learned().file
    let model = try #require(file.metadata["model"])
    file.metadata["model"] = model.replacing(Self.text, with: text)
    file.metadata["checksum"] = file.checksum
    #expect(throws: FormatError.self) {
      try LearnedDistribution(file, name: "m", formulas: .proving)
    }
  }

  @Test("A text of brackets without end is refused at once")
  func deepText() throws {
    for text in [String(repeating: "(", count: 60_000), String(repeating: "-", count: 70_000)] {
      #expect(throws: (any Error).self) {
        try ProvenFormula("z in R; x = " + text + "z in R", file: "deep")
      }
    }
  }

  @Test("A fit that was interrupted ends in the same bytes")
  func resume() throws {
    let fit = try FormulaTable(Self.text, [Self.data]).fit(steps: 40)
    let pool = WorkerPool(count: 1)
    let whole = try fit.run(pool: pool)
    var (steps, saved): (Int, FitCheckpoint?) = (0, nil)
    _ = try fit.run(
      pool: pool,
      observer: FitObserver(
        afterStep: {
          steps += 1
          return steps == 17 ? .stop : .goOn
        }, save: { saved = $0 }))
    let bytes = try #require(saved).file
    #expect(throws: FormatError.self) { try FitCheckpoint(bytes, name: "c") }
    let checkpoint = try FitCheckpoint(bytes, name: "c", formulas: .proving)
    #expect(try fit.run(pool: pool, from: checkpoint).file.encoded == whole.file.encoded)
    let other = try FormulaTable("learn m, s > 0; z in R; x = m + s z in R", [Self.data])
    #expect(throws: LearningError.self) {
      try other.fit(steps: 40).run(pool: pool, from: checkpoint)
    }
  }
}
