// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/content.h"

#include <algorithm>

namespace emac::yaml {

const Content* Content::find(std::string_view key) const
{
    const auto found = std::ranges::find(keys, key);
    return found == keys.end() ? nullptr : &children[static_cast<std::size_t>(found - keys.begin())];
}

Content Content::ofText(std::string text)
{
    Content content;
    content.text = std::move(text);
    return content;
}

Content Content::plain(std::string text)
{
    auto content = ofText(std::move(text));
    content.kind = Kind::Plain;
    return content;
}

Content Content::sequence(bool flow)
{
    Content content;
    content.kind = Kind::Sequence;
    content.flow = flow;
    return content;
}

Content Content::mapping(bool flow)
{
    auto content = sequence(flow);
    content.kind = Kind::Mapping;
    return content;
}

Content Content::copy(NodeIndex existing)
{
    Content content;
    content.kind = Kind::Existing;
    content.existing = existing;
    return content;
}

Content& Content::add(std::string key, Content value)
{
    keys.push_back(std::move(key));
    children.push_back(std::move(value));
    return *this;
}

Content& Content::add(Content item)
{
    children.push_back(std::move(item));
    return *this;
}

} // namespace emac::yaml
