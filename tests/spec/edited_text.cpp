// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spec/edited_text.h"

#include "core/spec/contents.h"
#include "core/spec/write.h"
#include "core/yaml/emitter.h"

#include <functional>
#include <sstream>
#include <vector>

namespace emac::tests {

namespace {

using yaml::Content;

/// Some collections in brackets, with all in them.
void flowSome(Random& random, Content& content)
{
    if (content.isScalar())
        return;
    if (random.chance(0.12))
        content.flow = true;
    for (auto& child : content.children)
        flowSome(random, child);
}

bool opensBlockText(const std::string& line)
{
    return line.ends_with(" |") || line.ends_with(" |-");
}

std::string comment(Random& random)
{
    static const std::vector<std::string> texts{"# note", "#", "# größer: [a, {b", "# tab\there", "#- x: |"};
    return texts[random.below(texts.size())];
}

/// Comments between lines at any column, blank lines, and comments behind values; none within block texts.
std::string commented(Random& random, const std::string& text)
{
    std::istringstream lines(text);
    std::string result;
    std::string line;
    std::size_t blockColumn = std::string::npos; // of the key whose block text this is
    while (std::getline(lines, line)) {
        const auto column = line.find_first_not_of(" -");
        if (blockColumn != std::string::npos && (line.empty() || line.find_first_not_of(' ') > blockColumn)) {
            result += line + '\n';
            continue;
        }
        if (blockColumn != std::string::npos)
            blockColumn = std::string::npos;
        if (random.chance(0.15))
            result += std::string(random.below(9), ' ') + comment(random) + '\n';
        if (random.chance(0.05))
            result += random.chance(0.5) ? "\n" : "   \n";
        result += line;
        if (opensBlockText(line))
            blockColumn = column;
        else if (random.chance(0.2))
            result += std::string(1 + random.below(3), ' ') + "# behind ü";
        result += '\n';
    }
    if (random.chance(0.5))
        result += "# the end\n";
    return result;
}

std::string written(Random& random, const journey::Intent& intent, bool flow)
{
    auto content = spec::documentContent(intent);
    if (flow) {
        for (auto& section : content.children)
            flowSome(random, section);
        content.children.back().flow = random.chance(0.02);
    }
    const yaml::Syntax nothing({}, std::make_shared<const yaml::KeyTable>());
    yaml::KeyInterner keys(nothing.keys());
    yaml::Habits habits;
    habits.mappingStep = random.chance(0.3) ? 4 : 2;
    habits.sequenceStep = random.chance(0.3) ? 0 : 2;
    yaml::Emitter emitter({}, nothing, keys, habits);
    emitter.valueAt(content, 0);
    return emitter.text() + '\n';
}

/// Which node of the one tree is which of the other.
void pair(const journey::ExpressionPtr& fresh, const journey::ExpressionPtr& known,
          std::unordered_map<journey::NodeId, journey::NodeId>& ids)
{
    if (!fresh || !known)
        return;
    ids.emplace(fresh->id, known->id);
    const auto a = journey::children(*fresh);
    const auto b = journey::children(*known);
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        pair(a[i], b[i], ids);
}

std::string nodeText(const spec::SourceMap& sources, yaml::NodeIndex i)
{
    const auto& node = sources.syntax()[i];
    std::ostringstream out;
    out << i << (node.entry ? " " + sources.syntax().name(i) : std::string(" -")) << " key " << node.key << " ["
        << node.begin << ", " << node.end << ") size " << node.size << " tag " << node.tag << " kind "
        << static_cast<int>(node.kind) << " style " << static_cast<int>(node.style) << (node.flow ? " flow" : "")
        << (node.irregular ? " irregular" : "") << (node.anchored ? " anchored" : "") << " parent " << node.parent;
    return out.str();
}

std::string difference(const spec::SourceMap& have, const spec::SourceMap& want)
{
    for (yaml::NodeIndex i = 0; i < std::max(have.syntax().size(), want.syntax().size()); ++i) {
        const auto a = i < have.syntax().size() ? nodeText(have, i) : "nothing";
        const auto b = i < want.syntax().size() ? nodeText(want, i) : "nothing";
        if (a != b)
            return "have " + a + "\nwant " + b;
    }
    return "only numbers differ";
}

} // namespace

std::string dressedText(Random& random, const journey::Intent& intent, const Dress& dress)
{
    auto text = written(random, intent, dress.flow);
    if (dress.comments)
        text = commented(random, text);
    if (!dress.finalNewline)
        text.pop_back();
    if (dress.crlf) {
        std::string lines;
        for (const char c : text)
            lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
        text = lines;
    }
    return (dress.byteOrderMark ? "\xEF\xBB\xBF" : "") + text;
}

std::string faultOf(const spec::IntentDocument& document)
{
    const auto& text = document.sources.text();
    const auto read = spec::readIntent(text, "f");
    if (base::hasErrors(read.diagnostics) || !read.value) {
        for (const auto& diagnostic : read.diagnostics) {
            if (diagnostic.severity() == base::Severity::Error)
                return base::toString(diagnostic);
        }
        return "not read";
    }
    const auto want = spec::write(document.intent);
    const auto have = spec::write(read.value->intent);
    if (want != have)
        return "the text reads as\n" + have + "but the intent is\n" + want;
    std::unordered_map<journey::NodeId, journey::NodeId> ids;
    pair(read.value->intent.journey.root, document.intent.journey.root, ids);
    for (std::size_t i = 0; i < document.intent.journey.fragments.size(); ++i)
        pair(read.value->intent.journey.fragments[i].body, document.intent.journey.fragments[i].body, ids);
    const auto map = read.value->sources.renamed(ids);
    if (!map.syntax().sameAs(document.sources.syntax()))
        return "the map is not that of the text:\n" + difference(document.sources, map);
    return {};
}

} // namespace emac::tests
