import Foundation
import Testing

@testable import Flows

@Suite("Registry of flows")
struct RegistryTests {
  /// The sources of the module, with the text of each.
  private static let sources: String = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Flows").standardizedFileURL
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!
    return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .map { try! String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
  }()

  private static func types(conformingTo name: String) -> Set<String> {
    Set(
      sources.matches(of: try! Regex("struct (\\w+): \(name) \\{")).map { match in
        String(match.output[1].substring!)
      })
  }

  private static func name(_ value: Any) -> String { String(describing: type(of: value)) }

  @Test("holds every transform")
  func transforms() {
    let registered = Set(Registry.transforms.map { Self.name($0.transform) })
    let declared = Self.types(conformingTo: "ElementwiseTransform")
    #expect(declared.count >= 10)
    #expect(declared.subtracting(registered) == [])
  }

  @Test("holds every bijector")
  func bijectors() {
    let registered = Set(
      Registry.bijectors.flatMap { entry in
        [0, 1].compactMap { entry.make(2, $0).map { Self.name($0) } }
      })
    let declared = Self.types(conformingTo: "Bijector")
    #expect(declared.count >= 10)
    #expect(declared.subtracting(registered) == [])
  }

  @Test("holds every distribution")
  func distributions() {
    let registered = Set(Registry.distributions.compactMap { $0.make(2, 0).map { Self.name($0) } })
    let declared = Self.types(conformingTo: "Distribution")
    #expect(declared.count >= 6)
    #expect(declared.subtracting(registered) == [])
  }

  @Test(
    "every type is described in the documentation",
    arguments: [
      "ElementwiseTransform", "Bijector", "Distribution",
    ])
  func documentation(name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Flows/Flows.docc").standardizedFileURL
    let pages = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "md" && $0.lastPathComponent != "Flows.md" }
    let text = try pages.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let missing = Self.types(conformingTo: name).filter { !text.contains("``\($0)``") }
    #expect(missing == [])
  }

  @Test("holds every named flow")
  func zoo() {
    let functions = Self.sources.matches(of: /public static func (\w+)\(\s*features: Int/)
      .map { String($0.output.1) }
    #expect(functions.count >= 8)
    #expect(Set(functions) == Set(Registry.zoo.map(\.name)))
  }
}
