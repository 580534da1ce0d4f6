// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/message.h"
#include "core/workspace/process.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What `git` writes, as values. Nothing here runs anything.
namespace emac::workspace {

/// An entry of `git status --porcelain=v2 -z`.
struct StatusEntry
{
    enum class Kind
    {
        Changed,
        Unmerged,
        Untracked,
        Ignored
    };
    Kind kind = Kind::Changed;
    char index = '.'; ///< the index against HEAD: '.', or a letter such as M, A, D
    char disk = '.'; ///< the disk against the index
    bool inHead = false; ///< of changed ones
    std::string path;
};

struct StatusAnswer
{
    std::string head; ///< empty before the first commit
    std::string branch; ///< empty where HEAD is detached
    std::string upstream;
    std::optional<long> ahead;
    std::optional<long> behind;
    std::vector<StatusEntry> entries;
};

/// Of the output of `git status --porcelain=v2 -z`, with or without --branch. Absent where it is something else.
/// Lines of kinds that later versions of Git may add are passed over. O(size).
std::optional<StatusAnswer> readStatus(std::string_view output);

/// The texts that end in NUL each.
std::vector<std::string> readList(std::string_view output);

/// What to tell people of a git that ended with a status other than 0. All its words are the second argument of the
/// message. @param hooks names of the hooks that may have refused a commit; empty where none can have
base::Message refusal(const Finished& finished, const std::string& hooks = {});

/// Cut in the middle to 64 KiB, with an ellipsis.
std::string capped(std::string words);

} // namespace emac::workspace
