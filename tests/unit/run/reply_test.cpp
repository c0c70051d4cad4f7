#include "run/reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "measure/scaling.hpp"

namespace grader {
namespace {

using End = CallResult::End;
using worker::Reply;
using worker::ReplyKind;
using worker::RequestKind;

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

Reply reply_of(ReplyKind kind) {
    Reply reply{};
    reply.kind = kind;
    return reply;
}

TEST(AReply, that_answers_another_question_is_nonsense) {
    for (const std::uint32_t kind : {0U, 1U, 3U, 4U, 9U, 0xFFFFFFFFU})
        EXPECT_EQ(result_of(reply_of(static_cast<ReplyKind>(kind)), RequestKind::call).end, End::nonsense)
            << kind;
    EXPECT_EQ(result_of(reply_of(ReplyKind::done), RequestKind::judge).end, End::nonsense);
    EXPECT_EQ(result_of(reply_of(ReplyKind::done), RequestKind::call).end, End::done);
}

TEST(AReply, with_a_clock_beyond_the_limit_of_cpu_time_is_nonsense) {
    using Reading = worker::virtual_clock::Reading;
    for (const auto field :
         {&Reading::span_ns, &Reading::work_ns, &Reading::most_held_ns, &Reading::starting_ns,
          &Reading::caller_ns, &Reading::longest_ns, &Reading::threads}) {
        Reply reply = reply_of(ReplyKind::done);
        reply.clock.*field = largest;
        EXPECT_EQ(result_of(reply, RequestKind::clocked_call).end, End::nonsense);
    }
}

TEST(AReply, has_a_text_that_ends_with_it) {
    Reply reply = reply_of(ReplyKind::threw);
    reply.text.fill('x');
    EXPECT_EQ(result_of(reply, RequestKind::call).text, std::string(reply.text.size(), 'x'));
}

TEST(AReply, asks_for_no_image_whose_size_overflows) {
    Reply reply = reply_of(ReplyKind::evaluate);
    reply.rows = reply.cols = std::uint64_t{1} << 32;
    EXPECT_FALSE(image_to_evaluate(reply, 1 << 20));
    reply.rows = reply.cols = 8;
    EXPECT_TRUE(image_to_evaluate(reply, worker::image_offset(1, 64)));
    EXPECT_FALSE(image_to_evaluate(reply, worker::image_offset(1, 64) - 1));
}

TEST(AClaim, of_no_time_at_all_gives_numbers) {
    const ThreadedCall call = per_call({}, 1);
    const Speedup speedup = predicted_speedup(4, least_s, least_s, {call, call});
    EXPECT_TRUE(std::isfinite(speedup.inflation));
    EXPECT_THAT(limit_of({speedup}).sentence, testing::Not(testing::HasSubstr("nan")));
}

}  // namespace
}  // namespace grader
