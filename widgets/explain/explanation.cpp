// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/explanation.h"

#include "core/journey/paths.h"
#include "widgets/charts/intervalrows.h"
#include "widgets/common/format.h"
#include "widgets/explain/inputrows.h"
#include "widgets/explain/rules.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

using journey::Element;
using journey::ExpressionPtr;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::explain)
};

constexpr int mostRows = 100;

bool equal(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(a, b);
}

QString listed(const auto& names)
{
    QStringList list;
    for (const auto& name : names)
        list << QString::fromStdString(name);
    return list.join(Words::tr(", "));
}

class Explainer
{
public:
    Explainer(const ExplanationSource& source, const Explained& what, ExpressionPtr node)
        : m_source(source)
        , m_node(std::move(node))
        , m_figure(what.figure)
        , m_inputs(source, what.figure)
        , m_sharedFate(source.intent.journey, source.inputs, source.analysis)
    {
        m_result.what = what;
    }

    std::optional<Explanation> explain()
    {
        const auto* values = m_source.analysis.find(m_node->id);
        if (values == nullptr)
            return std::nullopt;
        m_values = values;
        m_number = failureOf(*values, m_figure);
        const bool whole = m_result.what.element.kind == Element::Kind::Journey;
        m_result.title = whole ? m_source.title : nodeLabel(m_node);
        m_result.kind = whole ? Words::tr("Journey: %1").arg(operatorTitle(journey::typeOf(*m_node)))
                              : operatorTitle(journey::typeOf(*m_node));
        m_result.value = m_number ? availabilityText(*m_number, m_source.display) : Words::tr("not computed");
        if (const auto* call = std::get_if<journey::Call>(&m_node->op))
            explainCall(*call);
        else
            explainOperator();
        if (!m_number)
            explainMissing();
        if ((m_figure == Figure::Lowest || m_figure == Figure::Highest) && !values->envelope.sharp)
            explainOuterBound();
        return std::move(m_result);
    }

private:
    using Row = Explanation::Row;

    const journey::Journey& journey() const { return m_source.intent.journey; }
    QString shown(double failure) const { return m_inputs.shown(failure); }

    void explainCall(const journey::Call& call)
    {
        const auto name = QString::fromStdString(call.component);
        m_result.rule = Words::tr("%1 = the availability of the component %2").arg(symbolOf(m_figure), name);
        m_result.rows = m_inputs.rowsOf(call.component);
        const auto* input = m_source.inputs.find(call.component);
        m_result.rows.push_back({Words::tr("Called here"), {}, {}, m_inputs.placeOf(Element::ofNode(m_node->id)), {}});
        if (m_number)
            m_result.formula = Words::tr("%1 = %2").arg(symbolOf(m_figure), ratioText(*m_number));
        if (m_figure == Figure::CommonCause && input != nullptr)
            explainDomains(call.component, *input);
    }

    void explainDomains(const std::string& component, const journey::Input& input)
    {
        const auto domains = statedDomains(component, journey(), m_source.inputs);
        if (domains.empty()) {
            m_result.remarks << Words::tr("None of its failure domains states an availability: all of it is its own.");
            return;
        }
        const double own = ownFailure(input.failure.nominal, input.domains, journey());
        QStringList factors{ratioText(own)};
        m_result.rows.push_back({Words::tr("Own part"),
                                 shown(own),
                                 Words::tr("what the failure domains leave of it: its availability over theirs"),
                                 {},
                                 {}});
        for (const auto& stated : domains) {
            factors << ratioText(stated.rule.availability->failure());
            m_result.rows.push_back(m_inputs.rowOf(stated));
        }
        m_result.rule = Words::tr("A* = the own part · the availability of each failure domain: it is up while all of "
                                  "these are");
        if (m_number)
            m_result.formula = Words::tr("A* = %1 = %2").arg(factors.join(QStringLiteral(" · ")), ratioText(*m_number));
    }

