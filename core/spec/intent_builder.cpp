// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/intent_builder.h"

#include "core/journey/calls.h"
#include "core/journey/stated_domains.h"
#include "core/spec/component_builder.h"
#include "core/spec/expression_builder.h"
#include "core/spec/fields.h"
#include "core/spec/fragments.h"
#include "core/spec/governance_builder.h"

#include <map>
#include <unordered_map>
#include <unordered_set>

namespace emac::spec {

using base::Code;
using namespace journey;

namespace {

class Builder
{
public:
    Builder(const yaml::Node& root, Checker& checker)
        : m_checker(checker)
        , m_document(&root, checker.faults(), Reach::of(root))
        , m_spec(m_document.mapping("spec"))
    {
    }

    BuiltIntent build()
    {
        collectNames();
        expressions();
        components();
        domainRules();
        const auto metadata = m_document.mapping("metadata");
        m_intent.name = metadata.text("name");
        m_intent.displayName = metadata.text("displayName");
        m_intent.labels = metadata.textMap("labels");
        m_intent.expectedEvents = m_spec.number("expectedEvents");
        m_intent.objectives = buildObjectives(m_spec.mapping("objectives"));
        m_intent.evidence = buildEvidence(m_spec.mapping("evidence"), m_checker.faults());
        m_intent.governance = buildGovernance(m_spec.mapping("governance"), m_checker.faults());
        crossChecks();
        return {std::move(m_intent), std::move(m_sites)};
    }

private:
    void collectNames()
    {
        // Faulty ones count as declared: what is wrong with them has been said where they stand.
        const auto collect = [this](std::string_view key, std::vector<std::string>& list,
                                    std::unordered_set<std::string>& set) {
            const auto* map = m_spec.value(key, yaml::Kind::Mapping);
            for (std::size_t i = 0; map != nullptr && i < map->entries.size(); ++i) {
                if (set.insert(map->entries[i].key).second)
                    list.push_back(map->entries[i].key);
            }
        };
        collect("components", m_names.components, m_names.componentSet);
        collect("fragments", m_names.fragments, m_names.fragmentSet);
    }

    struct Tree
    {
        std::string name;
        const yaml::Node* node;
        Reach reach;
    };

    std::vector<Tree> writtenTrees() const
    {
        std::vector<Tree> trees;
        if (const auto* root = m_spec.entry("operator"))
            trees.push_back({{}, root->value.get(), m_spec.reach().below(*root)});
        if (const auto* map = m_spec.value("fragments", yaml::Kind::Mapping)) {
            const auto reach = m_spec.reach().below(*m_spec.entry("fragments"));
            std::unordered_set<std::string_view> seen;
            for (const auto& entry : map->entries) {
                if (seen.insert(entry.key).second)
                    trees.push_back({entry.key, entry.value.get(), reach.below(entry)});
            }
        }
        return trees;
    }

    void expressions()
    {
        const auto written = writtenTrees();
        const auto before = m_checker.diagnostics().size();
        std::vector<BuiltTree> trees;
        ExpressionBuilder first(m_checker, m_names);
        for (const auto& tree : written)
            trees.push_back(first.build(*tree.node, tree.reach, tree.name));
        m_sites = std::move(first.sites());
        const auto between = m_checker.diagnostics().size();
        const auto check = checkFragments(trees, m_checker);
        if (check.rebuild) {
            // Once more without the faults found, used fragments first; what the first building said is said again.
            auto& said = m_checker.diagnostics();
            said.erase(said.begin() + static_cast<std::ptrdiff_t>(before),
                       said.begin() + static_cast<std::ptrdiff_t>(between));
            ExpressionBuilder second(m_checker, m_names);
            for (const auto i : check.order) {
                trees[i] = second.build(*written[i].node, written[i].reach, written[i].name);
                if (!trees[i].root)
                    m_names.emptyFragments.insert(written[i].name);
            }
            m_sites = std::move(second.sites());
        }
        for (auto& tree : trees) {
            if (tree.name.empty())
                m_intent.journey.root = std::move(tree.root);
            else if (tree.root)
                m_intent.journey.fragments.push_back({std::move(tree.name), std::move(tree.root)});
        }
    }

    void components()
    {
        std::vector<ComponentPtr> list;
        std::unordered_set<std::string> seen;
        for (const auto& member : m_spec.members("components")) {
            if (!seen.insert(member.name).second)
                continue;
            const Fields fields(member.node, m_checker.faults(), member.reach);
            list.push_back(std::make_shared<const Component>(buildComponent(member.name, fields, m_checker)));
            m_components.emplace(member.name, fields);
        }
        m_intent.journey.components = Components(std::move(list));
    }

    void domainRules()
    {
        std::unordered_map<std::string, std::uint32_t> lines;
        for (const auto& item : m_spec.mapping("failureDomains").items("rules")) {
            const Fields fields(item.node, m_checker.faults(), item.reach);
            const auto* name = fields.value("name", yaml::Kind::Scalar);
            if (name == nullptr)
                continue;
            const auto [first, isNew] = lines.emplace(name->text, name->position.line);
            if (!isNew) {
                m_checker.report(Code::DuplicateRule, name->position, {name->text, std::to_string(first->second)});
                continue;
            }
            m_intent.journey.domainRules.push_back({name->text, fields.text("kind"), fields.text("source"),
                                                    fields.text("key"), fields.text("description"),
                                                    fields.ratio("availability")});
        }
    }

    void crossChecks()
    {
        std::map<std::string, bool> called; // with whether a redundancy operator stands above any of the calls
        for (const auto& [component, redundancy] : calledComponents(m_intent.journey))
            called[component] |= redundancy != nullptr;
        const StatedDomains stated(m_intent.journey);
        for (const auto& component : m_intent.journey.components.list()) {
            const auto found = called.find(component->name);
            if (found == called.end())
                m_checker.report(Code::ComponentNotCalled, keyOf(component->name), {component->name});
            else if (found->second && component->failureDomains.empty())
                m_checker.report(Code::NoDomainUnderRedundancy, keyOf(component->name), {component->name});
            if (component->inlineAvailability)
                ownPart(*component, stated.failure(component->failureDomains));
        }
    }

    const yaml::Position& keyOf(const std::string& component) const { return m_components.at(component).reach().key; }

    void ownPart(const Component& component, const StatedDomains::Failure& domains)
    {
        if (isOwnPartSound(component.inlineAvailability->failure(), domains))
            return;
        const auto& place = m_components.at(component.name).entry("availability")->value->position;
        m_checker.report(Code::OwnPartAboveOne, place,
                         {component.name, component.inlineAvailability->decimal().toString(), domains.names,
                          base::Decimal::fromDouble(domains.probability).complement().toString()});
    }

    Checker& m_checker;
    Fields m_document;
    Fields m_spec;
    ExpressionBuilder::Names m_names;
    Intent m_intent;
    std::vector<NodeSite> m_sites;
    std::unordered_map<std::string, Fields> m_components; ///< as they are written
};

} // namespace

BuiltIntent buildIntent(const yaml::Node& root, Checker& checker)
{
    checker.check(root, "intent");
    return checker.stopped() ? BuiltIntent{} : Builder(root, checker).build();
}

} // namespace emac::spec
