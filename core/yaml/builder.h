// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/parse.h"
#include "core/yaml/scan.h"

#include <yaml-cpp/eventhandler.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace emac::yaml {

/// Makes trees of yaml-cpp's events, with the places that the events lack.
class Builder final : public YAML::EventHandler
{
public:
    /// Thrown by an event where the rest of the text is not to be read; its diagnostic is already in the stream.
    struct Stop
    {
    };

    /// `text` is without byte-order mark, valid UTF-8, and lives as long as the builder. The events may be those of a
    /// text in which aliases to nothing are blanked by nulls.
    Builder(std::string_view text, const std::string& file, const Limits& limits, const base::Watch& watch,
            Stream& stream);

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override;
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override;
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;

    /// The document in work ends here, broken.
    void breakDocument();

    /// Behind the last thing that was read.
    std::size_t cursor() const { return m_cursor; }

    void report(base::Code code, std::vector<std::string> arguments, const Position& position);

private:
    struct Anchor
    {
        NodePtr node; ///< null while the node is being built
        std::uint64_t size = 0;
        int height = 0;
    };

    /// A collection that is being built.
    struct Frame
    {
        std::shared_ptr<Node> node;
        YAML::anchor_t anchor = 0;
        std::uint64_t sizeBefore = 0;
        int height = 1;
        bool hasKey = false;
        bool keyUsable = false;
        bool keyMerges = false;
        std::string key{};
        Position keyPosition{};
    };

    void begin(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool flow);
    void end();
    /// `alias`: where the alias stands that the node is reached through; empty where it is none.
    void add(const NodePtr& node, const Position& position, int height, const Span& alias = {});
    void takeKey(Frame& frame, const NodePtr& node, const Position& position);
    void settle(YAML::anchor_t anchor, const NodePtr& node, std::uint64_t size, int height);
    void finishMapping(Frame& frame);
    /// The mappings that are merged; reports where there is something else.
    std::vector<NodePtr> sourcesOf(const Entry& merge);
    void checkEvent();
    std::size_t valueOffset(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const;
    int blockColumn() const;
    bool isAliasToNothing(const Node& node) const;
    bool isWrittenNull(std::size_t offset, const Position& owner);
    Position placeOfNothing(std::size_t mark);
    [[noreturn]] void stop(base::Code code, std::vector<std::string> arguments, const Position& position);

    std::string_view m_text;
    const std::string& m_file;
    const Limits& m_limits;
    const base::Watch& m_watch;
    Stream& m_stream;

    scan::LineCounter m_lines;
    std::size_t m_cursor = 0;
    bool m_open = false; ///< a document is being read
    Position m_documentPosition;
    NodePtr m_root;
    std::vector<Frame> m_frames;
    std::vector<Anchor> m_anchors; ///< by yaml-cpp's number − 1
    bool m_aliases = false; ///< in this document
    std::uint64_t m_expanded = 0; ///< nodes of this document, with what aliases repeat
    std::uint64_t m_repeated = 0; ///< nodes that aliases repeat, in the whole stream
};

} // namespace emac::yaml
