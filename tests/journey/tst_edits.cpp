// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edits.h"
#include "core/journey/limits.h"
#include "core/journey/paths.h"
#include "tests/journey/short_form.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace emac;
using namespace emac::journey;
using namespace std::chrono_literals;
using emac::tests::intentOf;
using emac::tests::shortForm;
using Type = emac::journey::OperatorType;

namespace {

base::Ratio ratio(const std::string& text)
{
    return base::Ratio(base::Decimal::parse(text).value());
}

ExpressionPtr call(const std::string& component)
{
    return makeExpression(journey::Call{component});
}

/// Finds nodes of one journey by what is called, used or done there: "a", "a#1", "f", "race", "x".
class Nodes
{
public:
    explicit Nodes(const Journey& journey)
    {
        for (const auto& place : nodePlaces(journey))
            m_nodes.push_back(place.node);
    }

    NodeId operator()(const std::string& name) const
    {
        const auto hash = name.find('#');
        auto skip = hash == std::string::npos ? 0 : std::stoi(name.substr(hash + 1));
        for (const auto& node : m_nodes) {
            if (displayName(*node) == name.substr(0, hash) && skip-- == 0)
                return node->id;
        }
        qFatal("no node %s", name.c_str());
    }

private:
    std::vector<ExpressionPtr> m_nodes;
};

using MakeEdit = std::function<Edit(const Nodes&)>;

QString refusal(const base::Result<Intent>& result)
{
    if (result.value || result.diagnostics.empty())
        return QStringLiteral("not refused");
    return QString::fromStdString(base::codeName(result.diagnostics.front().message.code));
}

/// What the edit makes of the journey, or the code of the refusal.
QString edited(const std::string& before, const MakeEdit& edit)
{
    const auto intent = intentOf(before);
    const auto result = journey::apply(intent, edit(Nodes(intent.journey)));
    return result.value ? QString::fromStdString(shortForm(result.value->journey)) : refusal(result);
}

/// Component `a`, called, with values that are sound.
Intent withComponent(const std::function<void(Component&)>& change = {})
{
    auto intent = intentOf("a");
    Component component = *intent.journey.components.find("a");
    if (change)
        change(component);
    intent.journey.components = Components({std::make_shared<const Component>(component)});
    return intent;
}

QString refusalOf(const std::function<void(Component&)>& change)
{
    return refusal(journey::apply(intentOf("a"), SetComponent{*withComponent(change).journey.components.find("a")}));
}

} // namespace

Q_DECLARE_METATYPE(MakeEdit)

class TestEdits : public QObject
{
    Q_OBJECT

    void compare()
    {
        QFETCH(QString, before);
        QFETCH(MakeEdit, edit);
        QFETCH(QString, after);
        QCOMPARE(edited(before.toStdString(), edit), after);
    }

    void row(const char* name, const char* before, const MakeEdit& edit, const char* after)
    {
        QTest::newRow(name) << QString::fromUtf8(before) << edit << QString::fromUtf8(after);
    }

    void columns()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<MakeEdit>("edit");
        QTest::addColumn<QString>("after"); ///< or the code of the refusal
    }

