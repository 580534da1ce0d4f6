// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/document.h"

#include "core/artifacts/names.h"
#include "core/base/decimal.h"
#include "core/yaml/emitter.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

namespace emac::artifacts {

using yaml::Content;

namespace {

constexpr std::string_view firstLine =
    "# Compiled by emac from a journey intent: change the intent and compile again.\n";
constexpr std::string_view intentLine = "# intent: ";

} // namespace

std::string sha256(std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        std::abort(); // fails for want of memory only
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 15U];
    }
    return text;
}

std::string fingerprint(const SourceFile& intent)
{
    return "sha256-" + sha256(intent.text);
}

std::string header(const Request& request)
{
    const auto line = [](std::string_view key, const SourceFile& file) {
        return std::string(key) + base::printable(file.path) + " sha256-" + sha256(file.text) + '\n';
    };
    auto text = std::string(firstLine) + line(intentLine, request.intentFile);
    text += request.modelFile ? line("# accepted model: ", *request.modelFile) : "# accepted model: none\n";
    return text + "# artifact format: " + std::to_string(artifactFormat) + '\n';
}

std::optional<std::string> intentOfHeader(std::string_view text)
{
    if (!text.starts_with(firstLine))
        return std::nullopt;
    text.remove_prefix(firstLine.size());
    if (!text.starts_with(intentLine))
        return std::nullopt;
    text.remove_prefix(intentLine.size());
    const auto line = text.substr(0, text.find('\n'));
    const auto blank = line.rfind(" sha256-");
    return blank == std::string_view::npos ? std::nullopt : std::optional<std::string>(line.substr(0, blank));
}

std::string document(const Request& request, const Content& content)
{
    const yaml::Syntax nothing({}, std::make_shared<const yaml::KeyTable>());
    yaml::KeyInterner keys(nothing.keys());
    const yaml::Habits habits;
    yaml::Emitter emitter({}, nothing, keys, habits);
    emitter.valueAt(content, 0);
    return header(request) + emitter.text() + '\n';
}

std::string numberText(double value)
{
    return base::Decimal::fromDouble(value).toString();
}

Content number(double value)
{
    // YAML 1.1 takes a number for one only with a point before the exponent.
    auto text = numberText(value);
    const auto exponent = text.find('e');
    if (exponent != std::string::npos && text.find('.') == std::string::npos)
        text.insert(exponent, ".0");
    return Content::plain(std::move(text));
}

double difference(double a, double b)
{
    return (base::Decimal::fromDouble(a) - base::Decimal::fromDouble(b)).toDouble();
}

Content expression(std::string text)
{
    if (text.find_first_of("\n\"") != std::string::npos && !text.ends_with('\n'))
        text += '\n';
    return Content::ofText(std::move(text));
}

Content texts(const std::vector<std::string>& list, bool flow)
{
    auto content = Content::sequence(flow || list.empty());
    for (const auto& text : list)
        content.add(Content::ofText(text));
    return content;
}

Content metadata(const Request& request, const std::string& name)
{
    auto labels = Content::mapping();
    for (const auto& [key, value] : request.intent.labels) {
        if (isLabelKey(key) && isLabelValue(value))
            labels.add(key, Content::ofText(value));
    }
    auto content = Content::mapping();
    if (!name.empty())
        content.add("name", Content::ofText(name));
    if (!labels.children.empty())
        content.add("labels", std::move(labels));
    auto annotations = Content::mapping();
    annotations.add("emac.dev/spec-hash", Content::ofText(fingerprint(request.intentFile)));
    content.add("annotations", std::move(annotations));
    return content;
}

} // namespace emac::artifacts
