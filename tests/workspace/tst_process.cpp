// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <thread>

using namespace emac;
using namespace std::chrono_literals;
using workspace::Ending;
namespace fs = std::filesystem;

namespace {

workspace::Command shell(const std::string& script)
{
    workspace::Command command;
    command.program = workspace::findProgram("sh").value();
    command.arguments = {"-c", script};
    return command;
}

workspace::Finished finished(const workspace::Command& command, const base::Watch& watch = {})
{
    const auto result = workspace::run(command, watch);
    if (!result.value)
        qFatal("%s", base::toString(result.diagnostics.front()).c_str());
    return *result.value;
}

bool isAlive(pid_t id)
{
    // A zombie that init has not collected yet is not alive.
    QFile status(QStringLiteral("/proc/%1/stat").arg(id));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    const auto text = status.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
}

} // namespace

/// Running other programs: real ones, and what can go wrong with them.
class TestProcess : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void tellsHowItEnded_data();
    void tellsHowItEnded();
    void passesArgumentsAsTheyAre();
    void inputOfAnySize_data();
    void inputOfAnySize();
    void inputThatNobodyReads();
    void workingDirectory();
    void environment();
    void cannotStart_data();
    void cannotStart();
    void capsTheOutput_data();
    void capsTheOutput();
    void endsAtItsLimit_data();
    void endsAtItsLimit();
    void endsAtTheDeadlineOfTheWatch();
    void stops();
    void endsTheWholeGroup();
    void doesNotWaitForTheBackground();
    void hasNoTerminalAndNoStrangeDescriptors();
    void hasDefaultSignals();
    void manyAtOnce();
    void findsPrograms();
    void complaints();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    int m_descriptors = 0;
    fs::path path(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }
    static int openDescriptors()
    {
        return static_cast<int>(QDir(QStringLiteral("/proc/self/fd"))
                                    .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                                    .size());
    }
};

void TestProcess::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_descriptors = openDescriptors();
}

/// Whatever a test did: no descriptor and no zombie is left of it.
void TestProcess::cleanup()
{
    QCOMPARE(openDescriptors(), m_descriptors);
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
    QCOMPARE(errno, ECHILD);
}

void TestProcess::tellsHowItEnded_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("ending");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("errors");
    const auto exited = static_cast<int>(Ending::Exited);
    QTest::newRow("fine") << "true" << exited << 0 << QByteArray() << QByteArray();
    QTest::newRow("both streams") << "echo a; echo b >&2; exit 3" << exited << 3 << QByteArray("a\n")
                                  << QByteArray("b\n");
    QTest::newRow("bytes") << R"(printf '\377\000x')" << exited << 0 << QByteArray("\xff\0x", 3) << QByteArray();
    QTest::newRow("signal") << "echo a; kill -9 $$" << static_cast<int>(Ending::Signalled) << SIGKILL
                            << QByteArray("a\n") << QByteArray();
    QTest::newRow("closes its output first")
        << "exec >&- 2>&-; sleep 0.05; exit 4" << exited << 4 << QByteArray() << QByteArray();
}

void TestProcess::tellsHowItEnded()
{
    QFETCH(QString, script);
    QFETCH(int, ending);
    QFETCH(int, status);
    QFETCH(QByteArray, output);
    QFETCH(QByteArray, errors);
    const auto result = finished(shell(script.toStdString()));
    QCOMPARE(static_cast<int>(result.ending), ending);
    QCOMPARE(result.status, status);
    QCOMPARE(QByteArray::fromStdString(result.output), output);
    QCOMPARE(QByteArray::fromStdString(result.errors), errors);
    QCOMPARE(result.succeeded(), ending == static_cast<int>(Ending::Exited) && status == 0);
}

void TestProcess::passesArgumentsAsTheyAre()
{
    auto command = shell(R"(for a in "$0" "$@"; do printf '%s|' "$a"; done)");
    const std::vector<std::string> arguments{"-n", "", "a b", "$HOME;`id`", "'\"\\", "ä\n\xff"};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    std::string expected;
    for (const auto& argument : arguments)
        expected += argument + '|';
    QCOMPARE(QByteArray::fromStdString(finished(command).output), QByteArray::fromStdString(expected));
}

void TestProcess::inputOfAnySize_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 4096, 65'536, 65'537, 5'000'000})
        QTest::addRow("%d", size) << size;
}

/// More than a pipe holds, in both directions at once.
void TestProcess::inputOfAnySize()
{
    QFETCH(int, size);
    auto command = shell("cat; printf . >&2");
    for (int i = 0; i < size; ++i)
        command.input += static_cast<char>(i * 31);
    const auto result = finished(command);
    QVERIFY(result.succeeded());
    QVERIFY(result.output == command.input);
    QCOMPARE(result.errors, std::string("."));
}

void TestProcess::inputThatNobodyReads()
{
    auto command = shell("exec <&-; echo done");
    command.input.assign(1'000'000, 'x');
    QCOMPARE(finished(command).output, std::string("done\n"));
}