    /// What the rule is applied to: the children; the body of the fragment that is used.
    std::vector<ExpressionPtr> parts() const
    {
        if (const auto* use = std::get_if<journey::Use>(&m_node->op)) {
            const auto body = journey().fragment(use->fragment);
            return body ? std::vector{body} : std::vector<ExpressionPtr>{};
        }
        return journey::children(*m_node);
    }

    /// As the rule uses it; empty where it is not known.
    std::optional<double> partFailure(const ExpressionPtr& part)
    {
        if (m_figure == Figure::Pessimistic)
            return m_sharedFate.failure(part);
        const auto* values = m_source.analysis.find(part->id);
        return values != nullptr ? failureOf(*values, m_figure) : std::nullopt;
    }

    void explainOperator()
    {
        const auto children = parts();
        RuleInputs inputs{m_node.get(), m_figure, {}, {}, 1};
        if (m_figure == Figure::Pessimistic)
            inputs.groups = m_sharedFate.groups(*m_node);
        bool known = shapeOf(*m_node) == RuleShape::Nothing; // whatever the part is
        known |= std::ranges::all_of(children, [&](const auto& child) { return partFailure(child).has_value(); });
        for (const auto& child : children)
            inputs.failures.push_back(partFailure(child).value_or(1));
        if (known && m_number && std::holds_alternative<journey::Timeout>(m_node->op))
            inputs.timely = timelyPart(*m_number, inputs.failures.front());
        m_result.rule = ruleText(inputs);
        addParameters();
        addParts(children, inputs, known);
        explainGroups(children, inputs);
        if (!known || !m_number)
            return;
        const double byRule = ruleFailure(inputs);
        const auto numbers = ruleInNumbers(inputs);
        const bool holds = equal(byRule, *m_number);
        const auto byRuleText = ratioText(holds ? *m_number : byRule);
        m_result.formula = numbers == byRuleText
                               ? Words::tr("%1 = %2").arg(symbolOf(m_figure), byRuleText)
                               : Words::tr("%1 = %2 = %3").arg(symbolOf(m_figure), numbers, byRuleText);
        if (!holds)
            explainDifference(children, byRule);
    }

    /// Where the number is not what the rule makes of the parts.
    void explainDifference(const std::vector<ExpressionPtr>& children, double byRule)
    {
        if (m_figure == Figure::Pessimistic) {
            m_result.remarks
                << (*m_number < byRule
                        ? Words::tr("The number shown is E⁻, %1: no dependence at all can bring it below.")
                              .arg(shown(*m_number))
                        : Words::tr("The number shown is A⁺, %1: A⁻ is never told above it.").arg(shown(*m_number)));
            return;
        }
        m_result.formula.clear();
        const bool domains = m_figure == Figure::CommonCause;
        const bool attempts = domains && std::holds_alternative<journey::Retry>(m_node->op);
        auto shared = children;
        if (attempts) // what two attempts have in common
            shared.push_back(children.front());
        auto common = commonOf(shared, journey(), m_source.inputs, domains);
        if (attempts)
            common.components.clear(); // these draw afresh
        QStringList names;
        for (const auto& component : common.components)
            names << Words::tr("the component %1").arg(QString::fromStdString(component));
        for (const auto& domain : common.domains)
            names << Words::tr("the failure domain %1").arg(QString::fromStdString(domain));
        if (names.isEmpty()) {
            m_result.remarks << Words::tr("The rule alone would give %1: the number takes into account what the parts "
                                          "have in common.")
                                    .arg(shown(byRule));
            return;
        }
        m_result.remarks << Words::tr("This holds only for parts that have nothing in common. Here more than one of "
                                      "them depends on %1, which counts as one event. So there is no such product: the "
                                      "number is computed exactly over all states of what is in common (a binary "
                                      "decision diagram).")
                                .arg(names.join(Words::tr(", ")));
        m_result.remarks << Words::tr("As if they had nothing in common, the rule would give %1.").arg(shown(byRule));
    }

