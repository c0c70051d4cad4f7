#include "check/case_runner.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace grader {

namespace {

std::string unique_name(const Suite& suite) {
    return fmt::format("{}/{}", suite.name(), suite.number());
}

/// One case as GoogleTest sees it.
class CaseTest : public testing::Test {
  public:
    CaseTest(std::shared_ptr<Suite> suite, CheckCase at) : suite_(std::move(suite)), at_(at) {}

  private:
    void TestBody() override {
        if (suite_->over()) GTEST_SKIP() << "left out after the case before";
        const Check check = suite_->run(at_);
        if (!check.outcome) GTEST_SKIP() << check.message;
        EXPECT_EQ(check.outcome, Verdict::pass) << check.message;
    }

    std::shared_ptr<Suite> suite_;
    CheckCase at_;
};

/// Passes GoogleTest's result of each case on to the running suite.
class Listener : public testing::EmptyTestEventListener {
  public:
    void listen_for(Suite& suite) { suite_ = &suite; }
    void OnTestEnd(const testing::TestInfo& test) override {
        suite_->conclude(test.result()->Passed(), test.result()->Skipped());
    }

  private:
    Suite* suite_ = nullptr;
};

/// Initialises GoogleTest without its printer, since the reports show the results. main() has made sure that
/// no environment variable controls it.
Listener& start_googletest() {
    static Listener* const the_listener = [] {
        int argc = 1;
        char program[] = "grader";
        char* argv[] = {program, nullptr};
        testing::InitGoogleTest(&argc, argv);
        testing::GTEST_FLAG(catch_exceptions) = false;
        auto& listeners = testing::UnitTest::GetInstance()->listeners();
        delete listeners.Release(listeners.default_result_printer());
        auto* const listener = new Listener;
        listeners.Append(listener);  // and takes ownership
        return listener;
    }();
    return *the_listener;
}

}  // namespace

void GoogleTestRunner::add(const std::shared_ptr<Suite>& suite, std::uint64_t seed) {
    start_googletest();
    for (const CheckCase& at : suite->cases(seed)) {
        suite->expect_case();
        testing::RegisterTest(unique_name(*suite).c_str(), suite->label(at).c_str(), nullptr, nullptr,
                              __FILE__, __LINE__,
                              [=]() -> testing::Test* { return new CaseTest(suite, at); });
    }
}

void GoogleTestRunner::run(Suite& suite) {
    start_googletest().listen_for(suite);
    testing::GTEST_FLAG(filter) = unique_name(suite) + ".*";
    [[maybe_unused]] const int failed = RUN_ALL_TESTS();  // every outcome is in the suite
    suite.finish();
}

}  // namespace grader
