// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/query.h"

#include <algorithm>
#include <array>
#include <utility>

namespace emac::artifacts {

using base::Code;

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Of a name, a number or a duration; beyond ASCII too, so that a character is not torn apart.
bool isWord(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':'
           || c == '.' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

char closing(char open)
{
    return open == '(' ? ')' : open == '[' ? ']' : '}';
}

base::Message outOfPlace(std::string what)
{
    return {Code::QueryFaulty, {std::move(what)}};
}

/// A function of what it is over a range.
bool takesRange(std::string_view word)
{
    constexpr std::array names{"rate",          "irate",   "increase", "delta",        "idelta",
                               "deriv",         "changes", "resets",   "holt_winters", "double_exponential_smoothing",
                               "predict_linear"};
    return word.ends_with("_over_time") || std::ranges::find(names, word) != names.end();
}

} // namespace

/// Cuts a text into tokens.
class Query::Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text) { }

    std::optional<base::Message> read(std::vector<Token>& tokens)
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (isBlank(c)) {
                ++m_at;
                m_spaced = true;
                continue;
            }
            if (c == '#') {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
                m_spaced = true;
                continue;
            }
            Token token;
            token.spaced = std::exchange(m_spaced, false);
            if (auto fault = next(token))
                return fault;
            tokens.push_back(std::move(token));
        }
        if (!m_open.empty())
            return unclosed({closing(m_open.back())});
        if (tokens.empty())
            return base::Message{Code::QueryEmpty, {}};
        return std::nullopt;
    }

private:
    static base::Message unclosed(std::string end) { return {Code::QueryUnclosed, {std::move(end)}}; }

    std::optional<base::Message> next(Token& token)
    {
        const char c = m_text[m_at];
        if (m_text.substr(m_at).starts_with("{{"))
            return window(token);
        if (c == '"' || c == '\'' || c == '`')
            return string(token);
        auto end = m_at;
        while (end < m_text.size() && isWord(m_text[end]))
            ++end;
        token.kind = end == m_at ? Token::Kind::Symbol : Token::Kind::Word;
        token.text = m_text.substr(m_at, std::max<std::size_t>(end - m_at, 1));
        m_at += token.text.size();
        return token.kind == Token::Kind::Symbol ? symbol(c) : std::nullopt;
    }

    std::optional<base::Message> window(Token& token)
    {
        const auto end = m_text.find("}}", m_at);
        if (end == std::string_view::npos)
            return unclosed("}}");
        const auto inside = trimmed(m_text.substr(m_at + 2, end - m_at - 2));
        if (inside != ".window" && inside != "window")
            return base::Message{Code::QueryTemplate, {std::string(m_text.substr(m_at, end + 2 - m_at))}};
        token.kind = Token::Kind::Window;
        token.text = m_text.substr(m_at, end + 2 - m_at);
        m_at = end + 2;
        return std::nullopt;
    }

    std::optional<base::Message> string(Token& token)
    {
        const char quote = m_text[m_at];
        auto end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote)
            end += m_text[end] == '\\' && quote != '`' ? 2 : 1;
        if (end >= m_text.size())
            return unclosed({quote});
        token.kind = Token::Kind::String;
        token.text = m_text.substr(m_at, end + 1 - m_at);
        // Argo Rollouts would take it for an argument of its own.
        if (const auto braces = token.text.find("{{"); braces != std::string::npos)
            return base::Message{Code::QueryTemplate, {token.text}};
        m_at = end + 1;
        return std::nullopt;
    }

    std::optional<base::Message> symbol(char c)
    {
        if (std::string_view("()[]{},+-*/%^=!<>~@").find(c) == std::string_view::npos)
            return outOfPlace({c});
        if (c == '(' || c == '[' || c == '{') {
            m_open += c;
        } else if (c == ')' || c == ']' || c == '}') {
            if (m_open.empty() || closing(m_open.back()) != c)
                return outOfPlace({c});
            m_open.pop_back();
        }
        return std::nullopt;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_spaced = false;
    std::string m_open; ///< brackets
};

