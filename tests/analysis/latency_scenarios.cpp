// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_scenarios.h"

#include "tests/analysis/latency_inputs.h"

#include <array>
#include <numeric>
#include <tuple>

namespace emac::tests {

namespace {

using journey::FailureTime;
using journey::OperatorType;

constexpr Time millisecond = 1'000'000;
constexpr std::size_t ways = TrueComponent::ways;

/// The same expression as it is stated and as it is.
struct Both
{
    ExpressionPtr stated;
    ExpressionPtr actual;
};

class Generator
{
public:
    explicit Generator(Random& random) : m_random(random) { }

    TimedJourney generate()
    {
        if (m_random.chance(0.3)) {
            const auto body = expression(2, 2);
            m_result.stated.fragments.push_back({"f", body.stated});
            m_result.actual.fragments.push_back({"f", body.actual});
        }
        m_result.ofCalls = m_random.chance(0.15);
        const auto root = m_result.ofCalls ? started(m_random.between(2, 4), 1) : expression(m_random.between(1, 5), 4);
        m_result.stated.root = root.stated;
        m_result.actual.root = root.actual;
        addInputs();
        return std::move(m_result);
    }

private:
    template<typename Make>
    Both both(const std::vector<Both>& parts, const Make& make)
    {
        List stated;
        List actual;
        for (const auto& part : parts) {
            stated.push_back(part.stated);
            actual.push_back(part.actual);
        }
        return {make(std::move(stated)), make(std::move(actual))};
    }

    Milliseconds upTo(int most) { return Milliseconds(m_random.between(0, most)); }

    std::vector<Both> parts(int calls, int depth)
    {
        const int count = std::max(1, std::min(calls, m_random.between(2, 3)));
        std::vector<Both> list;
        for (int i = 0; i < count; ++i) {
            const int share = std::max(1, calls / (count - i));
            list.push_back(expression(share, depth - 1));
            calls -= share;
        }
        return list;
    }

    /// What starts its parts together.
    Both started(int calls, int depth)
    {
        const auto list = parts(calls, depth);
        const auto delay = m_random.chance(0.5) ? Milliseconds(0) : upTo(6);
        const int k = m_random.between(1, static_cast<int>(list.size()));
        switch (m_random.below(3)) {
        case 0:
            return both(list, [](List l) { return parallel(std::move(l)); });
        case 1:
            return both(list, [&](List l) { return hedged(delay, std::move(l)); });
        default:
            return both(list, [&](List l) { return kofn(k, std::move(l)); });
        }
    }

    Both expression(int calls, int depth)
    {
        if (depth <= 0 || (calls <= 1 && m_random.chance(0.6))) {
            if (!m_result.stated.fragments.empty() && m_random.chance(0.2))
                return {use("f"), use("f")};
            const auto name = numbered("c", m_random.below(4));
            m_result.components.emplace(name, TrueComponent{});
            return {call(name), call(name)};
        }
        switch (m_random.below(9)) {
        case 0:
        case 1:
            return both(parts(calls, depth), [](List l) { return series(std::move(l)); });
        case 2:
        case 3:
            return started(calls, depth);
        case 4:
            return choices(parts(calls, depth));
        case 5: {
            auto list = parts(calls, depth);
            if (list.size() == 1)
                list.push_back(expression(1, 0));
            return both(list, [](List l) {
                const auto primary = l.front();
                l.erase(l.begin());
                return fallback(primary, std::move(l));
            });
        }
        case 6: {
            const int attempts = m_random.between(1, 3);
            const auto backoff = upTo(5);
            return both({expression(std::min(calls, 2), depth - 1)},
                        [&](const List& l) { return retry(attempts, backoff, l.front()); });
        }
        case 7: {
            m_result.hasTimeout = true;
            const auto deadline = Milliseconds(2) + upTo(18);
            return both({expression(calls, depth - 1)}, [&](const List& l) { return timeout(deadline, l.front()); });
        }
        default: {
            const bool wait = m_random.chance(0.7);
            return both({expression(calls, depth - 1)}, [&](const List& l) { return optional(l.front(), wait); });
        }
        }
    }

    Both choices(const std::vector<Both>& parts)
    {
        std::vector<ChoiceText> stated;
        std::vector<ChoiceText> actual;
        int left = 100;
        const auto text = [](int hundredths) { return std::to_string(hundredths) + "e-2"; };
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const int weight = i + 1 == parts.size() ? left : m_random.between(0, left);
            left -= weight;
            const int width = m_random.chance(0.5) ? m_random.between(0, 20) : 0;
            m_result.hasChoiceRange = m_result.hasChoiceRange || width > 0;
            stated.push_back({text(std::max(0, weight - width)), text(std::min(100, weight + width)), parts[i].stated});
            actual.push_back({text(weight), text(weight), parts[i].actual});
        }
        return {branch(stated), branch(actual)};
    }

