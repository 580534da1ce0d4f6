// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/catalogue.h"

#include "core/spec/openslo.h"
#include "core/yaml/parse.h"

#include <algorithm>
#include <functional>

namespace emac::spec {

using base::Code;

namespace {

/// Errors of a file that perhaps nothing refers to are warnings.
base::Diagnostic asWarning(base::Diagnostic diagnostic)
{
    if (diagnostic.severity() == base::Severity::Error)
        diagnostic.message = {Code::OpenSloFaulty,
                              {base::codeName(diagnostic.message.code), base::english(diagnostic.message)}};
    return diagnostic;
}

} // namespace

void Catalogue::addFile(std::string_view text, const std::string& file, const base::Watch& watch)
{
    m_files.insert_or_assign(file, std::hash<std::string_view>()(text));
    auto stream = yaml::parse(text, file, {}, watch);
    base::Diagnostics found = std::move(stream.diagnostics);
    for (const auto& document : stream.documents) {
        const auto kind =
            document.root && document.root->kind == yaml::Kind::Mapping ? kindOf(*document.root) : DocumentKind();
        if (kind.what != DocumentClass::OpenSlo || !kind.apiVersions.empty())
            continue;
        Checker checker(file, Checker::UnknownKeys::Silent, watch);
        if (const auto read = readOpenSlo(*document.root, kind, checker))
            add(*read, checker);
        found.insert(found.end(), checker.diagnostics().begin(), checker.diagnostics().end());
    }
    for (auto& diagnostic : found)
        diagnostic = asWarning(std::move(diagnostic));
    finish(found, file);
    m_diagnostics.insert(m_diagnostics.end(), found.begin(), found.end());
}

void Catalogue::add(const OpenSloDocument& document, Checker& checker)
{
    const auto [first, isNew] = m_firstOfKindAndName.emplace(std::pair(document.kind, document.name), document.place);
    if (!isNew)
        checker.diagnostics().push_back(
            {{Code::DuplicateDocument, {document.kind, document.name, base::toString(first->second)}}, document.place});
    if (document.slo)
        m_slos.emplace(document.name, *document.slo);
    if (document.dataSource)
        m_dataSources.insert(std::ranges::upper_bound(m_dataSources, document.name, {}, &DataSource::name),
                             *document.dataSource);
}

void Catalogue::addSearched(std::string place)
{
    m_searched.push_back(std::move(place));
}

std::vector<const SloDocument*> Catalogue::find(std::string_view name) const
{
    std::vector<const SloDocument*> found;
    const auto [begin, end] = m_slos.equal_range(name);
    for (auto slo = begin; slo != end; ++slo)
        found.push_back(&slo->second);
    return found;
}

std::vector<std::string> Catalogue::names() const
{
    std::vector<std::string> names;
    for (const auto& [name, slo] : m_slos) {
        if (names.empty() || names.back() != name)
            names.push_back(name);
    }
    return names;
}

} // namespace emac::spec
