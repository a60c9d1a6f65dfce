#include <cmath>
#include <cstring>
#include <initializer_list>

#include "CNumberParsing.h"
#include "cell.hpp"
#include "decimal.hpp"
#include "dressed.hpp"
#include "form.hpp"

namespace {

using Byte = unsigned char;

/// A place in the text behind a cell, and how many line ends the cell held; `end` is null when the buffer
/// ends first.
struct CellEnd {
  const Byte *end;
  int64_t lines;
};

/// Spaces that do not count around a cell: a tab does unless it separates cells.
inline bool is_space(Byte byte, Byte separator) {
  return byte == ' ' || (byte == '\t' && separator != '\t');
}

/// Whether a cell that is not quoted ends before `byte`.
inline bool ends_cell(Byte byte, Byte separator) {
  return byte == separator || byte == '\n' || byte == '\r' || (separator == ' ' && byte == '\t');
}

/// The byte behind a line end that begins at `p`, or null when the buffer ends between CR and a possible LF.
inline const Byte *line_end(const Byte *p, const NumberScanner &s) {
  if (*p == '\r') {
    if (p + 1 == s.end && !s.final) return nullptr;
    if (p[1] == '\n') return p + 2;
  }
  return p + 1;
}

/// Finds the end of the quoted cell that begins at `p` with a quote, and the text between the quotes.
/// `closed` tells whether there is a closing quote, `plain` whether nothing but spaces follows it.
CellEnd quoted_cell(const Byte *p, const NumberScanner &s, const Byte **text_end, bool *closed, bool *plain) {
  int64_t lines = 0;
  *closed = false;
  *plain = true;
  const Byte *q = p + 1;
  for (;; ++q) {
    if (q == s.end) return {s.final ? q : nullptr, lines};
    if (*q == '"') {
      if (q + 1 == s.end && !s.final) return {nullptr, 0};
      if (q[1] != '"') break;
      ++q;
    } else if (*q == '\n') {
      ++lines;
    } else if (*q == '\r') {
      if (q + 1 == s.end && !s.final) return {nullptr, 0};
      if (q[1] != '\n') ++lines;
    }
  }
  *closed = true;
  *text_end = q++;
  while (q != s.end && !ends_cell(*q, s.separator)) {
    if (!is_space(*q, s.separator)) *plain = false;
    ++q;
  }
  if (q == s.end && !s.final) return {nullptr, 0};
  return {q, lines};
}

/// Reads a cell that is no plain number: sets the cell's fields of the scanner, its value and the end of the
/// cell. Returns `NumberScannerEventEnd` for a number, which needs no event.
NumberScannerEvent unusual_cell(NumberScanner &s, const Byte *p, const Byte **end, double *value) {
  while (p != s.end && is_space(*p, s.separator)) ++p;
  CellEnd found{nullptr, 0};
  bool is_word = false;
  if (p != s.end && *p == '"') {
    bool closed, plain;
    const Byte *text_end = p + 1;
    found = quoted_cell(p, s, &text_end, &closed, &plain);
    if (found.end == nullptr) return NumberScannerEventNeedInput;
    if (!closed) return NumberScannerEventUnclosedQuote;
    is_word = !plain;
    s.cell = plain ? p + 1 : p;
    s.cell_end = plain ? text_end : found.end;
  } else {
    const Byte *q = p;
    while (q != s.end && !ends_cell(*q, s.separator)) ++q;
    if (q == s.end && !s.final) return NumberScannerEventNeedInput;
    found.end = q;
    s.cell = p;
    s.cell_end = q;
  }
  // White space that separates belongs to the cell before it, so that none is left at the end of a line.
  if (s.separator == ' ') {
    while (is_space(*found.end, ' ')) ++found.end;
    if (found.end == s.end && !s.final) return NumberScannerEventNeedInput;
  }
  // The line end behind the cell must be there too, so that the cell is told of only once.
  if (found.end != s.end && *found.end == '\r' && line_end(found.end, s) == nullptr)
    return NumberScannerEventNeedInput;
  while (s.cell_end != s.cell && is_space(s.cell_end[-1], s.separator)) --s.cell_end;
  while (s.cell != s.cell_end && is_space(*s.cell, s.separator)) ++s.cell;
  s.cell_column = s.column;
  s.cell_line = s.line;
  s.line += found.lines;
  *end = found.end;
  *value = std::numeric_limits<double>::quiet_NaN();
  if (is_word) return NumberScannerEventWord;
  Byte mark;
  switch (numbers::classify(s.cell, s.cell_end, s.decimal_mark, s.other_decimal_mark, value, &mark)) {
  case CellKindNumber:
    if (mark != 0) s.decimal_mark = s.other_decimal_mark = mark;
    return NumberScannerEventEnd;
  case CellKindMissing: return NumberScannerEventMissing;
  case CellKindInfinite: return NumberScannerEventInfinite;
  case CellKindWord: break;
  }
  DressedNumber dressed = numbers::read_dressed(s.cell, s.cell_end, s.decimal_mark, s.other_decimal_mark);
  if (!dressed.is_number) return NumberScannerEventWord;
  *value = dressed.value;
  if (dressed.mark != 0) s.decimal_mark = s.other_decimal_mark = dressed.mark;
  s.dress = dressed.dress;
  s.dressed_form = dressed.form;
  return NumberScannerEventDressed;
}

/// Stores how a cell was written; a plain one begins at `p` and ends before `end`, of others the scanner
/// knows.
__attribute__((noinline)) void store_form(
    NumberScanner &s, bool plain, const Byte *p, const Byte *end, NumberScannerEvent event) {
  if (plain) {
    *s.forms++ = numbers::form_of(p, end, s.decimal_mark, s.other_decimal_mark);
  } else if (event == NumberScannerEventDressed) {
    *s.forms++ = s.dressed_form;
  } else {
    bool is_number = event == NumberScannerEventEnd;
    *s.forms++ = is_number ? numbers::form_of(s.cell, s.cell_end, s.decimal_mark, s.other_decimal_mark)
                           : numbers::no_form;
  }
}

/// Whether a line that begins with `p` is a comment rather than a row. The errors of spreadsheets are cells.
bool is_comment(const Byte *p, const Byte *end) {
  if (*p == '%') return true;
  if (*p != '#') return false;
  for (const char *error : {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"}) {
    size_t length = std::strlen(error);
    if (static_cast<size_t>(end - p) >= length && std::memcmp(p, error, length) == 0) return false;
  }
  return true;
}

/// Skips blank lines and comments before a row. Returns the first byte of the row, `end` at the end of the
/// input, or null when more input is needed.
const Byte *row_begin(NumberScanner &s) {
  for (;;) {
    const Byte *p = s.position;
    while (is_space(*p, s.separator)) ++p;
    if (p == s.end) return s.final ? p : nullptr;
    if (*p == '#' || *p == '%') {
      const Byte *q = p;
      while (q != s.end && *q != '\n' && *q != '\r') ++q;
      if (q == s.end && !s.final) return nullptr;
      if (!is_comment(p, q)) return s.position;
      const Byte *next = q == s.end ? q : line_end(q, s);
      if (next == nullptr) return nullptr;
      if (s.comments++ == 0) s.first_comment = s.line;
      s.position = next;
      ++s.line;
      continue;
    }
    if (*p != '\n' && *p != '\r') return s.position;
    const Byte *next = line_end(p, s);
    if (next == nullptr) return nullptr;
    s.position = next;
    ++s.line;
  }
}

/// Reads on; `spaced` tells that white space separates.
template <bool spaced>
NumberScannerEvent advance(NumberScanner *scanner) {
  // A copy on the stack, because stores through `values` might otherwise change it behind the optimiser's
  // back.
  NumberScanner s = *scanner;
  NumberScannerEvent event;
  for (;;) {
    if (s.column == 0) {
      const Byte *begin = row_begin(s);
      if (begin == nullptr || begin == s.end) {
        event = begin == nullptr ? NumberScannerEventNeedInput : NumberScannerEventEnd;
        break;
      }
      if (s.values == s.values_end) {
        event = NumberScannerEventBlockFull;
        break;
      }
      s.row_line = s.line;
      if (s.line != s.expected_line) {
        s.expected_line = s.line;
        event = NumberScannerEventLinesSkipped;
        break;
      }
    }

    const Byte *p = s.position;
    while (*p == ' ' || (spaced && *p == '\t')) ++p;
    double value;
    Byte mark = 0;
    numbers::Marks marks{s.decimal_mark, s.other_decimal_mark};
    const Byte *end = numbers::read_number(p, marks, &value, &mark);
    if (end != nullptr) {
      while (is_space(*end, s.separator)) ++end;
    }
    event = NumberScannerEventEnd;
    bool plain = false;
    if (end != nullptr && std::isfinite(value)) {
      Byte next = *end;
      // White space that separates was passed over already.
      bool ends = spaced ? is_space(end[-1], ' ') && end != s.end && next != '\r' : next == s.separator;
      plain = ends || next == '\n' || (next == '\r' && end + 1 != s.end) ||
              (end == s.end && s.final);
    }
    if (__builtin_expect(plain, 1)) {
      if (s.decimal_mark != s.other_decimal_mark && mark != 0) s.decimal_mark = s.other_decimal_mark = mark;
    } else {
      event = unusual_cell(s, s.position, &end, &value);
      if (event == NumberScannerEventNeedInput || event == NumberScannerEventUnclosedQuote) break;
    }

    // Cells beyond the last column are only counted.
    if (s.column < s.columns) {
      *s.values++ = value;
      if (__builtin_expect(s.forms != s.forms_end, 0)) store_form(s, plain, p, end, event);
    } else {
      event = NumberScannerEventEnd;
    }
    ++s.column;
    if (spaced ? end != s.end && *end != '\n' && *end != '\r' : end != s.end && *end == s.separator) {
      s.position = spaced ? end : end + 1;
    } else {
      if (s.column != s.columns) {
        s.cell_column = s.column;
        event = NumberScannerEventRaggedRow;
        break;
      }
      if (end != s.end) {
        s.position = line_end(end, s);
        ++s.line;
      } else {
        s.position = end;
      }
      s.expected_line = s.line;
      s.column = 0;
      ++s.row;
    }
    if (event != NumberScannerEventEnd) break;
  }
  *scanner = s;
  return event;
}

}  // namespace

extern "C" NumberScannerEvent number_scanner_advance(NumberScanner *scanner) {
  return scanner->separator == ' ' ? advance<true>(scanner) : advance<false>(scanner);
}
