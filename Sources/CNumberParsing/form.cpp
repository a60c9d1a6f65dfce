#include "form.hpp"

#include <algorithm>

#include "decimal.hpp"

namespace numbers {

NumberForm form_of(
    const unsigned char *p, const unsigned char *end, unsigned char first_mark, unsigned char second_mark) {
  if (p != end && (*p == '-' || *p == '+')) ++p;
  int64_t digits = 0, zeros = 0, power = 0;
  bool has_mark = false;
  for (; p != end; ++p) {
    if (!has_mark && (*p == first_mark || *p == second_mark)) {
      has_mark = true;
      continue;
    }
    if (!is_digit(*p)) break;
    if (has_mark) --power;
    if (digits == 0 && *p == '0') continue;
    ++digits;
    zeros = *p == '0' ? zeros + 1 : 0;
  }
  if (p != end && (*p | 0x20) == 'e') {
    ++p;
    bool is_negative = p != end && *p == '-';
    if (p != end && (*p == '-' || *p == '+')) ++p;
    int64_t exponent = 0;
    for (; p != end && is_digit(*p); ++p) {
      if (exponent < 100000) exponent = exponent * 10 + (*p - '0');
    }
    power += is_negative ? -exponent : exponent;
  }
  return {
      static_cast<int16_t>(std::clamp<int64_t>(power, -30000, 30000)),
      static_cast<uint8_t>(std::min<int64_t>(digits, 255)),
      static_cast<uint8_t>(std::min<int64_t>(zeros, 255))};
}

}  // namespace numbers

extern "C" NumberForm number_form(const char *text, size_t length) {
  const unsigned char *begin = reinterpret_cast<const unsigned char *>(text);
  return numbers::form_of(begin, begin + length, '.', '.');
}
