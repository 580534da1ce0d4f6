// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/journeydocument.h"

#include "core/journey/paths.h"
#include "core/spec/layout_file.h"
#include "core/spec/resolve.h"
#include "core/spec/write.h"
#include "core/workspace/working_copy.h"
#include "widgets/common/format.h"
#include "widgets/document/lane.h"
#include "widgets/document/valuestep.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace emac::widgets {

namespace {

using namespace std::chrono_literals;
constexpr auto availabilityGrace = 50ms;
constexpr auto pauseBeforeReading = 80ms;

/// What the file held when it was opened.
FileContent contentOf(const workspace::OpenedIntent& file)
{
    auto content = DocumentFile::read(QString::fromStdString(file.path)).value.value_or(FileContent());
    if (content.text || !file.text.empty())
        content.text = file.text;
    return content;
}

/// Those of the file itself, and those of the files around it.
void separate(base::Diagnostics all, const std::string& path, base::Diagnostics& own, base::Diagnostics& others)
{
    const auto other =
        std::stable_partition(all.begin(), all.end(), [&](const auto& d) { return d.place.file == path; });
    own.assign(all.begin(), other);
    others.assign(other, all.end());
}

} // namespace

/// What one evaluation hands to the next; of the worker's jobs alone, which run one after the other.
struct EvaluationMemory
{
    analysis::Memo memo;
    std::shared_ptr<const Evaluation> previous; ///< null before the first
};

namespace {

/// Components that lie loose on the canvas and that the text does not speak of: of the others it says so itself.
void noteLoose(journey::Notes& notes, const DocumentValue& value)
{
    for (const auto& loose : value.placement.loose) {
        if (!value.document->intent.journey.components.find(loose.component))
            notes.push_back(
                {{base::Code::ComponentNotCalled, {loose.component}}, journey::Element::component(loose.component)});
    }
}

/// All numbers of one value. Null where the watch expired.
std::shared_ptr<const Evaluation> evaluate(quint64 revision, const DocumentValue& value,
                                           const workspace::OpenedIntent& file, EvaluationMemory& memory,
                                           const base::Watch& watch)
{
    auto found = workspace::evaluate(*value.document, file, spec::InputChoice::Target, watch,
                                     {&memory.memo, memory.previous ? &memory.previous->inputs : nullptr});
    if (!found)
        return nullptr;
    auto evaluation = std::make_shared<Evaluation>();
    evaluation->revision = revision;
    evaluation->document = value.document;
    evaluation->model = file.model;
    static_cast<workspace::Evaluation&>(*evaluation) = std::move(*found);
    noteLoose(evaluation->notes, value);
    memory.previous = evaluation;
    return evaluation;
}

} // namespace

JourneyDocument::JourneyDocument(workspace::OpenedIntent file, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_disk(path(), contentOf(m_file))
    , m_evaluationMemory(std::make_shared<EvaluationMemory>())
    , m_latencyWork(std::make_unique<LatencyWork>(analysis::analyseLatency))
    , m_tailWork(std::make_unique<TailWork>(
          m_latencyWork.get(),
          [](const auto& journey, const auto& inputs, double percentile, const base::Watch& watch,
             analysis::Memo* memo) { return analysis::contributions(journey, inputs, percentile, {}, watch, memo); }))
    , m_availabilityLane(std::make_unique<Lane>(availabilityGrace))
    , m_readingLane(std::make_unique<Lane>(0ms))
{
    connect(&m_lateness, &Lateness::changed, this, &JourneyDocument::staleChanged);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBeforeReading);
    connect(&m_pause, &QTimer::timeout, this, &JourneyDocument::readForDiagnostics);
    connect(&m_disk, &DocumentFile::changed, this, &JourneyDocument::followDisk);
    for (const auto changed : {&JourneyDocument::diagnosticsChanged, &JourneyDocument::pathChanged})
        connect(this, changed, this, [this] { m_problems.reset(); }); // before anyone else hears of it
    connectLatency();
    separate(std::move(m_file.diagnostics), m_file.path, m_textDiagnostics, m_otherDiagnostics);
    m_layoutDiagnostics = std::exchange(m_file.layoutDiagnostics, {});
    m_file.diagnostics.clear();
    m_file.placement = {};
    m_searched = m_file.document.has_value();
    if (m_searched)
        m_samplePaths = spec::samplePaths(m_file.document->intent.journey);
    DocumentValue value{std::exchange(m_file.text, {}), nullptr, m_searched, {}};
    if (m_searched) {
        value.document = std::make_shared<const spec::IntentDocument>(*std::exchange(m_file.document, std::nullopt));
        const auto layout = spec::readLayout(m_disk.base().layout, m_file.path, value.document->intent.journey);
        value.placement = layout.value.value_or(journey::Placement());
    }
    m_value = std::make_shared<const DocumentValue>(std::move(value));
    m_baseLayout = layoutText(*m_value);
    requestEvaluation();
}

