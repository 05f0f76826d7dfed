#pragma once
#include "ui/look/theme.h"
#include "ui/types/types_model.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace hindcast::ui {

class SearchField;
class TypesList;

/// The event types with how often they occur and whether they are shown, under a title that can be folded away. Knows no session:
/// bind() joins the two.
class TypesPanel final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the widget.
    explicit TypesPanel(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] TypesModel& model() { return model_; }
    [[nodiscard]] TypesList& list() { return *list_; }
    [[nodiscard]] QLineEdit& searchField() { return *search_; }
    [[nodiscard]] QMenu& scopeMenu() { return *menu_; }
    [[nodiscard]] QToolButton& showAllButton() { return *showAll_; }
    [[nodiscard]] QToolButton& foldButton() { return *fold_; }
    [[nodiscard]] QString note() const;  ///< "3 of 7 hidden", or empty

    /// What there is to say where no type is listed. NoEntities: in the workspace; NoEntity: none is selected.
    enum class State : unsigned char { NoWorkspace, NoEntities, NoEntity, Loading, Ready };
    void setState(State state);

    /// Folded, only the title is left.
    [[nodiscard]] bool isFolded() const { return folded_; }
    void setFolded(bool folded);
    /// Says something about the row that the user acted on last, beneath it and for a moment.
    void say(const QString& text);

    static constexpr std::size_t kSearchFrom = 13;  ///< types: fewer are looked through faster than searched

signals:
    void shownWanted(hindcast::TypeId type, bool shown);
    void onlyWanted(const std::vector<hindcast::TypeId>& types);
    void allWanted();
    void stepWanted(hindcast::TypeId type, bool forward);  ///< the playhead is to go to its next or previous event
    void foldedChanged(bool folded);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QWidget* makeHeader();
    void connectSearch(SearchField& field);
    void connectList();
    void fillMenu();
    void updateWords();
    void mendOrder();
    [[nodiscard]] bool isListUsed() const;
    void fitScope();
    void fitHeight();
    void keepCurrent();
    void openMenu(qint64 row, const QPoint& position);

    const Theme& theme_;
    TypesModel model_;
    State state_ = State::NoWorkspace;
    bool folded_ = false;
    QToolButton* fold_ = nullptr;
    QToolButton* scope_ = nullptr;
    QWidget* header_ = nullptr;
    QMenu* menu_ = nullptr;
    QWidget* body_;
    QWidget* bar_;
    QLabel* hidden_;
    QToolButton* showAll_;
    QWidget* searchRow_;
    QLineEdit* search_;
    TypesList* list_;
    std::optional<TypeId> current_;
    QTimer orderLater_{this};
};

}  // namespace hindcast::ui
