import ArgumentParser

/// The formats of worked solutions.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, markdown, latex
}
