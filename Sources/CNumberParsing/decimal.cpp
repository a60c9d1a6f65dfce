#include "decimal.hpp"

#include <charconv>
#include <string>
#include <system_error>

#ifndef __cpp_lib_to_chars
#include <cstdlib>
#include <locale.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif
#endif

namespace numbers {

namespace {

double standard_value(const char *begin, const char *end, int64_t leading_exponent) {
  double value = 0;
#ifdef __cpp_lib_to_chars
  std::from_chars_result result = std::from_chars(begin, end, value);
  // Out of range leaves `value` as it was, and does not say on which side.
  if (result.ec == std::errc::result_out_of_range)
    value = leading_exponent > 0 ? std::numeric_limits<double>::infinity() : 0;
#else
  // Standard libraries without from_chars for doubles: strtod, in a locale whose decimal mark is the point.
  static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
  value = strtod_l(std::string(begin, end).c_str(), nullptr, plain);
#endif
  return value;
}

}  // namespace

double slow_value(
    const unsigned char *begin, const unsigned char *end, unsigned char mark, int64_t leading_exponent) {
  if (leading_exponent > 400) return std::numeric_limits<double>::infinity();
  if (leading_exponent < -400) return 0;
  const char *text = reinterpret_cast<const char *>(begin);
  const char *text_end = reinterpret_cast<const char *>(end);
  if (mark == 0 || mark == '.') return standard_value(text, text_end, leading_exponent);
  std::string with_point(text, text_end);
  with_point[with_point.find(static_cast<char>(mark))] = '.';
  return standard_value(with_point.data(), with_point.data() + with_point.size(), leading_exponent);
}

}  // namespace numbers
