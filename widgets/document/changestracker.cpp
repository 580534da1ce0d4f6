// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/changestracker.h"

#include <QFile>

#include <utility>

namespace emac::widgets {

using namespace std::chrono_literals;

namespace {

std::filesystem::path pathOf(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

} // namespace

ChangesTracker::ChangesTracker(QObject* parent) : QObject(parent), m_looks(0ms), m_diffs(0ms), m_commits(0ms) { }

ChangesTracker::~ChangesTracker() = default;

void ChangesTracker::setIntent(const QString& path)
{
    if (path == m_intent)
        return;
    m_intent = path;
    m_look = nullptr;
    m_looking = false;
    ++m_question;
    ++m_diffQuestion;
    if (!path.isEmpty())
        refresh();
    emit lookChanged();
}

void ChangesTracker::refresh()
{
    if (m_intent.isEmpty())
        return;
    m_looking = true;
    m_looks.submit([this, question = ++m_question, path = pathOf(m_intent)](const base::Watch& watch) {
        auto read = workspace::readChanges(path, watch);
        if (watch.expired())
            return; // a newer look is waiting
        auto look =
            std::make_shared<const ChangesLook>(ChangesLook{std::move(read.value), std::move(read.diagnostics)});
        QMetaObject::invokeMethod(
            this,
            [this, question, look] {
                if (question != m_question)
                    return;
                m_looking = false;
                m_look = look;
                emit lookChanged();
            },
            Qt::QueuedConnection);
    });
}

void ChangesTracker::requestDiff(const workspace::Change& change)
{
    m_diffs.submit([this, question = ++m_diffQuestion, look = m_look, change](const base::Watch& watch) {
        auto read = workspace::diffOf(*look->changes, change, watch);
        if (watch.expired())
            return;
        FileDiff diff{change.file.path, read.value.value_or(workspace::GitDiff()), std::move(read.diagnostics)};
        QMetaObject::invokeMethod(
            this,
            [this, question, diff = std::move(diff)] {
                if (question == m_diffQuestion)
                    emit diffRead(diff);
            },
            Qt::QueuedConnection);
    });
}

void ChangesTracker::commit(const QString& message, const workspace::CommitChoice& choice)
{
    m_isCommitting = true;
    emit committingChanged(true);
    m_commits.submit([this, choice, path = pathOf(m_intent), text = message.toStdString()](const base::Watch& watch) {
        auto made = workspace::commitChanges(path, text, choice, watch);
        CommitEnd end{std::move(made.value), std::move(made.diagnostics)};
        QMetaObject::invokeMethod(
            this,
            [this, end = std::move(end)] {
                m_isCommitting = false;
                emit committingChanged(false);
                emit committed(end);
                refresh();
            },
            Qt::QueuedConnection);
    });
}

void ChangesTracker::stop()
{
    if (m_isCommitting)
        m_commits.submit([](const base::Watch&) {}); // in whose way the commit is
}

} // namespace emac::widgets
