// swift-tools-version: 6.1
import PackageDescription

/// Every Swift target is compiled under the same strict settings.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A library module and the modules it may use: the arrows of ARCHITECTURE.md.
func module(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The test target of a module.
func tests(
  of name: String, using others: [Target.Dependency] = [], fixtures: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + others, exclude: fixtures,
    swiftSettings: strict)
}

let package = Package(
  name: "Diffeo",
  products: [
    .executable(name: "diffeo", targets: ["DiffeoCommand"]),
    .library(name: "CKernels", targets: ["CKernels"]),
    .library(name: "Tensors", targets: ["Tensors"]),
    .library(name: "Flows", targets: ["Flows"]),
    .library(name: "Learning", targets: ["Learning"]),
    .library(name: "Plots", targets: ["Plots"]),
    .library(name: "Symbolics", targets: ["Symbolics"]),
    .library(name: "Evaluation", targets: ["Evaluation"]),
    .library(name: "Certificates", targets: ["Certificates"]),
    .library(name: "Proofs", targets: ["Proofs"]),
    .library(name: "Densities", targets: ["Densities"]),
    .library(name: "Solutions", targets: ["Solutions"]),
    .library(name: "FormulaFlows", targets: ["FormulaFlows"]),
    .library(name: "FormulaFits", targets: ["FormulaFits"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(name: "CFlint", providers: [.apt(["libcalcium-dev", "libantic-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCairo", providers: [.apt(["libcairo2-dev"])]),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m")]),
    module("Exact", uses: ["CFlint"]),
    module("Symbolics", uses: ["Exact"]),
    module("Satisfiability"),
    module("Certificates", uses: ["Symbolics", "Exact", "Formats", "Satisfiability"]),
    module("Proofs", uses: ["Certificates", "Symbolics", "Exact"]),
    module("Tensors", uses: ["CKernels"]),
    module("Flows", uses: ["Tensors"]),
    module("Evaluation", uses: ["Symbolics", "Exact", "Tensors"]),
    module("Densities", uses: ["Certificates", "Evaluation", "Symbolics", "Exact", "Tensors"]),
    module("Solutions", uses: ["Proofs", "Densities", "Certificates", "Symbolics", "Exact"]),
    module(
      "FormulaFlows",
      uses: ["Flows", "Densities", "Certificates", "Evaluation", "Symbolics", "Exact", "Tensors"]),
    module("Formats", uses: ["CZlib"]),
    module("Learning", uses: ["Flows", "Tensors", "Formats"]),
    module(
      "FormulaFits",
      uses: ["Learning", "FormulaFlows", "Proofs", "Flows", "Symbolics", "Exact", "Tensors"]),
    module("Plots", uses: ["CCairo", "Tensors"]),
    .executableTarget(
      name: "DiffeoCommand",
      dependencies: [
        "Solutions", "Densities", "Proofs", "Certificates", "Evaluation", "Symbolics", "Exact",
        "FormulaFits", "FormulaFlows", "Learning", "Plots", "Flows", "Tensors", "Formats",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    tests(of: "CKernels", using: ["CFlint", "Tensors"]),
    tests(of: "Exact"),
    tests(of: "Symbolics", using: ["Exact"], fixtures: ["Fixtures"]),
    tests(of: "Satisfiability"),
    tests(of: "Certificates", using: ["Symbolics", "Exact", "Formats"]),
    tests(of: "Proofs", using: ["Certificates", "Symbolics", "Exact"]),
    tests(of: "Evaluation", using: ["Symbolics", "Exact", "Tensors"]),
    tests(of: "Densities", using: ["Proofs", "Certificates", "Symbolics", "Exact", "Tensors"]),
    tests(of: "Solutions", using: ["Proofs", "Densities", "Certificates", "Symbolics", "Exact"]),
    .target(name: "CThreadProbe", path: "Tests/CThreadProbe"),
    tests(of: "Tensors", using: ["CKernels", "CThreadProbe"]),
    tests(
      of: "Flows", using: ["FormulaFlows", "Proofs", "Symbolics", "Tensors"], fixtures: ["Fixtures"]
    ),
    tests(
      of: "FormulaFlows",
      using: ["Flows", "Proofs", "Certificates", "Evaluation", "Symbolics", "Exact", "Tensors"]),
    tests(of: "Formats", fixtures: ["Fixtures"]),
    tests(
      of: "FormulaFits",
      using: ["Learning", "FormulaFlows", "Flows", "Proofs", "Symbolics", "Formats", "Tensors"]),
    tests(of: "Learning", using: ["Flows", "Tensors", "Formats"]),
    tests(of: "Plots", using: ["CCairo"]),
    tests(
      of: "DiffeoCommand", using: ["Learning", "Symbolics", "Exact", "Tensors"],
      fixtures: ["Fixtures"]),
    .testTarget(
      name: "PropertyTests",
      dependencies: [
        "Solutions", "Proofs", "Densities", "Evaluation", "Certificates", "Symbolics", "Exact",
        "Formats",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