    void explainMissing()
    {
        if (m_figure == Figure::CommonCause) {
            if (m_source.analysis.commonCauseMissing) {
                m_result.remarks << messageText(
                    inDisplay(m_source.analysis.commonCauseMissing->message, m_source.display));
            } else {
                m_result.remarks << Words::tr("No failure domain states an availability, so there is no common cause "
                                              "to reckon with. State one in the rules of the failure domains.");
            }
            return;
        }
        m_result.remarks << Words::tr("%1 is not computed here: a limit of the exact computation was met, and no "
                                      "approximation is shown instead.")
                                .arg(symbolOf(m_figure));
        for (const auto& note : m_source.analysis.notes) {
            if (note.element == Element::ofNode(m_node->id) || note.element == Element::journey())
                m_result.remarks << messageText(note.message);
        }
    }

    void explainOuterBound()
    {
        const auto repeated = repeatedBelow(m_node, journey(), m_source.inputs);
        m_result.remarks << (repeated.empty()
                                 ? Words::tr("An outer bound: the true worst and best cases may lie inside.")
                                 : Words::tr("An outer bound, for the rule does not know that these are called more "
                                             "than once: %1. The true worst and best cases may lie inside.")
                                       .arg(listed(repeated)));
    }

    void addParameters()
    {
        const auto element = Element::ofNode(m_node->id);
        if (const auto* kofn = std::get_if<journey::KofN>(&m_node->op)) {
            m_result.rows.push_back({Words::tr("k"),
                                     Words::tr("%1 of %2").arg(kofn->k).arg(kofn->branches.size()),
                                     Words::tr("written in the journey"),
                                     m_inputs.placeOf(element, "k"),
                                     {}});
        } else if (const auto* retry = std::get_if<journey::Retry>(&m_node->op)) {
            m_result.rows.push_back({Words::tr("Attempts"),
                                     QString::number(retry->attempts),
                                     Words::tr("written in the journey"),
                                     m_inputs.placeOf(element, "attempts"),
                                     {}});
        } else if (const auto* timeout = std::get_if<journey::Timeout>(&m_node->op)) {
            m_result.rows.push_back({Words::tr("Deadline"),
                                     durationText(timeout->deadline),
                                     Words::tr("what comes later has failed"),
                                     m_inputs.placeOf(element, "deadline"),
                                     {}});
        }
    }

    void addParts(const std::vector<ExpressionPtr>& children, const RuleInputs& inputs, bool known)
    {
        const auto* branch = std::get_if<journey::Branch>(&m_node->op);
        const auto weights = branch != nullptr && known ? branchProbabilities(inputs) : std::vector<double>{};
        bool chosen = false;
        for (std::size_t i = 0; i < children.size(); ++i) {
            if (i == mostRows) {
                m_result.moreRows = static_cast<int>(children.size() - i);
                break;
            }
            m_result.rows.push_back(partRow(children[i], inputs.failures[i]));
            if (branch == nullptr)
                continue;
            const auto& range = branch->choices[i].probability;
            chosen |= !range.isNumber();
            auto text = percentRange(range);
            if (!range.isNumber() && !weights.empty())
                text = Words::tr("%1, here %2 %").arg(text, QLocale().toString(weights[i] * 100, 'g', 6));
            m_result.rows.push_back(
                {Words::tr("Probability of %1").arg(m_result.rows.back().label),
                 text,
                 Words::tr("written in the journey"),
                 m_inputs.placeOf(Element::ofNode(m_node->id), "choices." + std::to_string(i) + ".probability"),
                 {}});
        }
        if (!chosen)
            return;
        if (m_figure == Figure::CommonCause)
            m_result.remarks << Words::tr("Within their intervals the probabilities have shares of their widths.");
        else if (m_figure == Figure::Pessimistic || m_figure == Figure::Lowest)
            m_result.remarks << Words::tr("Within their intervals the probabilities are those that are worst for this "
                                          "branch.");
        else
            m_result.remarks << Words::tr("Within their intervals the probabilities are those that are best for this "
                                          "branch.");
    }

    static QString percentRange(const journey::ProbabilityRange& range)
    {
        const AvailabilityDisplay percent;
        return range.isNumber() ? exactAvailability(range.lower, percent)
                                : Words::tr("%1 … %2").arg(exactAvailability(range.lower, percent),
                                                           exactAvailability(range.upper, percent));
    }

