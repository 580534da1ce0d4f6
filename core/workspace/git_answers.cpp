// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/git_answers.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace emac::workspace {

using base::Code;

namespace {

/// Takes what stands before the next blank off the text; all of it where there is none.
std::string_view word(std::string_view& text)
{
    const auto end = std::min(text.find(' '), text.size());
    const auto first = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return first;
}

std::optional<long> number(std::string_view text)
{
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// "branch.ab +1 -0" and the like, without the "# ".
void readHeader(std::string_view line, StatusAnswer& answer)
{
    const auto key = word(line);
    if (key == "branch.oid") {
        answer.head = line == "(initial)" ? std::string_view() : line;
    } else if (key == "branch.head") {
        answer.branch = line == "(detached)" ? std::string_view() : line;
    } else if (key == "branch.upstream") {
        answer.upstream = line;
    } else if (key == "branch.ab") {
        const auto ahead = word(line);
        if (ahead.starts_with('+') && line.starts_with('-')) {
            answer.ahead = number(ahead.substr(1));
            answer.behind = number(line.substr(1));
        }
    }
}

/// "XY sub mH mI mW hH hI path" with `fields` fields before the path.
std::optional<StatusEntry> readEntry(std::string_view line, StatusEntry::Kind kind, int fields)
{
    StatusEntry entry;
    entry.kind = kind;
    const auto states = word(line);
    if (states.size() != 2)
        return std::nullopt;
    entry.index = states[0];
    entry.disk = states[1];
    for (int field = 1; field < fields; ++field) {
        const auto text = word(line);
        if (field == 2)
            entry.inHead = text != "000000";
    }
    entry.path = line;
    return entry.path.empty() ? std::nullopt : std::optional(entry);
}

} // namespace

std::vector<std::string> readList(std::string_view output)
{
    std::vector<std::string> texts;
    while (!output.empty()) {
        const auto end = std::min(output.find('\0'), output.size());
        texts.emplace_back(output.substr(0, end));
        output.remove_prefix(std::min(end + 1, output.size()));
    }
    return texts;
}

std::optional<StatusAnswer> readStatus(std::string_view output)
{
    if (!output.empty() && output.back() != '\0')
        return std::nullopt;
    StatusAnswer answer;
    const auto lines = readList(output);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string_view line = lines[i];
        const auto kind = word(line);
        std::optional<StatusEntry> entry;
        if (kind == "#") {
            readHeader(line, answer);
            continue;
        }
        if (kind == "1") {
            entry = readEntry(line, StatusEntry::Kind::Changed, 7);
        } else if (kind == "2") { // a rename or copy: the old name is a text of its own
            entry = readEntry(line, StatusEntry::Kind::Changed, 8);
            ++i;
        } else if (kind == "u") {
            entry = readEntry(line, StatusEntry::Kind::Unmerged, 9);
        } else if (kind == "?" || kind == "!") {
            const auto which = kind == "?" ? StatusEntry::Kind::Untracked : StatusEntry::Kind::Ignored;
            if (!line.empty())
                entry = StatusEntry{which, '.', '.', false, std::string(line)};
        } else if (kind.size() == 1) {
            continue;
        }
        if (!entry)
            return std::nullopt;
        answer.entries.push_back(std::move(*entry));
    }
    return answer;
}

std::string capped(std::string words)
{
    constexpr std::size_t most = std::size_t(64) << 10U;
    if (words.size() > most)
        words.replace(most / 2, words.size() - most, "\n…\n");
    while (!words.empty() && (words.back() == '\n' || words.back() == '\r'))
        words.pop_back();
    return words;
}

namespace {

/// The line that says most: Git's first error, else its first words that are no hint.
std::string tellingLine(std::string_view words)
{
    std::string said;
    int lines = 0;
    while (!words.empty()) {
        const auto end = std::min(words.find('\n'), words.size());
        const auto line = words.substr(0, end);
        words.remove_prefix(std::min(end + 1, words.size()));
        if (line.starts_with("fatal: ") || line.starts_with("error: "))
            return std::string(line.substr(7));
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin == std::string_view::npos || line.starts_with("hint:") || lines == 2)
            continue;
        said += (lines++ == 0 ? "" : " ") + std::string(line.substr(begin));
    }
    return said;
}

/// Where hooks say what is wrong, if anywhere.
std::string lastLine(std::string_view words)
{
    const auto end = words.find_last_not_of(" \t\r\n");
    if (end == std::string_view::npos)
        return {};
    words = words.substr(0, end + 1);
    words.remove_prefix(words.rfind('\n') + 1); // npos + 1 is 0
    words.remove_prefix(words.find_first_not_of(" \t"));
    return std::string(words);
}

/// What stands between the first quotes behind `before`.
std::string quoted(std::string_view words, std::string_view before)
{
    const auto place = words.find(before);
    if (place == std::string_view::npos)
        return {};
    words.remove_prefix(place + before.size());
    const auto begin = words.find('\'');
    const auto end = begin == std::string_view::npos ? begin : words.find_first_of("'\n", begin + 1);
    return end == std::string_view::npos ? std::string() : std::string(words.substr(begin + 1, end - begin - 1));
}

/// What Git says when it gives up (status 128), and what that means. In the order of looking.
struct Meaning
{
    std::string_view words;
    Code code;
    std::string_view pathBehind; ///< a path in quotes follows these words
};

constexpr std::array meanings{
    Meaning{".lock': File exists", Code::GitLocked, "Unable to create"},
    Meaning{"dubious ownership", Code::GitNotTrusted, "ownership in repository at"},
    Meaning{"unsafe repository", Code::GitNotTrusted, "unsafe repository ("},
    Meaning{"not a git repository", Code::GitNoRepository, {}},
    Meaning{"must be run in a work tree", Code::GitNoWorkTree, {}},
    Meaning{"Please tell me who you are", Code::GitNoIdentity, {}},
    Meaning{"auto-detection is disabled", Code::GitNoIdentity, {}},
    Meaning{"empty ident name", Code::GitNoIdentity, {}},
    Meaning{"failed to sign", Code::GitNotSigned, {}},
    Meaning{"user.signingkey needs to be set", Code::GitNotSigned, {}},
    Meaning{"Couldn't load public key", Code::GitNotSigned, {}},
    Meaning{"partial commit during", Code::GitInProgress, {}},
    Meaning{"unmerged files", Code::GitConflict, {}},
};

} // namespace

base::Message refusal(const Finished& finished, const std::string& hooks)
{
    const bool saysErrors = finished.errors.find_first_not_of(" \t\r\n") != std::string::npos;
    const auto words = capped(saysErrors ? finished.errors : finished.output);
    const auto telling = tellingLine(words);
    constexpr int fatal = 128;
    if (finished.status == fatal) {
        for (const auto& meaning : meanings) {
            if (words.find(meaning.words) != std::string::npos)
                return {
                    meaning.code,
                    {telling, words, meaning.pathBehind.empty() ? std::string() : quoted(words, meaning.pathBehind)}};
        }
        return {Code::GitRefused, {telling, words}};
    }
    if (hooks.empty() && words.find("ignored by one of your .gitignore files") != std::string::npos)
        return {Code::GitIgnored, {telling, words}};
    for (const std::string_view nothing :
         {"nothing to commit", "nothing added to commit", "no changes added to commit"}) {
        if (finished.output.find(nothing) != std::string::npos)
            return {Code::GitNothingToCommit, {telling, words}};
    }
    if (!hooks.empty())
        return {Code::GitHookRefused, {lastLine(words), words, hooks}};
    return {Code::GitRefused, {telling, words}};
}

} // namespace emac::workspace
