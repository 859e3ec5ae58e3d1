// Arrays that make a kernel's mistakes show: lengths around the lanes, starts off alignment, ends that nothing may
// cross.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/base/random.h"

namespace lab::testing {

/// Around one, two, four and sixteen vectors of four lanes, and well beyond.
inline constexpr std::array<std::size_t, 18> edge_lengths{0,  1,  3,  4,  5,  7,  8,  9,  15,
                                                          16, 17, 31, 32, 33, 63, 64, 65, 300};
inline constexpr std::array<std::uint64_t, 5> seeds{1, 2, 42, 1809, 20240};

inline constexpr float infinity = std::numeric_limits<float>::infinity();
inline constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
inline constexpr float smallest_denormal = std::numeric_limits<float>::denorm_min();
inline constexpr float smallest_normal = std::numeric_limits<float>::min();

/// n values that start `shift` places after an aligned address and end with their block of memory, so that
/// AddressSanitizer sees any read beyond them; before and after an output stand guards that no kernel may touch.
template <class T>
class Array {
  public:
    explicit Array(std::size_t n, std::size_t shift = 0, std::size_t guards_after = 0)
        : size_(n), start_(shift), all_(shift + n + guards_after, guard) {}

    std::span<T> span() { return std::span<T>(all_).subspan(start_, size_); }
    std::span<const T> view() const { return std::span<const T>(all_).subspan(start_, size_); }
    T& operator[](std::size_t i) { return span()[i]; }

    bool guards_stand() const {
        for (std::size_t i = 0; i < all_.size(); ++i)
            if ((i < start_ || i >= start_ + size_) && all_[i] != guard) return false;
        return true;
    }

  private:
    static constexpr T guard = 77;
    std::size_t size_;
    std::size_t start_;
    std::vector<T> all_;
};

using Floats = Array<float>;
using Codes = Array<std::int8_t>;

/// An input of n normal numbers. Their magnitudes spread over e^±spread, so that sums cancel unevenly.
inline Floats normals(std::size_t n, std::uint64_t seed, std::size_t shift = 0, double spread = 1) {
    Floats made(n, shift);
    Random random(seed * 1000003 + n * 31 + shift);
    for (float& x : made.span()) {
        const double scale = std::exp(spread * static_cast<double>(random.normal()));
        x = static_cast<float>(scale * static_cast<double>(random.normal()));
    }
    return made;
}

/// An output of n floats, guarded on both sides.
inline Floats output(std::size_t n, std::size_t shift = 0) { return Floats(n, shift, 8); }

/// Codes in [−limit, limit].
inline Codes random_codes(std::size_t n, std::uint64_t seed, int limit = 127, std::size_t shift = 0) {
    Codes made(n, shift);
    Random random(seed * 999983 + n);
    for (std::int8_t& code : made.span())
        code =
            static_cast<std::int8_t>(static_cast<int>(random.below(static_cast<std::uint64_t>(2 * limit + 1))) - limit);
    return made;
}

}  // namespace lab::testing