private slots:
    void theShortFormReadsWhatItWrites()
    {
        for (const char* text :
             {"", "a",
              "Series(a, x=Race(b, c), KofN(2; d, e), Branch(0.3 a, 0.6..0.7 Use(f))) | f = Retry(g) | h = "
              "Fallback(a, Timeout(b), Optional(c))",
              "| f = Parallel(a)"})
            QCOMPARE(shortForm(intentOf(text).journey), std::string(text));
    }

    void inserting_data()
    {
        columns();
        const auto child = [](const std::string& parent, std::size_t index, const std::string& component) -> MakeEdit {
            return [=](const Nodes& at) { return InsertChild{at(parent), index, call(component)}; };
        };
        const auto beside = [](const std::string& node, Side side, const std::string& component) -> MakeEdit {
            return [=](const Nodes& at) { return InsertBeside{at(node), side, call(component)}; };
        };
        row("first step", "Series(a, b)", child("series", 0, "b"), "Series(b, a, b)");
        row("last step", "Series(a, b)", child("series", 2, "a"), "Series(a, b, a)");
        row("beyond the end", "Series(a, b)", child("series", 3, "a"), "EMAC-801");
        row("a branch of a parallel", "Parallel(a)", child("parallel", 1, "a"), "Parallel(a, a)");
        row("k stays", "KofN(2; a, b)", child("kofn", 1, "a"), "KofN(2; a, a, b)");
        row("a new primary", "Fallback(a, b)", child("fallback", 0, "b"), "Fallback(b, a, b)");
        row("a choice", "Branch(1 a)", child("branch", 0, "a"), "Branch(0 a, 1 a)");
        row("before a body", "Retry(a)", child("retry", 0, "a"), "Retry(Series(a, a))");
        row("behind a body", "Timeout(Race(a))", child("timeout", 1, "a"), "Timeout(Series(Race(a), a))");
        row("behind a body of steps", "Retry(x=Series(a, b))", child("retry", 1, "a"), "Retry(x=Series(a, b, a))");
        row("into a call", "a", child("a", 0, "a"), "EMAC-814");
        row("an unknown component", "Series(a)", child("series", 0, "b"), "EMAC-301");
        row(
            "an unknown parent", "Series(a)",
            [](const Nodes&) {
                return InsertChild{newNodeId(), 0, call("a")};
            },
            "EMAC-801");
        row("into a fragment", "a | f = Series(b)", child("series", 1, "a"), "a | f = Series(b, a)");
        row("beside a step", "Series(a, b)", beside("a", Side::After, "a"), "Series(a, a, b)");
        row("before a step", "Series(a, b)", beside("b", Side::Before, "a"), "Series(a, a, b)");
        row("beside a root", "a", beside("a", Side::Before, "a"), "Series(a, a)");
        row("beside a root of steps", "x=Series(a, b)", beside("x", Side::After, "a"), "x=Series(a, b, a)");
        row("before a root of steps", "x=Series(a, b)", beside("x", Side::Before, "b"), "x=Series(b, a, b)");
        row("beside a branch", "Race(a, b)", beside("b", Side::After, "a"), "Race(a, Series(b, a))");
        row("beside a choice", "Branch(0.4 a, 0.6 b)", beside("b", Side::After, "a"),
            "Branch(0.4 a, 0.6 Series(b, a))");
        row(
            "steps into steps", "Series(a, Race(b))",
            [](const Nodes& at) {
                return InsertChild{at("series"), 1, makeExpression(journey::Series{{call("a"), call("b")}})};
            },
            "Series(a, a, b, Race(b))");
        row(
            "what is there already", "Series(a, b)",
            [](const Nodes& at) {
                auto node = std::make_shared<Expression>(*call("a"));
                node->id = at("b");
                return InsertChild{at("series"), 0, node};
            },
            "EMAC-818");
        row(
            "a taken id", "Series(x=a)",
            [](const Nodes& at) {
                return InsertChild{at("series"), 0, makeExpression(journey::Call{"a"}, "x")};
            },
            "EMAC-809");
        row(
            "nothing", "Series(a)",
            [](const Nodes& at) {
                return InsertChild{at("series"), 0, nullptr};
            },
            "EMAC-818");
        row(
            "k above n", "Series(a)",
            [](const Nodes& at) {
                return InsertChild{at("series"), 0, makeExpression(journey::KofN{2, {call("a")}})};
            },
            "EMAC-313");
        row(
            "a cycle", "Use(f) | f = Series(a)",
            [](const Nodes& at) {
                return InsertChild{at("series"), 0, makeExpression(journey::Use{"f"})};
            },
            "EMAC-308");
        const auto root = [](const std::string& fragment) -> MakeEdit {
            return [=](const Nodes&) { return SetRoot{fragment, makeExpression(journey::Use{"f"})}; };
        };
        row("first node", "| f = a", root(""), "Use(f) | f = a");
        row("a root that is", "a | f = a", root(""), "EMAC-817");
        row("a new fragment", "a | f = a", root("g"), "a | f = a | g = Use(f)");
        row("a fragment that is", "a | f = a", root("f"), "EMAC-809");
        row("a fragment without a name", "a | f = a", root("\n"), "EMAC-227");
    }
    void inserting() { compare(); }

    void removing_data()
    {
        columns();
        const auto remove = [](const std::vector<std::string>& names) -> MakeEdit {
            return [=](const Nodes& at) {
                RemoveNodes edit;
                for (const auto& name : names)
                    edit.ids.push_back(at(name));
                return edit;
            };
        };
        row("a step", "Series(a, b, c)", remove({"b"}), "Series(a, c)");
        row("one step is left", "Series(a, b)", remove({"b"}), "Series(a)");
        row("the last child takes its frame", "Series(a, Timeout(Retry(b)))", remove({"b"}), "Series(a)");
        row("the last node", "Series(Retry(a))", remove({"a"}), "");
        row("a selection", "Series(a, Race(b, c), d)", remove({"d", "b"}), "Series(a, Race(c))");
        row("inside another", "Series(a, Race(b, c))", remove({"b", "race", "c"}), "Series(a)");
        row("k is lowered", "KofN(2; a, b, c)", remove({"a", "b"}), "KofN(1; c)");
        row("k is kept", "KofN(2; a, b, c)", remove({"a"}), "KofN(2; b, c)");
        row("the primary", "Fallback(a, b, c)", remove({"a"}), "Fallback(b, c)");
        row("one try is left", "Series(Fallback(a, b))", remove({"a"}), "Series(b)");
        row("steps as the only try", "Series(a, Fallback(b, Series(c, d)))", remove({"b"}), "Series(a, c, d)");
        row("a choice", "Branch(0.2 a, 0.3 b, 0.5 c)", remove({"a"}), "Branch(0.3 b, 0.7 c)");
        row("exactly", "Branch(0.1 a, 0.2 b, 0.7 c)", remove({"b", "a"}), "Branch(1 c)");
        row("intervals", "Branch(0.1..0.2 a, 0.2..0.3 b, 0.5..0.6 c)", remove({"a"}), "Branch(0.2..0.3 b, 0.6..0.8 c)");
        row("a fragment in use", "Use(f) | f = a", remove({"a"}), "EMAC-811");
        row("a fragment that is not used", "b | f = a", remove({"a"}), "b");
        row("a fragment with its use", "Series(b, Use(f)) | f = a", remove({"a", "f"}), "Series(b)");
        row("nothing", "a", remove({}), "EMAC-801");
        row("read steps of steps stay", "Series(a, Series(b, c), d)", remove({"c"}), "Series(a, Series(b), d)");
    }
    void removing() { compare(); }

    void moving_data()
    {
        columns();
        const auto move = [](const std::vector<std::string>& names, const std::string& parent,
                             std::size_t index) -> MakeEdit {
            return [=](const Nodes& at) {
                MoveNodes edit{{}, at(parent), index};
                for (const auto& name : names)
                    edit.ids.push_back(at(name));
                return edit;
            };
        };
        row("ahead", "Series(a, b, c)", move({"c"}, "series", 0), "Series(c, a, b)");
        row("back", "Series(a, b, c)", move({"a"}, "series", 3), "Series(b, c, a)");
        row("to its own place", "Series(a, b, c)", move({"b"}, "series", 1), "Series(a, b, c)");
        row("in document order", "Series(a, b, c, Race(d))", move({"c", "a"}, "race", 1), "Series(b, Race(d, a, c))");
        row("the emptied frame goes", "Series(Retry(a), Race(b))", move({"a"}, "race", 0), "Series(Race(a, b))");
        row("out of the frame that it empties", "Series(b, Retry(a))", move({"a"}, "series", 0), "Series(a, b)");
        row("into a body", "Series(a, Retry(b))", move({"a"}, "retry", 0), "Series(Retry(Series(a, b)))");
        row("into a fragment", "Series(a, Use(f)) | f = Race(b)", move({"a"}, "race", 0),
            "Series(Use(f)) | f = Race(a, b)");
        row("out of a fragment in use", "Series(a, Use(f)) | f = b", move({"b"}, "series", 0), "EMAC-811");
        row("into itself", "Series(Race(Retry(a)))", move({"race"}, "retry", 0), "EMAC-813");
        row("into a call", "Series(a, b)", move({"a"}, "b", 0), "EMAC-814");
        row("a cycle", "Series(Use(f), Use(f)) | f = Race(a)", move({"f"}, "race", 0), "EMAC-308");
        row("choices keep theirs", "Branch(0.2 a, 0.3 b, 0.5 c)", move({"a"}, "branch", 3),
            "Branch(0.3 b, 0.5 c, 0.2 a)");
        row("a choice from elsewhere", "Series(a, Branch(1 b))", move({"a"}, "branch", 0), "Series(Branch(0 a, 1 b))");
        row("a choice to elsewhere", "Series(a, Branch(0.4 b, 0.6 c))", move({"b"}, "series", 0),
            "Series(b, a, Branch(1 c))");
        row("k is lowered", "Series(KofN(2; a, b))", move({"a"}, "series", 0), "Series(a, KofN(1; b))");
        row("steps into steps", "Race(Series(a, b), x=Series(c))", move({"series"}, "x", 1), "Race(x=Series(c, a, b))");
        row("a promoted alternate", "Series(Fallback(a, b, c))", move({"a"}, "series", 1), "Series(Fallback(b, c), a)");
    }
    void moving() { compare(); }

    void wrapping_data()
    {
        columns();
        const auto wrap = [](const std::vector<std::string>& names, OperatorType type,
                             const std::vector<std::string>& further = {}) -> MakeEdit {
            return [=](const Nodes& at) {
                journey::Wrap edit{{}, type};
                for (const auto& name : names)
                    edit.ids.push_back(at(name));
                for (const auto& name : further)
                    edit.further.push_back(call(name));
                return edit;
            };
        };
        row("a root", "a", wrap({"a"}, Type::Parallel), "Parallel(a)");
        row("siblings", "Series(a, b, c, d)", wrap({"c", "a"}, Type::Race), "Series(Race(a, c), b, d)");
        row("under a body", "Series(a, b, c)", wrap({"b", "c"}, Type::Retry), "Series(a, Retry(Series(b, c)))");
        row("k of two", "Series(a, b)", wrap({"a", "b"}, Type::KofN), "Series(KofN(1; a, b))");
        row("k of three", "Series(a, b, c)", wrap({"a", "b", "c"}, Type::KofN), "Series(KofN(2; a, b, c))");
        row("k of one", "a", wrap({"a"}, Type::KofN), "KofN(1; a)");
        row("thirds", "Series(a, b, c)", wrap({"a", "b", "c"}, Type::Branch),
            "Series(Branch(0.334 a, 0.333 b, 0.333 c))");
        row("quarters", "Series(a, a, a, a)", wrap({"a", "a#1", "a#2", "a#3"}, Type::Branch),
            "Series(Branch(0.25 a, 0.25 a, 0.25 a, 0.25 a))");
        row("a primary first", "Series(a, b)", wrap({"b", "a"}, Type::Fallback), "Series(Fallback(a, b))");
        row("one try", "Series(a, b)", wrap({"a"}, Type::Fallback), "EMAC-815");
        row("with a new alternate", "Series(a, b)", wrap({"a"}, Type::Fallback, {"b"}), "Series(Fallback(a, b), b)");
        row("with an unknown alternate", "a", wrap({"a"}, Type::Race, {"b"}), "EMAC-301");
        row("choices", "Branch(0.2 a, 0.3 b, 0.5 c)", wrap({"a", "b"}, Type::Race), "Branch(0.5 Race(a, b), 0.5 c)");
        row("tries of a fallback", "Fallback(a, b)", wrap({"a", "b"}, Type::Race), "Race(a, b)");
        row("nested choices, k", "KofN(2; a, b, c)", wrap({"a", "b"}, Type::Series), "KofN(2; Series(a, b), c)");
        row("steps as steps", "Series(a, b, c)", wrap({"a", "b"}, Type::Series), "EMAC-816");
        row("one series as a series", "Race(Series(a))", wrap({"series"}, Type::Series), "EMAC-816");
        row("not siblings", "Series(a, Race(b))", wrap({"a", "b"}, Type::Race), "EMAC-812");
        row("as a call", "a", wrap({"a"}, Type::Call), "EMAC-814");
        row("as a use", "a", wrap({"a"}, Type::Use), "EMAC-814");
        row("nothing", "a", wrap({}, Type::Race), "EMAC-801");
    }
    void wrapping() { compare(); }

    void unwrappingAndChanging_data()
    {
        columns();
        const auto unwrap = [](const std::string& name) -> MakeEdit {
            return [=](const Nodes& at) { return Unwrap{at(name)}; };
        };
        const auto change = [](const std::string& name, OperatorType type) -> MakeEdit {
            return [=](const Nodes& at) { return ChangeOperator{at(name), type}; };
        };
        row("unwrap a body", "Series(a, Retry(b))", unwrap("retry"), "Series(a, b)");
        row("unwrap branches into steps", "Series(a, Race(b, c))", unwrap("race"), "Series(a, b, c)");
        row("unwrap steps into branches", "Race(a, Series(b, c))", unwrap("series"), "Race(a, b, c)");
        row("unwrap steps into steps", "Series(a, Retry(Series(b, c)))", unwrap("retry"), "Series(a, b, c)");
        row("unwrap a root", "Race(a, b)", unwrap("race"), "Series(a, b)");
        row("unwrap a root of steps", "Series(a, b)", unwrap("series"), "EMAC-816");
        row("unwrap a root of one step", "Series(a)", unwrap("series"), "a");
        row("unwrap a choice", "Branch(0.4 Retry(a), 0.6 b)", unwrap("retry"), "Branch(0.4 a, 0.6 b)");
        row("unwrap a choice of several", "Branch(0.4 Race(a, b), 0.6 c)", unwrap("race"),
            "Branch(0.4 Series(a, b), 0.6 c)");
        row("unwrap a fragment", "Use(f) | f = Race(a, b)", unwrap("race"), "Use(f) | f = Series(a, b)");
        row("unwrap a primary", "Fallback(Race(a, b), c)", unwrap("race"), "Fallback(a, b, c)");
        row("unwrap a call", "a", unwrap("a"), "EMAC-814");
        row("change", "Series(a, x=Race(b, c))", change("x", Type::Parallel), "Series(a, x=Parallel(b, c))");
        row("change to a body", "x=Race(b, c)", change("x", Type::Retry), "x=Retry(Series(b, c))");
        row("change to steps in steps", "Series(a, Race(b, c))", change("race", Type::Series), "Series(a, b, c)");
        row("change to steps over steps", "Race(Series(a, b), c)", change("race", Type::Series), "Series(a, b, c)");
        row("change to itself", "KofN(1; a, b, c)", change("kofn", Type::KofN), "KofN(1; a, b, c)");
        row("change to choices", "Race(a, b)", change("race", Type::Branch), "Branch(0.5 a, 0.5 b)");
        row("change to one try", "Retry(a)", change("retry", Type::Fallback), "EMAC-815");
        row("change a call", "a", change("a", Type::Retry), "EMAC-814");
        row("change to a use", "Race(a)", change("race", Type::Use), "EMAC-814");
    }
    void unwrappingAndChanging() { compare(); }

    void values_data()
    {
        columns();
        const auto set = [](std::size_t choice, const ProbabilityRange& value) -> MakeEdit {
            return [=](const Nodes& at) { return SetProbability{at("branch"), choice, value}; };
        };
        const auto all = [](const std::vector<ProbabilityRange>& values) -> MakeEdit {
            return [=](const Nodes& at) { return SetProbabilities{at("branch"), values}; };
        };
        row("the largest gives", "Branch(0.1 a, 0.6 b, 0.3 c)", set(0, ratio("0.25")), "Branch(0.25 a, 0.45 b, 0.3 c)");
        row("the largest takes", "Branch(0.1 a, 0.6 b, 0.3 c)", set(2, ratio("0.1234567890123")),
            "Branch(0.1 a, 0.7765432109877 b, 0.1234567890123 c)");
        row("they can still be 1", "Branch(0.1..0.3 a, 0.7 b)", set(1, ratio("0.8")), "Branch(0.1..0.3 a, 0.8 b)");
        row("an interval gives", "Branch(0.1 a, 0.8..0.9 b)", set(0, ratio("0.3")), "Branch(0.3 a, 0.7..0.8 b)");
        row("more than the largest has", "Branch(0.2 a, 0.4 b, 0.4 c)", set(0, ratio("0.7")), "EMAC-317");
        row("the only choice", "Branch(1 a)", set(0, ratio("0.5")), "EMAC-317");
        row("above 1", "Branch(1 a)", set(0, ratio("1.5")), "EMAC-310");
        row("reversed", "Branch(1 a)", set(0, {ratio("0.5"), ratio("0.4")}), "EMAC-318");
        row("no such choice", "Branch(1 a)", set(1, ratio("0.5")), "EMAC-801");
        row(
            "no branch", "a",
            [](const Nodes& at) {
                return SetProbability{at("a"), 0, ratio("0.5")};
            },
            "EMAC-801");
        row("all", "Branch(0.5 a, 0.5 b)", all({ratio("0.1"), ratio("0.9")}), "Branch(0.1 a, 0.9 b)");
        row("all, wrong sum", "Branch(0.5 a, 0.5 b)", all({ratio("0.1"), ratio("0.8")}), "EMAC-317");
        row("all, too few", "Branch(0.5 a, 0.5 b)", all({ratio("1")}), "EMAC-222");
        const auto name = [](const std::string& node, const std::string& text) -> MakeEdit {
            return [=](const Nodes& at) { return SetNodeName{at(node), text}; };
        };
        row("a name", "Series(a, b)", name("b", "x"), "Series(a, x=b)");
        row("its own name", "Series(a, x=b)", name("x", "x"), "Series(a, x=b)");
        row("no name", "Series(a, x=b)", name("x", ""), "Series(a, b)");
        row("a taken name", "Series(a, b) | f = x=a", name("b", "x"), "EMAC-809");
        row("a control character", "a", name("a", "x\ty"), "EMAC-227");
        row("a long name", "a", name("a", std::string(254, 'x')), "EMAC-226");
        const auto count = [](const std::string& node, int value) -> MakeEdit {
            return [=](const Nodes& at) { return SetCount{at(node), value}; };
        };
        row("k", "KofN(1; a, b)", count("kofn", 2), "KofN(2; a, b)");
        row("k above n", "KofN(1; a, b)", count("kofn", 3), "EMAC-313");
        row("no attempts", "Retry(a)", count("retry", 0), "EMAC-314");
        row("a count of a call", "a", count("a", 1), "EMAC-801");
        row(
            "a call", "Series(a, b)",
            [](const Nodes& at) {
                return SetCall{at("a"), "b"};
            },
            "Series(b, b)");
        row(
            "a use of a call", "Series(a, b) | f = b",
            [](const Nodes& at) {
                return SetUse{at("a"), "f"};
            },
            "Series(Use(f), b) | f = b");
        row(
            "an unknown component", "a",
            [](const Nodes& at) {
                return SetCall{at("a"), "b"};
            },
            "EMAC-301");
        row(
            "an unknown fragment", "a",
            [](const Nodes& at) {
                return SetUse{at("a"), "f"};
            },
            "EMAC-303");
        row(
            "a use in a cycle", "Use(f) | f = a",
            [](const Nodes& at) {
                return SetUse{at("a"), "f"};
            },
            "EMAC-308");
        row(
            "a call of an operator", "Race(a)",
            [](const Nodes& at) {
                return SetCall{at("race"), "a"};
            },
            "EMAC-801");
    }
    void values() { compare(); }

    void fragments_data()
    {
        columns();
        const auto extract = [](const std::vector<std::string>& names, const std::string& fragment) -> MakeEdit {
            return [=](const Nodes& at) {
                ExtractFragment edit{{}, fragment};
                for (const auto& name : names)
                    edit.ids.push_back(at(name));
                return edit;
            };
        };
        const auto inlined = [](const std::string& use) -> MakeEdit {
            return [=](const Nodes& at) { return InlineFragment{at(use)}; };
        };
        row("extract one", "Series(a, Race(b, c))", extract({"race"}, "f"), "Series(a, Use(f)) | f = Race(b, c)");
        row("extract steps", "Series(a, b, c)", extract({"b", "a"}, "f"), "Series(Use(f), c) | f = Series(a, b)");
        row("extract the root", "a", extract({"a"}, "f"), "Use(f) | f = a");
        row("extract as another", "Use(f) | f = Race(a, b)", extract({"a"}, "g"),
            "Use(f) | f = Race(Use(g), b) | g = a");
        row("a taken name", "Series(a, Use(f)) | f = b", extract({"a"}, "f"), "EMAC-809");
        row("no name", "a", extract({"a"}, ""), "EMAC-225");
        row("not siblings", "Series(a, Race(b))", extract({"a", "b"}, "f"), "EMAC-812");
        row("inline the last", "Series(a, Use(f)) | f = x=Race(b, c)", inlined("f"), "Series(a, x=Race(b, c))");
        row("inline one of two", "Series(Use(f), Use(f)) | f = x=Race(b, c)", inlined("f"),
            "Series(Race(b, c), Use(f)) | f = x=Race(b, c)");
        row("inline steps", "Series(a, Use(f)) | f = Series(b, c)", inlined("f"), "Series(a, b, c)");
        row("inline a call", "a", inlined("a"), "EMAC-801");
        const auto rename = [](const std::string& from, const std::string& to) -> MakeEdit {
            return [=](const Nodes&) { return RenameFragment{from, to}; };
        };
        row("rename", "Series(Use(f), Use(g)) | f = a | g = Race(Use(f))", rename("f", "h"),
            "Series(Use(h), Use(g)) | h = a | g = Race(Use(h))");
        row("rename to a taken name", "Use(f) | f = a | g = a", rename("f", "g"), "EMAC-809");
        row("rename to nothing", "Use(f) | f = a", rename("f", ""), "EMAC-225");
        row("rename to what cannot be seen", "Use(f) | f = a", rename("f", "g\u200B"), "EMAC-227");
        row("rename what is not", "a", rename("f", "g"), "EMAC-801");
        const MakeEdit remove = [](const Nodes&) { return RemoveFragment{"f"}; };
        row("remove", "a | f = a | g = b", remove, "a | g = b");
        row("remove what is used", "a | f = a | g = Use(f)", remove, "EMAC-811");
        row("remove what is not", "a", remove, "EMAC-801");
        const MakeEdit renameComponent = [](const Nodes&) { return RenameComponent{"a", "z"}; };
        row("rename a component", "Series(a, Race(b, a)) | f = a | g = b", renameComponent,
            "Series(z, Race(b, z)) | f = z | g = b");
    }
    void fragments() { compare(); }

    void nestingAndSizeAreLimited()
    {
        auto tree = call("a");
        for (int i = 0; i < deepestNesting; ++i)
            tree = makeExpression(journey::Retry{1, {}, tree});
        auto intent = intentOf("a");
        intent.journey.root = tree;
        QCOMPARE(refusal(journey::apply(intent, journey::Wrap{{tree->id}, Type::Timeout})), QStringLiteral("EMAC-315"));
        QVERIFY(journey::apply(intent, ChangeOperator{tree->id, Type::Timeout}).value.has_value());
        QCOMPARE(refusal(journey::apply(intent, ExtractFragment{{tree->id}, "f"})), QStringLiteral("EMAC-315"));

        std::vector<ExpressionPtr> steps;
        for (int i = 1; i < mostNodes; ++i)
            steps.push_back(call("a"));
        const auto root = makeExpression(journey::Series{steps});
        intent.journey.root = root;
        QCOMPARE(refusal(journey::apply(intent, InsertChild{root->id, 0, call("a")})), QStringLiteral("EMAC-316"));
        QVERIFY(journey::apply(intent, RemoveNodes{{steps.front()->id}}).value.has_value());
    }

    void parametersOfNodes()
    {
        const auto intent = intentOf("Series(Retry(a), Timeout(a), Race(a, a), Optional(a), Branch(1 a))");
        const Nodes at(intent.journey);
        const auto op = [&](const Edit& edit, const std::string& node) {
            return findNode(journey::apply(intent, edit).value->journey, at(node))->op;
        };
        QCOMPARE(std::get<journey::Retry>(op(SetDuration{at("retry"), 5ms}, "retry")).backoff,
                 std::optional<base::Duration>(5ms));
        QCOMPARE(std::get<journey::Timeout>(op(SetDuration{at("timeout"), 5ms}, "timeout")).deadline,
                 base::Duration(5ms));
        QCOMPARE(std::get<journey::Race>(op(SetDuration{at("race"), 0ms}, "race")).hedgeDelay,
                 std::optional<base::Duration>(0ms));
        QCOMPARE(std::get<journey::Optional>(op(SetWait{at("optional"), false}, "optional")).wait,
                 std::optional(false));
        QCOMPARE(std::get<journey::Branch>(op(SetChoiceLabel{at("branch"), 0, "card"}, "branch")).choices[0].label,
                 std::string("card"));
        const auto noted = journey::apply(intent, SetNodeNotes{at("race"), "why\nnot"});
        QCOMPARE(findNode(noted.value->journey, at("race"))->notes, std::string("why\nnot"));
        QCOMPARE(refusal(journey::apply(intent, SetDuration{at("timeout"), std::nullopt})), QStringLiteral("EMAC-212"));
        QCOMPARE(refusal(journey::apply(intent, SetDuration{at("retry"), -1ns})), QStringLiteral("EMAC-312"));
        QCOMPARE(refusal(journey::apply(intent, SetDuration{at("retry"), 100000h})), QStringLiteral("EMAC-219"));
        QCOMPARE(refusal(journey::apply(intent, SetWait{at("retry"), true})), QStringLiteral("EMAC-801"));
        QCOMPARE(refusal(journey::apply(intent, SetChoiceLabel{at("branch"), 1, ""})), QStringLiteral("EMAC-801"));
    }

    void whatIsSetAlreadyChangesNothing()
    {
        const auto intent = intentOf("Series(Retry(a), x=b)");
        const Nodes at(intent.journey);
        for (const Edit& edit :
             {Edit(SetDuration{at("retry"), std::nullopt}), Edit(SetCount{at("retry"), 3}),
              Edit(SetNodeName{at("x"), "x"}), Edit(SetNodeNotes{at("x"), ""}), Edit(SetCall{at("x"), "b"}),
              Edit(ChangeOperator{at("retry"), Type::Retry}), Edit(MoveNodes{{at("x")}, at("series"), 2}),
              Edit(SetAvailability{"a", std::nullopt})}) {
            const auto after = journey::apply(intent, edit);
            QCOMPARE(after.value->journey.root, intent.journey.root);
            QCOMPARE(after.value->journey.components.find("a"), intent.journey.components.find("a"));
        }
    }

    void aMovedNodeIsTheSame()
    {
        const auto intent = intentOf("Series(Race(a, b), Retry(c))");
        const Nodes at(intent.journey);
        const auto after = journey::apply(intent, MoveNodes{{at("race")}, at("retry"), 0}).value->journey;
        QCOMPARE(shortForm(after), std::string("Series(Retry(Series(Race(a, b), c)))"));
        QCOMPARE(findNode(after, at("race")), findNode(intent.journey, at("race")));
        QVERIFY(findNode(after, at("retry"))->version > findNode(intent.journey, at("retry"))->version);
        QVERIFY(after.root->version > intent.journey.root->version);
        QCOMPARE(after.root->id, intent.journey.root->id);
    }

    void components()
    {
        const auto intent = intentOf("a");
        auto added =
            *journey::apply(
                 intent, AddComponent{*withComponent([](Component& c) { c.name = "b"; }).journey.components.find("b")})
                 .value;
        QCOMPARE(added.journey.components.list().size(), std::size_t(2));
        QCOMPARE(added.journey.components.list()[0], intent.journey.components.list()[0]);
        QVERIFY(added.journey.components.find("b")->version > intent.journey.components.find("a")->version);
        QCOMPARE(refusal(journey::apply(added, AddComponent{*added.journey.components.find("b")})),
                 QStringLiteral("EMAC-809"));
        QCOMPARE(refusal(journey::apply(added, RemoveComponent{"a"})), QStringLiteral("EMAC-810"));
        QCOMPARE(refusal(journey::apply(added, RemoveComponent{"z"})), QStringLiteral("EMAC-801"));
        QCOMPARE(refusal(journey::apply(added, RenameComponent{"a", "b"})), QStringLiteral("EMAC-809"));
        QCOMPARE(refusal(journey::apply(added, RenameComponent{"a", ""})), QStringLiteral("EMAC-225"));
        QVERIFY(!journey::apply(added, RemoveComponent{"b"}).value->journey.components.find("b"));
        const auto bound = journey::apply(added, BindComponent{"b", "openslo:x#y"}).value->journey.components;
        QCOMPARE(bound.find("b")->atomicSloRef, std::string("openslo:x#y"));
        QCOMPARE(bound.find("a"), added.journey.components.find("a"));
        QCOMPARE(refusal(journey::apply(added, BindComponent{"b", "x"})), QStringLiteral("EMAC-401"));
    }

    void componentsAreFoundThroughEveryChange()
    {
        auto intent = intentOf("| f = a");
        for (const char* name : {"m", "c", "z", "b"}) {
            Component component;
            component.name = name;
            intent = *journey::apply(intent, AddComponent{component}).value;
        }
        intent = *journey::apply(intent, RenameComponent{"c", "y"}).value;
        intent = *journey::apply(intent, RenameComponent{"z", "aa"}).value;
        intent = *journey::apply(intent, RemoveComponent{"m"}).value;
        std::vector<std::string> names;
        for (const auto& component : intent.journey.components.list()) {
            names.push_back(component->name);
            QCOMPARE(intent.journey.components.find(component->name), component);
        }
        QCOMPARE(names, (std::vector<std::string>{"a", "y", "aa", "b"}));
        for (const char* gone : {"m", "c", "z", ""})
            QVERIFY(!intent.journey.components.find(gone));
    }

    void faultyComponents()
    {
        QCOMPARE(refusalOf([](Component& c) { c.inlineAvailability = ratio("1.1"); }), QStringLiteral("EMAC-310"));
        QCOMPARE(refusalOf([](Component& c) { c.observed = Observed{3, 2}; }), QStringLiteral("EMAC-325"));
        QCOMPARE(refusalOf([](Component& c) { c.observed = Observed{0, 0}; }), QStringLiteral("EMAC-325"));
        QCOMPARE(refusalOf([](Component& c) {
                     c.observed = Observed{1, 2};
                     c.inlineAvailability = ratio("0.5");
                 }),
                 QStringLiteral("EMAC-819"));
        QCOMPARE(refusalOf([](Component& c) { c.failureDomains = {"zone:"}; }), QStringLiteral("EMAC-330"));
        QCOMPARE(refusalOf([](Component& c) { c.latencySloRef = "openslo:"; }), QStringLiteral("EMAC-401"));
        QCOMPARE(refusalOf([](Component& c) {
                     c.failure = {FailureTime::Kind::Constant, -1s};
                 }),
                 QStringLiteral("EMAC-312"));
        const auto latency = [](const LatencyEvidence& evidence) {
            return refusalOf([&evidence](Component& c) { c.latency = evidence; });
        };
        const base::Duration ms = 1ms;
        QCOMPARE(latency(LognormalLatency{0, 0, LognormalLatency::Quantiles{ms, ms}}), QStringLiteral("EMAC-324"));
        QCOMPARE(latency(LognormalLatency{0, 0, std::nullopt}), QStringLiteral("EMAC-218"));
        QCOMPARE(latency(QuantileLatency{{{ratio("0.5"), 2ms}, {ratio("0.9"), ms}}, {}}), QStringLiteral("EMAC-319"));
        QCOMPARE(latency(QuantileLatency{{{ratio("0.5"), 2ms}}, ms}), QStringLiteral("EMAC-319"));
        QCOMPARE(latency(QuantileLatency{{{ratio("1"), ms}}, {}}), QStringLiteral("EMAC-320"));
        QCOMPARE(latency(QuantileLatency{}), QStringLiteral("EMAC-228"));
        QCOMPARE(latency(HistogramLatency{{{1, 5}, {INFINITY, 4}}}), QStringLiteral("EMAC-321"));
        QCOMPARE(latency(HistogramLatency{{{1, 5}, {1, 6}, {INFINITY, 7}}}), QStringLiteral("EMAC-322"));
        QCOMPARE(latency(HistogramLatency{{{1, 5}}}), QStringLiteral("EMAC-323"));
        QCOMPARE(latency(HistogramLatency{{{-1, 0}, {INFINITY, 7}}}), QStringLiteral("EMAC-218"));
        QCOMPARE(latency(HistogramLatency{{{4e8, 0}, {INFINITY, 7}}}), QStringLiteral("EMAC-218"));
        QCOMPARE(latency(HistogramLatency{{{1, 0}, {INFINITY, 0}}}), QStringLiteral("EMAC-331"));
        QCOMPARE(latency(HistogramLatency{}), QStringLiteral("EMAC-221"));
        QCOMPARE(latency(ConstantLatency{-ms}), QStringLiteral("EMAC-312"));
        QCOMPARE(latency(SampledLatency{}), QStringLiteral("EMAC-225"));
        QCOMPARE(latency(HistogramLatency{{{1, 5}, {INFINITY, 5}}}), QStringLiteral("not refused"));
        QCOMPARE(latency(QuantileLatency{{{ratio("0.5"), ms}, {ratio("0.999"), ms}}, ms}),
                 QStringLiteral("not refused"));
    }

    void faultsElsewhereRefuseNothing()
    {
        const auto faulty = withComponent([](Component& c) {
            c.observed = Observed{3, 2};
            c.failureDomains = {":"};
        });
        auto next = *faulty.journey.components.find("a");
        next.notes = "looked at";
        QVERIFY(journey::apply(faulty, SetComponent{next}).value.has_value());
        QVERIFY(journey::apply(faulty, BindComponent{"a", "openslo:x"}).value.has_value());
        auto unknown = intentOf("Series(a, b)");
        unknown.journey.components = Components({unknown.journey.components.find("a")});
        QVERIFY(journey::apply(unknown, MoveNodes{{Nodes(unknown.journey)("b")}, unknown.journey.root->id, 0})
                    .value.has_value());
    }

    void domains()
    {
        auto intent = withComponent([](Component& c) { c.failureDomains = {"zone:a", "net"}; });
        intent.journey.domainRules = {{"zone", "", "", "", "", {}}, {"zone:b", "", "", "", "", {}}};
        const auto names = [](const base::Result<Intent>& result) {
            if (!result.value)
                return refusal(result);
            QStringList list;
            for (const auto& rule : result.value->journey.domainRules)
                list << QString::fromStdString(rule.name);
            list << QStringLiteral("|");
            for (const auto& name : result.value->journey.components.find("a")->failureDomains)
                list << QString::fromStdString(name);
            return list.join(QLatin1Char(' '));
        };
        const auto applied = [&](const Edit& edit) { return names(journey::apply(intent, edit)); };
        QCOMPARE(applied(RenameDomain{"zone", "az"}), QStringLiteral("az az:b | az:a net"));
        QCOMPARE(applied(RenameDomain{"zone:a", "az:a"}), QStringLiteral("zone zone:b | az:a net"));
        QCOMPARE(applied(RenameDomain{"zone:b", "rack"}), QStringLiteral("zone rack | zone:a net"));
        QCOMPARE(applied(RenameDomain{"zone", "net"}), QStringLiteral("EMAC-809"));
        QCOMPARE(applied(RenameDomain{"zone", "az:a"}), QStringLiteral("EMAC-820"));
        QCOMPARE(applied(RenameDomain{"zone", ":"}), QStringLiteral("EMAC-330"));
        QCOMPARE(applied(RenameDomain{"zone:z", "az"}), QStringLiteral("EMAC-801"));
        QCOMPARE(applied(AddDomainRule{{"net", "", "", "", "", {}}}), QStringLiteral("zone zone:b net | zone:a net"));
        QCOMPARE(applied(AddDomainRule{{"zone", "", "", "", "", {}}}), QStringLiteral("EMAC-809"));
        QCOMPARE(applied(AddDomainRule{{"net", "guessed", "", "", "", {}}}), QStringLiteral("EMAC-216"));
        QCOMPARE(applied(SetDomainRule{{"zone", "", "", "", "", ratio("2")}}), QStringLiteral("EMAC-310"));
        QCOMPARE(applied(SetDomainRule{{"net", "", "", "", "", {}}}), QStringLiteral("EMAC-801"));
        QCOMPARE(applied(RemoveDomainRule{"zone"}), QStringLiteral("zone:b | zone:a net"));
        QCOMPARE(applied(RemoveDomainRule{"net"}), QStringLiteral("EMAC-801"));
    }

    void noComponentIsBetterThanItsDomains()
    {
        const DomainRule rule{"zone", "", "", "", "", ratio("0.99")};
        auto intent = withComponent([](Component& c) {
            c.failureDomains = {"zone:a"};
            c.inlineAvailability = ratio("0.995");
        });
        QCOMPARE(refusal(journey::apply(intent, AddDomainRule{rule})), QStringLiteral("EMAC-326"));
        intent = *journey::apply(intent, SetAvailability{"a", ratio("0.98")}).value;
        intent = *journey::apply(intent, AddDomainRule{rule}).value;
        QCOMPARE(refusal(journey::apply(intent, SetAvailability{"a", ratio("0.995")})), QStringLiteral("EMAC-326"));
        QVERIFY(journey::apply(intent, SetAvailability{"a", ratio("0.99")}).value.has_value());
    }

    void journeyValues()
    {
        const auto intent = intentOf("a");
        const auto set = [&](const Edit& edit) { return refusal(journey::apply(intent, edit)); };
        const auto fine = QStringLiteral("not refused");
        const journey::AvailabilityObjective sound{720h, ratio("0.995"), "g", "t"};
        QCOMPARE(set(SetObjectives{{sound, {}, {}}}), fine);
        QCOMPARE(journey::apply(intent, SetObjectives{{sound, {}, {}}}).value->objectives, (Objectives{sound, {}, {}}));
        QCOMPARE(set(SetObjectives{{AvailabilityObjective{0h, ratio("0.995"), "", ""}, {}, {}}}),
                 QStringLiteral("EMAC-220"));
        QCOMPARE(set(SetObjectives{{AvailabilityObjective{1h, ratio("1"), "", ""}, {}, {}}}),
                 QStringLiteral("EMAC-311"));
        QCOMPARE(set(SetObjectives{{{}, LatencyObjective{1h, "p42", 1s, ""}, {}}}), QStringLiteral("EMAC-216"));
        QCOMPARE(set(SetObjectives{{{}, {}, DeadlineObjective{1h, -1s, ratio("0.9")}}}), QStringLiteral("EMAC-312"));
        QCOMPARE(set(SetExpectedEvents{0}), QStringLiteral("EMAC-218"));
        QCOMPARE(set(SetExpectedEvents{NAN}), QStringLiteral("EMAC-218"));
        QCOMPARE(set(SetExpectedEvents{1e6}), fine);
        QCOMPARE(set(SetMetadata{"", "", {}}), QStringLiteral("EMAC-225"));
        const auto named = *journey::apply(intent, SetMetadata{"shop", "The shop", {{"team", "a"}}}).value;
        QCOMPARE(named.name + named.displayName + named.labels.at("team"), std::string("shopThe shopa"));
        Governance governance;
        governance.alerts.page = {{0, 1h, 5min}};
        QCOMPARE(set(SetGovernance{governance}), QStringLiteral("EMAC-218"));
        governance.alerts.page = {{1, 1h, 0min}};
        QCOMPARE(set(SetGovernance{governance}), QStringLiteral("EMAC-220"));
        governance.alerts.page = {{1, 1h, 5min}};
        QCOMPARE(set(SetGovernance{governance}), fine);
        governance.delivery.provider = "argo";
        QCOMPARE(set(SetGovernance{governance}), QStringLiteral("EMAC-216"));
        governance.delivery.provider = "flagger";
        governance.actions = {{}};
        governance.actions[0].maxActions = -1;
        QCOMPARE(set(SetGovernance{governance}), QStringLiteral("EMAC-218"));
        EvidencePolicy evidence;
        evidence.minTraceEdgeCoverage = 1.5;
        QCOMPARE(set(SetEvidence{evidence}), QStringLiteral("EMAC-310"));
        evidence.minTraceEdgeCoverage = 1;
        QCOMPARE(set(SetEvidence{evidence}), fine);
        evidence.inputs = {{"", ""}};
        QCOMPARE(set(SetEvidence{evidence}), QStringLiteral("EMAC-225"));
    }

    void compoundsAreOneEditOrNone()
    {
        const auto intent = intentOf("Series(a)");
        const auto root = intent.journey.root->id;
        Component b;
        b.name = "b";
        const Compound both{{AddComponent{b}, InsertChild{root, 1, call("b")}}};
        QCOMPARE(shortForm(journey::apply(intent, both).value->journey), std::string("Series(a, b)"));
        const Compound turned{{InsertChild{root, 1, call("b")}, AddComponent{b}}};
        QCOMPARE(refusal(journey::apply(intent, turned)), QStringLiteral("EMAC-301"));
        QVERIFY(journey::apply(intent, Compound{}).value.has_value());
        QVERIFY(both == both);
        QVERIFY(!(both == turned));
    }

    void targets()
    {
        const auto node = newNodeId();
        const auto other = newNodeId();
        QCOMPARE(targetOf(SetCount{node, 1}), targetOf(SetCount{node, 2}));
        QVERIFY(targetOf(SetCount{node, 1}) != targetOf(SetCount{other, 1}));
        QVERIFY(targetOf(SetCount{node, 1}) != targetOf(SetDuration{node, 1s}));
        QVERIFY(targetOf(SetProbability{node, 0, ratio("1")}) != targetOf(SetProbability{node, 1, ratio("1")}));
        QCOMPARE(targetOf(SetAvailability{"a", ratio("1")}), targetOf(SetAvailability{"a", std::nullopt}));
        QVERIFY(targetOf(SetAvailability{"a", {}}) != targetOf(BindComponent{"a", ""}));
        for (const Edit& edit : {Edit(RemoveNodes{{node}}), Edit(Unwrap{node}), Edit(RenameComponent{"a", "b"}),
                                 Edit(AddDomainRule{}), Edit(Compound{{SetCount{node, 1}}})})
            QCOMPARE(targetOf(edit), std::string());
    }

    void copies()
    {
        const auto intent = intentOf("Series(x=Race(a, y=b), c)");
        const auto race = findNode(intent.journey, Nodes(intent.journey)("x"));
        const auto copy = copied(race, intent.journey);
        QVERIFY(copy->id != race->id);
        QCOMPARE(copy->name, std::string());
        Journey other;
        other.root = copied(race, {});
        QCOMPARE(shortForm(other), std::string("x=Race(a, y=b)"));
    }
};

QTEST_GUILESS_MAIN(TestEdits)
#include "tst_edits.moc"