std::variant<Query, base::Message> Query::parse(std::string_view text)
{
    Query query;
    if (auto fault = Reader(text).read(query.m_tokens))
        return std::move(*fault);
    query.m_tokens.front().spaced = false;
    if (auto fault = query.fault())
        return std::move(*fault);
    const bool templated =
        std::ranges::any_of(query.m_tokens, [](const Token& token) { return token.kind == Token::Kind::Window; });
    if (!templated && query.isOneSelector()) {
        const auto symbol = [](const char* c) { return Token{Token::Kind::Symbol, c}; };
        auto& tokens = query.m_tokens;
        tokens.insert(tokens.begin(),
                      {{Token::Kind::Word, "sum"}, symbol("("), {Token::Kind::Word, "rate"}, symbol("(")});
        tokens.insert(tokens.end(), {symbol("["), {Token::Kind::Window, {}}, symbol("]"), symbol(")"), symbol(")")});
    } else if (!templated && !query.placeWindow()) {
        return base::Message{Code::QueryWithoutWindow, {}};
    }
    query.findSelectors();
    return query;
}

std::optional<base::Message> Query::fault() const
{
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        const auto& token = m_tokens[i];
        const bool ranged = token.kind == Token::Kind::Word && takesRange(token.text) && i + 1 < m_tokens.size()
                            && m_tokens[i + 1].is('(');
        if (ranged && std::none_of(at(i + 1), at(endOf(i + 1)), [](const Token& inner) { return inner.is('['); }))
            return base::Message{Code::QueryRangeMissing, {token.text}};
        if (token.is('{') && (i == 0 || m_tokens[i - 1].kind != Token::Kind::Word) && selectsAll(i))
            return base::Message{Code::QuerySelectsAll, {textOf(i, endOf(i) + 1)}};
        if (token.is('[')) {
            if (auto fault = faultOfRange(i))
                return fault;
        }
    }
    return std::nullopt;
}

std::optional<base::Message> Query::faultOfRange(std::size_t open) const
{
    const auto& before = m_tokens[open == 0 ? 0 : open - 1];
    const bool follows = open > 0 && (before.kind == Token::Kind::Word || before.is(')') || before.is('}'));
    const auto end = endOf(open);
    if (!follows || end == open + 1)
        return outOfPlace(textOf(open, end + 1));
    const auto& length = m_tokens[open + 1];
    const bool number = length.kind == Token::Kind::Word && length.text[0] >= '0' && length.text[0] <= '9';
    return number || length.kind == Token::Kind::Window ? std::nullopt : std::optional(outOfPlace(length.text));
}

/// No matcher in the braces refuses the empty text.
bool Query::selectsAll(std::size_t open) const
{
    const auto end = endOf(open);
    for (auto i = open + 1; i < end; ++i) {
        const auto& token = m_tokens[i];
        if (token.kind != Token::Kind::String)
            continue;
        // {"name"} is a matcher too, {"label"="text"} has its text behind the sign.
        const bool sign = m_tokens[i - 1].is('=') || m_tokens[i - 1].is('~');
        const bool label = !sign && (m_tokens[i + 1].is('=') || m_tokens[i + 1].is('!'));
        const bool negated = sign && (m_tokens[i - 1].is('!') || m_tokens[i - 2].is('!'));
        const bool empty = token.text.size() == 2;
        const bool anything = m_tokens[i - 1].is('~') && token.text.substr(1, token.text.size() - 2) == ".*";
        if (!label && (negated ? empty : !empty && !anything))
            return false;
    }
    return true;
}

std::size_t Query::endOf(std::size_t open) const
{
    int depth = 0;
    for (auto i = open;; ++i) {
        const auto& token = m_tokens[i];
        depth += token.is('(') || token.is('[') || token.is('{') ? 1 : 0;
        depth -= token.is(')') || token.is(']') || token.is('}') ? 1 : 0;
        if (depth == 0)
            return i;
    }
}

std::string Query::textOf(std::size_t from, std::size_t to) const
{
    std::string text;
    for (auto i = from; i < to; ++i)
        text += (m_tokens[i].spaced && i > from ? " " : "") + m_tokens[i].text;
    return text;
}

