// Where the numbers of attention come from: down to queries, keys and values, or to the rows and matrices that they are
// made of.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/models/attention/attention.h"
#include "engine/models/explanations/explain.h"

namespace lab {

/// Explains a number of attention; queries t, keys s, places i, all from 0, heads from 1. [t,s] may also be written
/// [t][s]. Addresses, each after "attention/":
///   query[t,i]  key[s,i]  value[s,i]  output[t,i]   i across the heads; output leads to a head's output
/// In a head, "H1/" for the first:
///   dot[t,s]  score[t,s]            q · k; that times the scale; also where the mask hides it
///   largest[t]  gap[t,s]  exp[t,s]  exp_sum[t]  weight[t,s]    softmax over the keys that query t may look at; a
///   weight
///                                   that the mask hides is 0, and has neither gap nor exp
///   rest[t,s]  slope[t,s]           1 − weight; weight × rest: how fast a weight follows its own score
///   output[t,i]                     weights · column of values, i within the head
///   query[t,i]  key[s,i]  value_column[i,s]    i within the head: lead to query, key and value
/// Errors: "unknown-address"; "out-of-range" where there were too many weights to keep (most_kept_weights).
Result<Explanation> explain_attention(const Attention& attention, std::string_view address);

/// The same of self-attention, with queries, keys and values made of rows and columns:
///   x[t,i]  query_weights[i,j]  key_weights[i,j]  value_weights[i,j]  output_weights[i,j]
///   query_weights_column[j,i] and so on: the same entries, column after column
///   projected[t,j]                  output row · column of output_weights; without that matrix the output
/// x and weights are those that it was made of.
Result<Explanation> explain_self_attention(MatrixView x, const SelfAttentionWeights& weights,
                                           const SelfAttention& self_attention, std::string_view address);

}  // namespace lab
