#include "sandbox/bubblewrap.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>

namespace sandbox {

namespace fs = std::filesystem;

namespace {

void append(std::vector<std::string>& to, std::initializer_list<std::string> words) {
    to.insert(to.end(), words);
}

/// Shows the system's programs and libraries, laid out as on the host. None of this is secret.
void show_system(std::vector<std::string>& argv) {
    append(argv, {"--ro-bind", "/usr", "/usr"});
    for (const char* folder : {"/bin", "/sbin", "/lib", "/lib32", "/lib64"}) {
        std::error_code error;
        if (fs::is_symlink(folder, error)) {
            append(argv, {"--symlink", fs::read_symlink(folder, error).string(), folder});
        } else if (fs::exists(folder, error)) {
            append(argv, {"--ro-bind", folder, folder});
        }
    }
    for (const char* path : {"/opt", "/nix", "/etc/alternatives", "/etc/ld.so.cache"})
        append(argv, {"--ro-bind-try", path, path});
    append(argv, {"--proc", "/proc"});
    for (const char* device : {"/dev/null", "/dev/urandom"}) append(argv, {"--dev-bind", device, device});
}

/// Makes the folders above a mount. bubblewrap itself would make them readable for their owner only.
void make_ancestors(std::vector<std::string>& argv, const fs::path& path, std::set<fs::path>& made) {
    std::vector<fs::path> ancestors;
    for (fs::path folder = path.parent_path(); folder != folder.root_path(); folder = folder.parent_path())
        ancestors.push_back(folder);
    for (auto folder = ancestors.rbegin(); folder != ancestors.rend(); ++folder)
        if (made.insert(*folder).second) append(argv, {"--perms", "0755", "--dir", folder->string()});
}

}  // namespace

std::vector<std::string> bubblewrapped(const Launch& launch, std::optional<uid_t> user, bool filtered) {
    const Confinement& confinement = *launch.confinement;
    std::vector<std::string> argv = {"bwrap",         "--die-with-parent",   "--new-session",
                                     "--unshare-ipc", "--unshare-pid",       "--unshare-net",
                                     "--unshare-uts", "--unshare-cgroup-try"};
    if (!user) argv.emplace_back("--unshare-user");
    std::set<fs::path> made = {"/usr", "/tmp", "/opt", "/etc", "/dev"};
    append(argv, {"--perms", "0755", "--dir", "/etc", "--perms", "0755", "--dir", "/dev"});
    show_system(argv);
    append(argv, {"--perms", "1777", "--size", std::to_string(confinement.scratch_bytes), "--tmpfs", "/tmp"});
    for (const fs::path& path : confinement.visible) {
        make_ancestors(argv, path, made);
        append(argv, {"--ro-bind", path.string(), path.string()});
    }
    if (const auto& folder = confinement.writable) {
        make_ancestors(argv, *folder, made);
        append(argv, {"--bind", folder->string(), folder->string()});
    }
    append(argv, {"--remount-ro", "/"});
    append(argv, {"--chdir", launch.cwd.empty() ? "/" : launch.cwd.string()});
    append(argv, {"--info-fd", std::to_string(info_fd)});
    if (filtered) append(argv, {"--seccomp", std::to_string(filter_fd)});
    if (user) {
        const std::string id = std::to_string(*user);
        append(argv, {"--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add",
                      "CAP_SETPCAP", "--", "setpriv", "--reuid", id, "--regid", id, "--clear-groups",
                      "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"});
    }
    argv.emplace_back("--");
    argv.insert(argv.end(), launch.argv.begin(), launch.argv.end());
    return argv;
}

std::optional<pid_t> first_process(const std::string& info) {
    const std::size_t key = info.find("\"child-pid\"");
    if (key == std::string::npos) return std::nullopt;
    const std::size_t digit = info.find_first_of("0123456789", key);
    if (digit == std::string::npos) return std::nullopt;
    pid_t pid = 0;
    if (std::from_chars(info.data() + digit, info.data() + info.size(), pid).ec != std::errc())
        return std::nullopt;
    return pid;
}

std::optional<pid_t> only_child(pid_t pid) {
    const std::string number = std::to_string(pid);
    pid_t child = 0;
    if (std::ifstream("/proc/" + number + "/task/" + number + "/children") >> child) return child;
    return std::nullopt;
}

}  // namespace sandbox
