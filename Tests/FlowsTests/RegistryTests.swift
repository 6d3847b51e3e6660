import Foundation
import Testing

@testable import Flows

@Suite("Registry of flows")
struct RegistryTests {
  private static let sources = text(of: "Flows")

  /// The sources of a module, one after the other.
  private static func text(of module: String) -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/\(module)").standardizedFileURL
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!
    return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .map { try! String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
  }

  /// The types that are declared or extended to conform to a protocol, among others perhaps.
  private static func types(conformingTo name: String, in text: String = sources) -> Set<String> {
    let pattern = "(?:struct|enum|class|extension) (\\w+)(?:<[^>]*>)?:[^{]*\\b\(name)\\b[^{]*\\{"
    return Set(
      text.matches(of: try! Regex(pattern)).map { String($0.output[1].substring!) })
  }

  @Test("a type that is not registered would be seen, however it is declared")
  func declarations() {
    let text = """
      public struct Plain: Bijector {
      struct Two: Hashable, Bijector {
      final class Generic<Part: Sendable>: Bijector, Sendable {
      extension Later: Bijector {
      enum Other: Sendable { case one(any Bijector) }
      public protocol Finer: Bijector {
      """
    #expect(
      Self.types(conformingTo: "Bijector", in: text) == ["Plain", "Two", "Generic", "Later"])
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

  @Test("holds every network")
  func networks() {
    let registered = Set(Registry.maskedNetworks.map { Self.name($0.network) })
    let declared = Self.types(conformingTo: "(?:Masked)?Network")
    #expect(declared.count >= 3)
    #expect(declared.subtracting(registered) == [])
  }

  @Test("holds every distribution")
  func distributions() {
    let registered = Set(Registry.distributions.compactMap { $0.make(2, 0).map { Self.name($0) } })
    let declared = Self.types(conformingTo: "Distribution")
    #expect(declared.count >= 6)
    #expect(declared.subtracting(registered) == [])
  }

  @Test("holds every bijector and every distribution of formulas")
  func formulas() {
    let text = Self.text(of: "FormulaFlows")
    let bijectors = Registry.formulas.flatMap { entry in
      entry.dimensions.compactMap { entry.make($0, 0) }
    }
    let bases = Registry.statedBases.compactMap { $0.make(1, 0) }
    #expect(Self.types(conformingTo: "Bijector", in: text) == Set(bijectors.map(Self.name)))
    #expect(Self.types(conformingTo: "Distribution", in: text) == Set(bases.map(Self.name)))
  }

  @Test(
    "every type is described in the documentation",
    arguments: [
      "ElementwiseTransform", "Bijector", "Distribution", "(?:Masked)?Network",
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

  @Test("every named flow takes a context", arguments: Registry.zoo)
  func contexts(entry: DistributionCase) {
    for context in [0, 2] { #expect(entry.make(3, context)?.contextFeatures == context) }
  }

  @Test("every transform is under the laws with a context")
  func transformsWithContext() {
    let fed = Registry.fedTransforms.compactMap { $0.make(2, 2) as? Conditional }
    #expect(
      Set(fed.map { Self.name($0.transform) })
        == Set(Registry.transforms.map { Self.name($0.transform) }))
  }
}
