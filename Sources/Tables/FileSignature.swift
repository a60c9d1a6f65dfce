/// Recognises, by how they begin, files that people take for CSV, and says what to do with each.
func refuseOtherFormats(_ bytes: ArraySlice<UInt8>, file: String) throws(DataError) {
  func refuse(_ reason: String, _ remedy: String) -> DataError {
    .notText(file: file, reason: reason, remedy: remedy)
  }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    throw refuse(
      "the text is in UTF-16", "save it as CSV in UTF-8 (iconv -f UTF-16 -t UTF-8 converts it)")
  }
  if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) {
    throw refuse(
      "the file is a single NumPy array without column names",
      "write its columns with np.savez(\"data.npz\", x=a[:, 0], y=a[:, 1])")
  }
  if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw zipArchive(bytes, file: file) }
  for format in OtherFormat.all where bytes.dropFirst(format.offset).starts(with: format.signature) {
    throw refuse("the file is \(format.name)", format.remedy)
  }
}

/// What kind of archive a file is: spreadsheets are told by the names of what they hold.
private func zipArchive(_ bytes: ArraySlice<UInt8>, file: String) -> DataError {
  let text = String(decoding: bytes, as: UTF8.self)
  var kind = "such as a spreadsheet (.xlsx, .ods)"
  if text.contains("[Content_Types].xml") || text.contains("xl/") { kind = "an Excel workbook (.xlsx)" }
  if text.contains("opendocument.spreadsheet") { kind = "an OpenDocument spreadsheet (.ods)" }
  return .notText(
    file: file, reason: "the file is a zip archive, \(kind)",
    remedy: "open it there and save the sheet as CSV; a NumPy archive has to end in .npz")
}

/// A format of files that hold tables, or texts, in a form that is not read.
private struct OtherFormat {
  let signature: [UInt8]
  var offset = 0
  let name: String
  let remedy: String

  private static func pandas(_ reader: String) -> String {
    "save the table as CSV (Python: pandas.\(reader)(FILE).to_csv(\"data.csv\", index=False))"
  }

  private static func unpack(_ program: String) -> String {
    "unpack it first (\(program) -dc FILE | symreg fit -), or use gzip, which is read as it is"
  }

  static let all: [OtherFormat] = [
    OtherFormat(
      signature: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
      name: "an old Excel workbook (.xls) or another Office document",
      remedy: "open it there and save the sheet as CSV"),
    OtherFormat(
      signature: Array("PAR1".utf8), name: "a Parquet file", remedy: pandas("read_parquet")),
    OtherFormat(
      signature: Array("ARROW1".utf8), name: "an Arrow or Feather file", remedy: pandas("read_feather")),
    OtherFormat(
      signature: Array("FEA1".utf8), name: "a Feather file", remedy: pandas("read_feather")),
    OtherFormat(
      signature: [0x89] + Array("HDF\r\n".utf8), name: "an HDF5 file (.h5, or .mat of MATLAB 7.3)",
      remedy: "save its columns as CSV, or as .npz with numpy.savez"),
    OtherFormat(
      signature: Array("MATLAB ".utf8), name: "a MATLAB file (.mat)",
      remedy: "save the table as CSV (writetable(T, \"data.csv\"))"),
    OtherFormat(
      signature: Array("SQLite format 3".utf8), name: "an SQLite database",
      remedy: "save the table as CSV (sqlite3 -header -csv FILE \"select * from TABLE\")"),
    OtherFormat(
      signature: Array("%PDF-".utf8), name: "a PDF document", remedy: "save its table as CSV"),
    OtherFormat(
      signature: Array("<!DOCTYPE".utf8), name: "a web page (HTML)",
      remedy: "save the data it shows or links to as CSV"),
    OtherFormat(
      signature: Array("<html".utf8), name: "a web page (HTML)",
      remedy: "save the data it shows or links to as CSV"),
    OtherFormat(
      signature: Array("RDX".utf8), name: "an R data file",
      remedy: "save the table as CSV (write.csv(data, \"data.csv\", row.names = FALSE))"),
    OtherFormat(
      signature: [0x28, 0xB5, 0x2F, 0xFD], name: "compressed by zstd", remedy: unpack("zstd")),
    OtherFormat(
      signature: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], name: "compressed by xz", remedy: unpack("xz")),
    OtherFormat(signature: Array("BZh".utf8), name: "compressed by bzip2", remedy: unpack("bzip2")),
  ]
}
