// Where the numbers of a transformer's pass come from, down to the rows of the tokens and the weights.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/models/explanations/explain.h"
#include "engine/models/transformer/transformer_pass.h"

namespace lab {

/// What a number is explained from: a pass of one sequence with Keep::everything, multiplied by KernelMultiplier. All
/// of it is borrowed.
struct TransformerContext {
    const TransformerShape& shape;
    const TransformerWeights& weights;
    const TransformerPass& pass;
    const Interventions& interventions;  // those of the pass
    std::span<const std::string> names;  // [V] how each token is called; empty: by its number
};

/// Explains a number of a pass. t and s are rows, v a token, i a component of a row (within a head: of its d), j a
/// hidden unit, all from 0; layers and heads count from 1. [t,i] may also be written [t][i]. Addresses, each after
/// "transformer/":
///   tokens[v,i]  positions[t,i]  x[t,i]    what goes into the first layer
///   rms[t]  norm[t,i]  gain[i]             the row after the last layer, brought to one size, and the gains of that
///   logit[t,v]                             norm row · token row; of the rows that the pass was asked for
///   largest[t]  gap[t,v]  exp[t,v]  exp_sum[t]  probability[t,v]   softmax (at temperature 1) of the row of logits
/// In a layer, "L2/" for the second:
///   rms1[t]  norm1[t,i]  gain1[i]          before attention
///   attended[t,i]  middle[t,i]             mixed row · column of output; the row with that added
///   rms2[t]  norm2[t,i]  gain2[i]  hidden[t,j]  active[t,j]  fed[t,i]      with a feed-forward part only
///   out[t,i]                               what leaves the layer; a patched state is a leaf
///   output[i,c]  up[i,j]  down[j,i]        weights;  qkv[i,c] leads to a head's weights, mixed[t,i] to a head's mix
///   squares…[t]  mean_square…[t]  scaled…[t,i]   between a row and its norm, for each of the three: squares, squares1,
///                                          squares2 …: x · x, ÷ D, and x ÷ rms
/// In a head, "L2/H3/":
///   query[t,i]  key[t,i]  value[t,i]       norm1 row · column of query_weights[i,c]  key_weights  value_weights
///   dot[t,s]  score[t,s]                   query · key; that ÷ √d; also where the mask hides it
///   largest[t]  gap[t,s]  exp[t,s]  exp_sum[t]  weight[t,s]        softmax of the scores that t may see; a masked
///                                          weight is a leaf 0
///   mix[t,i]                               weights · column of values; of an ablated head a leaf 0
///   part[t,i]                              what this head alone adds to attended
///   output_column[c][i]                    of the rows of output that belong to the head
/// A column of a matrix, whose elements lie below each other: up_column[j] is what up[i,j] holds at its places i, so
/// that up_column[j][i] leads to up[i,j]. So with qkv, output, down, query_weights, key_weights, value_weights and
/// value.
///
/// A check computes the number again in double from the floats of the pass that its step (or the few steps below it)
/// began with, and its bound holds rigorously for that step. Bounds carried from the tokens through six layers would be
/// worst upon worst, larger than the numbers themselves, and say nothing.
/// Error "unknown-address": of what is not there, and of what this shape or this pass does not have.
Result<Explanation> explain_transformer(const TransformerContext& context, std::string_view address);

}  // namespace lab
