// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edits.h"
#include "core/spec/write.h"
#include "tests/journey/random_edit.h"
#include "tests/journey/random_intent.h"
#include "tests/spec/edited_text.h"

#include <QtTest>

#include <rapidcheck.h>

#include <map>
#include <sstream>

using namespace emac;

namespace {

constexpr int editsInSequence = 30;

/// A document under edits; one that its text refuses changes nothing.
class Walk
{
public:
    Walk(tests::Random& random, const tests::Dress& dress) : m_random(random)
    {
        const auto text = tests::dressedText(random, tests::randomIntent(random), dress);
        auto read = spec::readIntent(text, "f");
        RC_ASSERT(read.value.has_value() && !base::hasErrors(read.diagnostics));
        m_now = *std::move(read.value);
    }

    const spec::IntentDocument& now() const { return m_now; }

    struct Step
    {
        journey::Edit edit;
        bool refusedByText = false;
    };
    /// The next edit that the journey takes; none where it took none of many.
    std::optional<Step> step()
    {
        for (int tries = 0; tries < 40; ++tries) {
            const auto edit = tests::randomEdit(m_random, now().intent);
            auto after = journey::apply(now().intent, edit);
            if (!after.value)
                continue;
            auto written = spec::write(now().sources, now().intent, *after.value);
            if (!written.value)
                return Step{edit, true};
            m_now = {*std::move(after.value), *std::move(written.value)};
            return Step{edit, false};
        }
        return std::nullopt;
    }

private:
    tests::Random& m_random;
    spec::IntentDocument m_now;
};

/// Every line of the one text is in the other, in the same order.
bool keepsLines(const std::string& before, const std::string& after)
{
    std::istringstream old(before);
    std::istringstream now(after);
    std::string line;
    std::string candidate;
    while (std::getline(old, line)) {
        do {
            if (!std::getline(now, candidate))
                return false;
        } while (candidate != line);
    }
    return true;
}

tests::Dress randomDress(tests::Random& random)
{
    return {random.chance(0.6), random.chance(0.5), random.chance(0.2), random.chance(0.2), random.chance(0.8)};
}

} // namespace

class TestWriteProperties : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // As many sequences as keep the tests short. RC_PARAMS=max_success=10000 asks for more.
#ifdef NDEBUG
        const QByteArray count = "max_success=1500";
#else
        const QByteArray count = "max_success=250";
#endif
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS", count);
    }

    /// The text reads as the intent, and its map is the one that reading gives; at every step of some sequences, at
    /// the end of all.
    void theTextIsTheIntent()
    {
        std::map<std::string, int> refusals;
        int steps = 0;
        QVERIFY(rc::check("the text is the intent", [&](std::uint64_t seed) {
            tests::Random random(seed);
            Walk walk(random, randomDress(random));
            const bool each = random.chance(0.1);
            for (int i = 0; i < editsInSequence; ++i) {
                const auto step = walk.step();
                if (!step)
                    break;
                ++(step->refusedByText ? refusals["text"] : steps);
                if (each)
                    RC_ASSERT(tests::faultOf(walk.now()) == std::string());
            }
            RC_ASSERT(tests::faultOf(walk.now()) == std::string());
        }));
        qInfo("%d edits written, %d refused by their text", steps, refusals["text"]);
        // What is written in brackets with comments around is rarely refused.
        QVERIFY(refusals["text"] * 100 < steps);
    }

    /// In a text in canonical form an edit and its inverse give back the bytes. The exception: what was removed after
    /// earlier edits had left it in another form comes back in canonical form.
    void editAndInverse()
    {
        int inverted = 0;
        int unequal = 0;
        QVERIFY(rc::check("an edit and its inverse", [&](std::uint64_t seed) {
            tests::Random random(seed);
            Walk walk(random, {});
            for (int i = 0; i < editsInSequence; ++i) {
                const auto before = walk.now();
                const auto step = walk.step();
                if (!step)
                    break;
                if (step->refusedByText)
                    continue;
                const auto inverse = tests::inverseOf(before.intent, step->edit, walk.now().intent);
                if (!inverse)
                    continue;
                const auto back = journey::apply(walk.now().intent, *inverse);
                RC_ASSERT(back.value.has_value());
                const auto written = spec::write(walk.now().sources, walk.now().intent, *back.value);
                RC_ASSERT(written.value.has_value());
                ++inverted;
                const bool same = written.value->text() == before.sources.text();
                unequal += same ? 0 : 1;
                // What only adds lines takes nothing away that could come back in another form.
                if (keepsLines(before.sources.text(), walk.now().sources.text()))
                    RC_ASSERT(same);
            }
        }));
        qInfo("%d edits taken back, %d with other bytes", inverted, unequal);
        QVERIFY(inverted > 0);
        QVERIFY(unequal * 100 <= inverted);
    }
};

QTEST_GUILESS_MAIN(TestWriteProperties)
#include "tst_write_properties.moc"
