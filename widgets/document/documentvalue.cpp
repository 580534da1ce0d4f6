// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/documentvalue.h"

#include <utility>

namespace emac::widgets {

std::shared_ptr<const DocumentValue> readValue(FileContent content, const DocumentValue& before,
                                               const std::string& path)
{
    auto value = std::make_shared<DocumentValue>();
    value->text = std::move(content.text).value_or(std::string());
    value->layout = std::move(content.layout);
    auto read = spec::readIntent(value->text, path);
    value->parses = read.value.has_value();
    value->document =
        read.value ? std::make_shared<const spec::IntentDocument>(*std::move(read.value)) : before.document;
    return value;
}

} // namespace emac::widgets
