// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/subject.h"

#include "core/artifacts/names.h"
#include "core/journey/calls.h"
#include "core/journey/paths.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace emac::artifacts {

using base::Code;
using journey::Element;

namespace {

/// Prometheus takes any length, what it is sent on to often does not.
constexpr std::size_t longestLabelText = 1024;

std::string operatorPath(const journey::Intent& intent)
{
    std::string text;
    for (const char c : journey::expressionText(intent.journey.root)) {
        if (c != ' ' || text.empty() || (text.back() != ',' && text.back() != ';'))
            text += c;
    }
    if (text.size() <= longestLabelText)
        return text;
    auto end = longestLabelText - 3;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) // within a character
        --end;
    return text.substr(0, end) + "...";
}

std::string titleOf(const journey::Intent& intent)
{
    if (!intent.displayName.empty())
        return intent.displayName;
    auto title = intent.name;
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
}

OutputPaths outputPaths(const Request& request, const std::string& name)
{
    using Path = std::filesystem::path;
    const auto& governed = request.intent.governance;
    const bool free = !request.outputFolder;
    const bool alertsStated = free && !governed.alerts.promRuleOutput.empty();
    const Path stated = Path(governed.alerts.promRuleOutput).lexically_normal();
    Path folder = request.outputFolder.value_or("compiled");
    if (alertsStated)
        folder = stated.has_parent_path() ? stated.parent_path() / ".." : Path("..");
    const auto standard = [&](const Path& path) { return (folder / path).lexically_normal().generic_string(); };
    OutputPaths paths;
    paths.recordingRules = standard("prometheus/recording-rules.yaml");
    paths.alerts = alertsStated ? stated.generic_string() : standard("prometheus/alerts.yaml");
    paths.analysisTemplate = free && !governed.delivery.analysisTemplateOutput.empty()
                                 ? Path(governed.delivery.analysisTemplateOutput).lexically_normal().generic_string()
                                 : standard("argo/analysis-template.yaml");
    paths.rollout = standard("argo/rollout-snippet.yaml");
    paths.report = standard("report/derivation." + name + ".yaml");
    return paths;
}

class Reader
{
public:
    Reader(const Request& request, Findings& findings)
        : m_request(request)
        , m_intent(request.intent)
        , m_findings(findings)
    {
    }

    std::optional<Subject> operator()()
    {
        if (!m_request.analysis.journey)
            fail(Code::CompileEmptyJourney, {}, Element::journey());
        checkStated();
        auto name = checkedName();
        checkLabels();
        auto sli = readSli();
        auto latency = readLatency();
        auto rows = sli ? burnRows(m_intent, m_findings) : std::vector<BurnRow>();
        checkWindows(rows);
        if (m_failed)
            return std::nullopt;
        auto paths = outputPaths(m_request, name);
        std::optional<std::string> window;
        if (m_intent.evidence.window)
            window = base::toString(*m_intent.evidence.window);
        std::optional<std::string> budget;
        if (m_intent.objectives.availability)
            budget = m_intent.objectives.availability->target.decimal().complement().toString();
        return Subject{m_request,
                       std::move(name),
                       alertName(m_intent.name),
                       titleOf(m_intent),
                       operatorPath(m_intent),
                       std::move(window),
                       sharedFateOf(m_request),
                       std::move(budget),
                       std::move(sli),
                       std::move(latency),
                       std::move(rows),
                       guards(),
                       std::move(paths)};
    }

private:
    void say(Code code, std::vector<std::string> arguments, Element element, std::string field = {})
    {
        m_findings.push_back({{code, std::move(arguments)}, std::move(element), std::move(field)});
    }

    void fail(Code code, std::vector<std::string> arguments, Element element, std::string field = {})
    {
        say(code, std::move(arguments), std::move(element), std::move(field));
        m_failed = true;
    }

    void checkStated()
    {
        std::set<std::string> seen;
        for (const auto& called : journey::calledComponents(m_intent.journey)) {
            const auto* input = m_request.inputs.find(called.component);
            if (seen.insert(called.component).second && (input == nullptr || !input->stated))
                fail(Code::CompileNotStated, {called.component}, Element::component(called.component));
        }
    }

