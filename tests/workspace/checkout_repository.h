// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/workspace/scratch_repository.h"

#include <QString>

namespace emac::tests {

/// A scratch repository with a small journey that compiles, not committed yet.
class CheckoutRepository : public ScratchRepository
{
public:
    CheckoutRepository() { write("checkout.yaml", intentText()); }

    static QByteArray intentText(const QByteArray& cart = "0.999")
    {
        return "# Checkout\n"
               "apiVersion: emac.dev/v1alpha1\n"
               "kind: JourneyIntent\n"
               "metadata: {name: checkout}\n"
               "spec:\n"
               "  objectives:\n"
               "    availability: {window: 30d, target: 0.99}\n"
               "  operator:\n"
               "    type: series\n"
               "    steps:\n"
               "      - ref: cart\n"
               "      - ref: paya\n"
               "  components:\n"
               "    cart: {kind: service, availability: "
               + cart
               + ", failureDomains: [zone-a]}\n"
                 "    paya: {kind: external_dependency, availability: 0.995, failureDomains: [network]}\n";
    }

    QString intent() const { return path(QStringLiteral("checkout.yaml")); }
    std::string intentPath() const { return intent().toStdString(); }
};

} // namespace emac::tests
