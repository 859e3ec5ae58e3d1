#include "engine/base/random.h"

#include <bit>
#include <cassert>
#include <cmath>

#include "engine/base/portable_math.h"

namespace lab {

Random::Random(std::uint64_t seed) {
    // splitmix64 (Steele, Lea & Flood 2014) spreads even seeds like 0 and 1 over the whole state.
    for (auto& word : state_.words) {
        seed += 0x9e3779b97f4a7c15u;
        std::uint64_t z = seed;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        word = z ^ (z >> 31);
    }
}

std::uint64_t Random::bits() {
    auto& s = state_.words;
    const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = std::rotl(s[3], 45);
    return result;
}

double Random::uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }

std::uint64_t Random::below(std::uint64_t bound) {
    // 32 random bits times the bound: the high half is the answer; the low half tells when to draw again.
    // Bounds in this project (words, positions, classes) fit 32 bits.
    assert(0 < bound && bound < (std::uint64_t{1} << 32));
    const auto small = static_cast<std::uint32_t>(bound);
    std::uint64_t product = (bits() >> 32) * small;
    if (static_cast<std::uint32_t>(product) < small) {
        const std::uint32_t threshold = (0u - small) % small;
        while (static_cast<std::uint32_t>(product) < threshold) product = (bits() >> 32) * small;
    }
    return product >> 32;
}

float Random::normal() {
    if (state_.has_spare) {
        state_.has_spare = false;
        return static_cast<float>(state_.spare);
    }
    double u = 0;
    double v = 0;
    double s = 0;
    do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    const double scale = std::sqrt(-2 * portable_log(s) / s);
    state_.spare = v * scale;
    state_.has_spare = true;
    return static_cast<float>(u * scale);
}

void Random::fill_normal(std::span<float> out) {
    for (float& x : out) x = normal();
}

}  // namespace lab
