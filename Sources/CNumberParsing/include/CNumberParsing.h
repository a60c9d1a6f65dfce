#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How many readable zero bytes must follow `end` of a `NumberScanner`: digits are loaded eight at a time.
#define NUMBER_SCANNER_PADDING 16

/// Why `number_scanner_advance` came back.
typedef enum __attribute__((enum_extensibility(closed))) NumberScannerEvent : int32_t {
  /// The buffer ends inside a cell or a line: move what is left from `position` on to the front and add to
  /// it.
  NumberScannerEventNeedInput,
  /// No room for another row in `values`: set `values` and `values_end` anew.
  NumberScannerEventBlockFull,
  /// The next row, `row`, is on `line` rather than on the line after the row before it.
  NumberScannerEventLinesSkipped,
  /// A cell was empty, NA, NaN or null; a quiet NaN was stored.
  NumberScannerEventMissing,
  /// A cell was infinite or its decimal number is beyond the range of a double; the infinity was stored.
  NumberScannerEventInfinite,
  /// A cell was none of these; a quiet NaN was stored.
  NumberScannerEventWord,
  /// A cell holds a number that is dressed up as `dress` says; the number was stored.
  NumberScannerEventDressed,
  /// The line that begins on `row_line` has `cell_column` cells instead of `columns`.
  NumberScannerEventRaggedRow,
  /// A quoted cell that begins on `line` is still open at the end of the input.
  NumberScannerEventUnclosedQuote,
  /// All rows were read.
  NumberScannerEventEnd,
} NumberScannerEvent;

/// How a number was written.
typedef struct NumberForm {
  /// The power of ten of the last digit that was written, `NUMBER_FORM_NONE` for what is no number.
  int16_t last_power;
  /// Significant digits as written, zeros at the end included, at most 255; none for zero.
  uint8_t digits;
  /// How many of them are zeros at the end.
  uint8_t zeros;
} NumberForm;

#define NUMBER_FORM_NONE (-32768)

/// How the decimal number in `length` bytes at `text`, which must be one, was written.
NumberForm number_form(const char *text, size_t length);

/// What people put around a number: a minus sign U+2212, a percent sign behind it, groups of three digits.
#define NUMBER_DRESS_MINUS 1
#define NUMBER_DRESS_PERCENT 2
#define NUMBER_DRESS_GROUPS 4

/// A number that is dressed up, as it is found by `dressed_number`.
typedef struct DressedNumber {
  /// Whether the text is a finite number; nothing else counts if not.
  bool is_number;
  double value;
  /// The decimal mark that the text shows, 0 when it shows none.
  unsigned char mark;
  /// What is around it, 0 for a plain number.
  unsigned char dress;
  NumberForm form;
} DressedNumber;

/// Reads `length` bytes as a number, dressed up or not. Groups of digits may be divided by a comma, a point (the
/// one that is not the decimal mark), a space, an apostrophe or an underscore.
DressedNumber dressed_number(const char *text, size_t length, char first_mark, char second_mark);

/// A reader of the rows of a table of numbers from pieces of its text, which stores the cells row by row.
///
/// It can be stopped by the end of a piece anywhere and goes on where it was, so that no more than the
/// longest cell or comment ever needs to be in memory. Cells may be quoted as in RFC 4180; lines end in LF, CR LF
/// or CR.
typedef struct NumberScanner {
  /// The next byte to read and the end of those there are, followed by `NUMBER_SCANNER_PADDING` zero bytes.
  /// There must be no zero byte before `end`.
  const unsigned char *position, *end;
  /// Whether nothing follows `end`.
  bool final;
  /// The byte between two cells; a space stands for any run of spaces and tabs.
  unsigned char separator;
  /// The two bytes that may stand for the decimal point; the first number with one of them settles which.
  unsigned char decimal_mark, other_decimal_mark;
  /// Cells in each row, and where the next cell goes.
  size_t columns, column;
  /// Where the next value is stored, and the end of the room for values; that room holds whole rows.
  double *values, *values_end;
  /// Where the form of the next cell is stored, and the end of the room for forms; later cells' are not.
  NumberForm *forms, *forms_end;
  /// Rows read so far.
  size_t row;
  /// The 1-based line of `position`, the line on which the present row began, and the line on which a row is
  /// expected to begin.
  int64_t line, row_line, expected_line;
  /// For the events about a cell: its text (without quotes and surrounding spaces), 0-based column and line.
  const unsigned char *cell, *cell_end;
  size_t cell_column;
  int64_t cell_line;
  /// What the last number that was dressed up had around it, and how it was written.
  unsigned char dress;
  NumberForm dressed_form;
  /// Lines among the rows that were left out since they begin with `#` or `%`, and the first of them.
  size_t comments;
  int64_t first_comment;
} NumberScanner;

/// Reads on until there is something to tell.
NumberScannerEvent number_scanner_advance(NumberScanner *scanner);

/// What a piece of text is when read as one cell.
typedef enum __attribute__((enum_extensibility(closed))) CellKind : int32_t {
  CellKindNumber,
  CellKindMissing,
  CellKindInfinite,
  CellKindWord,
} CellKind;

/// Reads `length` bytes as one number, correctly rounded (to nearest, ties to even), and stores it in
/// `value`; stores an infinity or a quiet NaN when it is not a finite number. Spaces around it do not count.
CellKind cell_parse(const char *text, size_t length, char decimal_mark, double *value);

#ifdef __cplusplus
}
#endif
