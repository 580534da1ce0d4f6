// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

namespace emac::widgets {

/// How something comes to its new place: at once, or over the time of the scene's animation. Its place is the new one
/// from the beginning, to hit tests and to whoever asks; only what is painted is on its way.
enum class Motion
{
    Jump,
    Glide
};

/// What can be on its way.
class Gliding
{
public:
    virtual ~Gliding() = default;

    bool isGliding() const { return m_progress < 1; }
    /// @param progress 0 where it began, 1 at rest
    void glide(double progress)
    {
        m_progress = progress;
        glided();
    }

protected:
    /// Begins, from what is painted now. `fresh`: nothing is, and it appears in its place.
    void beginGlide(bool fresh)
    {
        m_firstOpacity = fresh ? 0 : opacityShown();
        m_progress = 0;
    }
    void rest() { m_progress = 1; }
    double progress() const { return m_progress; }
    double opacityShown() const { return m_firstOpacity + (1 - m_firstOpacity) * m_progress; }
    double between(double from, double to) const { return from + (to - from) * m_progress; }
    QPointF between(QPointF from, QPointF to) const { return from + (to - from) * m_progress; }
    QRectF between(const QRectF& from, const QRectF& to) const
    {
        return {between(from.topLeft(), to.topLeft()),
                QSizeF(between(from.width(), to.width()), between(from.height(), to.height()))};
    }

private:
    virtual void glided() = 0; ///< is painted again

    double m_firstOpacity = 1;
    double m_progress = 1;
};

} // namespace emac::widgets
