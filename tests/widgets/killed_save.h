// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checkoutfolder.h"

#include <string>

/// What the process that is killed writes: one text and one layout for each number.
namespace emac::tests::killed {

inline std::string textOf(int number)
{
    // Long enough that half of it would be seen.
    return QByteArray(CheckoutFolder::intentText() + "# " + QByteArray::number(number) + ' ' + QByteArray(20'000, 'x')
                      + '\n')
        .toStdString();
}

/// The number of a text that is whole; −1 where it is none of ours.
inline int numberOf(const std::string& text)
{
    const auto bytes = QByteArray::fromStdString(text);
    const auto at = bytes.lastIndexOf("\n# ");
    const int number = at < 0 ? -1 : bytes.mid(at + 3, bytes.indexOf(' ', at + 3) - at - 3).toInt();
    return textOf(number) == text ? number : -1;
}

inline std::string stampedText(qint64 milliseconds)
{
    return QByteArray(CheckoutFolder::intentText() + "# at " + QByteArray::number(milliseconds) + '\n').toStdString();
}

/// When the text was made; 0 where it is none of ours.
inline qint64 stampOf(const std::string& text)
{
    const auto at = text.rfind("# at ");
    const auto stamp =
        at == std::string::npos ? 0 : QByteArray::fromStdString(text.substr(at + 5)).trimmed().toLongLong();
    return stampedText(stamp) == text ? stamp : 0;
}

} // namespace emac::tests::killed
