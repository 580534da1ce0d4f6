// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/parse.h"

#include "core/yaml/builder.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <istream>
#include <streambuf>

namespace emac::yaml {

using base::Code;

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

/// An alias to no anchor ends yaml-cpp's reading. So that the next one is found too, it is blanked and the text read
/// again.
constexpr std::size_t maxUnknownAliases = 8;

/// Feeds the text in pieces and ends it early once the watch has expired, for where yaml-cpp reads far ahead of its
/// events.
class WatchedText final : public std::streambuf
{
public:
    WatchedText(std::string_view text, const base::Watch& watch) : m_rest(text), m_watch(watch) { }
    bool expired() const { return m_expired; }

protected:
    int_type underflow() override
    {
        m_expired = m_expired || m_watch.expired();
        if (m_rest.empty() || m_expired)
            return traits_type::eof();
        const auto count = std::min(m_rest.size(), m_piece.size());
        std::memcpy(m_piece.data(), m_rest.data(), count);
        m_rest.remove_prefix(count);
        setg(m_piece.data(), m_piece.data(), m_piece.data() + count);
        return traits_type::to_int_type(m_piece.front());
    }

private:
    std::string_view m_rest;
    const base::Watch& m_watch;
    bool m_expired = false;
    std::array<char, 4096> m_piece{};
};

std::string hexadecimal(char byte)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    return {digits[value >> 4U], digits[value & 15U]};
}

/// The first byte that YAML allows nowhere, also not in comments; npos where there is none.
/// yaml-cpp would take 0x00 for UTF-16 or UTF-32 and 0x04 for the end; it counts no lines at a lone carriage return.
std::size_t findForbidden(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != 0x7F)
            continue;
        if (c == '\r' ? text.substr(i + 1, 1) != "\n" : c != '\t' && c != '\n')
            return i;
    }
    return std::string_view::npos;
}

/// yaml-cpp holds all tokens of a line until it knows that its first one is no key: some 200 bytes for each of these.
constexpr std::size_t maxIndicatorsInLine = 1'000'000;

/// The first byte beyond that number in one line; npos where there is none.
std::size_t findOverfullLine(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        switch (text[i]) {
        case '\n':
            count = 0;
            break;
        case '[':
        case '{':
        case ',':
        case '&':
        case '*':
        case '!':
        case '"':
        case '\'':
            if (++count > maxIndicatorsInLine)
                return i;
            break;
        default:
            break;
        }
    }
    return std::string_view::npos;
}

/// One reading of the whole text; `blanked` is what yaml-cpp reads of it. Returns the offset of an alias to no anchor,
/// where it ended at one; else npos.
std::size_t read(std::string_view text, std::string_view blanked, const std::string& file, const Limits& limits,
                 const base::Watch& watch, Stream& stream)
{
    Builder builder(text, file, limits, watch, stream);
    WatchedText buffer(blanked, watch);
    std::istream input(&buffer);
    const auto place = [&](const YAML::Mark& mark) {
        return scan::LineCounter(text).at(mark.is_null() || mark.pos < 0 ? builder.cursor()
                                                                         : static_cast<std::size_t>(mark.pos));
    };
    try {
        YAML::Parser parser(input);
        while (parser.HandleNextDocument(builder)) { }
        if (!buffer.expired())
            return std::string_view::npos;
        builder.report(Code::AnalysisStopped, {}, place(YAML::Mark::null_mark()));
    } catch (const Builder::Stop&) {
        // What is wrong has been said.
    } catch (const YAML::Exception& error) {
        const auto position = place(error.mark);
        if (buffer.expired())
            builder.report(Code::AnalysisStopped, {}, position);
        else if (error.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR))
            return position.offset;
        else
            builder.report(Code::YamlSyntax, {error.msg}, position);
    }
    builder.breakDocument();
    return std::string_view::npos;
}

} // namespace

bool hasByteOrderMark(std::string_view text)
{
    return text.starts_with(byteOrderMark);
}

std::size_t findInvalidUtf8(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = byte(i);
        if (lead < 0x80U) {
            ++i;
            continue;
        }
        const auto second = byte(i + 1);
        if (lead >= 0xC2U && lead <= 0xDFU && continues(i + 1)) {
            i += 2;
        } else if (lead >= 0xE0U && lead <= 0xEFU && continues(i + 1) && continues(i + 2)
                   && (lead != 0xE0U || second >= 0xA0U) && (lead != 0xEDU || second <= 0x9FU)) {
            i += 3;
        } else if (lead >= 0xF0U && lead <= 0xF4U && continues(i + 1) && continues(i + 2) && continues(i + 3)
                   && (lead != 0xF0U || second >= 0x90U) && (lead != 0xF4U || second <= 0x8FU)) {
            i += 4;
        } else {
            return i;
        }
    }
    return std::string_view::npos;
}

Stream parse(std::string_view text, const std::string& file, const Limits& limits, const base::Watch& watch)
{
    constexpr auto npos = std::string_view::npos;
    Stream stream;
    if (text.size() > limits.bytes) {
        stream.diagnostics = {
            {{Code::FileTooLarge, {std::to_string(text.size()), std::to_string(limits.bytes)}}, {file, 0, 0}}};
        return stream;
    }
    if (hasByteOrderMark(text))
        text.remove_prefix(byteOrderMark.size());
    const auto refuse = [&](Code code, std::string argument, std::size_t offset) {
        const auto position = scan::LineCounter(text).at(offset);
        stream.diagnostics.push_back({{code, {std::move(argument)}}, {file, position.line, position.column}});
    };
    if (const auto invalid = findInvalidUtf8(text); invalid != npos) {
        refuse(Code::NotUtf8, hexadecimal(text[invalid]), invalid);
        return stream;
    }
    if (const auto forbidden = findForbidden(text); forbidden != npos) {
        refuse(Code::YamlSyntax,
               text[forbidden] == '\r' ? "a carriage return without a line feed"
                                       : "the control character 0x" + hexadecimal(text[forbidden]),
               forbidden);
        return stream;
    }
    if (const auto overfull = findOverfullLine(text); overfull != npos) {
        refuse(Code::YamlSyntax, "more than " + std::to_string(maxIndicatorsInLine) + " indicators in one line",
               overfull);
        return stream;
    }

    std::string blanked;
    std::vector<std::size_t> unknown;
    for (;;) {
        stream = {};
        const auto alias = read(text, unknown.empty() ? text : std::string_view(blanked), file, limits, watch, stream);
        if (alias == npos)
            break;
        unknown.push_back(alias);
        if (unknown.size() == maxUnknownAliases) {
            stream.documents.push_back({nullptr, scan::LineCounter(text).at(alias), true});
            break;
        }
        if (blanked.empty())
            blanked = text;
        const auto end = scan::anchorEnd(text, alias);
        std::fill(blanked.begin() + static_cast<std::ptrdiff_t>(alias),
                  blanked.begin() + static_cast<std::ptrdiff_t>(end), ' ');
        blanked[alias] = '~';
    }
    for (const auto alias : unknown)
        refuse(Code::AliasUnknown, std::string(text.substr(alias + 1, scan::anchorEnd(text, alias) - alias - 1)),
               alias);
    base::sortByPlace(stream.diagnostics);
    return stream;
}

} // namespace emac::yaml
