// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/fileopener.h"

namespace emac::widgets {

FileOpener::FileOpener(QObject* parent) : QObject(parent)
{
    m_worker.moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("file opener"));
    m_thread.start();
}

FileOpener::~FileOpener()
{
    m_stop.request_stop();
    m_thread.quit();
    m_thread.wait();
}

void FileOpener::open(const QString& path)
{
    ++m_pending;
    emit started(path);
    QMetaObject::invokeMethod(
        &m_worker,
        [this, path, token = m_stop.get_token()] {
            if (token.stop_requested())
                return;
            auto file = std::make_shared<const workspace::OpenedIntent>(
                workspace::openIntent(path.toStdString(), {}, base::Watch(token)));
            QMetaObject::invokeMethod(
                this,
                [this, file] {
                    --m_pending;
                    emit opened(file);
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

} // namespace emac::widgets
