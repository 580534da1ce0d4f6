// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace emac::tests {

/// A folder of its own with a small checkout journey: front, then cart beside pricing, then paya or payb.
/// front has its SLO in an OpenSLO file, the others state their numbers.
class CheckoutFolder
{
public:
    CheckoutFolder()
    {
        // A working copy of its own: nothing beside the folder is searched for SLOs.
        QDir(m_folder.path()).mkdir(QStringLiteral(".git"));
        write(QStringLiteral("checkout.yaml"), intentText());
        write(QStringLiteral("slo.yaml"), "apiVersion: openslo/v1\n"
                                          "kind: SLO\n"
                                          "metadata:\n"
                                          "  name: front-availability\n"
                                          "spec:\n"
                                          "  service: front\n"
                                          "  budgetingMethod: Occurrences\n"
                                          "  objectives:\n"
                                          "    - target: 0.9995\n");
    }

    static QByteArray intentText()
    {
        return "# Checkout\n"
               "apiVersion: emac.dev/v1alpha1\n"
               "kind: JourneyIntent\n"
               "metadata: {name: checkout}\n"
               "spec:\n"
               "  objectives:\n"
               "    availability: {window: 30d, target: 0.995}\n"
               "  operator:\n"
               "    type: series\n"
               "    steps:\n"
               "      - ref: front\n"
               "      - type: parallel\n"
               "        branches: [{ref: cart}, {ref: pricing}]\n"
               "      - type: race\n"
               "        id: payment\n"
               "        hedgeDelay: 50ms\n"
               "        branches: [{ref: paya}, {ref: payb}]\n"
               "  components:\n"
               "    front:\n"
               "      kind: service\n"
               "      atomicSLORef: openslo:front-availability  # the contract\n"
               "      failureDomains: [zone-a]\n"
               "    cart: {kind: service, availability: 0.999, failureDomains: [zone-a]}\n"
               "    pricing: {kind: service, availability: 0.999, failureDomains: [zone-a]}\n"
               "    paya: {kind: external_dependency, availability: 0.995, failureDomains: [network]}\n"
               "    payb: {kind: external_dependency, availability: 0.995, failureDomains: [network]}\n";
    }

    QString path(const QString& name = QStringLiteral("checkout.yaml")) const { return m_folder.filePath(name); }

    void write(const QString& name, const QByteArray& text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }

    QByteArray read(const QString& name = QStringLiteral("checkout.yaml")) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    QTemporaryDir m_folder;
};

} // namespace emac::tests
