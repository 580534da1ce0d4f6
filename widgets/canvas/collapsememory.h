// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/journeyscene.h"
#include "widgets/document/journeydocument.h"

#include <QObject>

#include <set>

namespace emac::widgets {

/// Keeps which operators are closed in a document's drawing from one opening of its file to the next, in the user's
/// settings: it is how someone looks at the journey, and so neither in the intent nor in its layout file. For the files
/// that were looked at last; nodes are named by their place keys, and what has no such place any more is forgotten.
class CollapseMemory : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostFiles = 200;

    /// Closes in the scene what was closed in the file's last one. Both outlive it.
    CollapseMemory(JourneyDocument* document, JourneyScene* scene, QObject* parent = nullptr);
    ~CollapseMemory() override;

private:
    void recall();
    void keep();

    JourneyDocument* m_document;
    JourneyScene* m_scene;
    bool m_recalled = false;
};

} // namespace emac::widgets
