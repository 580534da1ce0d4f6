// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"
#include "core/journey/landing.h"

#include <QMimeData>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace emac::widgets {

/// What a palette offers to put into a journey.
struct Carried
{
    enum class Kind
    {
        Operator, ///< a new frame
        Component, ///< a call of it; without a name, of a new one
        Fragment ///< a use of it
    };
    Kind kind = Kind::Component;
    journey::OperatorType type = journey::OperatorType::Call; ///< of an operator
    QString name; ///< of a component or a fragment
    /// Of a component that is known from elsewhere: what it is there, as spec::writeClip() writes it; may be empty.
    QString definition{};

    bool operator==(const Carried&) const = default;
};

/// All operators, as people are offered them.
inline constexpr journey::OperatorType offeredOperators[] = {
    journey::OperatorType::Series,  journey::OperatorType::Parallel, journey::OperatorType::Race,
    journey::OperatorType::KofN,    journey::OperatorType::Branch,   journey::OperatorType::Retry,
    journey::OperatorType::Timeout, journey::OperatorType::Fallback, journey::OperatorType::Optional};

/// As the data of a drag, which no other program understands.
std::unique_ptr<QMimeData> mimeOf(const Carried& carried);
/// Absent where the drag carries something else.
std::optional<Carried> carriedBy(const QMimeData* data);

/// What to put down for it. Absent for a fragment that the journey does not have.
std::optional<journey::Cargo> cargoOf(const Carried& carried, const journey::Journey& journey);

/// Of its cargo: the calls of new components whose names are not the person's own, in document order.
std::vector<journey::Element> unnamedCalls(const Carried& carried, const journey::Cargo& cargo);

/// "race", "payment", "new call": what people call it.
QString wordsOf(const Carried& carried);

/// What the next click on the canvas puts down, for those who rather click than drag. One for a window: the palette
/// sets it, the canvas takes it.
class PlacingTool : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const std::optional<Carried>& carried() const { return m_carried; }
    /// Absent: a click selects, as ever.
    void set(std::optional<Carried> carried);

signals:
    void changed();

private:
    std::optional<Carried> m_carried;
};

} // namespace emac::widgets