JourneyDocument::~JourneyDocument() = default;

QString JourneyDocument::title() const
{
    if (isReadable()) {
        const auto& intent = this->intent();
        const auto& name = intent.displayName.empty() ? intent.name : intent.displayName;
        if (!name.empty())
            return QString::fromStdString(name);
    }
    return QFileInfo(path()).fileName();
}

const spec::SourceMap& JourneyDocument::sources() const
{
    static const spec::SourceMap none;
    return m_value->parses ? m_value->document->sources : none;
}

FileContent JourneyDocument::content() const
{
    // A layout file that says the same in other words stays as it is.
    auto layout = layoutText(*m_value);
    return {m_value->text, layout == m_baseLayout ? m_disk.base().layout : std::move(layout)};
}

base::Diagnostics JourneyDocument::diagnostics() const
{
    auto all = m_textDiagnostics;
    all.insert(all.end(), m_layoutDiagnostics.begin(), m_layoutDiagnostics.end());
    all.insert(all.end(), m_otherDiagnostics.begin(), m_otherDiagnostics.end());
    if (m_evaluation)
        all.insert(all.end(), m_evaluation->diagnostics.begin(), m_evaluation->diagnostics.end());
    base::sortByPlace(all);
    return all;
}

const std::map<journey::Element, base::Severity>& JourneyDocument::problems() const
{
    if (!m_problems)
        m_problems = findProblems();
    return *m_problems;
}

std::map<journey::Element, base::Severity> JourneyDocument::findProblems() const
{
    std::map<journey::Element, base::Severity> problems;
    const auto add = [&](const journey::Element& element, base::Severity severity) {
        auto& worst = problems.try_emplace(element, severity).first->second;
        worst = std::max(worst, severity);
    };
    std::vector<std::uint32_t> lines;
    std::vector<base::Severity> severities;
    for (const auto& diagnostic : diagnostics()) {
        if (diagnostic.place.line == 0 || diagnostic.place.file != m_file.path)
            continue;
        lines.push_back(diagnostic.place.line);
        severities.push_back(diagnostic.severity());
    }
    const auto elements = lines.empty() ? std::vector<journey::Element>() : sources().elementsAt(lines);
    for (std::size_t i = 0; i < elements.size(); ++i)
        add(elements[i], severities[i]);
    for (const auto& note : notes())
        add(note.element, base::messageTemplate(note.message.code).severity);
    return problems;
}

bool JourneyDocument::hasErrorsNow() const
{
    auto read = spec::readIntent(m_value->text, m_file.path);
    if (!read.value || base::hasErrors(read.diagnostics) || base::hasErrors(m_otherDiagnostics))
        return true;
    const auto resolution = spec::resolve(*read.value, m_file.path, *m_file.catalogue, m_file.model.get(),
                                          spec::InputChoice::Target, m_file.samples);
    return base::hasErrors(resolution.diagnostics)
           || base::hasErrors(workspace::checkPaths(*read.value, m_file.path, m_file.path));
}

bool JourneyDocument::hasErrors() const
{
    return !m_value->parses || base::hasErrors(m_textDiagnostics) || base::hasErrors(m_otherDiagnostics)
           || (m_evaluation && base::hasErrors(m_evaluation->diagnostics));
}

QString JourneyDocument::whyNotEditable() const
{
    if (m_holder)
        return heldBy(title(), *m_holder) + u' ' + tr("Save it under another name to change it here.");
    if (!m_value->parses)
        return tr("The text is not a journey as it stands. Mend it in the Source panel, or undo.");
    return {};
}

QString JourneyDocument::apply(const journey::Edit& edit, const QString& description,
                               const std::optional<Selection>& select, std::optional<journey::Placement> placement)
{
    if (auto reason = whyNotEditable(); !reason.isEmpty())
        return reason;
    auto intent = journey::apply(m_value->document->intent, edit);
    if (!intent.value)
        return messageText(intent.diagnostics.front().message);
    auto written = spec::write(m_value->document->sources, m_value->document->intent, *intent.value);
    if (!written.value)
        return messageText(written.diagnostics.front().message);
    auto value = std::make_shared<DocumentValue>(*m_value);
    if (placement)
        value->placement = std::move(*placement);
    if (const auto* rename = std::get_if<journey::RenameComponent>(&edit)) {
        for (auto& loose : value->placement.loose) {
            if (loose.component == rename->from)
                loose.component = rename->to;
        }
    }
    value->placement =
        journey::stillPlaced(std::move(value->placement), m_value->document->intent.journey, intent.value->journey);
    if (written.value->text() == m_value->text && value->placement == m_value->placement)
        return {};
    value->text = written.value->text();
    value->document = std::make_shared<const spec::IntentDocument>(
        spec::IntentDocument{std::move(*intent.value), std::move(*written.value)});
    pushStep(std::move(value), journey::targetOf(edit), description, select);
    return {};
}

