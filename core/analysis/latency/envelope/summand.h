// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace emac::analysis {

/// F(x) = P(X ≤ x) of a time X ≥ 0, in any unit; what F lacks to 1 lies at ∞. An immutable value, shared by pointer.
class Summand
{
public:
    Summand() = default;
    virtual ~Summand() = default;
    Summand(const Summand&) = delete;
    Summand& operator=(const Summand&) = delete;

    /// F(x); 0 for x < 0.
    virtual double value(double x) const = 0;
    /// P(X < x).
    virtual double before(double x) const = 0;
    /// ∫₀ˣ F; 0 for x < 0.
    virtual double integral(double x) const = 0;
    /// Frozen from `end` ≥ 0 on.
    virtual std::shared_ptr<const Summand> frozen(double end) const = 0;
    /// F is continuous and bends slowly between two knots; else it is constant there.
    virtual bool isSmooth() const = 0;
    /// What it stands for was stepped to the safe side: it is reached at most by this factor later (sooner) than that.
    virtual double stretch() const { return 1; }

    /// Ascending; nearly all of the mass lies between the first and the last one. At least one.
    std::span<const double> knots() const { return m_knots; }
    /// F(∞).
    double mass() const { return value(std::numeric_limits<double>::infinity()); }

protected:
    std::vector<double> m_knots;
};
using SummandPtr = std::shared_ptr<const Summand>;

/// A step function.
class StepSummand : public Summand
{
public:
    /// @param values F from each time on; @pre as many as times, at least one; both ascending, times ≥ 0
    StepSummand(std::vector<double> times, std::vector<double> values, double stretch = 1);

    double value(double x) const override;
    double before(double x) const override;
    double integral(double x) const override;
    SummandPtr frozen(double end) const override;
    bool isSmooth() const override { return false; }
    double stretch() const override { return m_stretch; }

    std::span<const double> values() const { return m_values; }

private:
    std::vector<double> m_values;
    std::vector<double> m_integrals; ///< up to each knot
    double m_stretch;
};

/// mass · P(lognormal ≤ x), frozen from `end` on.
class LognormalSummand : public Summand
{
public:
    /// @param mu, sigma of ln(time); sigma > 0, end ≥ 0
    LognormalSummand(double mu, double sigma, double mass, double end = std::numeric_limits<double>::infinity());

    double value(double x) const override;
    double before(double x) const override { return x > 0 ? value(x) : 0; }
    double integral(double x) const override;
    SummandPtr frozen(double end) const override;
    bool isSmooth() const override { return true; }

    /// F where ln x = first + i · step, as if it were not frozen.
    void valuesAtLogs(double first, double step, std::span<double> values) const;
    /// ln x at so many sigma.
    double logAt(double deviations) const { return m_mu + deviations * m_sigma; }
    double end() const { return m_end; }

private:
    double m_mu;
    double m_sigma;
    double m_mass;
    double m_mean; ///< exp(mu + sigma²/2)
    double m_end;
    double m_integralToEnd = 0;
};

} // namespace emac::analysis
