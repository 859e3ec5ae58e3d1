#include "engine/formats/json.h"

#include <cstdint>

namespace lab {

namespace {

void append_utf8(std::string& text, std::uint32_t code) {
    const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) return add(code);
    if (code < 0x800) {
        add(0xC0 | code >> 6);
    } else {
        if (code < 0x10000) {
            add(0xE0 | code >> 12);
        } else {
            add(0xF0 | code >> 18);
            add(0x80 | (code >> 12 & 0x3F));
        }
        add(0x80 | (code >> 6 & 0x3F));
    }
    add(0x80 | (code & 0x3F));
}

/// Reads by descent; every function gives nothing as soon as the text is not what is wanted.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    std::optional<Json> value(int depth = 0) {
        constexpr int deepest = 8;
        skip();
        if (rest_.empty() || depth > deepest) return std::nullopt;
        switch (rest_.front()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                if (auto text = string()) return Json{*std::move(text)};
                return std::nullopt;
            default:
                return number();
        }
    }
    [[nodiscard]] bool at_end() {
        skip();
        return rest_.empty();
    }

  private:
    std::string_view rest_;

    void skip() {
        const auto from = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(from == rest_.npos ? rest_.size() : from);
    }
    bool take(char c) {
        skip();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::optional<Json> object(int depth) {
        Json::Object members;
        take('{');
        if (take('}')) return Json{std::move(members)};
        do {
            skip();
            auto key = string();
            if (!key || !take(':')) return std::nullopt;
            auto member = value(depth + 1);
            if (!member || !members.emplace(*std::move(key), *std::move(member)).second) return std::nullopt;
        } while (take(','));
        if (!take('}')) return std::nullopt;
        return Json{std::move(members)};
    }

    std::optional<Json> array(int depth) {
        Json::Array items;
        take('[');
        if (take(']')) return Json{std::move(items)};
        do {
            auto item = value(depth + 1);
            if (!item) return std::nullopt;
            items.push_back(*std::move(item));
        } while (take(','));
        if (!take(']')) return std::nullopt;
        return Json{std::move(items)};
    }

    std::optional<Json> number() {
        std::uint64_t whole = 0;
        std::size_t digits = 0;
        while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
            if (whole > (std::uint64_t{1} << 59)) return std::nullopt;
            whole = 10 * whole + static_cast<std::uint64_t>(rest_[digits++] - '0');
        }
        if (digits == 0) return std::nullopt;
        rest_.remove_prefix(digits);
        return Json{whole};
    }

    /// The four hexadecimal digits from place i on.
    [[nodiscard]] std::optional<std::uint32_t> four_digits(std::size_t i) const {
        if (i + 4 > rest_.size()) return std::nullopt;
        std::uint32_t code = 0;
        for (const char c : rest_.substr(i, 4)) {
            constexpr std::string_view digits = "0123456789abcdef";
            const auto at = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
            if (at == digits.npos) return std::nullopt;
            code = 16 * code + static_cast<std::uint32_t>(at);
        }
        return code;
    }

    /// \uXXXX whose u stands at place i, or two of them that make one character; i comes to the last digit.
    std::optional<std::uint32_t> code_point(std::size_t& i) {
        const auto first = four_digits(i + 1);
        i += 4;
        if (!first || *first < 0xD800 || *first > 0xDFFF) return first;
        if (*first > 0xDBFF || rest_.substr(i + 1, 2) != "\\u") return std::nullopt;
        const auto second = four_digits(i + 3);
        i += 6;
        if (!second || *second < 0xDC00 || *second > 0xDFFF) return std::nullopt;
        return 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00);
    }

    std::optional<std::string> string() {
        if (rest_.empty() || rest_.front() != '"') return std::nullopt;
        std::string text;
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            char c = rest_[i];
            if (c == '"') {
                rest_.remove_prefix(i + 1);
                return text;
            }
            if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
            if (c == '\\') {
                if (++i >= rest_.size()) return std::nullopt;
                if (rest_[i] == 'u') {
                    const auto code = code_point(i);
                    if (!code) return std::nullopt;
                    append_utf8(text, *code);
                    continue;
                }
                constexpr std::string_view codes = "\"\\/nrtbf";
                constexpr std::string_view meant = "\"\\/\n\r\t\b\f";
                const auto at = codes.find(rest_[i]);
                if (at == codes.npos) return std::nullopt;
                c = meant[at];
            }
            text += c;
        }
        return std::nullopt;
    }
};

}  // namespace

std::optional<Json> read_json(std::string_view text) {
    Reader reader(text);
    auto found = reader.value();
    if (!found || !reader.at_end()) return std::nullopt;
    return found;
}

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else if (code >= 0x20) {
            out += c;
        } else {
            constexpr std::string_view digits = "0123456789abcdef";
            out += "\\u00";
            out += digits[code >> 4];
            out += digits[code & 15];
        }
    }
    return out + '"';
}

}  // namespace lab
