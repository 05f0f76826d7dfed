#pragma once
#include "ui/look/theme.h"
#include "ui/session/go_to.h"
#include "ui/shell/go_to_list.h"

#include <QLineEdit>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <optional>

namespace hindcast::ui {

/// One box that takes an id, a key, a place in the log, a version or a time, or an expression to look for, and shows what that means
/// while it is typed. Knows no session: bind() joins the two.
class GoToBox final : public QLineEdit {
    Q_OBJECT
public:
    /// `theme` must outlive the box.
    explicit GoToBox(const Theme& theme, QWidget* parent = nullptr);
    ~GoToBox() override;

    /// What only the window knows: how a moment and a version of the selected entity are told; whether there is one.
    struct Words {
        std::function<QString(Timestamp, bool countedFromEnd)> moment;
        std::function<QString(Version)> version;  ///< empty: no entity is selected
        std::function<bool(Version)> hasVersion;  ///< the last one does not come before it
        std::function<QString()> entity;          ///< the selected one as one calls it; empty: none is
        std::function<Timestamp()> here;          ///< the playhead: whose day a time of day means, whose year a date without one
        std::function<std::optional<Timestamp>()> logEnd;  ///< empty: nothing is open, or it has no time
    };
    void setWords(Words words) { words_ = std::move(words); }

    /// The answer to lookUpWanted(). `last`: nothing more will come.
    void setHits(const QString& text, const std::vector<GoToHit>& hits, bool last);
    [[nodiscard]] const std::vector<GoToHit>& hits() const { return hits_; }
    [[nodiscard]] GoToList* list() { return list_; }
    /// Empties it and closes the list.
    void reset();

    /// Makes do with less room.
    void setSmall(bool isSmall);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void lookUpWanted(const hindcast::ui::GoToReadings& readings);
    void chosen(const hindcast::ui::GoToHit& hit);
    void left();  ///< by Escape in an empty box: the focus may go back to where it was

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeWords();
    void read();
    void addQuestion(const GoToReadings::Question& question);
    void showList();
    void closeList();
    void choose(qint64 row);
    [[nodiscard]] GoToWords wordsOf(const GoToHit& hit) const;
    [[nodiscard]] qint64 firstPossible() const;

    const Theme& theme_;
    Words words_;
    QPointer<GoToList> list_;
    QTimer soon_;
    GoToReadings readings_;
    bool countedFromEnd_ = false;  ///< the moment among them, from the log's end
    std::vector<GoToHit> hits_;
    bool small_ = false;
    bool moved_ = false;       ///< within the list, by the keyboard
    bool answered_ = false;    ///< all that there is to say of readings_ is in hits_
    bool chooseOwed_ = false;  ///< Enter was pressed before there was an answer
};

}  // namespace hindcast::ui
