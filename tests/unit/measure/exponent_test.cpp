#include "measure/exponent.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "measure/statistics.hpp"

namespace {

using grader::TimedSize;

struct Law {
    double exponent = 1;
    double fixed_s = 0;
    double scale_s = 8e-5;
};

std::vector<TimedSize> sweep(const Law& law, double noise = 0, unsigned seed = 1) {
    std::mt19937 generator(seed);
    std::normal_distribution<double> normal(0, 1);
    std::vector<TimedSize> sizes;
    for (const double edge : {10, 20, 30, 40, 50, 64, 96, 128}) {
        const double pixels = edge * edge;
        sizes.push_back({pixels, (law.fixed_s + law.scale_s * std::pow(pixels, law.exponent)) *
                                     std::exp(noise * normal(generator))});
    }
    return sizes;
}

TEST(Exponent, OfAnExactPowerIsThatPower) {
    for (const double exponent : {0.5, 1.0, 1.5, 2.0, 3.0}) {
        for (const double scale_s : {1e-12, 8e-5, 100.0}) {
            const auto fit = grader::fit_exponent(sweep({exponent, 0, scale_s}));
            ASSERT_TRUE(fit);
            EXPECT_NEAR(fit->value, exponent, 1e-3) << exponent << " " << scale_s;
            EXPECT_NEAR(fit->scale_s / scale_s, 1, 0.01) << exponent << " " << scale_s;
        }
    }
}

TEST(Exponent, AFixedCostIsNoGrowth) {
    const auto fit = grader::fit_exponent(sweep({1.0, 0.05, 8e-5}));
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->value, 1.0, 0.005);
    EXPECT_NEAR(fit->fixed_s, 0.05, 0.001);
}

TEST(Exponent, OneDisturbedSizeChangesLittleWhereverItIs) {
    for (std::size_t disturbed = 0; disturbed < 8; ++disturbed) {
        auto sizes = sweep({2.0, 0, 1e-9}, 0.005);
        sizes[disturbed].time_s *= 2.6;
        const auto fit = grader::fit_exponent(sizes);
        ASSERT_TRUE(fit);
        EXPECT_NEAR(fit->value, 2.0, 0.1) << "size " << disturbed;
    }
}

TEST(Exponent, TheIntervalHoldsTheTruthInNineOfTenSimulatedSweeps) {
    for (const double noise : {0.01, 0.05}) {
        for (const Law& law : {Law{1.0, 0, 8e-5}, Law{2.0, 1e-3, 1e-9}, Law{1.0, 1e-3, 8e-5}}) {
            int held = 0;
            for (unsigned seed = 0; seed < 200; ++seed) {
                const auto fit = grader::fit_exponent(sweep(law, noise, seed));
                if (fit && fit->low <= law.exponent && law.exponent <= fit->high) ++held;
            }
            EXPECT_GE(held, 180) << "exponent " << law.exponent << ", noise " << noise;
        }
    }
}

TEST(Exponent, NeedsFourDifferentSizes) {
    auto sizes = sweep({});
    sizes.resize(3);
    EXPECT_FALSE(grader::fit_exponent(sizes));
    sizes.push_back(sizes.back());
    EXPECT_FALSE(grader::fit_exponent(sizes));
    EXPECT_FALSE(grader::fit_exponent({}));
}

TEST(Statistics, TheMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo) {
    EXPECT_DOUBLE_EQ(grader::median({3, 1, 2}), 2);
    EXPECT_DOUBLE_EQ(grader::median({4, 1, 3, 2}), 2.5);
}

}  // namespace
