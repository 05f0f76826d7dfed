// How the columns of a StateTree divide its width.
#include "ui/look/json_text.h"
#include "ui/look/shaped_text.h"
#include "ui/state/state_tree.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMeasured = 60;  // lines that the widths go by
constexpr int kMeasuredText = 80;      // characters of a value: more do not fit anyway
constexpr int kSpare = 2;              // px beside a text
constexpr int kLeastValue = 40;        // px of a desk that the values keep

}  // namespace

void StateTree::layOutColumns(int given)
{
    given_ = given;
    if (branchShown_) {
        const int value = theme().px(88) - given;
        byWidth_ = branchByWidth();
        return setColumns({{tr("field"), theme().px(88) + given, 1, Qt::AlignLeft, false, "field", theme().px(56)},
                           {tr("real"), value, 2, Qt::AlignLeft, false, "value", std::min(theme().px(56), value)},
                           {tr("what if"), theme().px(88), 2, Qt::AlignLeft, false, "branch", theme().px(56)},
                           {tr("set by"), std::max(theme().px(48), byWidth_), 0, Qt::AlignLeft, false, "branchBy",
                            std::max(theme().px(40), byWidth_)}});
    }
    if (!setByShown_) {
        const int value = theme().px(160) - given;
        return setColumns({{tr("field"), theme().px(120) + given, 2, Qt::AlignLeft, false, "field", theme().px(56)},
                           {tr("value"), value, 5, Qt::AlignLeft, false, "value", std::min(theme().px(64), value)}});
    }
    const int value = theme().px(104) - given;
    setColumns({{tr("field"), theme().px(92) + given, 1, Qt::AlignLeft, false, "field", theme().px(56)},
                {tr("value"), value, 3, Qt::AlignLeft, false, "value", std::min(theme().px(64), value)},
                {tr("set by"), theme().px(134), 1, Qt::AlignLeft, false, "by", theme().px(64)}});
}

void StateTree::setSetByShown(bool shown)
{
    setByShown_ = shown;
    fitted_ = {};
    layOutColumns(0);
    fitColumns();
}

/// Names that do not fit take what the values beside them leave. While one entity is shown they keep what they took: an edge that
/// moved with each version would be all one sees of a scrub. Widths that the user chose stay.
void StateTree::fitColumns()
{
    const Fitted now{rows_.view ? std::optional(rows_.view->entity) : std::nullopt, width(), theme().zoom()};
    const bool anew = now != fitted_;
    if (anew) {
        fitted_ = now;
        fieldWidth_ = 0;
    }
    if (rows_.rows.empty() && !anew) return;
    if (given_ != 0) layOutColumns(0);
    if (widths().contains("field") || widths().contains("value") || rows_.rows.empty()) return;
    const QFont text = theme().text();
    const QFont mono = theme().mono();
    int field = 0;
    int value = 0;
    for (std::size_t i = 0; i < std::min(rows_.rows.size(), kMeasured); ++i) {
        const StateRow& line = rows_.rows[i];
        field = std::max(field, nameLeft(line) + textWidth(text, fieldName(line)));
        const QString words = line.opens ? containerText(*line.value) : valueText(*line.value, kMeasuredText);
        value = std::max(value, textWidth(mono, words));
    }
    const auto widthOf = [this](int column) { return cellRect(topRow(), column).width(); };
    const int before = widthOf(Field);
    const int most = widthOf(Value) - theme().px(kLeastValue);
    const int spare = std::min(most, widthOf(Value) - value - kSpare);
    const int missing = field + kSpare - before;
    if (missing > 0 && spare > 0) fieldWidth_ = std::max(fieldWidth_, before + std::min(missing, spare));
    // A scroll bar that has come meanwhile may leave less.
    if (const int given = std::min(fieldWidth_ - before, most); given > 0) layOutColumns(given);
}

void StateTree::resizeEvent(QResizeEvent* event)
{
    RowView::resizeEvent(event);
    fitColumns();
}

}  // namespace hindcast::ui
