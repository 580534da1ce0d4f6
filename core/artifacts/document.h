// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/request.h"
#include "core/yaml/content.h"

#include <optional>
#include <string>
#include <string_view>

/// The text of compiled files: YAML below a comment that says what it comes from.
namespace emac::artifacts {

/// Changes only when the form of what is compiled does.
inline constexpr int artifactFormat = 1;

/// 64 lower-case hexadecimal digits. O(bytes).
std::string sha256(std::string_view bytes);

/// Of an intent: what the annotation emac.dev/spec-hash holds.
std::string fingerprint(const SourceFile& intent);

/// The comment that every compiled file begins with.
std::string header(const Request& request);

/// The path of the intent that a compiled file names in its header; empty where the text does not begin with one.
std::optional<std::string> intentOfHeader(std::string_view text);

/// The header, then the content in canonical form, with one trailing newline.
std::string document(const Request& request, const yaml::Content& content);

/// The shortest decimal that reads back to the same double: "0.9974770619500125".
std::string numberText(double value);
/// The same as YAML reads it for a number: "1.0e-9".
yaml::Content number(double value);

/// a − b, without rounding but to the nearest double.
double difference(double a, double b);

/// A PromQL expression: in a literal block where it has several lines or quotes.
yaml::Content expression(std::string text);

/// A sequence of texts.
yaml::Content texts(const std::vector<std::string>& list, bool flow = false);

/// metadata of a compiled object: its name (left out where it is empty), those of the intent's labels that Kubernetes
/// takes, the fingerprint.
yaml::Content metadata(const Request& request, const std::string& name);

} // namespace emac::artifacts
