#include "ui/state/copying.h"

#include "ui/look/background.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>

#include <algorithm>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::Copying)
};

constexpr std::size_t kSmall = 20'000;          // values
constexpr std::size_t kLongText = 200'000;      // bytes of one text
constexpr std::size_t kMarkdownValue = 10'000;  // characters of one cell

bool within(const Json& value, std::size_t& left)
{
    if (left == 0) return false;
    --left;
    if (value.is_string()) return value.get_ref<const std::string&>().size() < kLongText;
    if (value.is_object()) {
        const auto& members = value.get_ref<const Json::object_t&>();
        return std::all_of(members.begin(), members.end(), [&](const auto& one) { return within(one.second, left); });
    }
    if (value.is_array()) return std::all_of(value.begin(), value.end(), [&](const Json& one) { return within(one, left); });
    return true;
}

QString cell(const Json& value)
{
    if (value.is_discarded()) return QStringLiteral("—");
    QString text = QString::fromStdString(toText(value)).left(kMarkdownValue);
    // A cell ends at a bar even within code; back ticks would end the code.
    text.replace(QLatin1Char('|'), QStringLiteral("\\|"));
    const QString fence = text.contains(QLatin1Char('`')) ? QStringLiteral("``") : QStringLiteral("`");
    const QString blank = fence.size() > 1 ? QStringLiteral(" ") : QString();
    return fence + blank + text + blank + fence;
}

}  // namespace

void copyText(const QString& text) { QApplication::clipboard()->setText(text); }

void copyLater(QObject* context, std::function<QString()> make)
{
    inBackground(context, std::move(make), [](const QString& text) { copyText(text); });
}

bool isSmall(const Json& value)
{
    std::size_t left = kSmall;
    return within(value, left);
}

void copyJson(QObject* context, std::shared_ptr<const void> owner, const Json& value, int indent)
{
    const auto make = [owner = std::move(owner), value = &value, indent] {
        return QString::fromStdString(toText(*value, indent));
    };
    if (isSmall(value)) return copyText(make());
    copyLater(context, make);
}

QString patchText(const Changes& changes)
{
    Changes changed;
    for (const Change& change : changes)
        if (change.op != Change::Op::Same) changed.push_back(change);
    return QString::fromStdString(toText(toPatch(changed), 2));
}

QString markdownText(const Changes& changes, const QString& before, const QString& after)
{
    QString text = QStringLiteral("| %1 | %2 | %3 |\n| --- | --- | --- |\n").arg(Words::tr("field"), before, after);
    for (const Change& change : changes) {
        if (change.op == Change::Op::Same) continue;
        const QString pointer =
            change.pointer.empty() ? Words::tr("(the whole state)") : cell(Json(change.pointer)).remove(QLatin1Char('"'));
        text += QStringLiteral("| %1 | %2 | %3 |\n").arg(pointer, cell(change.before), cell(change.after));
    }
    return text;
}

}  // namespace hindcast::ui
