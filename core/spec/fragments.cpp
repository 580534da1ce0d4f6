// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/fragments.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace emac::spec {

using base::Code;

namespace {

/// Depth-first over the trees without recursion: a chain of fragments may be as long as the file.
class Walk
{
public:
    Walk(const std::vector<BuiltTree>& trees, Checker& checker)
        : m_trees(trees)
        , m_checker(checker)
        , m_states(trees.size())
    {
        for (std::size_t i = 0; i < trees.size(); ++i) {
            m_states[i].depth = trees[i].depth;
            if (!trees[i].name.empty())
                m_index.emplace(trees[i].name, i);
        }
    }

    FragmentCheck run()
    {
        for (std::size_t i = 0; i < m_trees.size(); ++i) {
            if (m_states[i].mark == Mark::New)
                visit(i);
            // What uses a fragment without a body is to be left out as well.
            m_result.rebuild = m_result.rebuild || (!m_trees[i].root && !m_trees[i].name.empty());
        }
        return std::move(m_result);
    }

private:
    enum class Mark
    {
        New,
        Open,
        Done
    };
    struct State
    {
        Mark mark = Mark::New;
        std::size_t next = 0; ///< the use to look at next
        int depth = 0;
    };

    void visit(std::size_t start)
    {
        m_path = {start};
        m_states[start].mark = Mark::Open;
        while (!m_path.empty()) {
            const auto current = m_path.back();
            auto& state = m_states[current];
            if (state.next == m_trees[current].uses.size()) {
                state.mark = Mark::Done;
                m_result.order.push_back(current);
                m_path.pop_back();
                continue;
            }
            const auto& use = m_trees[current].uses[state.next];
            const auto target = m_index.at(use.fragment);
            switch (m_states[target].mark) {
            case Mark::New:
                m_states[target].mark = Mark::Open;
                m_path.push_back(target);
                break; // comes back to this use when the target is done
            case Mark::Open:
                cycle(use, target);
                ++state.next;
                break;
            case Mark::Done:
                expand(current, use, target);
                ++state.next;
                break;
            }
        }
    }

    void cycle(const UseSite& use, std::size_t target)
    {
        constexpr std::size_t shown = 8;
        const auto begin = std::ranges::find(m_path, target);
        std::string text;
        std::size_t count = 0;
        for (auto step = begin; step != m_path.end(); ++step, ++count) {
            if (count < shown)
                text += m_trees[*step].name + " → ";
            else if (count == shown)
                text += "… → ";
        }
        bad(Code::FragmentCycle, use, {use.fragment, text + use.fragment});
    }

    void expand(std::size_t current, const UseSite& use, std::size_t target)
    {
        auto& state = m_states[current];
        const int depth = use.depth + 1 + m_states[target].depth;
        if (depth > deepestNesting)
            bad(Code::OperatorsTooDeep, use, {std::to_string(deepestNesting)});
        else
            state.depth = std::max(state.depth, depth);
    }

    void bad(Code code, const UseSite& use, std::vector<std::string> arguments)
    {
        m_checker.fault(code, *use.node, std::move(arguments));
        m_result.rebuild = true;
    }

    const std::vector<BuiltTree>& m_trees;
    Checker& m_checker;
    std::vector<State> m_states;
    std::unordered_map<std::string_view, std::size_t> m_index;
    std::vector<std::size_t> m_path;
    FragmentCheck m_result;
};

} // namespace

FragmentCheck checkFragments(const std::vector<BuiltTree>& trees, Checker& checker)
{
    auto result = Walk(trees, checker).run();
    std::unordered_set<std::string_view> used;
    for (const auto& tree : trees) {
        for (const auto& use : tree.uses)
            used.insert(use.fragment);
    }
    for (const auto& tree : trees) {
        if (!tree.name.empty() && !used.contains(tree.name))
            checker.report(Code::FragmentUnused, tree.key, {tree.name});
    }
    return result;
}

} // namespace emac::spec
