// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/drawing/dottext.h"

#include "widgets/canvas/style.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <map>

namespace emac::widgets {

namespace {

using journey::Expression;
using journey::ExpressionPtr;
using journey::OperatorType;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::drawing)
};

/// One line of a label: whatever it holds, dot shows just that. Entities and escapes mean something to it.
QString escaped(const QString& text)
{
    QString result;
    for (const auto character : text) {
        if (character == u'\\' || character == u'"')
            result += u'\\';
        if (character == u'&')
            result += QStringLiteral("&amp;");
        else
            result += character.category() == QChar::Other_Control ? QChar(u' ') : character;
    }
    return result;
}

/// A quoted label of the lines that are not empty, each ended by `lineEnd`: n centres it, l begins it at the left.
QString label(const QStringList& lines, QChar lineEnd = u'n')
{
    QString text;
    for (const auto& line : lines) {
        if (!line.isEmpty())
            text += escaped(line) + u'\\' + lineEnd;
    }
    if (lineEnd == u'n')
        text.chop(2);
    return u'"' + text + u'"';
}

bool fansOut(OperatorType type)
{
    using enum OperatorType;
    return type == Parallel || type == Race || type == KofN || type == Branch || type == Fallback;
}

class Writer
{
public:
    explicit Writer(const DrawingSubject& subject) : m_subject(subject), m_uses(fragmentUses(subject.journey)) { }

    QString graph()
    {
        const auto& verdict = m_subject.verdict;
        const QStringList heading{m_subject.title, QStringList{verdict.word, verdict.numbers}.join(u' '),
                                  verdict.reason};
        line(QStringLiteral("digraph journey {"));
        ++m_depth;
        line(
            QStringLiteral("graph [rankdir=LR, fontname=\"Helvetica\", fontsize=12, labelloc=t, labeljust=l, label=%1]")
                .arg(label(heading, u'l')));
        line(QStringLiteral("node [shape=box, style=\"rounded,filled\", fillcolor=\"%1\", color=\"%2\", "
                            "fontname=\"Helvetica\", fontsize=11]")
                 .arg(theme::surface().name(), theme::border().name()));
        line(QStringLiteral("edge [color=\"%1\", arrowsize=0.7, fontname=\"Helvetica\", fontsize=10]")
                 .arg(canvas::flow().name()));
        page();
        for (std::size_t i = 0; i < m_subject.journey.fragments.size(); ++i)
            fragment(i);
        for (const auto& loose : looseComponents(m_subject.placement, m_subject.journey))
            this->loose(loose.component);
        --m_depth;
        line(QStringLiteral("}"));
        return m_text;
    }

private:
    /// Where arrows enter and leave what has been written.
    struct Ends
    {
        QString in;
        QString out;
    };

    void line(const QString& text) { m_text += QString(m_depth, u'\t') + text + u'\n'; }
    QString newName(const char* kind) { return QLatin1String(kind) + QString::number(++m_count); }
    void arrow(const QString& from, const QString& to, const QString& attributes = {})
    {
        line(from + QStringLiteral(" -> ") + to
             + (attributes.isEmpty() ? QString() : QStringLiteral(" [%1]").arg(attributes)));
    }
    QString mark(const QString& attributes)
    {
        auto name = newName("mark");
        line(name
             + QStringLiteral(" [label=\"\", style=filled, fillcolor=\"%1\", width=0.15, height=0.15, %2]")
                   .arg(theme::text().name(), attributes));
        return name;
    }

    void page()
    {
        const auto& root = m_subject.journey.root;
        if (!root)
            return;
        const auto start = mark(QStringLiteral("shape=circle"));
        const auto ends = journey::typeOf(*root) == OperatorType::Series ? chain(*root) : node(*root);
        const auto end = mark(QStringLiteral("shape=doublecircle"));
        arrow(start, ends.in);
        arrow(ends.out, end);
    }

