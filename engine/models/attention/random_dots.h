// Dot products of pairs of random vectors, for asking how large q·k gets: every place of every vector standard normal.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/models/explanations/explain.h"

namespace lab {

inline constexpr std::size_t most_random_dimensions = 16'384;
inline constexpr std::size_t most_random_pairs = 100'000;

/// The vectors of pair i: query[n], key[n]. They depend on the seed, i and n alone; of more dimensions they are the
/// same with numbers added at the end. The same on every machine.
void random_pair(std::uint64_t seed, std::size_t i, std::span<float> query, std::span<float> key);

/// out[k] = dot() of pair first + k.
void random_dots(std::uint64_t seed, std::size_t dimensions, std::size_t first, std::span<float> out);

/// How large they are. Sums are taken in double; each number is rounded to f32 before the next is made of it.
struct RandomDotStatistics {
    float square_sum = 0;        // Σ dot²
    float mean_square = 0;       // that ÷ n
    float root_mean_square = 0;  // √ of that; √dimensions is expected
    float magnitude_sum = 0;     // Σ |dot|
    float mean_magnitude = 0;    // that ÷ n; √(2 · dimensions / π) is expected, nearly
};
RandomDotStatistics measure_dots(std::span<const float> dots);

/// Explains a number of random pairs; i counts pairs, j places. dots are those of all pairs. Addresses:
///   random/dot[i]  random/query[i,j]  random/key[i,j]     [i,j] may also be written [i][j]
///   random/square_sum  random/mean_square  random/root_mean_square
///   random/magnitude_sum  random/mean_magnitude  random/sign[i]   −1 where the dot product is negative, else 1
/// Error "unknown-address".
Result<Explanation> explain_random_dots(std::uint64_t seed, std::size_t dimensions, std::span<const float> dots,
                                        std::string_view address);

}  // namespace lab
