// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/columns.h"

#include <gvc.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>

namespace emac::layout {

namespace {

constexpr std::size_t pieceLength = 24;
constexpr std::size_t mostRemembered = 10'000;

/// Numbers in Graphviz' attributes are inches, in the C locale.
std::string inches(double pixels)
{
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), pixels / 72).ptr};
}

void set(void* object, const char* attribute, const std::string& value)
{
    // cgraph copies both, but takes them as char*.
    agsafeset(object, const_cast<char*>(attribute), const_cast<char*>(value.c_str()), const_cast<char*>(""));
}

/// What dot makes of a chain: the left edges, from that of the first. Not to be called from two threads at once.
std::vector<double> ranked(const std::vector<double>& widths, double gap)
{
    static GVC_t* const context = gvContext(); // kept: contexts made later have their plugins loaded again
    agseterr(AGMAX);

    Agraph_t* graph = agopen(const_cast<char*>("frame"), Agstrictdirected, nullptr);
    set(graph, "rankdir", "LR");
    set(graph, "ranksep", inches(gap));
    std::vector<Agnode_t*> nodes;
    for (const double width : widths) {
        auto* node = agnode(graph, nullptr, 1);
        set(node, "shape", "box");
        set(node, "fixedsize", "true");
        set(node, "label", "");
        set(node, "width", inches(width));
        set(node, "height", inches(1)); // heights are none of its business
        if (!nodes.empty())
            agedge(graph, nodes.back(), node, nullptr, 1);
        nodes.push_back(node);
    }

    const bool done = gvLayout(context, graph, "dot") == 0;
    std::vector<double> lefts;
    for (std::size_t i = 0; done && i < nodes.size(); ++i)
        lefts.push_back(ND_coord(nodes[i]).x - widths[i] / 2);
    if (done)
        gvFreeLayout(context, graph);
    agclose(graph);
    if (!done)
        throw std::runtime_error("Graphviz has no dot layout");
    const double first = lefts.front();
    for (double& left : lefts)
        left -= first;
    return lefts;
}

} // namespace

std::vector<double> columns(const std::vector<double>& widths, double gap)
{
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    static std::map<std::pair<double, std::vector<double>>, std::vector<double>> remembered;
    if (remembered.size() > mostRemembered)
        remembered.clear();

    std::vector<double> lefts{0};
    while (lefts.size() < widths.size()) {
        const auto from = widths.begin() + static_cast<std::ptrdiff_t>(lefts.size()) - 1;
        const auto length = std::min<std::ptrdiff_t>(pieceLength, widths.end() - from);
        std::pair key(gap, std::vector<double>(from, from + length));
        auto found = remembered.find(key);
        if (found == remembered.end()) {
            auto made = ranked(key.second, gap);
            found = remembered.emplace(std::move(key), std::move(made)).first;
        }
        const double shift = lefts.back();
        for (std::size_t i = 1; i < found->second.size(); ++i)
            lefts.push_back(shift + found->second[i]);
    }
    return lefts;
}

} // namespace emac::layout
