import Formats
import Learning
import Testing

@Suite struct FitLogTests {
  @Test func reportsAreRead() throws {
    let log = try FitLog(
      """
      {"step":20,"plannedSteps":200,"training":-1.5,"validation":-2}
      {"step":40,"training":null,"validation":null,"best":-2}

      """, name: "log")
    #expect(log.entries.map(\.step) == [20, 40])
    #expect(log.entries[0].validation == -2 && log.entries[1].training == nil)
  }

  @Test func otherLinesArePointedAt() {
    func error(_ text: String) -> FormatError? {
      do {
        _ = try FitLog(text, name: "log")
        return nil
      } catch { return error }
    }
    #expect(error("{\"step\":1,\"training\":0}\nstep 2\n")?.line == 2)
    #expect(error("{\"step\":-1}")?.line == 1)
    #expect(error("{\"training\":1}")?.line == 1)
    #expect(error("[")?.line == 1)
    #expect(error("\n\n")?.found == "no report")
    #expect(error(String(repeating: "[", count: 100_000)) != nil)
  }
}
