// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"
#include "core/base/diagnostic.h"
#include "core/base/watch.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emac::spec {

class Checker;
struct OpenSloDocument;

/// An OpenSLO v1 document of kind DataSource.
struct DataSource
{
    std::string name; ///< metadata.name
    std::string type; ///< "Prometheus", …
    std::string address; ///< connectionDetails.address or .url; may be empty
    bool operator==(const DataSource&) const = default;
};

/// One objective of an OpenSLO v1 SLO.
struct SloObjective
{
    std::string displayName;
    std::optional<base::Ratio> target; ///< in (0, 1); from `target` or `targetPercent`
    base::Place place; ///< of the target
    std::string op{}; ///< "lte", "lt", "gte", "gt", or empty
    std::optional<double> value{}; ///< the threshold, in seconds for latency
};

/// An OpenSLO v1 document of kind SLO.
struct SloDocument
{
    std::string name; ///< metadata.name
    base::Place place; ///< of the document's metadata.name
    std::vector<SloObjective> objectives;
    std::string service{}; ///< spec.service; empty where it is not stated
};

/// A snapshot of the OpenSLO documents of a working copy. A value: built once, then only read.
class Catalogue
{
public:
    /// Adds what one file holds. OpenSLO documents of any v1 kind are checked; others are left alone.
    /// Places in diagnostics name the file as given.
    void addFile(std::string_view text, const std::string& file, const base::Watch& watch = {});

    /// Remembers a place that was searched, for messages about references that lead nowhere.
    void addSearched(std::string place);
    const std::vector<std::string>& searched() const { return m_searched; }

    /// All SLOs of this name: more than one is an error where it is referred to. Empty where there is none.
    std::vector<const SloDocument*> find(std::string_view name) const;
    std::vector<std::string> names() const; ///< sorted, without duplicates
    /// Sorted by name; of two of one name the one that was read first stands first.
    const std::vector<DataSource>& dataSources() const { return m_dataSources; }

    /// Warnings and errors of the files read; an error of a file that nothing refers to does not stop an analysis, so
    /// all are warnings here.
    const base::Diagnostics& diagnostics() const { return m_diagnostics; }

    /// The files that were added, with a hash of what each held: two catalogues of the same files hold the same.
    const std::map<std::string, std::size_t>& files() const { return m_files; }

    std::size_t size() const { return m_slos.size(); }

private:
    void add(const OpenSloDocument& document, Checker& checker);

    std::multimap<std::string, SloDocument, std::less<>> m_slos;
    std::vector<DataSource> m_dataSources;
    std::map<std::pair<std::string, std::string>, base::Place> m_firstOfKindAndName;
    std::vector<std::string> m_searched;
    std::map<std::string, std::size_t> m_files;
    base::Diagnostics m_diagnostics;
};

} // namespace emac::spec
