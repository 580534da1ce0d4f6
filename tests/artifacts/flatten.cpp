// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/artifacts/flatten.h"

#include "core/yaml/parse.h"

#include <QRegularExpression>

namespace emac::tests {

namespace {

QString scalar(const yaml::Node* node, const char* key)
{
    const auto* entry = node->find(key);
    return entry != nullptr && entry->value->kind == yaml::Kind::Scalar ? QString::fromStdString(entry->value->text)
                                                                        : QString();
}

QString rounded(const QString& number)
{
    auto text = QString::number(number.toDouble(), 'f', 8);
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

QString normal(QString text)
{
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    static const QRegularExpression decimal(QStringLiteral("\\d+\\.\\d+(e[-+]?\\d+)?"));
    text.remove(blanks);
    QString out;
    qsizetype at = 0;
    auto found = decimal.globalMatch(text);
    while (found.hasNext()) {
        const auto match = found.next();
        out += text.mid(at, match.capturedStart() - at) + rounded(match.captured());
        at = match.capturedEnd();
    }
    return out + text.mid(at);
}

QString identity(const yaml::Node* item, int number)
{
    if (item->kind == yaml::Kind::Mapping) {
        for (const auto* key : {"name", "record", "alert"}) {
            auto name = scalar(item, key);
            if (name.isEmpty())
                continue;
            if (const auto* labels = item->find("labels")) {
                for (const auto* label : {"bound", "contributor"}) {
                    if (const auto value = scalar(labels->value.get(), label); !value.isEmpty())
                        name += u'|' + value;
                }
            }
            return name;
        }
    }
    return QString::number(number);
}

void collect(const yaml::Node* node, const QString& path, QMap<QString, QString>& out)
{
    switch (node->kind) {
    case yaml::Kind::Null:
        out[path] = QStringLiteral("null");
        break;
    case yaml::Kind::Scalar:
        out[path] = normal(QString::fromStdString(node->text));
        break;
    case yaml::Kind::Sequence: {
        if (node->items.empty())
            out[path] = QStringLiteral("[]");
        int number = 0;
        QMap<QString, int> seen;
        for (const auto& item : node->items) {
            auto name = identity(item.value.get(), number++);
            if (const int before = seen[name]++; before > 0)
                name += u'#' + QString::number(before + 1);
            collect(item.value.get(), path + u'[' + name + u']', out);
        }
        break;
    }
    case yaml::Kind::Mapping:
        for (const auto& entry : node->entries) {
            const auto key = QString::fromStdString(entry.key);
            collect(entry.value.get(), path.isEmpty() ? key : QString(path + u'.' + key), out);
        }
        break;
    }
}

} // namespace

QMap<QString, QString> flatten(const std::string& text)
{
    QMap<QString, QString> out;
    const auto stream = yaml::parse(text, "f");
    if (!stream.documents.empty() && stream.documents.front().root)
        collect(stream.documents.front().root.get(), {}, out);
    return out;
}

} // namespace emac::tests
