#include "engine/models/words/analogy.h"

#include <algorithm>
#include <set>

#include "tests/engine/models/explanations/explanations.h"

using namespace lab;
using namespace lab::testing;

namespace {

/// Royal and common, men and women, laid out so that the parallelogram is exact, with some others around.
WordVectors court() {
    return WordVectors::from_rows({"man", "woman", "king", "queen", "apple", "pear"},
                                  {1, 1, 0, 1, 1, -1, 0, 1, 1, 1, 1, 1, 1, -1, 1, 1, -2, 0.5f, 0, 1, -2, 0.4f, 0.1f, 1},
                                  4)
        .value();
}

/// A question's score for one word in plain double arithmetic.
double exact_score(const WordVectors& vectors, const std::vector<SignedWord>& terms, std::uint32_t w, Method method) {
    double sum = 0;
    double squares = 0;
    double plus = 1;
    double minus = 1;
    for (const SignedWord& t : terms) {
        const double cosine = reference::cosine(vectors.vector(t.index), vectors.vector(w));
        sum += t.sign * cosine;
        (t.sign > 0 ? plus : minus) *= (1 + cosine) / 2;
        for (const SignedWord& s : terms) {
            squares += s.sign * t.sign * reference::cosine(vectors.vector(s.index), vectors.vector(t.index));
        }
    }
    return method == Method::add ? sum / std::sqrt(squares) : plus / (minus + 0.001);
}

}  // namespace

TEST_CASE("king − man + woman is queen, with everything in between") {
    const WordVectors vectors = court();
    for (const Method method : {Method::add, Method::mul}) {
        const auto solution =
            vectors.solve({.plus = {"king", "woman"}, .minus = {"man"}, .count = 2, .method = method}).value();
        REQUIRE(solution.terms.size() == 3);
        CHECK(solution.terms[1].word == "man");
        CHECK(solution.terms[1].sign == -1);
        CHECK(solution.expression == "king-man+woman");
        CHECK(solution.target.size() == 4);
        CHECK(std::abs(solution.length - norm(solution.target)) == 0);
        CHECK(std::abs(norm(solution.unit_target) - 1) < 1e-6f);
        REQUIRE(solution.neighbors.size() == 2);
        CHECK(solution.neighbors[0].word == "queen");
        CHECK(solution.neighbors[0].rank == 1);
        CHECK(solution.neighbors[0].partials.size() == 3);
        REQUIRE(solution.excluded.size() == 3);
        CHECK(solution.excluded[0].word == "king");
        CHECK(solution.excluded[0].rank >= 1);
    }
}

TEST_CASE("with the question's words kept they may win, and nothing is excluded") {
    const WordVectors vectors = court();
    const auto kept = vectors.solve({.plus = {"king"}, .minus = {}, .count = 6, .keep_question = true}).value();
    CHECK(kept.neighbors[0].word == "king");
    CHECK(std::abs(kept.neighbors[0].score - 1) < 1e-6f);
    CHECK(kept.neighbors.size() == 6);
    CHECK(kept.excluded.empty());
    const auto without = vectors.solve({.plus = {"king"}, .minus = {}, .count = 6}).value();
    CHECK(without.neighbors.size() == 5);
    CHECK(without.excluded[0].rank == 1);
}

