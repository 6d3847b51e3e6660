// swift-tools-version: 6.1
import PackageDescription

/// The settings of the package that is measured.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Diffeo", path: "..")],
  targets: [
    .target(name: "CPeak"),
    .executableTarget(
      name: "kernel-benchmarks",
      dependencies: [
        "CPeak",
        .product(name: "CKernels", package: "Diffeo"),
        .product(name: "Evaluation", package: "Diffeo"),
        .product(name: "Flows", package: "Diffeo"),
        .product(name: "Symbolics", package: "Diffeo"),
        .product(name: "Tensors", package: "Diffeo"),
      ],
      path: "Sources/KernelBenchmarks", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
