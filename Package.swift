// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "symreg",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "SymbolicRegression", targets: ["SymbolicRegression"]),
    .executable(name: "symreg", targets: ["symreg"]),
    .executable(name: "symreg-bench", targets: ["symreg-bench"]),
  ],
  traits: [
    .trait(name: "ONNX", description: "Reads networks from .onnx files (builds swift-protobuf)"),
    .default(enabledTraits: []),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
  ],
  targets: [
    // MARK: - C and C++: what Swift cannot do as fast

    // SIMD tile kernels, one source per instruction set, chosen when the program starts.
    .target(name: "CVectorKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    // Correctly rounded text to number conversion (std::from_chars behind a C header).
    .target(name: "CNumberParsing"),
    // Matrix products of OpenBLAS, loaded (not linked) when a network first asks for one.
    .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    // Activations, sums and optimiser steps of networks, for several instruction sets.
    .target(name: "CNetworkKernels"),

    // GMP, integers and fractions of any size; `scripts/setup` installs it.
    .systemLibrary(name: "CGMP", providers: [.apt(["libgmp-dev"]), .brew(["gmp"])]),

    // zlib, deflate and checksums of archives; `scripts/setup` installs it.
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // MARK: - Rooms, in the order data flow; each depends only on rooms above it

    // Seeded, splittable random streams.
    .target(name: "Randomness"),
    // What an equation is: operators, the flat expression, grammar, other languages.
    .target(name: "Expressions"),
    // Rewriting that keeps values, canonical hashes; exact numbers, normal forms, equality.
    .target(name: "Algebra", dependencies: ["CGMP", "Expressions", "Randomness"]),
    // Arrays of any shape and the files that hold them: npy, npz, safetensors.
    .target(name: "Arrays", dependencies: ["CZlib"]),
    // Networks trained elsewhere, from files or behind a command, evaluated on batches of rows.
    .target(
      name: "ImportedNetworks",
      dependencies: [
        "Arrays",
        .product(name: "SwiftProtobuf", package: "swift-protobuf", condition: .when(traits: ["ONNX"])),
      ],
      exclude: ["ONNX/Messages/onnx_tensor.proto", "ONNX/Messages/onnx_graph.proto"]),
    // CSV, or arrays, to a data set of padded columns with roles.
    .target(name: "Tables", dependencies: ["Arrays", "CNumberParsing", "CZlib", "Randomness"]),
    // Simulated particles: forces, motions, files of them.
    .target(name: "Worlds", dependencies: ["Arrays", "Randomness"]),
    // Expression times data set: values, losses, derivatives, fitted constants.
    .target(name: "Evaluation", dependencies: ["CVectorKernels", "Expressions", "Tables"]),
    // How errors of a target behave: likelihoods, fits under them, the choice among them.
    .target(name: "Noise", dependencies: ["Evaluation", "Expressions", "Tables"]),
    // Closed-form fits over a library of small expressions and their values: laws in one step.
    .target(
      name: "Sweeps",
      dependencies: ["Algebra", "CVectorKernels", "Evaluation", "Expressions", "Randomness", "Tables"]),
    // Islands, evolution, migration, the hall of fame.
    .target(
      name: "Search",
      dependencies: ["Algebra", "Evaluation", "Expressions", "Noise", "Randomness", "Sweeps", "Tables"]),
    // Networks over particles: layers, exact gradients, training.
    .target(name: "Networks", dependencies: ["Arrays", "CNetworkKernels", "COpenBLAS", "Randomness"]),
    // Run documents, run folders, tables for people.
    .target(name: "Reports", dependencies: ["Expressions", "Evaluation", "Noise", "Search", "Tables"]),
    // Recorded messages of trained networks to force laws.
    .target(
      name: "Distillation",
      dependencies: [
        "Arrays", "Evaluation", "Expressions", "ImportedNetworks", "Networks", "Randomness", "Reports",
        "Search", "Tables", "Worlds",
      ]),
    // The umbrella users import.
    .target(
      name: "SymbolicRegression",
      dependencies: [
        "Algebra", "Arrays", "Evaluation", "Expressions", "Noise", "Reports", "Search", "Tables",
      ]),

    // MARK: - Programs

    .executableTarget(
      name: "symreg",
      dependencies: [
        "Distillation", "ImportedNetworks", "Networks", "SymbolicRegression", "Worlds",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // Problem definitions, data generators and the judge of the benchmark suites.
    .target(
      name: "Suites",
      dependencies: ["Algebra", "Distillation", "Networks", "Randomness", "SymbolicRegression", "Worlds"],
      path: "Benchmarks/Suites"),
    .executableTarget(
      name: "symreg-bench",
      dependencies: [
        "Networks", "Suites", "SymbolicRegression",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/symreg-bench"),

    // MARK: - Tests, room by room

    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(name: "ExpressionsTests", dependencies: ["Expressions", "Randomness"]),
    .testTarget(name: "AlgebraTests", dependencies: ["Algebra", "Evaluation", "Expressions", "Randomness"]),
    .testTarget(name: "ArraysTests", dependencies: ["Arrays", "Randomness"]),
    .testTarget(
      name: "ImportedNetworksTests", dependencies: ["Arrays", "ImportedNetworks", "Randomness"],
      resources: [.copy("Models")]),
    .testTarget(
      name: "TablesTests", dependencies: ["Arrays", "CZlib", "Tables", "Randomness"], exclude: ["Formats"]),
    .testTarget(name: "WorldsTests", dependencies: ["Arrays", "Worlds"]),
    .testTarget(name: "VectorKernelsTests", dependencies: ["CVectorKernels", "Randomness"]),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "Randomness"]),
    .testTarget(
      name: "NoiseTests", dependencies: ["Evaluation", "Expressions", "Noise", "Randomness", "Tables"]),
    .testTarget(
      name: "SweepsTests", dependencies: ["Algebra", "Evaluation", "Randomness", "Sweeps", "Tables"]),
    .testTarget(name: "SearchTests", dependencies: ["Algebra", "Search", "Randomness"]),
    .testTarget(
      name: "NetworksTests",
      dependencies: ["Arrays", "CNetworkKernels", "COpenBLAS", "Networks", "Randomness"]),
    .testTarget(
      name: "DistillationTests",
      dependencies: [
        "Arrays", "Distillation", "Expressions", "ImportedNetworks", "Networks", "Randomness", "Search",
        "Worlds",
      ]),
    .testTarget(
      name: "SymbolicRegressionTests", dependencies: ["SymbolicRegression"], resources: [.copy("Cases")]),
    .testTarget(name: "SuitesTests", dependencies: ["Expressions", "Randomness", "Suites", "Worlds"]),
    // Runs the built `symreg` as a user would.
    .testTarget(
      name: "CommandTests", dependencies: ["Arrays", "SymbolicRegression", "symreg", "symreg-bench"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
