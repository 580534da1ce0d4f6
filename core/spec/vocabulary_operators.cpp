// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/vocabulary_values.h"

// Operators.
namespace emac::spec::table {

namespace {

/// An operator of this word, with its own keys and those that every node may carry.
MappingType node(const std::string& word, std::string description, std::vector<Key> own, bool named = true)
{
    MappingType type;
    type.name = word;
    type.description = std::move(description);
    type.element = true;
    type.keys.push_back(named ? required("type", spec::table::word({word}), "the operator")
                              : optional("type", spec::table::word({word}), "the operator; need not be written"));
    for (auto& key : own)
        type.keys.push_back(std::move(key));
    type.keys.push_back(
        optional("id", name(), "name in reports, rule labels and the layout file; unique in the document"));
    type.keys.push_back(optional("notes", text(), "free text"));
    return type;
}

} // namespace

void addOperators(Vocabulary& vocabulary)
{
    const auto expression = mapping("expression");
    const auto branches = required("branches", filledList(expression), "the alternatives or parts, started together");
    const auto body = required("body", expression, "what it is applied to");

    add(vocabulary, node("call", "One call of a component", {required("ref", name(), "the component's name")}, false));
    add(vocabulary,
        node("use", "A named fragment, in this place", {required("use", name(), "the fragment's name")}, false));
    add(vocabulary, node("series", "One after the other; all must succeed",
                         {required("steps", filledList(expression), "the steps in their order")}));
    add(vocabulary, node("parallel", "Started together; all must succeed; the first failure fails it",
                         {optional("join", word({"all"}), "what completes it", "all"), branches}));
    add(vocabulary,
        node("race", "The first successful response wins",
             {optional("semantics", word({"hedged"}), "what ends it", "hedged"),
              optional("hedgeDelay", duration(), "branch i starts at i times this delay", "0s"), branches}));
    add(vocabulary, node("kofn", "Started together; done when k have succeeded",
                         {required("k", integer(), "how many branches must succeed, from 1 to all"), branches}));
    add(vocabulary,
        node("branch", "Exactly one choice is taken",
             {required("choices", filledList(mapping("choice")), "the choices; their probabilities sum to 1")}));
    add(vocabulary,
        node("retry", "Up to so many tries in all; the next starts after the last has failed",
             {required("attempts", integer(1, base::Code::AttemptsOutOfRange), "tries in all, the first one counted"),
              optional("backoff", duration(), "pause between a failure and the next try", "0s"), body}));
    add(vocabulary, node("fallback", "The next is tried when the one before has failed",
                         {required("primary", expression, "the first try"),
                          required("alternates", filledList(expression), "the further tries in their order")}));
    add(vocabulary, node("timeout", "A body not done by the deadline has failed, at the deadline",
                         {required("deadline", duration(), "time that the body has"), body}));
    add(vocabulary,
        node("optional", "Best effort: the body's failure does not fail the journey",
             {optional("wait", boolean(), "whether the journey waits for the body; without, it takes no time", "true"),
              body}));

    add(vocabulary, MappingType{"choice",
                                "One choice of a branch",
                                {optional("label", text(), "name of the choice"),
                                 required("probability", oneOf({unitRatio(), tuple(2, unitRatio())}),
                                          "how often it is taken: a number, or an interval [lower, upper]"),
                                 required("body", expression, "what is done then")},
                                {},
                                false});

    UnionType expressions;
    expressions.name = "expression";
    expressions.description = "An operator over expressions, a call {ref: COMPONENT}, or a fragment {use: FRAGMENT}";
    expressions.selector = "type";
    expressions.nesting = journey::deepestNesting;
    expressions.alternatives = {{"call", "ref"},  {"use", "use"},  {"series", ""},  {"parallel", ""},
                                {"race", ""},     {"kofn", ""},    {"branch", ""},  {"retry", ""},
                                {"fallback", ""}, {"timeout", ""}, {"optional", ""}};
    add(vocabulary, std::move(expressions));
}

} // namespace emac::spec::table