    void fragment(std::size_t index)
    {
        const auto& fragment = m_subject.journey.fragments[index];
        if (!fragment.body)
            return;
        const QStringList heading{
            Words::tr("Fragment %1, %2").arg(QString::fromStdString(fragment.name), usesText(m_subject, fragment.name)),
            fragmentNumbers(m_subject, fragment)};
        openCluster(heading, theme::operatorColour(OperatorType::Use), "rounded,dashed");
        node(*fragment.body);
        closeCluster();
    }

    void loose(const std::string& component)
    {
        const auto look = looseLook(component, m_subject.journey, m_subject.numbers);
        line(newName("loose")
             + QStringLiteral(" [label=%1, style=\"rounded,dashed\"]").arg(label({look.title, look.numbers})));
    }

    void openCluster(const QStringList& heading, const QColor& colour, const char* style)
    {
        line(QStringLiteral("subgraph %1 {").arg(newName("cluster")));
        ++m_depth;
        line(QStringLiteral("graph [label=%1, style=\"%2\", color=\"%3\", fontcolor=\"%3\", fontsize=11]")
                 .arg(label(heading, u'l'), QLatin1String(style), colour.name()));
    }
    void closeCluster()
    {
        --m_depth;
        line(QStringLiteral("}"));
    }

    Ends node(const Expression& node)
    {
        const auto look = lookOf(node, m_subject.journey, m_uses, m_subject.numbers);
        if (look.type == OperatorType::Call || look.type == OperatorType::Use) {
            const auto name = newName("call");
            line(name
                 + QStringLiteral(" [label=%1%2]")
                       .arg(label({look.title, look.numbers, look.detail}),
                            look.type == OperatorType::Use ? QStringLiteral(", peripheries=2") : QString()));
            return {name, name};
        }
        const auto heading =
            look.detail.isEmpty() ? look.title : QStringLiteral("%1 (%2)").arg(look.title, look.detail);
        openCluster({heading, look.numbers}, theme::operatorColour(look.type),
                    look.type == OperatorType::Optional ? "rounded,dashed" : "rounded");
        auto ends = fansOut(look.type) ? fan(node) : chain(node);
        closeCluster();
        return ends;
    }

    Ends chain(const Expression& node)
    {
        Ends ends;
        journey::forEachChild(node, [&](const ExpressionPtr& child) {
            const auto step = this->node(*child);
            if (ends.in.isEmpty())
                ends.in = step.in;
            else
                arrow(ends.out, step.in);
            ends.out = step.out;
        });
        return ends;
    }

    Ends fan(const Expression& node)
    {
        const auto fork = mark(QStringLiteral("shape=diamond"));
        const auto join = mark(QStringLiteral("shape=diamond"));
        std::size_t index = 0;
        journey::forEachChild(node, [&](const ExpressionPtr& child) {
            const auto branch = this->node(*child);
            arrow(fork, branch.in, wayAttributes(node, index++));
            arrow(branch.out, join);
        });
        return {fork, join};
    }

    /// Of the arrow to the branch of this index.
    static QString wayAttributes(const Expression& node, std::size_t index)
    {
        if (const auto* branch = std::get_if<journey::Branch>(&node.op)) {
            const auto& choice = branch->choices[index];
            return QStringLiteral("label=%1")
                .arg(label({QString::fromStdString(choice.label), probabilityText(choice.probability)}));
        }
        if (std::holds_alternative<journey::Fallback>(node.op))
            return QStringLiteral("label=\"%1\"%2")
                .arg(index + 1)
                .arg(QLatin1String(index > 0 ? ", style=dashed" : ""));
        return {};
    }

    const DrawingSubject& m_subject;
    std::map<std::string, int> m_uses;
    QString m_text;
    int m_depth = 0;
    int m_count = 0;
};

} // namespace

QByteArray dotText(const DrawingSubject& subject)
{
    return Writer(subject).graph().toUtf8();
}

} // namespace emac::widgets
