#pragma once
#include "ui/findings/asking_page.h"
#include "ui/findings/copied_lines.h"
#include "ui/look/background.h"

#include <optional>
#include <string>

class QMenu;

namespace hindcast::ui {

class RowView;

/// A page that lists what was found, an entity a row: rows lead to their events, are copied one by one or all at once. GUI thread only.
class FoundRowsPage : public AskingPage {
    Q_OBJECT
public:
    using AskingPage::AskingPage;

    /// Where events stand, for what is copied.
    void setPartOf(PartOf part) { part_ = std::move(part); }

protected:
    /// What stands where there are no rows.
    struct Empty {
        QString sentence;
        QString hint = {};
    };
    /// How what was asked goes, or went.
    struct Outcome {
        QString summary;
        QStringList shorter = {};  ///< the same in fewer and fewer words
        QString error;
        QStringList remarks;
        std::uint64_t found = 0;
        std::uint64_t shown = 0;  ///< of these
        bool cancelled = false;
        QString unbegun = {};  ///< that it never began, where it did not
    };
    /// Empty: nothing was asked.
    [[nodiscard]] virtual std::optional<Outcome> outcome() const = 0;
    /// Where nothing was asked, while it is looked for, and where there is none.
    [[nodiscard]] virtual Empty invitation() const = 0;
    [[nodiscard]] virtual QString busyWords() const { return tr("Looking…"); }
    [[nodiscard]] virtual Empty nothing() const = 0;

    // Of a row that there is.
    virtual void goTo(qint64 row) = 0;
    virtual void addWays(QMenu& menu, qint64 row) = 0;  ///< to go from there
    [[nodiscard]] virtual std::string jsonOf(qint64 row) const = 0;
    [[nodiscard]] virtual EntityKey entityOf(qint64 row) const = 0;

    virtual void copyAll(LinesAs as) = 0;
    /// Copies lines of all the rows that `sorted` has, made off the GUI thread. `counted`: so many of them, in words.
    template <class Sorted, class View>
    void copyLines(const Sorted& sorted, const RowLines<View>& lines, LinesAs as, QString (*counted)(std::uint64_t))
    {
        auto [view, rows] = sorted.all();
        if (!view) return;
        const QString total = counted(rows.size());
        const PartOf part = partsOf(rows, part_);
        inBackground(
            this,
            [view = std::move(view), rows = std::move(rows), lines, as, part] {
                return copiedLines(*view, rows, lines, as, part);
            },
            [this, of = ++copying_, total, counted](const CopiedLines& copied) {
                if (of == copying_) take(copied, counted(copied.rows), total);
            });
    }

    /// For the constructor: the page of these parts; `rows` are what was found.
    void build(std::initializer_list<InBar> asked, RowView& rows);
    [[nodiscard]] const PartOf& partOf() const { return part_; }
    /// Of the bar, of the message and of what stands in place of rows.
    virtual void updateWords();
    [[nodiscard]] virtual QString said() const;
    /// What was found is another: all says so.
    void updateAll();

private:
    [[nodiscard]] bool isThere(qint64 row) const;
    [[nodiscard]] Empty whyEmpty(const std::optional<Outcome>& outcome) const;
    void openMenu(qint64 row, const QPoint& position);
    void take(const CopiedLines& copied, const QString& counted, const QString& total);

    PartOf part_;
    RowView* rows_ = nullptr;
    std::uint64_t copying_ = 0;  ///< the last; one that was overtaken is dropped
};

}  // namespace hindcast::ui
