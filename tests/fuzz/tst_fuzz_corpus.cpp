// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_yaml.h"

#include <QtTest>

using namespace emac;

/// What fuzzing has found worth keeping: every input is read and edited again.
class TestFuzzCorpus : public QObject
{
    Q_OBJECT

private slots:
    void replay()
    {
        const QDir corpus(QStringLiteral(EMAC_SOURCE_DIR "/tests/fuzz/corpus"));
        const auto names = corpus.entryList(QDir::Files);
        QVERIFY(names.size() > 20);
        for (const auto& name : names) {
            QFile file(corpus.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto fault = tests::editedFault(file.readAll().toStdString());
            QVERIFY2(fault.empty(), (name.toStdString() + ": " + fault).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestFuzzCorpus)
#include "tst_fuzz_corpus.moc"
