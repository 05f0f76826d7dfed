#include "ui/session/branch_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kMostNamed = 4;  // versions of a kind; the others are counted

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::Branches)
};

QString listed(const QString& what, const QStringList& versions, std::size_t all)
{
    QString text = what + QLatin1Char(' ') + versions.join(QStringLiteral(", "));
    if (const auto more = all - static_cast<std::size_t>(versions.size()); more > 0) text += Words::tr(" and %1 more").arg(more);
    return text;
}

/// The second gives the event a time at the place to which the first has moved it.
bool areOneStep(const replay::BranchEdit& first, const replay::BranchEdit& second)
{
    using Kind = replay::BranchEdit::Kind;
    return first.kind == Kind::Move && second.kind == Kind::Edit && second.event == first.event && !second.payload &&
           !second.type;
}

}  // namespace

std::size_t editsOfLastStep(std::span<const replay::BranchEdit> edits)
{
    if (edits.size() < 2) return edits.size();
    return areOneStep(edits[edits.size() - 2], edits.back()) ? 2 : 1;
}

std::size_t stepsOf(std::span<const replay::BranchEdit> edits)
{
    std::size_t steps = 0;
    for (; !edits.empty(); ++steps) edits = edits.first(edits.size() - editsOfLastStep(edits));
    return steps;
}

std::vector<Version> skippedIn(const replay::BranchHistory& made)
{
    std::vector<bool> there(made.real()->events.size() + 1);
    for (const replay::BranchEvent& event : made.events()) there[event.real.value] = true;
    std::vector<Version> skipped;
    for (std::size_t v = made.shared().value + 1; v < there.size(); ++v)
        if (!there[v]) skipped.push_back(Version{v});
    return skipped;
}

QString branchDoes(const replay::Branch& branch, const replay::BranchHistory& made)
{
    struct Kind {
        QStringList named;
        std::size_t count = 0;
        void add(const QString& version)
        {
            if (++count <= kMostNamed) named << version;
        }
    };
    Kind skip, edit, move, add;
    for (const Version version : skippedIn(made)) skip.add(QString::number(version.value));
    // A time alone that is another is a move along the axis.
    const auto isEdited = [&](EventId origin) {
        return std::ranges::any_of(branch.edits(), [&](const replay::BranchEdit& one) {
            return one.kind == replay::BranchEdit::Kind::Edit && one.event == replay::EventRef(origin) &&
                   (one.payload || one.type);
        });
    };
    std::uint64_t last = 0;
    for (std::size_t i = made.shared().value > 0 ? made.shared().value - 1 : 0; i < made.events().size(); ++i) {
        const replay::BranchEvent& event = made.events()[i];
        if (event.added()) {
            add.add(QStringLiteral("%1+").arg(last));
            continue;
        }
        const bool edited = event.edited && isEdited(event.origin);
        if (edited) edit.add(QString::number(event.real.value));
        if (event.moved || (event.edited && !edited)) move.add(QString::number(event.real.value));
        if (!event.moved) last = event.real.value;
    }
    QStringList parts;
    for (const auto& [kind, what] : {std::pair{&skip, Words::tr("skip")}, std::pair{&edit, Words::tr("edit")},
                                     std::pair{&move, Words::tr("move")}, std::pair{&add, Words::tr("add")}})
        if (kind->count > 0) parts << listed(what, kind->named, kind->count);
    return parts.join(QStringLiteral(" · "));
}

Json jointDocument(const Json& real, const Json& branch)
{
    if (real.is_discarded()) return branch;
    Json joint = real;
    if (real.is_object() && branch.is_object()) {
        for (const auto& [key, value] : branch.get_ref<const Json::object_t&>()) {
            const auto there = real.find(key);
            if (there == real.end())
                joint[key] = value;
            else if (there->is_structured() && value.is_structured())
                joint[key] = jointDocument(*there, value);
        }
    } else if (real.is_array() && branch.is_array()) {
        for (std::size_t i = 0; i < branch.size(); ++i) {
            if (i >= real.size())
                joint.push_back(branch[i]);
            else if (real[i].is_structured() && branch[i].is_structured())
                joint[i] = jointDocument(real[i], branch[i]);
        }
    }
    return joint;
}

}  // namespace hindcast::ui
