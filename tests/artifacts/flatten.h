// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <string>

namespace emac::tests {

/// The scalars of a YAML document by their paths: "spec.groups[emac.checkout.sli].rules[journey:x:bound|optimistic].
/// expr". Items of a list go by their name, record or alert, with their labels `bound` and `contributor`; else by their
/// number; the second of a name with "#2". Values are without blanks, numbers in them rounded to eight digits after the
/// point, as published.
QMap<QString, QString> flatten(const std::string& text);

} // namespace emac::tests