TEST_CASE("scores, order and ranks agree with plain double arithmetic") {
    Random random(41);
    const WordVectors vectors = small_vectors(42, 300, 33, true);
    for (int round = 0; round < 60; ++round) {
        AnalogyQuery query{.plus = {},
                           .minus = {},
                           .count = 300,
                           .keep_question = round % 3 == 0,
                           .method = round % 2 == 0 ? Method::add : Method::mul};
        const std::size_t plus = 1 + random.below(3);
        const std::size_t minus = random.below(3);
        for (std::size_t i = 0; i < plus + minus; ++i) {
            (i < plus ? query.plus : query.minus).push_back(vectors.words()[random.below(290)]);
        }
        const auto result = vectors.solve(query);
        if (!result.ok()) {
            CHECK(result.error().code == "zero-vector");
            continue;
        }
        const AnalogySolution& solution = result.value();
        std::set<std::uint32_t> question;
        for (const SignedWord& term : solution.terms) question.insert(term.index);
        CHECK(solution.neighbors.size() == (query.keep_question ? 300 : 300 - question.size()));
        CHECK(solution.excluded.size() == (query.keep_question ? 0 : question.size()));
        for (const auto* list : {&solution.neighbors, &solution.excluded}) {
            for (const Neighbor& n : *list) {
                const double exact = exact_score(vectors, solution.terms, n.index, query.method);
                if (std::abs(n.score - exact) > 1e-5 * std::max(1.0, std::abs(exact)))
                    FAIL(n.word << " " << n.score << " " << exact);
                for (std::size_t t = 0; t < solution.terms.size(); ++t) {
                    if (n.partials[t] != dot(vectors.unit(solution.terms[t].index), vectors.unit(n.index)))
                        FAIL(n.word);
                }
            }
        }
        for (std::size_t k = 1; k < solution.neighbors.size(); ++k) {
            if (solution.neighbors[k].score > solution.neighbors[k - 1].score) FAIL("out of order");
        }
        // An excluded word's rank counts the words of higher score, excluded or not.
        for (const Neighbor& word : solution.excluded) {
            std::uint32_t higher = 0;
            for (const auto* list : {&solution.neighbors, &solution.excluded}) {
                for (const Neighbor& n : *list)
                    higher += n.score > word.score || (n.score == word.score && n.index < word.index);
            }
            if (word.rank != higher + 1) FAIL(word.word);
        }
    }
}

TEST_CASE("many questions at once get the answers that each gets alone") {
    Random random(43);
    for (const std::size_t count : {std::size_t{20}, std::size_t{512}, std::size_t{700}}) {
        const WordVectors vectors = small_vectors(44, count, 24, false);
        std::vector<Question> questions(40);
        for (Question& q : questions) {
            const auto any = [&] { return static_cast<std::uint32_t>(random.below(count)); };
            q = {any(), any(), any()};
        }
        for (const Method method : {Method::add, Method::mul}) {
            for (const bool keep : {false, true}) {
                std::vector<std::uint32_t> answers(questions.size());
                vectors.answer(questions, method, keep, answers);
                for (std::size_t i = 0; i < questions.size(); ++i) {
                    const Question& q = questions[i];
                    const std::vector<SignedWord> terms{{"", q.b, 1}, {"", q.a, -1}, {"", q.c, 1}};
                    double best = -1e300;
                    for (std::uint32_t w = 0; w < count; ++w) {
                        if (!keep && (w == q.a || w == q.b || w == q.c)) continue;
                        best = std::max(best, exact_score(vectors, terms, w, method));
                    }
                    REQUIRE(answers[i] < count);
                    if (!keep) REQUIRE((answers[i] != q.a && answers[i] != q.b && answers[i] != q.c));
                    // The best, or one that only rounding tells from it.
                    REQUIRE(exact_score(vectors, terms, answers[i], method) >=
                            best - 1e-5 * std::max(1.0, std::abs(best)));
                }
            }
        }
    }
}

TEST_CASE("a question whose words are all there are has no answer") {
    const auto vectors = WordVectors::from_rows({"a", "b", "c"}, {1, 0, 0, 1, 1, 1}, 2).value();
    const Question questions[] = {{0, 1, 2}};
    std::uint32_t answers[] = {7};
    vectors.answer(questions, Method::add, false, answers);
    CHECK(answers[0] == no_answer);
    vectors.answer(questions, Method::add, true, answers);
    CHECK(answers[0] == 1);
    vectors.answer({}, Method::add, true, {});
    CHECK(vectors.solve({.plus = {"b", "c"}, .minus = {"a"}, .count = 3}).value().neighbors.empty());
}

TEST_CASE("questions without meaning are refused in words") {
    const WordVectors vectors = court();
    const auto code = [](const Result<AnalogySolution>& solution) {
        REQUIRE_FALSE(solution.ok());
        CHECK_FALSE(solution.error().message.empty());
        return solution.error().code;
    };
    CHECK(code(vectors.solve({.plus = {}, .minus = {}})) == "empty-input");
    CHECK(code(vectors.solve({.plus = {"king"}, .minus = {"king"}})) == "zero-vector");
    CHECK(code(vectors.solve({.plus = {"king", "man"}, .minus = {"man", "king"}})) == "zero-vector");
    CHECK(code(vectors.solve({.plus = {"kingg"}, .minus = {}})) == "unknown-word");
    CHECK(code(vectors.solve({.plus = {"king"}, .minus = {}, .count = 0})) == "bad-count");
}
