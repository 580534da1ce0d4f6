// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/documentvalue.h"

#include "core/journey/reconcile.h"

#include <utility>

namespace emac::widgets {

namespace {

/// The fresh document as one that continues the older one.
spec::IntentDocument continued(const spec::IntentDocument& old, const spec::IntentDocument& fresh)
{
    auto reconciled = journey::reconcile(old.intent, fresh.intent);
    auto sources = fresh.sources.renamed(reconciled.handedOver);
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
