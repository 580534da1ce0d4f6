// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/documentvalue.h"

#include "core/journey/reconcile.h"

#include <utility>

namespace emac::widgets {

namespace {

/// The same places, of the nodes by the identity that they were handed.
spec::SourceMap renamed(const spec::SourceMap& sources, const journey::Reconciled& reconciled)
{
    spec::SourceMap map;
    for (const auto& [key, place] : sources.places()) {
        auto element = key.first;
        if (const auto old = reconciled.handedOver.find(element.node); old != reconciled.handedOver.end())
            element.node = old->second;
        map.add(element, key.second, place);
    }
    return map;
}

/// The fresh document as one that continues the older one.
spec::IntentDocument continued(const spec::IntentDocument& old, const spec::IntentDocument& fresh)
{
    auto reconciled = journey::reconcile(old.intent, fresh.intent);
    auto sources = renamed(fresh.sources, reconciled);
    return {std::move(reconciled.intent), std::move(sources)};
}

} // namespace

std::shared_ptr<const DocumentValue> readValue(FileContent content, const DocumentValue& before,
                                               const std::string& path)
{
    auto value = std::make_shared<DocumentValue>();
    value->text = std::move(content.text).value_or(std::string());
    value->layout = std::move(content.layout);
    auto read = spec::readIntent(value->text, path);
    value->parses = read.value.has_value();
    if (!read.value)
        value->document = before.document;
    else if (!before.document)
        value->document = std::make_shared<const spec::IntentDocument>(*std::move(read.value));
    else
        value->document = std::make_shared<const spec::IntentDocument>(continued(*before.document, *read.value));
    return value;
}

} // namespace emac::widgets
