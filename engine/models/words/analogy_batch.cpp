// Many analogies at once.
//
// The score of a word with b − a + c is its cosine with b, minus that with a, plus that with c. Thousands of questions
// share some hundreds of words, so that one matrix product with each distinct word replaces one with each question:
//
//   cosines[W, block] = question words[W, D] · block of the vocabulary, turned on its side [D, block]
//
// A block of the vocabulary is scored for all questions while its cosines are in the cache.
#include <algorithm>
#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/kernels/simd.h"
#include "engine/models/words/word_vectors.h"

namespace lab {

namespace {

constexpr std::size_t block_words = 512;
static_assert(block_words % (4 * simd::lanes) == 0);

struct Best {
    std::uint32_t index = no_answer;
    float score = -std::numeric_limits<float>::infinity();
};

/// scores[block] from the cosines with a, b and c.
void score_add(const float* a, const float* b, const float* c, float* scores) {
    using namespace simd;
    for (std::size_t i = 0; i < block_words; i += lanes)
        store(scores + i, add(sub(load(b + i), load(a + i)), load(c + i)));
}

/// The same from the shifted cosines (1 + cosine) / 2.
void score_mul(const float* a, const float* b, const float* c, float* scores) {
    using namespace simd;
    const Float4 epsilon = splat(cosmul_epsilon);
    for (std::size_t i = 0; i < block_words; i += lanes)
        store(scores + i, div(mul(load(b + i), load(c + i)), add(load(a + i), epsilon)));
}

float largest(const float* scores) {
    using namespace simd;
    Float4 best[4];  // side by side, so that none waits for the one before
    for (std::size_t s = 0; s < 4; ++s) best[s] = load(scores + s * lanes);
    for (std::size_t i = 4 * lanes; i < block_words; i += 4 * lanes) {
        for (std::size_t s = 0; s < 4; ++s) best[s] = max(best[s], load(scores + i + s * lanes));
    }
    const Float4 all = max(max(best[0], best[1]), max(best[2], best[3]));
    return std::max({all[0], all[1], all[2], all[3]});
}

/// turned[D, block_words] = rows[count, D] on its side; what is beyond count becomes 0. Sixteen columns at a time: as
/// many floats as one line of the cache brings.
void turn(MatrixView rows, std::size_t first, std::size_t count, std::span<float> turned) {
    constexpr std::size_t line = 16;
    for (std::size_t d0 = 0; d0 < rows.columns; d0 += line) {
        const std::size_t end = std::min(d0 + line, rows.columns);
        for (std::size_t i = 0; i < count; ++i) {
            const float* row = rows.row(first + i).data();
            for (std::size_t d = d0; d < end; ++d) turned[d * block_words + i] = row[d];
        }
        for (std::size_t d = d0; d < end; ++d) std::fill_n(&turned[d * block_words] + count, block_words - count, 0.0f);
    }
}

}  // namespace

void WordVectors::answer(std::span<const Question> questions, Method method, bool keep_question,
                         std::span<std::uint32_t> answers) const {
    assert(questions.size() == answers.size());
    // Every word that a question uses, once, and its row among them.
    std::vector<std::uint32_t> used;
    std::vector<std::uint32_t> row_of(size(), no_answer);
    for (const Question& question : questions) {
        for (const std::uint32_t word : {question.a, question.b, question.c}) {
            assert(word < size());
            if (row_of[word] != no_answer) continue;
            row_of[word] = static_cast<std::uint32_t>(used.size());
            used.push_back(word);
        }
    }
    std::vector<float> asked(used.size() * dimensions_);  // [W, D]
    for (std::size_t w = 0; w < used.size(); ++w) std::ranges::copy(unit(used[w]), &asked[w * dimensions_]);

    std::vector<float> turned(dimensions_ * block_words);
    std::vector<float> cosines(used.size() * block_words);
    std::vector<float> workspace(matmul_workspace(used.size(), dimensions_, block_words));
    std::vector<Best> best(questions.size());
    float scores[block_words];

    for (std::size_t first = 0; first < size(); first += block_words) {
        const std::size_t count = std::min(block_words, size() - first);
        turn(units(), first, count, turned);
        matmul({asked, used.size(), dimensions_}, {turned, dimensions_, block_words}, workspace,
               {cosines, used.size(), block_words});
        if (method == Method::mul) {
            const simd::Float4 half = simd::splat(0.5f);
            for (std::size_t i = 0; i < cosines.size(); i += simd::lanes)
                simd::store(&cosines[i], simd::add(half, simd::mul(half, simd::load(&cosines[i]))));
        }
        for (std::size_t q = 0; q < questions.size(); ++q) {
            const Question& question = questions[q];
            const auto of = [&](std::uint32_t word) { return &cosines[row_of[word] * block_words]; };
            (method == Method::add ? score_add : score_mul)(of(question.a), of(question.b), of(question.c), scores);
            std::fill(scores + count, scores + block_words, -std::numeric_limits<float>::infinity());
            if (!keep_question) {
                for (const std::uint32_t word : {question.a, question.b, question.c}) {
                    if (word >= first && word - first < count)
                        scores[word - first] = -std::numeric_limits<float>::infinity();
                }
            }
            const float top = largest(scores);
            if (!(top > best[q].score)) continue;
            best[q] = {static_cast<std::uint32_t>(
                           first + static_cast<std::size_t>(std::find(scores, scores + count, top) - scores)),
                       top};
        }
    }
    for (std::size_t q = 0; q < questions.size(); ++q) answers[q] = best[q].index;
}

}  // namespace lab
