#include "base/files.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>

#include "base/error.hpp"

namespace grader {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    // read() leaves a failure in the stream's state. The stream's iterators would throw for a folder.
    std::ifstream file(path, std::ios::binary);
    std::string content;
    std::array<char, 65536> buffer{};
    while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0)
        content.append(buffer.data(), static_cast<std::size_t>(file.gcount()));
    if (!file.eof()) throw Error(ExitCode::environment, fmt::format("{}: can't be read", path.string()));
    return content;
}

void write_file(const fs::path& path, std::string_view content) {
    const fs::path draft = path.string() + fmt::format(".draft-{}", getpid());
    std::ofstream file(draft, std::ios::binary);
    file << content;
    file.close();
    std::error_code error;
    if (file) fs::rename(draft, path, error);
    if (!file || error) {
        const std::string reason = error ? error.message() : std::strerror(errno);
        fs::remove(draft, error);
        throw Error(ExitCode::environment, fmt::format("{}: can't be written: {}", path.string(), reason),
                    "check the free space (df -h) and the folder's permissions");
    }
}

std::string content_hash(const std::vector<std::string>& parts) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    bool good = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    for (const std::string& part : parts) {
        const std::uint64_t size = part.size();
        good = good && EVP_DigestUpdate(context.get(), &size, sizeof size) == 1 &&
               EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (!good || EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1)
        throw Error(ExitCode::environment, "OpenSSL has no SHA-256", "run ./setup again");
    std::string text;
    for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", digest.at(i));
    return text;
}

std::vector<std::string> folder_contents(const fs::path& folder) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file()) paths.push_back(entry.path());
    std::ranges::sort(paths);
    std::vector<std::string> parts;
    for (const fs::path& path : paths) {
        parts.push_back(path.filename().string());
        parts.push_back(read_file(path));
    }
    return parts;
}

void make_out_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ExitCode::environment,
                    fmt::format("{}: can't create this folder: {}", folder.string(), error.message()),
                    "name another one: make grade OUT=path");
}

}  // namespace grader