    std::string checkedName()
    {
        constexpr const char* field = "metadata.name";
        const auto& given = m_intent.name;
        auto name = objectName(given);
        if (name.empty()) {
            fail(Code::CompileNameImpossible, {given}, Element::journey(), field);
            return name;
        }
        if (name != given)
            say(Code::CompileNameDerived, {given, std::to_string(longestObjectName), name}, Element::journey(), field);
        for (const auto& other : m_request.others) {
            if (other.name == given)
                say(Code::CompileNameTwice, {other.name, other.path}, Element::journey(), field);
            else if (seriesName(other.name) == seriesName(given))
                fail(Code::CompileNamesCollide, {given, other.name, other.path, seriesName(given)}, Element::journey(),
                     field);
            else if (objectName(other.name) == name)
                fail(Code::CompileNamesCollide, {given, other.name, other.path, name}, Element::journey(), field);
        }
        return name;
    }

    void checkLabels()
    {
        for (const auto& [key, value] : m_intent.labels) {
            if (!isLabelKey(key) || !isLabelValue(value))
                say(Code::CompileLabelLeftOut, {key, value}, Element::journey(), "metadata.labels");
        }
    }

    std::optional<Query> query(const std::string& text, const Element& element, const char* field)
    {
        auto parsed = Query::parse(text);
        if (auto* message = std::get_if<base::Message>(&parsed)) {
            fail(message->code, message->arguments, element, field);
            return std::nullopt;
        }
        for (const auto& range : std::get<Query>(parsed).replacedRanges())
            say(Code::QueryRangeReplaced, {range}, element, field);
        return std::get<Query>(std::move(parsed));
    }

    std::optional<Sli> readSli()
    {
        const auto& objective = m_intent.objectives.availability;
        if (!objective) {
            say(Code::CompileNoObjective, {}, Element::journey());
            return std::nullopt;
        }
        const auto element = Element::objective("availability");
        if (objective->goodEventQuery.empty() || objective->totalEventQuery.empty()) {
            say(Code::CompileNoSli, {}, element);
            return std::nullopt;
        }
        auto good = query(objective->goodEventQuery, element, "sli.goodEventQuery");
        auto total = query(objective->totalEventQuery, element, "sli.totalEventQuery");
        if (!good || !total)
            return std::nullopt;
        return Sli{std::move(*good), std::move(*total)};
    }

    std::optional<Query> readLatency()
    {
        const auto& objective = m_intent.objectives.latency;
        if (!objective || objective->promql.empty())
            return std::nullopt;
        return query(objective->promql, Element::objective("latency"), "evidence.promql");
    }

    void checkWindows(const std::vector<BurnRow>& rows)
    {
        for (const auto& row : rows) {
            for (const auto window : {row.longWindow, row.shortWindow}) {
                if (!prometheusDuration(window))
                    fail(Code::WindowTooFine, {base::toString(window)}, Element::journey(),
                         "spec.governance.alerts.burnRatePolicy");
            }
        }
    }

    std::vector<PromoteGuard> guards() const
    {
        std::vector<PromoteGuard> list;
        const auto& actions = m_intent.governance.actions;
        for (std::size_t i = 0; i < actions.size(); ++i) {
            if (actions[i].kind == "promote" && !actions[i].guard.empty())
                list.push_back({actions[i].guard, "spec.governance.actions." + std::to_string(i) + ".guard"});
        }
        return list;
    }

    const Request& m_request;
    const journey::Intent& m_intent;
    Findings& m_findings;
    bool m_failed = false;
};

std::string ratio(const std::string& good, const std::string& total)
{
    return "1 - (\n  (" + good + " or 0 * " + total + ")\n  /\n  (" + total + " > 0)\n)";
}

} // namespace

std::string Sli::errorRatio(const std::string& window) const
{
    return ratio(good.summedOver(window), total.summedOver(window));
}

std::optional<std::string> Sli::errorRatio(const std::string& window, const std::string& matcher) const
{
    const auto some = good.summedOver(window, matcher);
    const auto all = total.summedOver(window, matcher);
    return some && all ? std::optional(ratio(*some, *all)) : std::nullopt;
}

std::string Subject::record(const std::string& what) const
{
    return "journey:" + seriesName(intent().name) + ':' + what;
}

std::optional<Subject> subjectOf(const Request& request, Findings& findings)
{
    return Reader(request, findings)();
}

} // namespace emac::artifacts