    Row partRow(const ExpressionPtr& part, double failure)
    {
        const auto element = Element::ofNode(part->id);
        const Explained step{element, m_figure};
        const auto* values = m_source.analysis.find(part->id);
        const auto reported = values != nullptr ? failureOf(*values, m_figure) : std::nullopt;
        if (const auto* call = std::get_if<journey::Call>(&part->op); call != nullptr && reported) {
            auto row = m_inputs.rowsOf(call->component).front();
            row.label = nodeLabel(part);
            row.step = step;
            return row;
        }
        Row row{nodeLabel(part), reported ? shown(failure) : Words::tr("not computed"),
                operatorTitle(journey::typeOf(*part)), m_inputs.placeOf(element), step};
        const double own = reported.value_or(failure);
        if (m_figure == Figure::Pessimistic && !equal(own, failure)) {
            m_result.remarks << Words::tr("%1 counts here as %2; its own number, %3, is bounded by its E⁻ and A⁺.")
                                    .arg(row.label, shown(failure), shown(own));
        }
        return row;
    }

    void explainGroups(const std::vector<ExpressionPtr>& children, const RuleInputs& inputs)
    {
        const auto namesOf = [&](const FateGroup& group) {
            QStringList names;
            for (const auto child : group.children)
                names << nodeLabel(children[child]);
            return names.join(Words::tr(", "));
        };
        for (const auto& group : inputs.groups) {
            if (!group.undeclared.empty())
                m_result.remarks << Words::tr(
                                        "%1: no failure domain is stated, so each is taken as a domain of its own.")
                                        .arg(listed(group.undeclared));
            if (group.children.size() == 1) {
                m_result.remarks
                    << Words::tr("%1 shares nothing with the others: a group of its own.").arg(namesOf(group));
                continue;
            }
            QStringList reasons;
            if (!group.unknown.empty())
                reasons << Words::tr("the failure domains of %1 are unknown or in conflict").arg(listed(group.unknown));
            if (!group.components.empty())
                reasons << Words::tr("they share the component %1").arg(listed(group.components));
            if (!group.domains.empty())
                reasons << Words::tr("they share the failure domain %1").arg(listed(group.domains));
            m_result.remarks << Words::tr("One group: %1; %2.").arg(namesOf(group), reasons.join(Words::tr(", and ")));
        }
    }

    const ExplanationSource& m_source;
    ExpressionPtr m_node;
    Figure m_figure;
    InputRows m_inputs;
    SharedFateRule m_sharedFate;
    const analysis::NodeAvailability* m_values = nullptr;
    std::optional<double> m_number; ///< what is shown, as a failure probability
    Explanation m_result;
};

} // namespace

Element explainable(const journey::Journey& journey, const Element& element)
{
    using Kind = Element::Kind;
    switch (element.kind) {
    case Kind::Node:
        if (journey::findNode(journey, element.node))
            return element;
        break;
    case Kind::Fragment:
        if (const auto body = journey.fragment(element.name))
            return Element::ofNode(body->id);
        break;
    case Kind::Component: {
        std::optional<journey::NodeId> call;
        const auto look = [&](const ExpressionPtr& node) {
            const auto* found = std::get_if<journey::Call>(&node->op);
            if (!call && found != nullptr && found->component == element.name)
                call = node->id;
        };
        journey::forEachNode(journey.root, look);
        for (const auto& fragment : journey.fragments)
            journey::forEachNode(fragment.body, look);
        if (call)
            return Element::ofNode(*call);
        break;
    }
    default:
        break;
    }
    return Element::journey();
}

std::optional<Explanation> explain(const ExplanationSource& source, const Explained& what)
{
    const auto& journey = source.intent.journey;
    const auto node = what.element.kind == Element::Kind::Journey ? journey.root
                      : what.element.kind == Element::Kind::Node  ? journey::findNode(journey, what.element.node)
                                                                  : nullptr;
    if (!node)
        return std::nullopt;
    return Explainer(source, what, node).explain();
}

} // namespace emac::widgets
