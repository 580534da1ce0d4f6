// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_yaml.h"

#include "core/yaml/editor.h"
#include "core/yaml/parse.h"

#include <algorithm>
#include <array>
#include <optional>

namespace emac::tests {

namespace {

using yaml::Content;
using yaml::NodeIndex;
using yaml::noNode;

/// The syntax of a text of one whole document.
std::optional<yaml::Syntax> syntaxOf(std::string_view text)
{
    const auto stream = yaml::parse(text, "f");
    if (stream.documents.size() != 1 || !stream.documents[0].root || base::hasErrors(stream.diagnostics))
        return std::nullopt;
    const auto body = text.substr(yaml::hasByteOrderMark(text) ? 3 : 0);
    return yaml::flatten(stream.documents[0], body, [](const void*) { return 0U; }).syntax;
}

Content contentOf(unsigned choice, NodeIndex other)
{
    switch (choice % 7) {
    case 0:
        return Content::plain("0.5");
    case 1:
        return Content::ofText("a: b # c");
    case 2:
        return Content::ofText("two\nlines");
    case 3:
        return Content::mapping(true).add("ref", Content::ofText("a"));
    case 4:
        return Content::mapping()
            .add("type", Content::plain("race"))
            .add("branches", Content::sequence().add(Content::copy(other)).add(Content::plain("1")));
    case 5:
        return Content::sequence().add(Content::ofText("true")).add(Content::mapping(true));
    default:
        return Content::copy(other);
    }
}

std::string described(const yaml::Syntax& syntax, NodeIndex i)
{
    if (i >= syntax.size())
        return "nothing";
    const auto& node = syntax[i];
    std::string text = std::to_string(i) + (node.entry ? " " + syntax.name(i) : std::string(" -"));
    for (const auto number : {node.key, node.begin, node.end, node.parent, node.size, node.target})
        text += ' ' + std::to_string(number);
    for (const int number : {static_cast<int>(node.kind), static_cast<int>(node.style), int(node.flow),
                             int(node.anchored), int(node.irregular)})
        text += ' ' + std::to_string(number);
    return text;
}

/// The first node in which the two differ.
std::string difference(const yaml::Syntax& have, const yaml::Syntax& want)
{
    for (NodeIndex i = 0; i < std::max(have.size(), want.size()); ++i) {
        if (described(have, i) != described(want, i))
            return "\nhave " + described(have, i) + "\nwant " + described(want, i);
    }
    return {};
}

bool isAround(const yaml::Syntax& syntax, NodeIndex outer, NodeIndex inner)
{
    return outer <= inner && inner < syntax.end(outer);
}

} // namespace

std::string editedFault(std::string_view input)
{
    constexpr std::size_t header = 8;
    if (input.size() < header)
        return {};
    std::array<unsigned, header> bytes{};
    for (std::size_t i = 0; i < header; ++i)
        bytes[i] = static_cast<unsigned char>(input[i]);
    const auto text = input.substr(header);
    // A byte-order mark within the text is a letter, until it comes first.
    if (text.find("\xEF\xBB\xBF", 1) != std::string_view::npos)
        return {};
    const auto syntax = syntaxOf(text);
    if (!syntax || syntax->size() > 2000)
        return {};
    const auto body = text.substr(yaml::hasByteOrderMark(text) ? 3 : 0);
    const auto node = [&](unsigned low, unsigned high) { return (low + 256 * high) % syntax->size(); };
    const auto a = node(bytes[1], bytes[2]);
    const auto b = node(bytes[3], bytes[4]);
    const auto content = contentOf(bytes[5], b);
    const auto children = syntax->children(a);
    const auto behind = children.empty() || bytes[6] % 3 == 0 ? noNode : children[bytes[6] % children.size()];
    const auto& slot = (*syntax)[a];
    const bool isEntry = slot.entry;
    const bool hasParent = slot.parent != noNode;

    // Within odd forms the editor answers for the text, not for where exactly they end.
    for (const auto start : {a, b}) {
        for (auto i = start; i != noNode; i = (*syntax)[i].parent) {
            if ((*syntax)[i].irregular)
                return {};
        }
    }

    yaml::Editor editor(body, *syntax);
    switch (bytes[0] % 8) {
    case 0:
        if (slot.kind == yaml::SyntaxKind::Scalar || slot.kind == yaml::SyntaxKind::Null)
            editor.setScalar(a, contentOf(bytes[5] % 3, b));
        break;
    case 1:
        editor.replace(a, content);
        break;
    case 2:
        if (hasParent)
            editor.remove(a);
        break;
    case 3:
        if (slot.kind == yaml::SyntaxKind::Mapping && syntax->child(a, "inserted: key") == noNode)
            editor.insertEntry(a, behind, "inserted: key", content);
        break;
    case 4:
        if (slot.kind == yaml::SyntaxKind::Sequence)
            editor.insertItem(a, behind, content);
        break;
    case 5:
        if (isEntry && syntax->child(slot.parent, "renamed") == noNode && syntax->name(a) != "<<")
            editor.rename(a, "renamed");
        break;
    case 6:
        // Two siblings or strangers at once.
        if (hasParent && (*syntax)[b].parent != noNode && !isAround(*syntax, a, b) && !isAround(*syntax, b, a)) {
            editor.remove(a);
            editor.remove(b);
        }
        break;
    default:
        // A move.
        if (slot.kind == yaml::SyntaxKind::Sequence && (*syntax)[b].parent != noNode && !isAround(*syntax, b, a)
            && behind != b) {
            editor.insertItem(a, behind, Content::copy(b));
            editor.remove(b);
        }
        break;
    }
    if (editor.refused() || editor.empty())
        return {};
    const auto edited = editor.finish();
    if (!edited)
        return {};
    const auto whole = std::string(text.substr(0, text.size() - body.size())) + edited->text;
    const auto fresh = syntaxOf(whole);
    if (!fresh)
        return "the new text cannot be read:\n" + whole;
    if (const yaml::Syntax have(edited->nodes, edited->keys); !have.sameAs(*fresh))
        return "the syntax is not that of the new text:\n" + whole + difference(have, *fresh);
    return {};
}

} // namespace emac::tests
