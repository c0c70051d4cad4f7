// Fuzzes a worker's reply: any bytes give an outcome whose numbers and texts a report can contain.

#include "run/reply.hpp"

#include <cmath>
#include <cstring>

#include "invariant.hpp"
#include "measure/scaling.hpp"

namespace {

struct Input {
    worker::Reply reply;
    std::uint64_t asked;
    std::uint64_t arena_bytes;
    std::uint64_t address;
    std::uint64_t cpu_ns;
};

void check_speedup(const grader::CallResult& result) {
    constexpr unsigned threads = 4;
    const auto call = grader::per_call(result, 3);
    const auto speedup = grader::predicted_speedup(threads, 1e-3, 1e-3, {call, call});
    require(std::isfinite(speedup.inflation), "the inflation is finite");
    if (speedup.predicted)
        require(speedup.predicted->value > 0 && speedup.predicted->value <= threads,
                "a speed-up is above 0 and at most the number of threads");
    const auto efficiency = grader::mean_efficiency({speedup}, 1);
    require(!efficiency || (efficiency->value > 0 && efficiency->value <= 1), "an efficiency is from 0 to 1");
    std::string said = grader::limit_of({speedup}).sentence;
    for (const auto& doubt : grader::audit({speedup})) said += doubt.why;
    require_printable(said, 2000);
    for (const char* no_number : {"inf ", "inf×", "nan"})
        require(said.find(no_number) == std::string::npos, "sentences have numbers", said);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using End = grader::CallResult::End;
    Input input{};
    std::memcpy(&input, data, std::min(size, sizeof input));
    const auto& reply = input.reply;
    for (const auto asked : {worker::RequestKind::call, worker::RequestKind::judge}) {
        auto result = grader::result_of(reply, asked);
        require(result.end <= End::resized || result.end == End::nonsense, "a reply has an end");
        require(result.text.size() <= reply.text.size() && (result.end == End::threw || result.text.empty()),
                "a text is the reply's");
        require_printable(grader::printable(result.text), 3 * reply.text.size());
        result.cpu_s = 1e-9 * static_cast<double>(input.cpu_ns % 1'000'000'000'000);
        if (result.end == End::done) check_speedup(result);
    }
    if (const auto shape = grader::image_to_evaluate(reply, input.arena_bytes)) {
        require(shape->rows == reply.rows && shape->cols == reply.cols, "the shape is the one asked for");
        require(shape->rows == 0 || shape->pixels() / shape->rows == shape->cols, "no overflow");
        require(shape->pixels() <= input.arena_bytes / sizeof(double), "the image is in the arena");
    }
    const grader::Shape shape{reply.rows % 5000, reply.cols % 5000};
    if (const auto pixel = grader::pixel_at(input.address, reply.value, shape))
        require(pixel->first < shape.rows && pixel->second < shape.cols, "the pixel is in the image");
    return 0;
}
