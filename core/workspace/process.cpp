// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/process.h"

#include "core/workspace/descriptor.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;
using base::Code;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

constexpr auto grace = 2s; ///< between SIGTERM and SIGKILL

/// Above those of the standard streams, which it would otherwise be in the way of.
Descriptor above(int number)
{
    Descriptor given(number);
    if (number < 0 || number > STDERR_FILENO)
        return given;
    return Descriptor(::fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

/// The end that is read here, and the end that the program writes to.
struct Pipe
{
    Descriptor read;
    Descriptor write;
};

int makePipe(Pipe& pipe)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return errno;
    pipe.read = above(ends[0]);
    pipe.write = above(ends[1]);
    if (!pipe.read.isOpen() || !pipe.write.isOpen() || ::fcntl(pipe.read.number(), F_SETFL, O_NONBLOCK) != 0)
        return errno;
    return 0;
}

/// A file without a name that holds the input: unlike a pipe it can be filled without anyone reading, and a program
/// that does not read it brings no SIGPIPE.
int makeInput(const std::string& text, Descriptor& input)
{
    input =
        above(text.empty() ? ::open("/dev/null", O_RDONLY | O_CLOEXEC) : ::memfd_create("standard input", MFD_CLOEXEC));
    if (!input.isOpen())
        return errno;
    for (std::size_t written = 0; written < text.size();) {
        const auto count = ::write(input.number(), text.data() + written, text.size() - written);
        if (count < 0 && errno != EINTR)
            return errno;
        written += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    return text.empty() || ::lseek(input.number(), 0, SEEK_SET) == 0 ? 0 : errno;
}

std::vector<std::string> environmentOf(const Command& command)
{
    std::vector<std::string> variables;
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
        const std::string text(*variable);
        if (!command.environment.contains(text.substr(0, text.find('='))))
            variables.push_back(text);
    }
    for (const auto& [name, value] : command.environment) {
        if (value)
            variables.push_back(name + '=' + *value);
    }
    return variables;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (auto& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// How posix_spawn is to start a program.
class Setup
{
public:
    Setup()
    {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawnattr_init(&m_attributes);
    }
    ~Setup()
    {
        ::posix_spawn_file_actions_destroy(&m_actions);
        ::posix_spawnattr_destroy(&m_attributes);
    }
    Setup(const Setup&) = delete;
    Setup& operator=(const Setup&) = delete;
    Setup(Setup&&) = delete;
    Setup& operator=(Setup&&) = delete;

    /// @returns 0, or the number of the error
    int prepare(const fs::path& folder, int input, int output, int errors)
    {
        sigset_t every;
        sigset_t none;
        sigfillset(&every);
        sigemptyset(&none);
        for (const int error : {::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF
                                                                              | POSIX_SPAWN_SETSIGMASK),
                                ::posix_spawnattr_setsigdefault(&m_attributes, &every),
                                ::posix_spawnattr_setsigmask(&m_attributes, &none),
                                folder.empty() ? 0 : ::posix_spawn_file_actions_addchdir_np(&m_actions, folder.c_str()),
                                ::posix_spawn_file_actions_adddup2(&m_actions, input, STDIN_FILENO),
                                ::posix_spawn_file_actions_adddup2(&m_actions, output, STDOUT_FILENO),
                                ::posix_spawn_file_actions_adddup2(&m_actions, errors, STDERR_FILENO),
                                ::posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1)}) {
            if (error != 0)
                return error;
        }
        return 0;
    }
    int spawn(const Command& command, pid_t& child) const
    {
        std::vector<std::string> arguments{command.program.string()};
        arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
        auto variables = environmentOf(command);
        return ::posix_spawn(&child, command.program.c_str(), &m_actions, &m_attributes, pointersTo(arguments).data(),
                             pointersTo(variables).data());
    }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

/// A program that has been started, until it has been waited for.
class Child
{
public:
    Child(pid_t id, Descriptor output, Descriptor errors, std::size_t mostOutput)
        : m_id(id)
        , m_output(std::move(output))
        , m_errors(std::move(errors))
        , m_end(static_cast<int>(::syscall(SYS_pidfd_open, id, 0)))
        , m_mostOutput(mostOutput)
    {
    }

    /// Takes what there is of the output, and waits up to `pause` for more, or for the program to end.
    void follow(std::chrono::milliseconds pause)
    {
        std::array<pollfd, 3> streams{
            {{m_output.number(), POLLIN, 0}, {m_errors.number(), POLLIN, 0}, {m_end.number(), POLLIN, 0}}};
        ::poll(streams.data(), streams.size(), static_cast<int>(pause.count()));
        m_ended = hasEnded(); // first: what it had written until its end is then there to be read
        drain(m_output, m_finished.output);
        drain(m_errors, m_finished.errors);
    }
    bool ended() const { return m_ended; }
    bool wroteTooMuch() const { return m_tooMuch; }
    void signal(int number) const { ::kill(-m_id, number); }
    /// @pre ended()
    Finished reap()
    {
        int status = 0;
        pid_t id = 0;
        do {
            id = ::waitpid(m_id, &status, 0);
        } while (id < 0 && errno == EINTR);
        if (id > 0 && WIFSIGNALED(status)) {
            m_finished.ending = Ending::Signalled;
            m_finished.status = WTERMSIG(status);
        } else {
            // A process that ignores SIGCHLD is told nothing of its children: then it is no success.
            m_finished.status = id > 0 ? WEXITSTATUS(status) : 127;
        }
        return std::move(m_finished);
    }

private:
    /// Without reaping it: until then its number, and that of its group, belong to nobody else.
    bool hasEnded() const
    {
        siginfo_t about{};
        return ::waitid(P_PID, static_cast<id_t>(m_id), &about, WEXITED | WNOWAIT | WNOHANG) != 0 ? errno != EINTR
                                                                                                  : about.si_pid != 0;
    }
    void drain(Descriptor& stream, std::string& text)
    {
        std::array<char, 1U << 16U> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by read()
        while (stream.isOpen()) {
            const auto count = ::read(stream.number(), buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && errno == EAGAIN)
                return;
            if (count <= 0) {
                stream = Descriptor();
                return;
            }
            const auto room = m_mostOutput - text.size();
            text.append(buffer.data(), std::min(static_cast<std::size_t>(count), room));
            if (static_cast<std::size_t>(count) > room) {
                m_tooMuch = true;
                m_output = Descriptor();
                m_errors = Descriptor();
            }
        }
    }

    pid_t m_id;
    Descriptor m_output;
    Descriptor m_errors;
    Descriptor m_end; ///< readable once the program has ended; not open where the system has no such thing
    std::size_t m_mostOutput;
    bool m_tooMuch = false;
    bool m_ended = false;
    Finished m_finished;
};

/// Why the program must end now; absent while it may go on.
std::optional<Ending> reasonToEnd(const Child& child, Clock::time_point deadline, const base::Watch& watch)
{
    if (child.wroteTooMuch())
        return Ending::TooMuch;
    if (watch.stopRequested())
        return Ending::Stopped;
    if (Clock::now() >= deadline || watch.expired())
        return Ending::TooLong;
    return std::nullopt;
}

/// Follows the program to its end, with a look at the watch every 20 ms at least.
Finished follow(Child& child, std::chrono::milliseconds limit, const base::Watch& watch)
{
    const auto deadline = Clock::now() + limit;
    std::optional<Ending> reason;
    Clock::time_point killTime;
    auto pause = 1ms;
    for (;;) {
        // Output and the end are told at once; where the end is not, it is looked for more and more seldom.
        child.follow(pause);
        const bool newReason = !reason && (reason = reasonToEnd(child, deadline, watch));
        if (child.ended())
            break;
        pause = std::min(pause * 2, 20ms);
        if (newReason) {
            child.signal(SIGTERM);
            killTime = Clock::now() + grace;
        } else if (reason && Clock::now() >= killTime) {
            child.signal(SIGKILL);
        }
    }
    const bool endedByUs = killTime != Clock::time_point();
    if (endedByUs) // what its children made of the first signal
        child.signal(SIGKILL);
    auto finished = child.reap();
    if (endedByUs || child.wroteTooMuch())
        finished.ending = *reason;
    return finished;
}

base::Result<Finished> failed(const Command& command, int error)
{
    const auto program = command.program.string();
    if (error == ENOENT && ::access(command.program.c_str(), F_OK) != 0)
        return {std::nullopt, {{{Code::ProgramMissing, {program}}, {}}}};
    return {std::nullopt, {{{Code::ProgramNotStarted, {program, std::generic_category().message(error)}}, {}}}};
}

} // namespace

base::Result<Finished> run(const Command& command, const base::Watch& watch)
{
    Descriptor input;
    Pipe output;
    Pipe errors;
    for (const int error : {makeInput(command.input, input), makePipe(output), makePipe(errors)}) {
        if (error != 0)
            return failed(command, error);
    }
    Setup setup;
    if (const int error = setup.prepare(command.folder, input.number(), output.write.number(), errors.write.number()))
        return failed(command, error);
    const auto start = Clock::now();
    pid_t id = 0;
    if (const int error = setup.spawn(command, id))
        return failed(command, error);
    input = Descriptor();
    output.write = Descriptor();
    errors.write = Descriptor();
    Child child(id, std::move(output.read), std::move(errors.read), command.mostOutput);
    auto finished = follow(child, command.limit, watch);
    finished.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    return {std::move(finished), {}};
}

std::optional<base::Message> complaint(const Command& command, const Finished& finished)
{
    const auto program = command.program.string();
    switch (finished.ending) {
    case Ending::Exited:
        break;
    case Ending::Signalled:
        return base::Message{Code::ProgramCrashed, {program, std::to_string(finished.status)}};
    case Ending::TooLong:
        return base::Message{
            Code::ProgramTooLong,
            {program, std::to_string(std::chrono::duration_cast<std::chrono::seconds>(finished.elapsed).count())}};
    case Ending::Stopped:
        return base::Message{Code::ProgramStopped, {program}};
    case Ending::TooMuch:
        return base::Message{Code::ProgramOutputTooLong, {program, std::to_string(command.mostOutput)}};
    }
    return std::nullopt;
}

std::optional<fs::path> findProgram(std::string_view name)
{
    const auto* variable = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nothing here sets variables
    const std::string_view folders = variable != nullptr ? variable : "/usr/local/bin:/usr/bin:/bin";
    for (std::size_t begin = 0; begin <= folders.size();) {
        const auto end = std::min(folders.find(':', begin), folders.size());
        const auto file = fs::path(folders.substr(begin, end - begin)) / name;
        begin = end + 1;
        std::error_code error;
        if (file.is_absolute() && fs::is_regular_file(file, error) && ::access(file.c_str(), X_OK) == 0)
            return file;
    }
    return std::nullopt;
}

} // namespace emac::workspace
