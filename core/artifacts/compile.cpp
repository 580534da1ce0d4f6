// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/compile.h"

#include "core/artifacts/alerts.h"
#include "core/artifacts/analysis_template.h"
#include "core/artifacts/derivation.h"
#include "core/artifacts/document.h"
#include "core/artifacts/recording_rules.h"
#include "core/artifacts/rollout.h"
#include "core/artifacts/subject.h"
#include "core/governance/latency_objectives.h"

#include <algorithm>
#include <set>
#include <utility>

namespace emac::artifacts {

using base::Code;

namespace {

class Compiler
{
public:
    Compiler(const Subject& subject, Compilation& result)
        : m_subject(subject)
        , m_findings(result.findings)
        , m_files(result.files)
        , m_unused(result.unused)
    {
    }

    void operator()()
    {
        const auto& paths = m_subject.paths;
        const auto& governed = m_subject.intent().governance;
        m_standard = stated(governed.alerts.promRuleOutput, "spec.governance.alerts.promRuleOutput");
        add(paths.recordingRules, m_standard, recordingRules(m_subject));
        add(paths.alerts, m_standard, alerts(m_subject));
        const bool gated = rollout();
        if (!gated)
            m_unused = {paths.analysisTemplate, paths.rollout};
        add(paths.report, m_standard, derivation(m_subject, gated));
        checkLatencyBound();
    }

private:
    /// @returns whether there is an analysis template
    bool rollout()
    {
        const auto& delivery = m_subject.intent().governance.delivery;
        const auto say = [this](Code code) {
            m_findings.push_back({{code, {}}, journey::Element::journey(), "spec.governance.progressiveDelivery"});
        };
        if (delivery.provider == "flagger") {
            say(Code::FlaggerNotWritten);
            return false;
        }
        auto content = analysisTemplate(m_subject, m_findings);
        if (!content) {
            if (!delivery.provider.empty() || !delivery.analysisTemplateOutput.empty())
                say(Code::GateEmpty);
            return false;
        }
        const auto own =
            stated(delivery.analysisTemplateOutput, "spec.governance.progressiveDelivery.analysisTemplateOutput");
        add(m_subject.paths.analysisTemplate, own.empty() ? m_standard : own, *content);
        add(m_subject.paths.rollout, m_standard, rolloutSnippet(m_subject, m_findings));
        return true;
    }

    /// Says why there is no bound on p99, where some latency is known and the bound is asked for.
    void checkLatencyBound()
    {
        const auto& request = m_subject.request;
        const auto asks = [](const PromoteGuard& guard) { return guard.text.find("p99_U") != std::string::npos; };
        const bool asked = request.intent.objectives.latency || std::ranges::any_of(m_subject.guards, asks);
        if (!asked || request.latency == nullptr || governance::upperPercentile(*request.latency, 0.99))
            return;
        const auto element =
            request.intent.objectives.latency ? journey::Element::objective("latency") : journey::Element::journey();
        const auto& called = request.intent.journey.components.list();
        const bool someKnown = std::ranges::any_of(called, [&request](const auto& component) {
            const auto* input = request.inputs.find(component->name);
            return input != nullptr && input->latency;
        });
        const auto& [law, lacking, open, notes] = *request.latency;
        if (law && law->approximate)
            m_findings.push_back({{Code::CompileP99Approximate, {}}, element});
        else if (law && open.empty())
            m_findings.push_back({{Code::CompileP99Unbounded, {}}, element});
        else if (law)
            m_findings.push_back({{Code::CompileP99Open, {base::listed(open)}}, element});
        else if (someKnown)
            m_findings.push_back({{Code::CompileP99Lacking, {base::listed(lacking)}}, element});
    }

    std::string stated(const std::string& path, const char* field) const
    {
        return path.empty() || m_subject.request.outputFolder ? std::string() : field;
    }

    void add(const std::string& path, std::string field, const yaml::Content& content)
    {
        if (!m_paths.insert(path).second)
            m_findings.push_back({{Code::ArtifactsOnePlace, {path}}, journey::Element::journey(), field});
        m_files.push_back({path, std::move(field), document(m_subject.request, content)});
    }

    const Subject& m_subject;
    Findings& m_findings;
    std::vector<Artifact>& m_files;
    std::vector<std::string>& m_unused;
    std::set<std::string> m_paths;
    std::string m_standard; ///< the field that decides where the standard places are; empty where none does
};

} // namespace

Compilation compile(const Request& request)
{
    Compilation result;
    if (const auto subject = subjectOf(request, result.findings))
        Compiler(*subject, result)();
    for (const auto& finding : result.findings) {
        if (base::messageTemplate(finding.message.code).severity == base::Severity::Error)
            result.files.clear();
    }
    return result;
}

} // namespace emac::artifacts
