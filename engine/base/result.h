// Result<T>: a value, or an Error that says what was wrong and what to do. Used wherever outside input enters the
// engine.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace lab {

/// What went wrong, in words for the person who can mend it.
struct Error {
    std::string code;     // stable, for programs: "unknown-word", "length-mismatch", "bad-file" …
    std::string message;  // a sentence for people: what was wrong, where, and what to do
    std::string detail;   // machine-readable extra, e.g. suggested spellings joined by commas; may be empty
};

/// Holds either a value of type T or an Error. Ask ok() before value().
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    // Called wherever something can fail: in line, its three strings would be a fiftieth of what a page downloads.
    [[gnu::noinline]] Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T& value() & { return *std::get_if<0>(&content_); }
    [[nodiscard]] const T& value() const& { return *std::get_if<0>(&content_); }
    [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&content_)); }
    [[nodiscard]] const Error& error() const { return *std::get_if<1>(&content_); }

  private:
    std::variant<T, Error> content_;
};

}  // namespace lab
