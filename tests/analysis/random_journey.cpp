// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/random_journey.h"

namespace emac::tests {

namespace {

std::string hundredths(int value)
{
    return value >= 100 ? "1" : (value < 10 ? "0.0" : "0.") + std::to_string(std::max(0, value));
}

class Generator
{
public:
    Generator(Random& random, const RandomJourneyOptions& options) : m_random(random), m_options(options) { }

    RandomJourney generate()
    {
        const int fragments = m_random.between(0, 3);
        int calls = m_options.calls;
        for (int i = 0; i < fragments; ++i) {
            const int part = std::clamp(calls / 5, 1, 3);
            m_result.journey.fragments.push_back({numbered("f", i), expression(part, 4)});
            calls -= part;
        }
        m_result.journey.root = expression(std::max(1, calls), 6);
        return std::move(m_result);
    }

private:
    std::string component()
    {
        if (m_options.unique > m_unique && (m_options.repeatable == 0 || m_random.chance(0.4)))
            return known(numbered("u", m_unique++));
        return known(numbered("r", m_random.below(std::max<std::size_t>(1, m_options.repeatable))));
    }

    std::string known(const std::string& name)
    {
        if (m_result.inputs.find(name) == nullptr) {
            m_result.components.push_back(name);
            m_result.inputs.set(name, input());
        }
        return name;
    }

    journey::Input input()
    {
        const double spread = std::log(m_options.largest / m_options.smallest);
        const double lower = m_options.smallest * std::exp(spread * m_random.unit());
        const double upper = m_random.chance(0.5) ? lower : std::min(m_options.largest, lower * (1 + m_random.unit()));
        auto input = interval(lower, std::max(lower, upper));
        input.independentCalls = m_random.chance(0.15);
        if (m_options.domains) {
            const std::vector<std::string> names{"zone:a", "zone:b", "zone", "net:1", "net:2", "cluster"};
            for (const auto& name : names) {
                if (m_random.chance(0.08))
                    input.domains.push_back(name);
            }
            input.domainsUnknown = m_random.chance(0.02);
        }
        return input;
    }

    ExpressionPtr expression(int calls, int depth)
    {
        const bool fragmentsExist = !m_result.journey.fragments.empty();
        if (calls <= 1 || depth == 0) {
            if (fragmentsExist && m_random.chance(0.2))
                return use(numbered("f", m_random.below(m_result.journey.fragments.size())));
            return call(component());
        }
        switch (m_random.below(11)) {
        case 0:
        case 1:
            return series(children(calls, depth));
        case 2:
        case 3:
            return parallel(children(calls, depth));
        case 4:
        case 5:
            return race(children(calls, depth));
        case 6: {
            auto list = children(calls, depth);
            const int k = m_random.between(1, static_cast<int>(list.size()));
            return kofn(k, std::move(list));
        }
        case 7:
            return choices(children(calls, depth));
        case 8: {
            auto list = children(calls, depth);
            auto primary = list.front();
            list.erase(list.begin());
            return fallback(std::move(primary), std::move(list));
        }
        case 9:
            return retry(m_random.between(1, 3), expression(calls, depth - 1));
        default: {
            auto body = expression(calls, depth - 1);
            return m_random.chance(0.5) ? timeout(std::move(body))
                                        : series({call(component()), optional(std::move(body))});
        }
        }
    }

    List children(int calls, int depth)
    {
        const int wanted = std::min(calls, m_random.between(2, std::max(2, m_options.calls / 6)));
        List list;
        for (int i = 0; i < wanted; ++i) {
            const int share = std::max(1, calls / (wanted - i));
            list.push_back(expression(share, depth - 1));
            calls -= share;
        }
        return list;
    }

    ExpressionPtr choices(List bodies)
    {
        bodies.resize(std::min<std::size_t>(bodies.size(), 4));
        std::vector<ChoiceText> list;
        const bool ranges = m_random.chance(0.6) && m_options.choiceRanges;
        int left = 100;
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            const bool last = i + 1 == bodies.size();
            const int weight = last ? left : m_random.between(0, left);
            left -= weight;
            const int width = ranges ? m_random.between(0, 20) : 0;
            list.push_back(
                {hundredths(std::max(0, weight - width)), hundredths(std::min(100, weight + width)), bodies[i]});
        }
        return branch(list);
    }

    Random& m_random;
    const RandomJourneyOptions& m_options;
    RandomJourney m_result;
    std::size_t m_unique = 0;
};

} // namespace

RandomJourney randomJourney(Random& random, const RandomJourneyOptions& options)
{
    return Generator(random, options).generate();
}

} // namespace emac::tests
