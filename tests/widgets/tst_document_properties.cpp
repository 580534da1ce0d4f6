// SPDX-License-Identifier: GPL-3.0-or-later
// Random edits of every kind, typing and placing among them, against undo and redo.
#include "tests/journey/random_edit.h"
#include "tests/journey/random_intent.h"
#include "tests/spec/edited_text.h"
#include "widgets/document/journeydocument.h"

#include <QStandardPaths>
#include <QTest>
#include <QUndoStack>

#include <rapidcheck.h>

#include <map>
#include <string>

using namespace emac;
using namespace emac::widgets;
using tests::Random;

namespace {

constexpr int gestures = 30;

workspace::OpenedIntent opened(Random& random)
{
    const tests::Dress dress{random.chance(0.6), random.chance(0.5), random.chance(0.2), random.chance(0.2),
                             random.chance(0.8)};
    workspace::OpenedIntent file;
    file.path = "/nowhere/checkout.yaml";
    file.text = tests::dressedText(random, tests::randomIntent(random), dress);
    auto read = spec::readIntent(file.text, file.path);
    RC_ASSERT(read.value.has_value() && !base::hasErrors(read.diagnostics));
    file.document = std::move(read.value);
    file.catalogue = std::make_shared<const spec::Catalogue>();
    return file;
}

/// A document with what it held at each place of its undo stack.
class Walk
{
public:
    explicit Walk(Random& random) : m_random(random), m_document(opened(random)) { note("opened"); }

    void gesture()
    {
        switch (m_random.below(10)) {
        case 0:
            type(m_document.text() + "\n# typed\n");
            break;
        case 1: // and mended by a later gesture
            type("apiVersion: [\n" + m_document.text());
            break;
        case 2:
            mend();
            break;
        case 3:
            place();
            break;
        case 4:
            m_document.undoStack()->setIndex(static_cast<int>(m_random.below(size() + 1)));
            break;
        default:
            edit();
        }
        note("gesture");
    }

    void undoAndRedoAll()
    {
        const auto last = now();
        while (m_document.undoStack()->canUndo()) {
            m_document.undoStack()->undo();
            expect();
        }
        while (m_document.undoStack()->canRedo()) {
            m_document.undoStack()->redo();
            expect();
        }
        if (m_atEnd)
            RC_ASSERT(now() == last);
    }

    int edits() const { return m_edits; }

private:
    /// Text and layout, as they would be written.
    std::pair<std::string, std::string> now() const { return {m_document.text(), layoutText(m_document.value())}; }
    std::size_t size() { return static_cast<std::size_t>(m_document.undoStack()->count()); }

    void note(const char* what)
    {
        const int index = m_document.undoStack()->index();
        const auto known = m_seen.find(index);
        m_atEnd = index == m_document.undoStack()->count();
        if (!m_atEnd && known != m_seen.end())
            RC_ASSERT(known->second == now()); // undone or redone to here
        m_seen.erase(m_atEnd ? m_seen.lower_bound(index) : m_seen.end(), m_seen.end());
        m_seen.insert_or_assign(index, now());
        const auto& value = m_document.value();
        RC_ASSERT(value.document != nullptr);
        if (value.parses && tests::faultOf(*value.document) != std::string())
            RC_FAIL(std::string(what) + ": " + tests::faultOf(*value.document));
    }

    void expect()
    {
        const auto known = m_seen.find(m_document.undoStack()->index());
        if (known != m_seen.end())
            RC_ASSERT(now() == known->second);
        RC_ASSERT(m_document.isModified() == (now() != m_seen.at(0)));
    }

    void edit()
    {
        for (int tries = 0; m_document.isEditable() && tries < 10; ++tries) {
            const auto before = m_document.revision();
            const auto edit = tests::randomEdit(m_random, m_document.intent());
            if (m_document.apply(edit, QStringLiteral("edit")).isEmpty() && m_document.revision() != before) {
                ++m_edits;
                return;
            }
        }
    }

    void type(const std::string& text)
    {
        m_document.endTyping();
        RC_ASSERT(m_document.setText(text).isEmpty());
    }

    void mend()
    {
        if (m_document.text().starts_with("apiVersion: [\n"))
            type(m_document.text().substr(std::string("apiVersion: [\n").size()));
    }

    void place()
    {
        const auto& root = m_document.intent().journey.root;
        if (!root || !m_document.isEditable())
            return;
        auto placement = m_document.value().placement;
        placement.nodes[root->id] = {m_random.unit() * 100, m_random.unit() * 100};
        RC_ASSERT(m_document.setPlacement(placement, QStringLiteral("place")).isEmpty());
    }

    Random& m_random;
    JourneyDocument m_document;
    std::map<int, std::pair<std::string, std::string>> m_seen; ///< by index of the undo stack
    bool m_atEnd = true; ///< nothing is undone
    int m_edits = 0;
};

} // namespace

class TestDocumentProperties : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        // As many sequences as keep the test short. RC_PARAMS=max_success=1000 asks for more.
#ifdef NDEBUG
        const QByteArray count = "max_success=150";
#else
        const QByteArray count = "max_success=30";
#endif
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS", count);
    }

    void whatIsUndoneComesBackToTheByte()
    {
        int edits = 0;
        QVERIFY(rc::check("undo and redo bring back every byte", [&](std::uint64_t seed) {
            Random random(seed);
            Walk walk(random);
            for (int i = 0; i < gestures; ++i)
                walk.gesture();
            edits += walk.edits();
            walk.undoAndRedoAll();
        }));
        qInfo("%d edits", edits);
        QVERIFY(edits > 0);
    }
};

QTEST_MAIN(TestDocumentProperties)
#include "tst_document_properties.moc"