    void addInputs()
    {
        Execution execution(withLatency(), m_placeholders);
        for (auto& [name, truth] : m_result.components) {
            Time latest = never;
            for (const auto& place : execution.places()) {
                if (execution.components()[place.component] == name)
                    latest = std::min(latest, place.latestFailure);
            }
            addInput(name, truth, latest);
        }
    }

    /// Only to ask for the places.
    const journey::Journey& withLatency()
    {
        for (const auto& [name, truth] : m_result.components)
            m_placeholders.set(name, point(0));
        return m_result.stated;
    }

    void addInput(const std::string& name, TrueComponent& truth, Time latest)
    {
        journey::Input actual = point(0);
        actual.failureTime = m_random.oneOf<FailureTime>({immediate(), likeSuccess(), failsAfter(upTo(15)), {}});
        const bool same = actual.failureTime.kind == FailureTime::Kind::LikeSuccess;
        const std::size_t failing = same ? m_random.oneOf<std::size_t>({1, 2, 3, 4, 6}) : m_random.below(8);
        for (std::size_t i = 0; i < (same ? failing : ways - failing); ++i)
            truth.successes.push_back(m_random.below(m_random.chance(0.2) ? 13 : 5) * std::size_t{millisecond});
        if (same) {
            truth.failures = truth.successes;
            while (truth.successes.size() + failing < ways)
                truth.successes.insert(truth.successes.end(), truth.failures.begin(), truth.failures.end());
        } else {
            truth.failures.assign(failing, 0);
        }
        auto stated = actual;
        if (actual.failureTime.kind == FailureTime::Kind::Unstated) {
            const Time some = std::min<Time>(latest, m_random.below(20) * std::size_t{millisecond});
            actual.failureTime = {FailureTime::Kind::Constant, base::Duration(m_random.chance(0.3) ? latest : some)};
        }
        if (actual.failureTime.kind == FailureTime::Kind::Constant)
            truth.failures.assign(failing, actual.failureTime.constant.count());
        std::ranges::sort(truth.successes);
        std::ranges::sort(truth.failures);
        truth.group = m_random.below(2);

        const double q = static_cast<double>(failing) / ways;
        actual.failure = {q, q, q};
        actual.independentCalls = stated.independentCalls = m_random.chance(0.15);
        const bool widened = m_random.chance(0.5);
        const double below = widened ? q * m_random.unit() : q;
        const double above = widened ? q + (1 - q) * 0.5 * m_random.unit() : q;
        stated.failure = {below, q, above};
        actual.latency = law(truth.successes, false);
        stated.latency = law(truth.successes, widened);
        // Whoever has no domain of its own may depend on all.
        stated.domains = {m_random.chance(0.9) ? numbered("zone:", truth.group) : "zone"};
        stated.domainsUnknown = m_random.chance(0.1);
        m_result.actualInputs.set(name, std::move(actual));
        m_result.statedInputs.set(name, std::move(stated));
    }

    /// The distribution of the times, with a band around it or without; its tail may be open.
    journey::LatencyLaw law(const std::vector<Time>& times, bool hasBand)
    {
        auto late = times;
        auto early = times;
        for (std::size_t i = 0; i < times.size() && hasBand; ++i) {
            late[i] = m_random.chance(0.1) ? never : late[i] + m_random.between(0, 4) * millisecond;
            early[i] = std::max<Time>(0, early[i] - m_random.between(0, 3) * millisecond);
        }
        std::vector<Time> steps = times;
        steps.insert(steps.end(), late.begin(), late.end());
        steps.insert(steps.end(), early.begin(), early.end());
        std::ranges::sort(steps);
        steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
        std::vector<journey::LatencyLaw::Knot> knots;
        for (const Time t : steps) {
            if (t == never)
                continue;
            const auto by = [&](const std::vector<Time>& list) {
                return static_cast<double>(std::ranges::count_if(list, [&](Time time) { return time <= t; }))
                       / static_cast<double>(list.size());
            };
            knots.push_back(
                {base::Duration(t), by(late), by(early), knots.empty() ? 0 : knots.back().nominal, by(times)});
        }
        return journey::LatencyLaw(std::move(knots));
    }