QString JourneyDocument::setText(const std::string& text, const QString& description)
{
    if (m_holder)
        return whyNotEditable();
    if (text == m_value->text)
        return {};
    const bool lineTyped = std::ranges::count(text, '\n') > std::ranges::count(m_value->text, '\n');
    pushStep(retyped(text, m_disk.base().layout, *m_value, m_file.path), "typing " + std::to_string(m_typing),
             description);
    if (lineTyped)
        endTyping();
    return {};
}

QString JourneyDocument::setPlacement(journey::Placement placement, const QString& description,
                                      const std::string& target)
{
    if (auto reason = whyNotEditable(); !reason.isEmpty())
        return reason;
    if (placement == m_value->placement)
        return {};
    auto value = std::make_shared<DocumentValue>(*m_value);
    value->placement = std::move(placement);
    pushStep(std::move(value), target, description);
    return {};
}

void JourneyDocument::pushStep(Value value, std::string target, const QString& description,
                               const std::optional<Selection>& select)
{
    const auto& selected = m_selection.elements();
    auto after = select.value_or(selected);
    if (value->document) { // a series among steps dissolves, and an operator goes with its last child
        std::erase_if(after, [&journey = value->document->intent.journey](const journey::Element& element) {
            return element.kind == journey::Element::Kind::Node && !journey::findNode(journey, element.node);
        });
    }
    m_undo.push(new ValueStep(this, {m_value, selected}, {std::move(value), std::move(after)}, std::move(target),
                              description, m_gesture));
}

void JourneyDocument::beginGesture()
{
    m_gesture = ++m_gestures;
    m_beforeGesture = m_undo.index();
}

void JourneyDocument::giveUpGesture()
{
    m_givingUp = true;
    while (m_gesture != 0 && m_undo.index() > m_beforeGesture)
        m_undo.undo();
    m_givingUp = false;
    m_gesture = 0;
}

void JourneyDocument::setValue(Value value)
{
    m_value = std::move(value);
    m_problems.reset();
    ++m_revision;
    updateModified();
    requestEvaluation(); // while the views follow
    requestDiagnostics();
    emit valueChanged();
    if (m_value->parses && (!m_searched || spec::samplePaths(intent().journey) != m_samplePaths))
        requestSurroundings();
}

void JourneyDocument::updateModified()
{
    const bool modified = m_gone || m_value->text != m_disk.base().text || layoutText(*m_value) != m_baseLayout;
    if (modified == m_modified)
        return;
    m_modified = modified;
    emit modifiedChanged(modified);
}

void JourneyDocument::requestEvaluation()
{
    if (!isReadable())
        return;
    m_lateness.expect();
    m_latencyWork->expectNewer();
    // The worker holds values of its own: nothing that it reads can change or go away.
    m_availabilityLane->submit([this, revision = m_revision, value = m_value, memory = m_evaluationMemory,
                                file = m_file](const base::Watch& watch) {
        auto evaluation = evaluate(revision, *value, file, *memory, watch);
        if (evaluation)
            QMetaObject::invokeMethod(
                this, [this, evaluation] { receive(evaluation); }, Qt::QueuedConnection);
    });
}

/// Once edits pause: the numbers come first.
void JourneyDocument::requestDiagnostics()
{
    m_readingLane->drop(m_reading); // it is of an earlier text
    m_pause.start();
}

void JourneyDocument::readForDiagnostics()
{
    m_reading = m_readingLane->submit(
        [this, revision = m_revision, value = m_value, path = m_file.path](const base::Watch& watch) {
            auto read = spec::readIntent(value->text, path, watch);
            if (watch.expired())
                return;
            if (read.value) {
                const auto outside = workspace::checkPaths(*read.value, path, path);
                read.diagnostics.insert(read.diagnostics.end(), outside.begin(), outside.end());
            }
            QMetaObject::invokeMethod(
                this,
                [this, revision, diagnostics = std::move(read.diagnostics)] {
                    if (revision != m_revision || diagnostics == m_textDiagnostics)
                        return;
                    m_textDiagnostics = diagnostics;
                    emit diagnosticsChanged();
                },
                Qt::QueuedConnection);
        });
}

void JourneyDocument::receive(std::shared_ptr<const Evaluation> evaluation)
{
    if (m_evaluation && evaluation->revision <= m_evaluation->revision)
        return;
    const bool sameDiagnostics = m_evaluation && m_evaluation->diagnostics == evaluation->diagnostics
                                 && m_evaluation->notes == evaluation->notes;
    m_evaluation = std::move(evaluation);
    if (!sameDiagnostics)
        m_problems.reset();
    m_lateness.settle(m_evaluation->revision != m_revision);
    m_latencyWork->follow(m_evaluation); // which works while the views follow
    emit evaluationChanged();
    if (!isJudgedOnTime())
        judge({m_evaluation, nullptr});
    m_tailWork->follow(m_evaluation);
    if (!sameDiagnostics)
        emit diagnosticsChanged();
}

} // namespace emac::widgets
