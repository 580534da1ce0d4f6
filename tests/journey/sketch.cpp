// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/journey/sketch.h"

#include <QtGlobal>

#include <cctype>

namespace emac::tests {

using namespace journey;

namespace {

class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) { }

    bool atEnd()
    {
        skipBlanks();
        return m_at == m_text.size();
    }

    bool skip(char c)
    {
        skipBlanks();
        const bool there = m_at < m_text.size() && m_text[m_at] == c;
        m_at += there ? 1 : 0;
        return there;
    }

    std::string word()
    {
        skipBlanks();
        const auto begin = m_at;
        while (m_at < m_text.size() && (std::isalnum(static_cast<unsigned char>(m_text[m_at])) || m_text[m_at] == '-'))
            ++m_at;
        if (begin == m_at)
            qFatal("a word is missing at %zu in %s", begin, std::string(m_text).c_str());
        return std::string(m_text.substr(begin, m_at - begin));
    }

    Sketch node(std::string first)
    {
        Sketch sketch;
        sketch.word = std::move(first);
        if (skip(':'))
            sketch.parameter = word();
        if (skip('[')) {
            sketch.id = word();
            skip(']');
        }
        if (skip('(')) {
            do
                sketch.below.push_back(node(word()));
            while (skip(','));
            if (!skip(')'))
                qFatal("a bracket is missing at %zu in %s", m_at, std::string(m_text).c_str());
        }
        return sketch;
    }

private:
    void skipBlanks()
    {
        while (m_at < m_text.size() && m_text[m_at] == ' ')
            ++m_at;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

Operator operatorOf(const Sketch& sketch, std::vector<ExpressionPtr> below)
{
    const auto& word = sketch.word;
    const int count = sketch.parameter.empty() || word == "use" ? 1 : std::stoi(sketch.parameter);
    const auto time = std::chrono::milliseconds(count);
    if (word == "series")
        return Series{std::move(below)};
    if (word == "parallel")
        return Parallel{std::move(below)};
    if (word == "race")
        return sketch.parameter.empty() ? Race{std::move(below)} : Race{std::move(below), time};
    if (word == "kofn")
        return KofN{count, std::move(below)};
    if (word == "branch") {
        Branch branch;
        for (std::size_t i = 0; i < below.size(); ++i) {
            const base::Ratio probability(base::Decimal::fromDouble(1.0 / (count + static_cast<double>(i))));
            branch.choices.push_back({std::to_string(i), {probability, probability}, below[i]});
        }
        return branch;
    }
    if (word == "fallback")
        return Fallback{below.front(), {below.begin() + 1, below.end()}};
    if (word == "retry")
        return Retry{count, {}, below.front()};
    if (word == "timeout")
        return Timeout{time, below.front()};
    if (word == "optional")
        return sketch.parameter.empty() ? Optional{below.front()} : Optional{below.front(), count != 0};
    if (word == "use")
        return Use{sketch.parameter};
    return Call{word};
}

} // namespace

std::string Sketch::text() const
{
    auto result = word + (parameter.empty() ? "" : ':' + parameter) + (id.empty() ? "" : '[' + id + ']');
    for (std::size_t i = 0; i < below.size(); ++i)
        result += (i == 0 ? "(" : ", ") + below[i].text();
    return below.empty() ? result : result + ')';
}

ExpressionPtr Sketch::build() const
{
    std::vector<ExpressionPtr> built;
    for (const auto& child : below)
        built.push_back(child.build());
    return makeExpression(operatorOf(*this, std::move(built)), id);
}

JourneySketch JourneySketch::parse(std::string_view text)
{
    JourneySketch journey;
    Parser parser(text);
    while (!parser.atEnd()) {
        auto word = parser.word();
        if (parser.skip('='))
            journey.fragments.emplace_back(word, parser.node(parser.word()));
        else
            journey.tree.push_back(parser.node(word));
        parser.skip(';');
    }
    return journey;
}

Intent JourneySketch::build() const
{
    Intent intent;
    if (!tree.empty())
        intent.journey.root = tree.front().build();
    for (const auto& [name, body] : fragments)
        intent.journey.fragments.push_back({name, body.build()});
    return intent;
}

std::string contentText(const Expression& node)
{
    std::string text = keyword(typeOf(node));
    const auto add = [&text](const std::string& part) { text += '|' + part; };
    add(node.name);
    add(node.notes);
    if (const auto* call = std::get_if<Call>(&node.op))
        add(call->component);
    if (const auto* use = std::get_if<Use>(&node.op))
        add(use->fragment);
    if (const auto* race = std::get_if<Race>(&node.op))
        add(race->hedgeDelay ? base::toString(*race->hedgeDelay) : "");
    if (const auto* kofn = std::get_if<KofN>(&node.op))
        add(std::to_string(kofn->k));
    if (const auto* retry = std::get_if<Retry>(&node.op))
        add(std::to_string(retry->attempts) + (retry->backoff ? base::toString(*retry->backoff) : ""));
    if (const auto* timeout = std::get_if<Timeout>(&node.op))
        add(base::toString(timeout->deadline));
    if (const auto* optional = std::get_if<Optional>(&node.op))
        add(optional->wait ? (*optional->wait ? "wait" : "no") : "");
    if (const auto* branch = std::get_if<Branch>(&node.op)) {
        for (const auto& choice : branch->choices)
            add(choice.label + ' ' + choice.probability.lower.decimal().toString() + ' '
                + choice.probability.upper.decimal().toString());
    }
    text += '(';
    for (const auto& child : children(node))
        text += contentText(*child) + ',';
    return text + ')';
}

} // namespace emac::tests
