import FoundationEssentials

/// The JSON object at the start of a safetensors file: an entry for each array, and the metadata.
struct SafetensorsHeader: Codable {
  static let metadataKey = "__metadata__"

  /// Where an array lies; the names are the format's own.
  struct Entry: Codable {
    let dtype: String
    let shape: [Int]
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let data_offsets: [Int]
  }

  let metadata: [String: String]
  let entries: [String: Entry]

  init(metadata: [String: String], entries: [String: Entry]) {
    self.metadata = metadata
    self.entries = entries
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: FieldName.self)
    var metadata: [String: String] = [:]
    var entries: [String: Entry] = [:]
    for key in container.allKeys {
      if key.stringValue == SafetensorsHeader.metadataKey {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
    self.init(metadata: metadata, entries: entries)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: FieldName.self)
    if !metadata.isEmpty {
      try container.encode(metadata, forKey: FieldName(stringValue: SafetensorsHeader.metadataKey))
    }
    for (name, entry) in entries {
      try container.encode(entry, forKey: FieldName(stringValue: name))
    }
  }

  var encoded: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and finite integers always have a JSON form.
    return Array(try! encoder.encode(self))
  }
}
