// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/message.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace emac::artifacts {

/// A PromQL query of an intent, with a window to be filled in. Only as much of the language is known as it takes to
/// find strings, brackets, ranges and the selectors before them.
class Query
{
public:
    /// The window stands at `{{ .window }}`; where there is none, in every range; and one selector alone is taken as a
    /// counter, whose rate is summed. Comments are left out, blanks made single. O(length).
    /// What is said of a query is what Prometheus would refuse for certain: brackets and quotes, characters that have
    /// no meaning, a selector by nothing, a function of a range without one; functions, labels and types are not known.
    /// @returns QueryFaulty, QueryUnclosed, QueryEmpty, QuerySelectsAll, QueryRangeMissing, QueryTemplate or
    /// QueryWithoutWindow where it cannot be read so
    static std::variant<Query, base::Message> parse(std::string_view text);

    /// The ranges, such as "30d", that the window has taken the place of.
    const std::vector<std::string>& replacedRanges() const { return m_replaced; }

    /// Over the window, such as "5m". O(length).
    std::string over(const std::string& window) const { return render(window, {}); }

    /// The same with one more matcher, such as `rollout="canary"`, in every selector that has a range. Empty where a
    /// range belongs to no selector (a subquery). O(length).
    std::optional<std::string> over(const std::string& window, const std::string& matcher) const;

    /// The value without labels: as it is where the whole is `sum(…)`, else within one. O(length).
    std::string summedOver(const std::string& window) const { return summed(over(window)); }
    std::optional<std::string> summedOver(const std::string& window, const std::string& matcher) const;

private:
    struct Token
    {
        enum class Kind
        {
            Word, ///< a name, a keyword, a number, a duration
            String,
            Symbol, ///< one character
            Window
        };
        Kind kind = Kind::Symbol;
        std::string text;
        bool spaced = false; ///< blanks or a comment stood before it
        bool takesMatcher = false; ///< the end of a selector that has a range
        bool is(char symbol) const { return kind == Kind::Symbol && text[0] == symbol; }
    };
    class Reader;

    std::vector<Token>::const_iterator at(std::size_t index) const
    {
        return m_tokens.begin() + static_cast<std::ptrdiff_t>(index);
    }
    /// Where the bracket is closed. @pre all brackets are
    std::size_t endOf(std::size_t open) const;
    std::string textOf(std::size_t from, std::size_t to) const;
    std::optional<base::Message> fault() const;
    std::optional<base::Message> faultOfRange(std::size_t open) const;
    bool selectsAll(std::size_t open) const;

    /// Puts the window into the ranges. @returns false where there are none
    bool placeWindow();
    bool isOneSelector() const;
    void findSelectors();
    std::string render(const std::string& window, const std::string& matcher) const;
    std::string summed(std::string text) const;
    bool isSum() const;

    std::vector<Token> m_tokens;
    std::vector<std::string> m_replaced;
    bool m_subquery = false; ///< some range belongs to no selector
};

} // namespace emac::artifacts