/// NAME, NAME{…} or {…}.
bool Query::isOneSelector() const
{
    const auto brace = std::ranges::find_if(m_tokens, [](const Token& token) { return token.is('{'); });
    const auto end = std::ranges::find_if(m_tokens, [](const Token& token) { return token.is('}'); });
    const bool named = m_tokens.front().kind == Token::Kind::Word
                       && !(m_tokens.front().text[0] >= '0' && m_tokens.front().text[0] <= '9');
    if (brace == m_tokens.end())
        return named && m_tokens.size() == 1;
    return brace == m_tokens.begin() + (named ? 1 : 0) && end + 1 == m_tokens.end();
}

bool Query::placeWindow()
{
    bool placed = false;
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        if (!m_tokens[i].is('['))
            continue;
        // Up to the bracket, or to the ':' of a subquery's step, which a word may contain: "30d:5m".
        auto end = i + 1;
        while (!m_tokens[end].is(']') && m_tokens[end].text.find(':') == std::string::npos)
            ++end;
        const auto colon = m_tokens[end].is(']') ? std::string::npos : m_tokens[end].text.find(':');
        auto range = textOf(i + 1, end);
        if (colon != std::string::npos) {
            range += m_tokens[end].text.substr(0, colon);
            m_tokens[end].text.erase(0, colon);
        }
        m_replaced.push_back(std::move(range));
        m_tokens.erase(m_tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                       m_tokens.begin() + static_cast<std::ptrdiff_t>(end));
        m_tokens.insert(m_tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, Token{Token::Kind::Window, {}});
        placed = true;
    }
    return placed;
}

void Query::findSelectors()
{
    for (std::size_t i = 1; i < m_tokens.size(); ++i) {
        if (!m_tokens[i].is('['))
            continue;
        auto& before = m_tokens[i - 1];
        if (before.is('}') || before.kind == Token::Kind::Word)
            before.takesMatcher = true;
        else
            m_subquery = true;
    }
}

std::optional<std::string> Query::over(const std::string& window, const std::string& matcher) const
{
    const bool selects = std::ranges::any_of(m_tokens, &Token::takesMatcher);
    if (m_subquery || !selects)
        return std::nullopt;
    return render(window, matcher);
}

std::optional<std::string> Query::summedOver(const std::string& window, const std::string& matcher) const
{
    auto text = over(window, matcher);
    return text ? std::optional(summed(std::move(*text))) : std::nullopt;
}

std::string Query::render(const std::string& window, const std::string& matcher) const
{
    std::string text;
    for (std::size_t i = 0; i < m_tokens.size(); ++i) {
        const auto& token = m_tokens[i];
        const bool tight =
            token.is(')') || token.is(']') || token.is('}') || token.is(',')
            || (i > 0 && (m_tokens[i - 1].is('(') || m_tokens[i - 1].is('[') || m_tokens[i - 1].is('{')));
        if (token.spaced && !tight)
            text += ' ';
        const bool add = token.takesMatcher && !matcher.empty();
        if (add && token.is('}'))
            text += (m_tokens[i - 1].is('{') || m_tokens[i - 1].is(',') ? "" : ",") + matcher;
        text += token.kind == Token::Kind::Window ? window : token.text;
        if (add && token.kind == Token::Kind::Word)
            text += '{' + matcher + '}';
    }
    return text;
}

bool Query::isSum() const
{
    if (m_tokens.size() < 3 || m_tokens[0].text != "sum" || !m_tokens[1].is('('))
        return false;
    int depth = 0;
    for (std::size_t i = 1; i < m_tokens.size(); ++i) {
        depth += m_tokens[i].is('(') ? 1 : m_tokens[i].is(')') ? -1 : 0;
        if (depth == 0)
            return i + 1 == m_tokens.size();
    }
    return false;
}

std::string Query::summed(std::string text) const
{
    return isSum() ? text : "sum(" + std::move(text) + ')';
}

} // namespace emac::artifacts
