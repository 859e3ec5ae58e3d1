// Plain text for word vectors: lower case, a–z and spaces only, digits spelled out, accents folded.
#pragma once

#include <string>
#include <string_view>

namespace lab {

/// Appends the normalised form of one line of UTF-8 to out: words of a–z separated by single spaces, no space at either
/// end. The rule is that of text8 (Mahoney 2006, "About the test data"): letters are lowered, digits become words ("42"
/// → "four two"), everything else separates words. Before that, accented Latin letters lose their accents ("Malmö" →
/// "malmo", "æ" → "ae"). Bytes that are not valid UTF-8 separate words like any other sign.
void normalize_line(std::string_view line, std::string& out);

}  // namespace lab