void TestProcess::workingDirectory()
{
    auto command = shell("pwd -P");
    command.folder = path("a folder");
    fs::create_directory(command.folder);
    QCOMPARE(finished(command).output, fs::canonical(command.folder).string() + '\n');
    command.folder.clear();
    QCOMPARE(finished(command).output, fs::canonical(fs::current_path()).string() + '\n');
}

void TestProcess::environment()
{
    qputenv("EMAC_TEST_KEPT", "kept");
    qputenv("EMAC_TEST_CHANGED", "old");
    qputenv("EMAC_TEST_GONE", "there");
    auto command = shell(
        R"(printf '%s,%s,%s,%s' "$EMAC_TEST_KEPT" "$EMAC_TEST_CHANGED" "${EMAC_TEST_GONE-gone}" "$EMAC_TEST_NEW")");
    command.environment = {{"EMAC_TEST_CHANGED", "new=er"}, {"EMAC_TEST_GONE", std::nullopt}, {"EMAC_TEST_NEW", "ä b"}};
    QCOMPARE(finished(command).output, std::string("kept,new=er,gone,ä b"));
    QCOMPARE(qgetenv("EMAC_TEST_CHANGED"), QByteArray("old"));
}

void TestProcess::cannotStart_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("code");
    QTest::newRow("missing") << "missing" << static_cast<int>(base::Code::ProgramMissing);
    QTest::newRow("a folder") << "." << static_cast<int>(base::Code::ProgramNotStarted);
    QTest::newRow("not executable") << "text" << static_cast<int>(base::Code::ProgramNotStarted);
    QTest::newRow("its interpreter is missing") << "script" << static_cast<int>(base::Code::ProgramNotStarted);
    QTest::newRow("no such working directory") << "sh" << static_cast<int>(base::Code::ProgramNotStarted);
}

void TestProcess::cannotStart()
{
    QFETCH(QString, what);
    QFETCH(int, code);
    for (const auto& name : {"text", "script"}) {
        QFile file(QString::fromStdString(path(name).string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/nowhere/interpreter\n");
    }
    fs::permissions(path("script"), fs::perms::owner_all);
    workspace::Command command;
    command.program = path(qPrintable(what));
    if (what == QLatin1String("sh")) {
        command = shell("true");
        command.folder = path("nowhere");
    }
    const auto result = workspace::run(command);
    QVERIFY(!result.value);
    QCOMPARE(result.diagnostics.size(), std::size_t(1));
    QCOMPARE(static_cast<int>(result.diagnostics.front().message.code), code);
    QCOMPARE(result.diagnostics.front().message.arguments.front(), command.program.string());
}

void TestProcess::capsTheOutput_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("tooMuch");
    QTest::newRow("endless") << "yes" << true;
    QTest::newRow("endless errors") << "yes >&2" << true;
    QTest::newRow("endless, and deaf") << "trap '' TERM PIPE; while :; do echo xxxxxxxxxx; done" << true;
    QTest::newRow("one byte more, then ended") << "printf 12345678901" << true;
    QTest::newRow("just as much") << "printf 1234567890; printf 1234567890 >&2" << false;
}

void TestProcess::capsTheOutput()
{
    QFETCH(QString, script);
    QFETCH(bool, tooMuch);
    auto command = shell(script.toStdString());
    command.mostOutput = 10;
    const auto result = finished(command);
    QCOMPARE(result.ending, tooMuch ? Ending::TooMuch : Ending::Exited);
    QVERIFY(result.output.size() == 10 || result.errors.size() == 10);
    QVERIFY(result.output.size() <= 10 && result.errors.size() <= 10);
}

void TestProcess::endsAtItsLimit_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("atLeast"); ///< milliseconds
    QTest::newRow("sleeps") << "echo a; sleep 60; echo over" << 200;
    QTest::newRow("is busy") << "echo a; while :; do :; done" << 200;
    QTest::newRow("ignores SIGTERM") << "trap '' TERM; echo a; while :; do sleep 0.1; done" << 2200;
    QTest::newRow("cleans up") << "trap 'echo bye; exit 0' TERM; echo a; while :; do sleep 0.05; done" << 200;
}

void TestProcess::endsAtItsLimit()
{
    QFETCH(QString, script);
    QFETCH(int, atLeast);
    auto command = shell(script.toStdString());
    command.limit = 200ms;
    const auto result = finished(command);
    QCOMPARE(result.ending, Ending::TooLong);
    QVERIFY(result.output.starts_with("a\n"));
    QCOMPARE(result.output.ends_with("bye\n"), qstrcmp(QTest::currentDataTag(), "cleans up") == 0);
    QVERIFY(result.output.find("over") == std::string::npos); // not that it ended by itself
    QVERIFY(result.elapsed.count() >= atLeast);
}

void TestProcess::endsAtTheDeadlineOfTheWatch()
{
    const auto result = finished(shell("exec sleep 60"), base::Watch({}, 100ms));
    QCOMPARE(result.ending, Ending::TooLong);
}

