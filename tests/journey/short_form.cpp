// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/journey/short_form.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>

namespace emac::tests {

using namespace journey;
using namespace std::chrono_literals;

namespace {

class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) { }

    Intent parse()
    {
        Intent intent;
        if (!at("|") && !atEnd())
            intent.journey.root = node();
        while (take("|")) {
            auto name = word();
            expect("=");
            auto body = node();
            intent.journey.fragments.push_back({std::move(name), std::move(body)});
        }
        if (!atEnd())
            std::abort();
        std::vector<ComponentPtr> components;
        for (const auto& name : m_components) {
            auto component = std::make_shared<Component>();
            component->name = name;
            component->version = newVersion();
            components.push_back(std::move(component));
        }
        intent.journey.components = Components(std::move(components));
        return intent;
    }

private:
    void skip() { m_text.remove_prefix(std::min(m_text.find_first_not_of(' '), m_text.size())); }
    bool atEnd()
    {
        skip();
        return m_text.empty();
    }
    bool at(std::string_view token)
    {
        skip();
        return m_text.starts_with(token);
    }
    bool take(std::string_view token)
    {
        const bool found = at(token);
        m_text.remove_prefix(found ? token.size() : 0);
        return found;
    }
    void expect(std::string_view token)
    {
        if (!take(token))
            std::abort();
    }
    std::string word()
    {
        skip();
        std::size_t end = 0;
        while (end < m_text.size()
               && (std::isalnum(static_cast<unsigned char>(m_text[end])) != 0 || m_text[end] == '-'))
            ++end;
        auto result = std::string(m_text.substr(0, end));
        m_text.remove_prefix(end);
        return result;
    }
    base::Ratio number()
    {
        skip();
        const auto dots = m_text.find("..");
        const auto end = std::min(dots, m_text.find_first_not_of("0123456789.e-"));
        const auto text = m_text.substr(0, end);
        m_text.remove_prefix(end);
        return base::Ratio(base::Decimal::parse(text).value());
    }

    std::vector<ExpressionPtr> list()
    {
        std::vector<ExpressionPtr> nodes;
        do {
            nodes.push_back(node());
        } while (take(","));
        return nodes;
    }

    ExpressionPtr node()
    {
        auto text = word();
        std::string name;
        if (take("=")) {
            name = std::move(text);
            text = word();
        }
        if (!take("("))
            return makeExpression(call(std::move(text)), std::move(name));
        auto op = operatorOf(text);
        expect(")");
        return makeExpression(std::move(op), std::move(name));
    }

    Operator call(std::string component)
    {
        if (std::ranges::find(m_components, component) == m_components.end())
            m_components.push_back(component);
        return Call{std::move(component)};
    }

    Operator operatorOf(const std::string& type)
    {
        if (type == "Use")
            return Use{word()};
        if (type == "Branch")
            return branch();
        if (type == "KofN") {
            const int k = std::stoi(word());
            expect(";");
            return KofN{k, list()};
        }
        auto nodes = list();
        if (type == "Series")
            return Series{std::move(nodes)};
        if (type == "Parallel")
            return Parallel{std::move(nodes)};
        if (type == "Race")
            return Race{std::move(nodes), {}};
        if (type == "Fallback")
            return Fallback{nodes.front(), {nodes.begin() + 1, nodes.end()}};
        if (type == "Retry")
            return Retry{3, {}, nodes.front()};
        if (type == "Timeout")
            return Timeout{1s, nodes.front()};
        if (type == "Optional")
            return Optional{nodes.front()};
        std::abort();
    }

    Operator branch()
    {
        Branch branch;
        do {
            const auto lower = number();
            const auto upper = take("..") ? number() : lower;
            branch.choices.push_back({{}, {lower, upper}, node()});
        } while (take(","));
        return branch;
    }

    std::string_view m_text;
    std::vector<std::string> m_components;
};

std::string text(const Expression& node)
{
    auto result = node.name.empty() ? std::string() : node.name + '=';
    if (const auto* call = std::get_if<Call>(&node.op))
        return result + call->component;
    std::string word = keyword(typeOf(node));
    word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    result += (word == "Kofn" ? "KofN" : word) + '(';
    if (const auto* use = std::get_if<Use>(&node.op))
        result += use->fragment;
    if (const auto* kofn = std::get_if<KofN>(&node.op))
        result += std::to_string(kofn->k) + "; ";
    const auto* branch = std::get_if<Branch>(&node.op);
    std::size_t i = 0;
    forEachChild(node, [&](const ExpressionPtr& child) {
        result += i == 0 ? "" : ", ";
        if (branch != nullptr) {
            const auto& range = branch->choices[i].probability;
            result += range.lower.decimal().toString();
            result += (range.isNumber() ? "" : ".." + range.upper.decimal().toString()) + ' ';
        }
        result += text(*child);
        ++i;
    });
    return result + ')';
}

} // namespace

Intent intentOf(std::string_view text)
{
    return Parser(text).parse();
}

std::string shortForm(const Journey& journey)
{
    auto result = journey.root ? text(*journey.root) : std::string();
    for (const auto& fragment : journey.fragments)
        result += std::string(result.empty() ? "| " : " | ") + fragment.name + " = " + text(*fragment.body);
    return result;
}

} // namespace emac::tests
