// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_oracle.h"

#include <array>

namespace emac::tests {

using journey::FailureTime;

namespace {

Time after(Time first, Time second)
{
    return first == never || second == never ? never : first + second;
}

double failureOf(const journey::Input& input, InputEnd end)
{
    return end == InputEnd::Lower   ? input.failure.upper
           : end == InputEnd::Upper ? input.failure.lower
                                    : input.failure.nominal;
}

} // namespace

std::optional<Time> fixedFailureTime(const journey::Input& input, InputEnd end, Time latest)
{
    switch (input.failureTime.kind) {
    case FailureTime::Kind::Unstated:
        return end == InputEnd::Lower ? latest : 0;
    case FailureTime::Kind::Immediate:
        return 0;
    case FailureTime::Kind::LikeSuccess:
        return std::nullopt;
    case FailureTime::Kind::Constant:
        return input.failureTime.constant.count();
    }
    return std::nullopt;
}

Execution::Execution(const journey::Journey& journey, const journey::Inputs& inputs)
{
    m_root = compile(journey, inputs, journey.root, never);
}

std::size_t Execution::compile(const journey::Journey& journey, const journey::Inputs& inputs,
                               const ExpressionPtr& expression, Time enclosing)
{
    if (const auto* used = std::get_if<journey::Use>(&expression->op))
        return compile(journey, inputs, journey.fragment(used->fragment), enclosing);
    Node node{expression, {}, 0};
    if (const auto* call = std::get_if<journey::Call>(&expression->op)) {
        const auto known = std::ranges::find(m_components, call->component);
        node.place = m_places.size();
        m_places.push_back({node.place, static_cast<std::size_t>(known - m_components.begin()), enclosing});
        if (known == m_components.end()) {
            m_components.push_back(call->component);
            m_inputs.push_back(inputs.find(call->component));
        }
    }
    if (const auto* timeout = std::get_if<journey::Timeout>(&expression->op))
        enclosing = timeout->deadline.count();
    for (const auto& child : journey::children(*expression))
        node.children.push_back(compile(journey, inputs, child, enclosing));
    m_nodes.push_back(std::move(node));
    return m_nodes.size() - 1;
}

Ending Execution::run(Draws& draws)
{
    m_draws = &draws;
    m_states.assign(m_components.size(), -1);
    m_scope = 0;
    return evaluate(m_root);
}

Ending Execution::call(const CallPlace& place)
{
    if (m_inputs[place.component]->independentCalls)
        return m_draws->call(place, m_scope, std::nullopt);
    if (m_states[place.component] < 0)
        m_states[place.component] = m_draws->isUp(place.component, m_scope) ? 1 : 0;
    return m_draws->call(place, m_scope, m_states[place.component] == 1);
}

Ending Execution::evaluate(std::size_t index)
{
    const Node& node = m_nodes[index];
    return std::visit(
        [&](const auto& op) -> Ending {
            using T = std::decay_t<decltype(op)>;
            const std::size_t n = node.children.size();
            if constexpr (std::is_same_v<T, journey::Call>) {
                return call(m_places[node.place]);
            } else if constexpr (std::is_same_v<T, journey::Series>) {
                return evaluateSeries(node);
            } else if constexpr (std::is_same_v<T, journey::Parallel>) {
                return evaluateStarted(node, n, 0);
            } else if constexpr (std::is_same_v<T, journey::Race>) {
                return evaluateStarted(node, 1, op.hedgeDelay ? op.hedgeDelay->count() : 0);
            } else if constexpr (std::is_same_v<T, journey::KofN>) {
                return evaluateStarted(node, static_cast<std::size_t>(op.k), 0);
            } else if constexpr (std::is_same_v<T, journey::Branch>) {
                return evaluate(node.children[m_draws->choice(op)]);
            } else if constexpr (std::is_same_v<T, journey::Retry>) {
                return evaluateRetry(index, op);
            } else if constexpr (std::is_same_v<T, journey::Fallback>) {
                Time start = 0;
                for (const auto child : node.children) {
                    const auto ending = evaluate(child);
                    start = after(start, ending.time);
                    if (ending.success)
                        return {true, start};
                }
                return {false, start};
            } else if constexpr (std::is_same_v<T, journey::Timeout>) {
                const auto ending = evaluate(node.children[0]);
                return ending.time <= op.deadline.count() ? ending : Ending{false, op.deadline.count()};
            } else if constexpr (std::is_same_v<T, journey::Optional>) {
                const auto ending = evaluate(node.children[0]);
                return {true, op.waits() ? ending.time : 0};
            } else {
                return {}; // uses are written out
            }
        },
        node.expression->op);
}

Ending Execution::evaluateSeries(const Node& node)
{
    Time start = 0;
    for (const auto child : node.children) {
        const auto ending = evaluate(child);
        start = after(start, ending.time);
        if (!ending.success)
            return {false, start};
    }
    return {true, start};
}

/// Child i starts at i · delay, whatever happens; done with the k-th success, or with the failure after which k
/// successes are impossible.
Ending Execution::evaluateStarted(const Node& node, std::size_t needed, Time delay)
{
    std::array<Time, 16> times{}; // successes from the front, failures from the back
    const std::size_t n = node.children.size();
    std::size_t successes = 0;
    std::size_t failures = 0;
    Time start = 0;
    for (const auto child : node.children) {
        const auto ending = evaluate(child);
        times.at(ending.success ? successes++ : n - ++failures) = after(start, ending.time);
        start += delay;
    }
    const bool success = successes >= needed;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(successes);
    std::sort(success ? times.begin() : middle, success ? middle : times.begin() + static_cast<std::ptrdiff_t>(n));
    return {success, times.at(success ? needed - 1 : successes + n - needed)};
}

/// Each try is a module of its own: it draws everything afresh.
Ending Execution::evaluateRetry(std::size_t node, const journey::Retry& retry)
{
    const Time backoff = retry.backoff ? retry.backoff->count() : 0;
    const States outerStates = m_states;
    const Scope outerScope = m_scope;
    Time start = 0;
    bool success = false;
    for (int i = 0; i < retry.attempts && !success; ++i) {
        start = i == 0 ? 0 : after(start, backoff);
        m_states.assign(m_components.size(), -1);
        m_scope = outerScope * 4096 + node * 16 + static_cast<Scope>(i) + 1;
        const auto ending = evaluate(m_nodes[node].children[0]);
        start = after(start, ending.time);
        success = ending.success;
    }
    m_states = outerStates;
    m_scope = outerScope;
    return {success, start};
}

bool Tape::advance()
{
    while (!m_taken.empty() && m_taken.back().index + 1 == m_taken.back().ways)
        m_taken.pop_back();
    if (m_taken.empty())
        return false;
    ++m_taken.back().index;
    return true;
}

std::size_t Tape::take(const std::vector<long double>& weights)
{
    std::vector<std::size_t> possible;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] > 0)
            possible.push_back(i);
    }
    // What was taken the last time as far as that goes, then the first of the possible ones.
    if (m_next == m_taken.size())
        m_taken.push_back({0, possible.size()});
    const auto index = possible[m_taken[m_next++].index];
    m_probability *= weights[index];
    return index;
}