void TestProcess::stops()
{
    std::stop_source source;
    std::jthread stopper([&source] {
        std::this_thread::sleep_for(100ms);
        source.request_stop();
    });
    const auto result = finished(shell("sleep 60; echo over"), base::Watch(source.get_token()));
    QCOMPARE(result.ending, Ending::Stopped);
    QCOMPARE(result.output, std::string());
}

void TestProcess::endsTheWholeGroup()
{
    auto command = shell("(trap '' TERM; sleep 60) & echo $!; (sleep 60) & echo $!; wait");
    command.limit = 300ms;
    const auto result = finished(command);
    QCOMPARE(result.ending, Ending::TooLong);
    const auto children = QByteArray::fromStdString(result.output).split('\n');
    QCOMPARE(children.size(), 3);
    for (const auto& child : children.first(2))
        QTRY_VERIFY(!isAlive(child.toInt()));
}

/// A hook may leave something running that holds the pipes: what was written is there, and nobody waits.
void TestProcess::doesNotWaitForTheBackground()
{
    const auto result = finished(shell("echo before; sleep 30 & echo $!"));
    QVERIFY(result.succeeded());
    QVERIFY(result.output.starts_with("before\n"));
    const auto child = QByteArray::fromStdString(result.output).split('\n').at(1).toInt();
    QVERIFY(isAlive(child)); // it has not been waited for
    ::kill(child, SIGKILL);
    QTRY_VERIFY(!isAlive(child));
}

void TestProcess::hasNoTerminalAndNoStrangeDescriptors()
{
    constexpr int leaky = 57; // without FD_CLOEXEC
    QCOMPARE(::dup2(STDIN_FILENO, leaky), leaky);
    const auto result = finished(shell("if (: </dev/tty) 2>/dev/null; then echo terminal; fi; "
                                       "if [ -e /proc/self/fd/57 ]; then echo descriptor; fi; cat"));
    ::close(leaky);
    QCOMPARE(QByteArray::fromStdString(result.output), QByteArray());
    QVERIFY(result.succeeded());
}

void TestProcess::hasDefaultSignals()
{
    sigset_t blocked;
    sigset_t before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    QCOMPARE(::pthread_sigmask(SIG_BLOCK, &blocked, &before), 0);
    auto* const old = std::signal(SIGPIPE, SIG_IGN);
    const auto result = finished(shell("sed -n 's/^Sig[BI][lg][kn]:.//p' /proc/self/status"));
    std::signal(SIGPIPE, old);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    const auto masks = QByteArray::fromStdString(result.output).split('\n');
    QCOMPARE(masks.size(), 3);
    constexpr quint64 ofTheLibrary = 0x1'8000'0000; // 32 and 33, which only the C library uses
    for (const auto& mask : masks.first(2))
        QCOMPARE(mask.toULongLong(nullptr, 16) & ~ofTheLibrary, quint64(0));
}

void TestProcess::manyAtOnce()
{
    std::vector<std::string> outputs(16);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            threads.emplace_back([&outputs, i] {
                auto command = shell("cat; sleep 0.05; cat /proc/self/fd/0 >/dev/null; echo $?");
                command.input = std::to_string(i) + ':';
                outputs[i] = finished(command).output;
            });
        }
    }
    for (std::size_t i = 0; i < outputs.size(); ++i)
        QCOMPARE(outputs[i], std::to_string(i) + ":0\n");
}

void TestProcess::findsPrograms()
{
    const auto old = qgetenv("PATH");
    fs::create_directories(path("one/prog"));
    fs::create_directories(path("two"));
    fs::create_directories(path("three"));
    for (const auto& name : {"two/prog", "three/prog"}) {
        QFile file(QString::fromStdString(path(name).string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    fs::permissions(path("three/prog"), fs::perms::owner_all);
    const auto folders = path("one").string() + "::relative:" + path("two").string() + ':' + path("three").string();
    qputenv("PATH", QByteArray::fromStdString(folders));
    const auto found = workspace::findProgram("prog"); // not the folder, nor the file that cannot be run
    const auto missing = workspace::findProgram("no-such-program");
    qputenv("PATH", old);
    QVERIFY(found == path("three/prog"));
    QVERIFY(!missing);
    QVERIFY(workspace::findProgram("sh"));
}

void TestProcess::complaints()
{
    workspace::Command command;
    command.program = "/bin/x";
    command.mostOutput = 5;
    workspace::Finished result;
    result.status = 1;
    result.elapsed = 3100ms;
    QVERIFY(!workspace::complaint(command, result));
    const std::vector<std::pair<Ending, base::Message>> expected{
        {Ending::Signalled, {base::Code::ProgramCrashed, {"/bin/x", "1"}}},
        {Ending::TooLong, {base::Code::ProgramTooLong, {"/bin/x", "3"}}},
        {Ending::Stopped, {base::Code::ProgramStopped, {"/bin/x"}}},
        {Ending::TooMuch, {base::Code::ProgramOutputTooLong, {"/bin/x", "5"}}}};
    for (const auto& [ending, message] : expected) {
        result.ending = ending;
        QVERIFY(workspace::complaint(command, result) == message);
    }
}

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
