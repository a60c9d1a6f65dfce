/// Recognises, by how they begin, files that people take for CSV, and says what to do with each.
func refuseOtherFormats(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws(DataError) {
  func begins(_ signature: UInt8...) -> Bool { bytes.starts(with: signature) }

  if begins(0xFF, 0xFE) || begins(0xFE, 0xFF) {
    throw DataError.notText(
      file: file, reason: "the text is in UTF-16",
      remedy: "save it as CSV in UTF-8 (iconv -f UTF-16 -t UTF-8 converts it)")
  }
  if begins(0x1F, 0x8B) {
    throw DataError.notText(
      file: file, reason: "the file is compressed by gzip",
      remedy: "unpack it first (gzip -dc FILE.gz | ... -)")
  }
  if begins(0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59) {
    throw DataError.notText(
      file: file, reason: "the file is a single NumPy array without column names",
      remedy: "write its columns with np.savez(\"data.npz\", x=a[:, 0], y=a[:, 1])")
  }
  if begins(0x50, 0x4B, 0x03, 0x04) {
    throw DataError.notText(
      file: file, reason: "the file is a zip archive, such as a spreadsheet (.xlsx, .ods)",
      remedy: "export the sheet as CSV; a NumPy archive has to end in .npz")
  }
}
