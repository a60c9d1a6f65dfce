#include "cell.hpp"

#include <cmath>
#include <string>

#include "decimal.hpp"

namespace numbers {

namespace {

bool equals(const unsigned char *begin, const unsigned char *end, const char *lowercase) {
  for (; begin != end && *lowercase != 0; ++begin, ++lowercase)
    if ((*begin | 0x20) != *lowercase) return false;
  return begin == end && *lowercase == 0;
}

}  // namespace

CellKind classify(
    const unsigned char *begin, const unsigned char *end, unsigned char first_mark, unsigned char second_mark,
    double *value, unsigned char *mark) {
  *mark = 0;
  *value = std::numeric_limits<double>::quiet_NaN();
  size_t length = static_cast<size_t>(end - begin);
  if (length == 0) return CellKindMissing;

  const unsigned char *letters = *begin == '-' || *begin == '+' ? begin + 1 : begin;
  if (equals(begin, end, "na") || equals(letters, end, "nan") || equals(begin, end, "null"))
    return CellKindMissing;
  if (equals(letters, end, "inf") || equals(letters, end, "infinity")) {
    *value = *begin == '-' ? -INFINITY : INFINITY;
    return CellKindInfinite;
  }

  // A copy, because the text may be followed by bytes that would be read as part of the number.
  unsigned char copy[128 + NUMBER_SCANNER_PADDING];
  std::string long_copy;
  const unsigned char *text = copy;
  if (length <= 128) {
    std::memcpy(copy, begin, length);
    std::memset(copy + length, 0, NUMBER_SCANNER_PADDING);
  } else {
    long_copy.reserve(length + NUMBER_SCANNER_PADDING);
    long_copy.assign(reinterpret_cast<const char *>(begin), length);
    long_copy.append(NUMBER_SCANNER_PADDING, '\0');
    text = reinterpret_cast<const unsigned char *>(long_copy.data());
  }
  double number;
  unsigned char used = 0;
  if (read_number(text, Marks{first_mark, second_mark}, &number, &used) != text + length) return CellKindWord;
  *value = number;
  *mark = used;
  return std::isinf(number) ? CellKindInfinite : CellKindNumber;
}

}  // namespace numbers

extern "C" CellKind cell_parse(const char *text, size_t length, char decimal_mark, double *value) {
  const unsigned char *begin = reinterpret_cast<const unsigned char *>(text);
  const unsigned char *end = begin + length;
  while (begin != end && (*begin == ' ' || *begin == '\t')) ++begin;
  while (begin != end && (end[-1] == ' ' || end[-1] == '\t')) --end;
  unsigned char mark = static_cast<unsigned char>(decimal_mark), used_mark;
  return numbers::classify(begin, end, mark, mark, value, &used_mark);
}
