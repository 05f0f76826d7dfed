#pragma once
#include "ui/look/theme.h"
#include "ui/session/comparison_view.h"
#include "ui/state/diff_text.h"
#include "ui/state/state_words.h"

#include <QStringList>
#include <QWidget>

#include <array>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLayout;
class QLineEdit;
class QMenu;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace hindcast::ui {

class AlignedList;
class BetweenList;
class ChangesList;
class ElidedLabel;
class EntityField;
class Notice;

/// How two states differ and what happened between them: a list of what differs, both as one text or beside each other, and the
/// events between. Knows no session: bind() joins it to the Comparison, which says what the sides are.
class DiffPage final : public QWidget {
    Q_OBJECT
public:
    enum class Mode : std::uint8_t { List, Unified, SideBySide, Between };
    explicit DiffPage(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names);
    void setNoEntities(bool none);  ///< the workspace holds none: there is nothing to select
    void setSides(const ComparedSides& sides, bool atPlayhead);
    void setView(std::shared_ptr<const ComparisonView> view);
    void setChanges(const std::shared_ptr<const BetweenChanges>& changes);
    void setOffered(const QStringList& entities);  ///< the pinned ones: to compare with
    void setFound(const QString& text, const QStringList& entities);
    void setMode(Mode mode);  ///< remembered
    [[nodiscard]] Mode mode() const { return mode_; }
    void chooseEntity();  ///< what it is compared with is to be typed
    /// By the path's ending. failed() where it cannot be written.
    void exportTo(const QString& path);

    [[nodiscard]] Version a() const { return sides_[0].version; }
    [[nodiscard]] Version b() const { return sides_[1].version; }
    [[nodiscard]] bool bFollows() const { return !sides_[1].held; }
    [[nodiscard]] QSpinBox& pickerA() { return *pickers_[0]; }
    [[nodiscard]] QSpinBox& pickerB() { return *pickers_[1]; }
    [[nodiscard]] EntityField& entityA() { return *entities_[0]; }
    [[nodiscard]] EntityField& entityB() { return *entities_[1]; }
    [[nodiscard]] ChangesList& list() { return *list_; }
    [[nodiscard]] AlignedList& lines() { return *lines_; }
    [[nodiscard]] BetweenList& between() { return *between_; }
    [[nodiscard]] QLineEdit& searchField() { return *search_; }
    [[nodiscard]] QMenu& copyMenu() { return *copy_; }
    [[nodiscard]] QComboBox& modeBox() { return *modes_; }
    [[nodiscard]] QString header() const;  ///< what is compared
    [[nodiscard]] QString title() const;   ///< how much differs, or how much happened
    [[nodiscard]] QString notice() const;
    void fillLineMenu(QMenu& menu, qint64 row);

signals:
    void seen(bool shown);  ///< whether anybody looks at it
    // ---- by the user; `side` 0 is A
    void heldChanged(int side, std::optional<hindcast::Version> version);
    void entityChosen(int side, const QString& entity);  ///< empty: the selected one
    void atPlayheadChosen(bool on);
    void swapWanted();
    void resetWanted();
    void versionChosen(hindcast::Version version);
    void fieldChosen(const QString& pointer);  ///< to be shown in the state
    void eventChosen(const hindcast::ui::Between::Row& row);
    void changesWanted(std::size_t first, std::size_t last);
    void searchWanted(const QString& text);
    void failed(const QString& what, const QString& why, const QString& hint);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    // diff_page_build.cpp
    [[nodiscard]] QLayout* buildPickers();
    [[nodiscard]] QLayout* buildModes();
    [[nodiscard]] QLayout* buildTools();
    [[nodiscard]] QLayout* buildTitle();
    void buildCopyMenu();
    void connectPickers();
    void connectLists();
    void arrange();
    // diff_page.cpp
    void copyAs(DiffFormat format);
    void showView();
    void step(int by);
    void follow(const QString& link);
    // diff_page_words.cpp
    void updatePickers();
    void updateWords();
    void updateTools();
    void nameEmpty();
    [[nodiscard]] bool isFresh() const { return view_ && view_->isOf(sides_); }
    [[nodiscard]] bool isOfTwo() const { return sides_[0].entity != sides_[1].entity; }
    /// From more to fewer words, as ElidedLabel takes them.
    [[nodiscard]] QStringList placeTexts(std::size_t side) const;
    [[nodiscard]] QStringList headerTexts() const;
    [[nodiscard]] QString countsText() const;
    [[nodiscard]] QString versionName(std::size_t side) const;
    [[nodiscard]] QString sideTitle(std::size_t side) const;
    [[nodiscard]] QString lifeNotice() const;
    [[nodiscard]] QStringList troubles() const;

    const Theme& theme_;
    TypeNames names_;
    bool noEntities_ = false;
    bool atPlayhead_ = false;
    ComparedSides sides_;
    std::shared_ptr<const ComparisonView> view_;
    Mode mode_ = Mode::List;
    QString itemKey_;
    QString beyond_;              ///< what was typed that there is none of; until something else is
    std::optional<bool> narrow_;  ///< what says where stands beneath, not beside; empty: not arranged yet
    QGridLayout* pick_ = nullptr;
    QBoxLayout* titles_ = nullptr;
    std::array<EntityField*, 2> entities_{};
    std::array<QSpinBox*, 2> pickers_{};
    std::array<ElidedLabel*, 2> places_{};
    QCheckBox* both_ = nullptr;
    QToolButton* swap_ = nullptr;
    QToolButton* reset_ = nullptr;
    QComboBox* modes_ = nullptr;
    QLineEdit* search_ = nullptr;
    QToolButton* only_ = nullptr;
    QToolButton* previous_ = nullptr;
    QToolButton* next_ = nullptr;
    QMenu* copy_ = nullptr;
    ElidedLabel* header_ = nullptr;
    ElidedLabel* title_ = nullptr;
    Notice* life_ = nullptr;
    QStackedWidget* lists_ = nullptr;
    ChangesList* list_ = nullptr;
    AlignedList* lines_ = nullptr;
    BetweenList* between_ = nullptr;
};

}  // namespace hindcast::ui