    Random& m_random;
    TimedJourney m_result;
    journey::Inputs m_placeholders;
};

/// Draws where one of `ways` scenarios has come, in each group.
class ScenarioDraws : public Draws
{
public:
    ScenarioDraws(const Execution& execution, const TimedJourney& journey, Dependence dependence, Random& random,
                  Tape& tape)
        : m_execution(execution)
        , m_dependence(dependence)
        , m_random(random)
        , m_tape(tape)
    {
        for (const auto& name : execution.components())
            m_truths.push_back(&journey.components.at(name));
    }

    void setScenario(std::size_t first, std::size_t second) { m_scenario = {first, second}; }

    bool isUp(std::size_t component, Scope scope) override
    {
        return stateRank(component, scope) < m_truths[component]->successes.size();
    }
    Ending call(const CallPlace& place, Scope scope, std::optional<bool> state) override
    {
        const auto& truth = *m_truths[place.component];
        const std::size_t ups = truth.successes.size();
        if (!state) {
            const auto rank = order({Kind::Own, place.number, scope}, ways)[scenario(place.component)];
            return rank < ups ? Ending{true, truth.successes[rank]} : Ending{false, truth.failures[rank - ups]};
        }
        // Within the scenarios in which it is up, and in which it is down, the times come in an order of their own.
        const auto rank = stateRank(place.component, scope);
        if (*state)
            return {true, truth.successes[order({Kind::Up, place.number, scope}, ups)[rank]]};
        return {false, truth.failures[order({Kind::Down, place.number, scope}, ways - ups)[rank - ups]]};
    }
    std::size_t choice(const journey::Branch& branch) override
    {
        std::vector<long double> weights;
        for (const auto& choice : branch.choices)
            weights.push_back(choice.probability.lower.success());
        return m_tape.take(weights);
    }

private:
    enum class Kind
    {
        State,
        Own,
        Up,
        Down
    };
    using Key = std::tuple<Kind, std::size_t, Scope>;
    using Order = std::vector<std::size_t>;

    std::size_t scenario(std::size_t component) const
    {
        const bool grouped = m_dependence == Dependence::ComonotoneGroups;
        return m_scenario[grouped ? m_truths[component]->group : 0];
    }
    std::size_t stateRank(std::size_t component, Scope scope)
    {
        return order({Kind::State, component, scope}, ways)[scenario(component)];
    }

    /// The order of this draw, the same in all scenarios.
    const Order& order(const Key& key, std::size_t size)
    {
        const auto known = m_orders.find(key);
        if (known != m_orders.end())
            return known->second;
        Order order(size);
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto shuffle = [&](std::size_t n) {
            for (std::size_t i = 1; i < n; ++i)
                std::swap(order[i], order[m_random.below(i + 1)]);
        };
        const auto form = m_dependence == Dependence::Mixed ? m_random.below(4) : 0;
        if (form == 1 || (m_dependence == Dependence::Countermonotone && m_orders.size() % 2 == 1))
            std::ranges::reverse(order);
        if (form == 2 || m_dependence == Dependence::Arbitrary)
            shuffle(size);
        if (form == 3)
            shuffle(size / 2);
        return m_orders.emplace(key, std::move(order)).first->second;
    }

    const Execution& m_execution;
    Dependence m_dependence;
    Random& m_random;
    Tape& m_tape;
    std::vector<const TrueComponent*> m_truths;
    std::map<Key, Order> m_orders;
    std::array<std::size_t, 2> m_scenario{};
};

} // namespace

TimedJourney randomTimedJourney(Random& random)
{
    return Generator(random).generate();
}

std::optional<ExactLaw> dependentLaw(const TimedJourney& journey, Dependence dependence, Random& random)
{
    Execution execution(journey.actual, journey.actualInputs);
    Tape tape;
    ScenarioDraws draws(execution, journey, dependence, random, tape);
    const std::size_t groups = dependence == Dependence::ComonotoneGroups ? ways : 1;
    const auto scenarios = static_cast<long double>(ways * groups);
    ExactLaw law;
    for (std::size_t first = 0; first < ways; ++first) {
        for (std::size_t second = 0; second < groups; ++second) {
            draws.setScenario(first, second);
            std::size_t choices = 0;
            do {
                if (++choices > 1000)
                    return std::nullopt;
                tape.rewind();
                const auto ending = execution.run(draws);
                (ending.success ? law.succeeded : law.failed)[ending.time] += tape.probability() / scenarios;
            } while (tape.advance());
        }
    }
    return law;
}

} // namespace emac::tests
