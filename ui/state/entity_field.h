#pragma once
#include <QLineEdit>
#include <QStringList>

class QCompleter;
class QStringListModel;

namespace hindcast::ui {

/// A field that names an entity, "category/id": what is typed is looked for, and what is found is offered beneath it. Knows no session:
/// searchWanted() asks, setFound() answers. GUI thread only.
class EntityField final : public QLineEdit {
    Q_OBJECT
public:
    explicit EntityField(QWidget* parent = nullptr);

    void setEntity(const QString& entity);  ///< what it shows while nothing is typed; empty: none
    [[nodiscard]] const QString& entity() const { return entity_; }
    void setOffered(const QStringList& entities);  ///< before anything is typed: the pinned ones
    void setFound(const QString& text, const QStringList& entities);

signals:
    void searchWanted(const QString& text);
    void entityEntered(const QString& entity);  ///< empty: the selected one
    void notFound(const QString& text);         ///< it was entered, and nothing is called so
    void typed();                               ///< what was said of the text before no longer holds

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void enter();
    void choose(const QString& entity);
    void restore();

    QString entity_;
    QStringList offered_;
    QStringList found_;
    QString foundOf_;       ///< the text that found_ answers
    bool entered_ = false;  ///< waits for what is found
    bool typing_ = false;
    QStringListModel* model_;
    QCompleter* completer_;
};

}  // namespace hindcast::ui
