// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"
#include "core/yaml/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace emac::yaml {

/// What is read at most; beyond each there is a diagnostic of its own.
struct Limits
{
    std::size_t bytes = 64U << 20U;
    int depth = 460; ///< collections in collections (yaml-cpp itself gives up near 500)
    std::size_t expandedNodes = 2'000'000; ///< counting what aliases repeat, where there are aliases
};

struct Document
{
    NodePtr root; ///< null for an empty document, and for one with a syntax error
    Position position; ///< of its first node
    bool broken = false; ///< had a syntax error
    bool aliases = false; ///< has aliases
};

struct Stream
{
    std::vector<Document> documents;
    base::Diagnostics diagnostics; ///< sorted by place
};

/// Reads all documents of a text. At most one syntax error (nothing behind it is read); duplicate keys and wrong
/// aliases all at once. Checks the size, then UTF-8, then the structure. A leading byte-order mark is skipped, offsets
/// do not count it. Merge keys are resolved. Values stay as text: YAML's own types are not guessed, but for plain
/// `null`, `~` and nothing, which are Null. O(bytes); 2.5–6 MB/s (yaml-cpp). Looks at the watch between events and ends
/// with AnalysisStopped.
Stream parse(std::string_view text, const std::string& file, const Limits& limits = {}, const base::Watch& watch = {});

/// True where the text begins with a byte-order mark.
bool hasByteOrderMark(std::string_view text);

/// Offset of the first byte that is not valid UTF-8 (no surrogates, no overlong forms); npos where all is valid.
/// O(bytes).
std::size_t findInvalidUtf8(std::string_view text);

} // namespace emac::yaml
