// From an address to the number of a transformer's pass that it names.
#include "engine/models/transformer/explain_transformer.h"

#include "engine/models/transformer/transformer_numbers.h"

namespace lab {

Result<Explanation> explain_transformer(const TransformerContext& context, std::string_view address) {
    using enum TransformerNumber;
    const auto parsed = parse_transformer_address(context, address);
    if (!parsed) return parsed.error();
    const TransformerAddress& at = parsed.value();
    const TransformerRows rows(context);
    if (at.number == logit) return explain_logit(rows, at.first, at.second);
    if (at.number <= fed) return explain_row(rows, at);
    if (at.number <= value_weights) return explain_weight(rows, at);
    if (at.number <= norm) return explain_norm(rows, at);
    if (at.number <= part) return explain_head(rows, at);
    return explain_softmax(rows, at);
}

}  // namespace lab
