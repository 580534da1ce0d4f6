// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/analysis/journeys.h"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>

namespace emac::tests {

/// Nanoseconds; `never` is later than every finite time.
using Time = std::int64_t;
inline constexpr Time never = std::numeric_limits<Time>::max();

/// How an execution of a node ends, and how long after its start.
struct Ending
{
    bool success = false;
    Time time = 0;
    bool operator==(const Ending&) const = default;
};

/// Which end of the inputs an execution is drawn from.
enum class InputEnd
{
    Lower, ///< of S: worst availability, latest times, failures as late as they may be
    Nominal,
    Upper
};

/// One place of the written journey that calls; each use of a fragment apart.
struct CallPlace
{
    std::size_t number = 0;
    std::size_t component = 0; ///< in Execution::components()
    Time latestFailure = never; ///< the nearest enclosing timeout
};

/// A number for each module that draws for itself: 0 for the tree, others for each try of each retry.
using Scope = std::uint64_t;

/// Where an execution takes what is left to chance.
class Draws
{
public:
    Draws() = default;
    virtual ~Draws() = default;
    Draws(const Draws&) = delete;
    Draws& operator=(const Draws&) = delete;

    /// Whether the component is up for all calls of one scope; each scope asks at most once for each component.
    virtual bool isUp(std::size_t component, Scope scope) = 0;
    /// How a call ends, where its component is known to be up or down; with no state it draws its own outcome.
    virtual Ending call(const CallPlace& place, Scope scope, std::optional<bool> state) = 0;
    virtual std::size_t choice(const journey::Branch& branch) = 0;
};

/// Takes one way through all that is left to chance after the other, in the order of a tree that grows as it is asked.
class Tape
{
public:
    void rewind()
    {
        m_next = 0;
        m_probability = 1;
    }
    /// To the next way; false where all have been taken.
    bool advance();
    /// The next decision of this way. @pre weights sum to 1
    std::size_t take(const std::vector<long double>& weights);
    /// Of the way as far as it has been taken.
    long double probability() const { return m_probability; }

private:
    struct Taken
    {
        std::size_t index;
        std::size_t ways;
    };
    std::vector<Taken> m_taken;
    std::size_t m_next = 0;
    long double m_probability = 1;
};

/// One execution of a journey, straight from what the operators mean (semantics § 1 and 2): given how each call ends,
/// how does the whole? Written apart from the product, and without its curves.
class Execution
{
public:
    /// Of the journey's tree. @pre it and every used fragment exist, no operator has more than 16 children, no
    /// retry more than 15 attempts, there are at most 256 nodes, and five retries inside each other
    Execution(const journey::Journey& journey, const journey::Inputs& inputs);

    Ending run(Draws& draws);
    const std::vector<std::string>& components() const { return m_components; }
    const journey::Input& input(std::size_t component) const { return *m_inputs[component]; }
    const std::vector<CallPlace>& places() const { return m_places; }

private:
    /// An operator of the tree with the fragments written out.
    struct Node
    {
        journey::ExpressionPtr expression;
        std::vector<std::size_t> children;
        std::size_t place = 0; ///< of a call, in m_places
    };
    using States = std::vector<signed char>; ///< of components: −1 where nobody has asked yet

    std::size_t compile(const journey::Journey& journey, const journey::Inputs& inputs, const ExpressionPtr& node,
                        Time enclosing);
    Ending call(const CallPlace& place);
    Ending evaluate(std::size_t node);
    Ending evaluateSeries(const Node& node);
    Ending evaluateStarted(const Node& node, std::size_t needed, Time delay);
    Ending evaluateRetry(std::size_t node, const journey::Retry& retry);

    std::vector<Node> m_nodes;
    std::vector<std::string> m_components;
    std::vector<const journey::Input*> m_inputs;
    std::vector<CallPlace> m_places;
    std::size_t m_root = 0;
    States m_states;
    Scope m_scope = 0;
    Draws* m_draws = nullptr;
};

/// S and D of a journey, of probability in each instant.
struct ExactLaw
{
    std::map<Time, long double> succeeded; ///< mass at a time, `never` included
    std::map<Time, long double> failed;

    long double successBy(Time t) const; ///< S(t)
    long double failureBy(Time t) const; ///< D(t)
    long double success() const { return successBy(never); }
    /// inf{t : S(t) ≥ level}; never where it does not get there at a finite time.
    Time firstAt(long double level) const;
};

/// The law under independence by enumeration of all outcomes of components, calls and choices, and all their times.
/// @pre latency laws are knots with steps at the end that is asked for, probabilities of choices are numbers; for
/// InputEnd::Nominal no failure time is unstated
/// @returns nothing where there are more than `limit` outcomes
std::optional<ExactLaw> enumerate(const journey::Journey& journey, const journey::Inputs& inputs, InputEnd end,
                                  std::size_t limit = std::numeric_limits<std::size_t>::max());

/// The failure time of an input, where it does not depend on chance: at this end.
std::optional<Time> fixedFailureTime(const journey::Input& input, InputEnd end, Time latest);

} // namespace emac::tests