long double ExactLaw::successBy(Time t) const
{
    long double sum = 0;
    for (const auto& [time, mass] : succeeded)
        sum += time <= t ? mass : 0;
    return sum;
}

long double ExactLaw::failureBy(Time t) const
{
    long double sum = 0;
    for (const auto& [time, mass] : failed)
        sum += time <= t ? mass : 0;
    return sum;
}

Time ExactLaw::firstAt(long double level) const
{
    long double sum = 0;
    for (const auto& [time, mass] : succeeded) {
        sum += mass;
        if (sum >= level)
            return time;
    }
    return never;
}

namespace {

class AllDraws : public Draws
{
public:
    AllDraws(const Execution& execution, InputEnd end, Tape& tape)
        : m_execution(execution)
        , m_end(end)
        , m_tape(tape) { }

    bool isUp(std::size_t component, Scope) override
    {
        const long double q = failureOf(m_execution.input(component), m_end);
        return m_tape.take({1 - q, q}) == 0;
    }
    Ending call(const CallPlace& place, Scope scope, std::optional<bool> state) override
    {
        const auto& input = m_execution.input(place.component);
        const bool success = state ? *state : isUp(place.component, scope);
        if (!success) {
            if (const auto fixed = fixedFailureTime(input, m_end, place.latestFailure))
                return {false, *fixed};
        }
        return {success, time(*input.latency)};
    }
    std::size_t choice(const journey::Branch& branch) override
    {
        std::vector<long double> weights;
        for (const auto& choice : branch.choices)
            weights.push_back(choice.probability.lower.success());
        return m_tape.take(weights);
    }

private:
    Time time(const journey::LatencyLaw& law)
    {
        std::vector<Time> times;
        std::vector<long double> weights;
        long double before = 0;
        for (const auto& knot : std::get<std::vector<journey::LatencyLaw::Knot>>(law.form())) {
            const double value = m_end == InputEnd::Lower   ? knot.lower
                                 : m_end == InputEnd::Upper ? knot.upper
                                                            : knot.nominal;
            times.push_back(knot.time.count());
            weights.push_back(value - before);
            before = value;
        }
        times.push_back(never);
        weights.push_back(1 - before);
        return times[m_tape.take(weights)];
    }

    const Execution& m_execution;
    InputEnd m_end;
    Tape& m_tape;
};

} // namespace

std::optional<ExactLaw> enumerate(const journey::Journey& journey, const journey::Inputs& inputs, InputEnd end,
                                  std::size_t limit)
{
    Execution execution(journey, inputs);
    Tape tape;
    AllDraws draws(execution, end, tape);
    ExactLaw law;
    std::size_t ways = 0;
    do {
        if (++ways > limit)
            return std::nullopt;
        tape.rewind();
        const auto ending = execution.run(draws);
        (ending.success ? law.succeeded : law.failed)[ending.time] += tape.probability();
    } while (tape.advance());
    return law;
}

} // namespace emac::tests
