// What a head tends to look at, measured: how much of its attention falls on the token before, on the beginning of the
// text, on the place after an earlier occurrence …, each beside what equal attention to all would put there.
//
// A score says where a head looks on these texts. It is a tendency and not a purpose: what the head is for, only taking
// it away can tell.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/models/transformer/byte_pairs.h"
#include "engine/models/transformer/transformer.h"
#include "engine/models/transformer/transformer_pass.h"

namespace lab {

/// Where a place t may look. Place 0, the beginning of the text, counts as `first` alone; t is never 0.
enum class HeadKind : unsigned char {
    previous,   // t − 1
    next,       // t + 1; of a model that sees both ways
    first,      // 0
    itself,     // t
    same,       // other places with the token of t
    induction,  // those that follow an earlier occurrence of the token of t (Olsson et al. 2022, "In-context Learning
                // and Induction Heads", where it is the prefix-matching score, taken on repeated random tokens)
};
inline constexpr std::size_t head_kinds = 6;
inline constexpr std::array<std::string_view, head_kinds> head_kind_names{"previous", "next", "first",
                                                                          "itself",   "same", "induction"};

/// The mean, over all places t that have somewhere of the kind to look at, of the weight that t puts there.
struct HeadTendency {
    double weight = 0;       // 0 to 1
    double uniform = 0;      // what it would be if t looked at all that it may see alike
    std::size_t places = 0;  // so many t; 0: the texts have none, and weight and uniform say nothing
};

/// How much of a head's map the distance between two places foretells, whatever the words are.
struct HeadDistance {
    /// 1 − Σ (z − m)² / Σ z² over all pairs that see each other, t > 0. z is how far a weight is from equal attention,
    /// m the mean of z over all *other* pairs that lie equally far apart (0 where there are none). 1: distance is all;
    /// 0: it foretells nothing, as with equal attention; below 0: it misleads.
    double share = 0;
    /// The distance t − s that gets most weight on average, of those that at least half of the places have; 0 is the
    /// place itself, below 0 it comes later. And that weight.
    int distance = 0;
    double weight = 0;
};

struct HeadScores {
    std::array<HeadTendency, head_kinds> tendencies;
    HeadDistance distance;

    [[nodiscard]] const HeadTendency& of(HeadKind kind) const { return tendencies[static_cast<std::size_t>(kind)]; }
};

/// Adds up what the heads of a model look at, text after text.
class HeadMeter {
  public:
    explicit HeadMeter(const TransformerShape& shape);

    /// All sequences of a pass that has kept its weights (Keep::everything or Keep::weights), made with this shape.
    void add(const TransformerPass& pass);

    /// [L · H] of all that was added: head h of layer l, both from 0, at l · H + h.
    [[nodiscard]] std::vector<HeadScores> scores() const;

  private:
    /// z at one distance, and the weights themselves.
    struct AtDistance {
        double sum = 0;
        double squares = 0;
        double weights = 0;
    };
    struct Sums {
        std::array<double, head_kinds> weights{};
        std::vector<AtDistance> distances;  // [2C − 1], distance t − s at C − 1 + t − s
    };
    void add_place(std::size_t t, std::size_t seen, std::span<const Token> tokens);
    void add_row(Sums& sums, std::size_t t, std::span<const float> weights) const;

    TransformerShape shape_;
    std::array<HeadTendency, head_kinds> uniform_;  // sums; the weights of each head are with it
    std::vector<std::size_t> pairs_;                // [2C − 1] at each distance
    std::size_t places_ = 0;
    std::array<std::vector<std::size_t>, head_kinds> targets_;  // of the place that is being added
    std::vector<Sums> heads_;                                   // [L · H]
};

/// Tokens that a model cannot know by heart: the border, then `count` different ones by seed, then the same again:
/// 1 + 2 · count of them. count is below the vocabulary − 1; the border and the blank are not drawn.
std::vector<Token> repeated_tokens(std::size_t vocabulary, std::size_t count, std::uint64_t seed);

}  // namespace lab
