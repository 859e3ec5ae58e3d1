// The state of a training as bytes, and back. Layout, little-endian: "DOTTRAIN", version 1, then the numbers below in
// order; every list with its length before it; at the end a hash of all that. Read whole before anything is changed.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/models/networks/training.h"

namespace lab {

static_assert(std::endian::native == std::endian::little, "the state is written as it lies in memory");

namespace {

constexpr char magic[9] = "DOTTRAIN";
constexpr std::uint32_t format = 1;

class Writer {
  public:
    template <class T>
    void put(const T& value) {
        const auto* from = reinterpret_cast<const std::uint8_t*>(&value);
        bytes.insert(bytes.end(), from, from + sizeof value);
    }
    template <class T>
    void list(const std::vector<T>& values) {
        put(static_cast<std::uint64_t>(values.size()));
        const auto* from = reinterpret_cast<const std::uint8_t*>(values.data());
        bytes.insert(bytes.end(), from, from + values.size() * sizeof(T));
    }
    void layers(const std::vector<Layer>& all) {
        put(static_cast<std::uint64_t>(all.size()));
        for (const Layer& layer : all) {
            list(layer.weights);
            list(layer.biases);
        }
    }
    std::vector<std::uint8_t> bytes;
};

class Reader {
  public:
    explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

    template <class T>
    T take() {
        T value{};
        if (rest_.size() < sizeof value) {
            whole = false;
            return value;
        }
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_ = rest_.subspan(sizeof value);
        return value;
    }
    /// A list of exactly `size`, or the reading has failed.
    template <class T>
    std::vector<T> list(std::size_t size) {
        std::vector<T> values;
        if (take<std::uint64_t>() != size || rest_.size() / sizeof(T) < size) {
            whole = false;
            return values;
        }
        values.resize(size);
        if (size > 0) std::memcpy(values.data(), rest_.data(), size * sizeof(T));  // an empty list has no place
        rest_ = rest_.subspan(size * sizeof(T));
        return values;
    }
    /// Layers of the same shapes, or the reading has failed.
    std::vector<Layer> layers(std::span<const Layer> like) {
        if (take<std::uint64_t>() != like.size()) whole = false;
        std::vector<Layer> all;
        for (const Layer& layer : like) {
            if (!whole) return {};
            all.push_back(
                {layer.inputs, layer.outputs, list<float>(layer.weights.size()), list<float>(layer.biases.size())});
        }
        return all;
    }
    [[nodiscard]] std::size_t left() const { return rest_.size(); }
    bool whole = true;

  private:
    std::span<const std::uint8_t> rest_;
};

/// FNV-1a (Fowler, Noll & Vo) over 64 bits: a changed byte always changes it.
std::uint64_t hash(std::span<const std::uint8_t> bytes) {
    std::uint64_t all = 0xcbf29ce484222325u;
    for (const std::uint8_t byte : bytes) all = (all ^ byte) * 0x100000001b3u;
    return all;
}

Error bad_file() {
    return {"bad-file", "These are not the bytes of a saved training, or they are damaged or cut short. Save it again.",
            ""};
}

bool all_finite(const std::vector<Layer>& layers) {
    const auto finite = [](float x) { return std::isfinite(x); };
    return std::ranges::all_of(layers, [&](const Layer& layer) {
        return std::ranges::all_of(layer.weights, finite) && std::ranges::all_of(layer.biases, finite);
    });
}

/// Whether each number below size stands in the order once.
bool permutation(const std::vector<std::uint32_t>& order) {
    std::vector<bool> seen(order.size());
    for (const std::uint32_t n : order) {
        if (n >= order.size() || seen[n]) return false;
        seen[n] = true;
    }
    return true;
}

/// What must be the same for a training to go on: shapes and options, as numbers.
std::vector<std::uint64_t> fingerprint(const Network& network, const Examples& examples,
                                       const TrainingOptions& options) {
    std::vector<std::uint64_t> all{examples.count(),
                                   network.inputs(),
                                   static_cast<std::uint64_t>(network.activation()),
                                   static_cast<std::uint64_t>(options.optimizer),
                                   std::bit_cast<std::uint32_t>(options.rate),
                                   std::bit_cast<std::uint32_t>(options.momentum),
                                   options.batch,
                                   std::bit_cast<std::uint32_t>(options.weight_decay),
                                   options.seed,
                                   options.every};
    for (const Layer& layer : network.layers()) all.push_back(layer.outputs);
    return all;
}

}  // namespace

std::vector<std::uint8_t> Training::save() const {
    Writer out;
    out.bytes.insert(out.bytes.end(), magic, magic + 8);
    out.put(format);
    out.list(fingerprint(*network_, *examples_, options_));
    out.put(step_);
    out.put(batch_loss_);
    const Random::State& state = random_.state();
    for (const std::uint64_t word : state.words) out.put(word);
    out.put(state.spare);
    out.put(static_cast<std::uint64_t>(state.has_spare));
    out.list(order_);
    out.layers({network_->layers().begin(), network_->layers().end()});
    out.layers(first_);
    out.layers(second_);
    out.list(curve_);
    out.put(hash(out.bytes));
    return std::move(out.bytes);
}

std::optional<Error> Training::restore(std::span<const std::uint8_t> bytes) {
    constexpr std::size_t hashed = sizeof(std::uint64_t);
    if (bytes.size() < 12 + hashed || std::memcmp(bytes.data(), magic, 8) != 0) return bad_file();
    const auto contents = bytes.first(bytes.size() - hashed);
    if (Reader(bytes.last(hashed)).take<std::uint64_t>() != hash(contents)) return bad_file();
    Reader in(contents.subspan(8));
    if (in.take<std::uint32_t>() != format) return bad_file();
    const auto wanted = fingerprint(*network_, *examples_, options_);
    const auto size = in.take<std::uint64_t>();
    std::vector<std::uint64_t> found(size == wanted.size() ? wanted.size() : 0);  // of another depth: other shapes
    for (auto& number : found) number = in.take<std::uint64_t>();
    if (!in.whole) return bad_file();
    if (found != wanted) {
        return Error{
            "bad-shape",
            "This was saved from a training with another network, other examples or other options. Set those up "
            "first, then restore.",
            ""};
    }
    const auto step = in.take<std::uint64_t>();
    const auto batch_loss = in.take<double>();
    Random::State state{};
    for (auto& word : state.words) word = in.take<std::uint64_t>();
    state.spare = in.take<double>();
    state.has_spare = in.take<std::uint64_t>() != 0;
    auto order = in.list<std::uint32_t>(order_.size());
    auto layers = in.layers(network_->layers());
    auto first = in.layers(first_);
    auto second = in.layers(second_);
    const std::size_t points = options_.every == no_curve ? 0 : static_cast<std::size_t>(step / options_.every) + 1;
    auto curve = in.whole ? in.list<CurvePoint>(points) : std::vector<CurvePoint>{};
    if (!in.whole || in.left() > 0 || !permutation(order) || !all_finite(layers) || !all_finite(first) ||
        !all_finite(second)) {
        return bad_file();
    }
    step_ = step;
    batch_loss_ = batch_loss;
    random_.restore(state);
    order_ = std::move(order);
    network_->layers_ = std::move(layers);
    ++network_->version_;
    first_ = std::move(first);
    second_ = std::move(second);
    curve_ = std::move(curve);
    return std::nullopt;
}

}  // namespace lab
