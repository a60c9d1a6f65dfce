#include "dressed.hpp"

#include <cmath>
#include <cstring>

#include "decimal.hpp"
#include "form.hpp"

namespace numbers {

namespace {

/// Longer texts are no numbers that people wrote with separators.
constexpr size_t longest = 96;

/// A text of plain characters: signs and spaces of Unicode replaced.
struct Plain {
  unsigned char bytes[longest + NUMBER_SCANNER_PADDING] = {};
  size_t count = 0;
};

struct Replacement {
  const char *from;
  unsigned char to;
};

/// The minus sign; spaces that do not break (two of them), the thin space; the apostrophe that printers use.
constexpr Replacement replacements[] = {
    {"\xE2\x88\x92", '-'},
    {"\xC2\xA0", ' '},
    {"\xE2\x80\xAF", ' '},
    {"\xE2\x80\x89", ' '},
    {"\xE2\x80\x99", '\''}};

/// Replaces what has a plain form; false when other characters are left.
bool replace(const unsigned char *p, const unsigned char *end, Plain *plain, unsigned char *dress) {
  while (p != end) {
    if (*p < 0x80) {
      plain->bytes[plain->count++] = *p++;
      continue;
    }
    bool is_known = false;
    for (const Replacement &replacement : replacements) {
      size_t length = std::strlen(replacement.from);
      if (static_cast<size_t>(end - p) < length || std::memcmp(p, replacement.from, length) != 0) continue;
      plain->bytes[plain->count++] = replacement.to;
      if (replacement.to == '-') *dress |= NUMBER_DRESS_MINUS;
      p += length;
      is_known = true;
      break;
    }
    if (!is_known) return false;
  }
  return true;
}

/// Whether a number may begin with `byte`, which most words do not.
bool may_begin(unsigned char byte) {
  return is_digit(byte) || byte == '-' || byte == '+' || byte == '.' || byte == ',' || byte >= 0x80;
}

void trim(Plain *plain) {
  size_t first = 0;
  while (first < plain->count && plain->bytes[first] == ' ') ++first;
  std::memmove(plain->bytes, plain->bytes + first, plain->count - first);
  plain->count -= first;
  while (plain->count > 0 && plain->bytes[plain->count - 1] == ' ') --plain->count;
  std::memset(plain->bytes + plain->count, 0, sizeof plain->bytes - plain->count);
}

bool is_group_mark(unsigned char byte) {
  return byte == ',' || byte == '.' || byte == '\'' || byte == '_' || byte == ' ';
}

/// Takes the marks between groups of three digits out of `text`. `first` and `second` become the decimal mark
/// where the groups tell which it is. Returns the mark between groups, 0 when the text is no such number.
unsigned char ungroup(Plain *text, unsigned char *first, unsigned char *second) {
  Plain plain;
  size_t position = 0;
  auto at = [&](size_t place) { return place < text->count ? text->bytes[place] : 0; };
  auto copy = [&] { plain.bytes[plain.count++] = text->bytes[position++]; };
  if (at(0) == '-' || at(0) == '+') copy();
  size_t begin = position;
  while (is_digit(at(position)) && position - begin < 3) copy();
  unsigned char group = at(position);
  if (position == begin || !is_group_mark(group) || at(begin) == '0') return 0;
  int groups = 0;
  while (at(position) == group && is_digit(at(position + 1)) && is_digit(at(position + 2)) &&
         is_digit(at(position + 3)) && !is_digit(at(position + 4))) {
    ++position;
    for (int digit = 0; digit < 3; ++digit) copy();
    ++groups;
  }
  if (groups == 0) return 0;
  bool is_settled = *first == *second;
  unsigned char mark = 0;
  if (position < text->count) {
    mark = at(position);
    if ((mark != *first && mark != *second) || mark == group) return 0;
    while (position < text->count) copy();
  }
  if (group == ',' || group == '.') {
    // 1,234 is a number with three decimals where commas may be decimal marks.
    if (is_settled ? group == *first : groups < 2 && mark == 0) return 0;
    if (!is_settled) *first = *second = group == ',' ? '.' : ',';
  }
  *text = plain;
  return group;
}

}  // namespace

DressedNumber read_dressed(
    const unsigned char *begin, const unsigned char *end, unsigned char first_mark,
    unsigned char second_mark) {
  DressedNumber none{false, std::numeric_limits<double>::quiet_NaN(), 0, 0, no_form};
  if (begin == end || static_cast<size_t>(end - begin) > longest || !may_begin(*begin)) return none;
  DressedNumber found = none;
  Plain text;
  if (!replace(begin, end, &text, &found.dress)) return none;
  trim(&text);
  if (text.count > 1 && text.bytes[text.count - 1] == '%') {
    found.dress |= NUMBER_DRESS_PERCENT;
    text.bytes[--text.count] = 0;
    trim(&text);
  }
  // The minus sign is apart from its number at times.
  if (text.count > 1 && text.bytes[0] == '-' && text.bytes[1] == ' ' && (found.dress & NUMBER_DRESS_MINUS)) {
    std::memmove(text.bytes + 1, text.bytes + 2, text.count - 1);
    --text.count;
  }
  if (unsigned char group = ungroup(&text, &first_mark, &second_mark)) {
    found.dress |= NUMBER_DRESS_GROUPS;
    if (group == ',' || group == '.') found.mark = first_mark;
  }
  unsigned char mark = 0;
  const unsigned char *text_end = text.bytes + text.count;
  Marks marks{first_mark, second_mark};
  if (text.count == 0 || read_number(text.bytes, marks, &found.value, &mark) != text_end) return none;
  if (!std::isfinite(found.value)) return none;
  if (mark != 0) found.mark = mark;
  found.form = form_of(text.bytes, text_end, first_mark, second_mark);
  found.is_number = true;
  return found;
}

}  // namespace numbers

extern "C" DressedNumber dressed_number(
    const char *text, size_t length, char first_mark, char second_mark) {
  const unsigned char *begin = reinterpret_cast<const unsigned char *>(text);
  return numbers::read_dressed(
      begin, begin + length, static_cast<unsigned char>(first_mark), static_cast<unsigned char>(second_mark));
}
