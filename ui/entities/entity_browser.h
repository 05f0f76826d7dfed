#pragma once
#include "ui/entities/entities_model.h"
#include "ui/look/theme.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLayout;
class QLineEdit;
class QToolButton;

namespace hindcast::ui {

class EntityList;
class LinkLabel;

/// The entity list with its search field, category filter and order. Knows no session: bind() joins the two.
class EntityBrowser final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the widget.
    explicit EntityBrowser(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] EntitiesModel& model() { return model_; }
    [[nodiscard]] EntityList& list() { return *list_; }
    [[nodiscard]] QLineEdit& searchField() { return *search_; }
    [[nodiscard]] QString countText() const;  ///< the number of entities, and how far a search for a name has come

    /// The entity that is selected in the window; its row is marked and brought into view where it is listed.
    void setSelected(std::optional<EntityId> id);
    /// While held, new arrivals move no row, wherever pointer and focus are; let go, they are put in order at once.
    void holdOrder(bool held);
    /// The user wants to see what has come: the list goes to where that stands, at once and once it is in order; the selection stays.
    void showNewest();
    /// Asks again where the field holds another text than was searched for, as it does when all entities were replaced.
    void searchAgain();
    /// What to do about it where there is nothing at all.
    void setIdleHint(const QString& hint);
    /// Events that belong to no entity: where there is no entity at all, that is said with a way to mend it.
    void setWithoutEntity(std::uint64_t events);
    void setGrouped(bool grouped);
    void setOrder(EntityOrder order);
    /// Chooses the entity after (1) or before (-1) the selected one, as they are listed.
    void chooseNext(int direction);

signals:
    void entityChosen(hindcast::EntityId id);
    void searchWanted(const QString& text);  ///< empty: the search is over
    void groupedChanged(bool grouped);       ///< by the user
    void orderChanged(hindcast::ui::EntityOrder order);
    void pinWanted(const QString& entity, hindcast::EntityId id);
    void unpinWanted(const QString& entity);
    void pinOrderWanted(const QStringList& entities);
    void compareWanted(const QString& entity);  ///< "category/id": with the selected one
    void mappingWanted();                       ///< how records become events is to be corrected

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class End : unsigned char { None, Top, Bottom };

    [[nodiscard]] QLayout* makeSearch();
    [[nodiscard]] QLayout* makeFilters();
    void connectList();
    void connectModel();
    void fillCategories();
    void showCategory();
    void search();
    void chooseFirst();
    void updateWords();
    void updateNothing();
    void updateHold();
    void placeSelection(bool reveal);
    void choose();
    void chooseFirstHit();
    void goToEnd(End end);
    void togglePin(qint64 row);
    void movePin(const QString& entity, int by);
    void toggleGroup(qint64 row);
    void showMenu(qint64 row, const QPoint& at);

    const Theme& theme_;
    EntitiesModel model_;
    QLabel* count_;
    QLineEdit* search_;
    QComboBox* category_;
    QComboBox* order_;
    QToolButton* groups_;
    EntityList* list_;
    LinkLabel* nothing_;  ///< in the list's place, where no event has an entity
    QTimer searchSoon_;
    QTimer chooseSoon_;
    std::optional<EntityId> selected_;
    bool orderHeld_ = false;
    bool firstOwed_ = false;   ///< Enter was pressed before the search had an answer
    bool untouched_ = true;    ///< since the selection was made the user has done nothing in the list
    End endOwed_ = End::None;  ///< to be seen once the order is there that the user asked for
    bool revealOwed_ = false;  ///< selected_ is to be scrolled to as soon as it has a row
    QString idleHint_;
    std::uint64_t withoutEntity_ = 0;
};

}  // namespace hindcast::ui
