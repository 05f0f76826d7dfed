#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"
#include "ui/state/state_words.h"

#include <QWidget>

class QLabel;
class QLayout;
class QLineEdit;
class QMenu;
class QSpinBox;
class QToolButton;

namespace hindcast::ui {

class ChangesList;
class Notice;

/// What differs between two versions of the entity, A and B. As it begins, B is the playhead and A the version before it; either
/// can be held at a version. Knows no session: diffWanted() asks, setDiff() answers.
class DiffPage final : public QWidget {
    Q_OBJECT
public:
    explicit DiffPage(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names);
    void setNoEntities(bool none);  ///< the workspace holds none: there is nothing to select
    void setHistory(std::shared_ptr<const replay::History> history);
    void setPlayhead(Version version);
    void setDiff(std::shared_ptr<const DiffView> diff);
    /// Holds either at a version, or lets it go; says nothing.
    void setHeld(std::optional<Version> a, std::optional<Version> b);
    /// Holds A at a version ("compare with here"); B follows the playhead.
    void compareFrom(Version a);
    void swap();

    [[nodiscard]] Version a() const;
    [[nodiscard]] Version b() const;
    [[nodiscard]] bool bFollows() const { return !heldB_; }
    [[nodiscard]] QSpinBox& pickerA() { return *a_; }
    [[nodiscard]] QSpinBox& pickerB() { return *b_; }
    [[nodiscard]] ChangesList& list() { return *list_; }
    [[nodiscard]] QLineEdit& searchField() { return *search_; }
    [[nodiscard]] QMenu& copyMenu() { return *copy_; }
    [[nodiscard]] QToolButton& sideBySide() { return *side_; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString notice() const;

signals:
    /// By the user.
    void heldChanged(std::optional<hindcast::Version> a, std::optional<hindcast::Version> b);
    void diffWanted(hindcast::Version a, hindcast::Version b);
    void versionChosen(hindcast::Version version);
    void fieldChosen(const QString& pointer);  ///< to be shown in the state

protected:
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QLayout* buildPickers();
    [[nodiscard]] QLayout* buildTools();
    void connectParts();
    void hold(std::optional<Version> a, std::optional<Version> b);
    void ask();
    void updatePickers();
    void updateWords();
    void follow(const QString& link);
    [[nodiscard]] QString versionName(Version version) const;
    [[nodiscard]] QString lifeNotice() const;

    const Theme& theme_;
    TypeNames names_;
    bool noEntities_ = false;
    std::shared_ptr<const replay::History> history_;
    std::shared_ptr<const DiffView> diff_;
    Version playhead_;
    std::optional<Version> heldA_;
    std::optional<Version> heldB_;
    std::optional<std::pair<Version, Version>> asked_;
    QSpinBox* a_;
    QSpinBox* b_;
    QLabel* nameA_;
    QLabel* nameB_;
    QToolButton* swap_;
    QToolButton* reset_;
    QLineEdit* search_;
    QToolButton* side_;
    QMenu* copy_;
    QLabel* title_;
    Notice* life_;
    QString beyond_;  ///< what was typed that there is no version of; until something else is
    ChangesList* list_;
};

}  // namespace hindcast::ui
