#pragma once
#include "ui/findings/found_page.h"
#include "ui/findings/line_text.h"
#include "ui/look/theme.h"
#include "ui/session/trial_views.h"

#include <QString>
#include <QStringList>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QMenu;
class QToolButton;

namespace hindcast::ui {

class ElidedLabel;
class ModelDiffTable;

/// "Model diff": two models, a category, and the first event of each of its entities after which they give other states. Knows no
/// session: bind() joins the two. GUI thread only.
class ModelDiffPage final : public FoundPage {
    Q_OBJECT
public:
    enum Side { First, Second };

    /// `theme` must outlive the page.
    explicit ModelDiffPage(const Theme& theme, QWidget* parent = nullptr);

    void setPartOf(PartOf part) { part_ = std::move(part); }
    /// `category` is the selected entity's; empty: none is.
    void setAsked(bool open, const QStringList& categories, const QString& category);
    /// Those that come with the program.
    void setReadyMade(std::vector<ModelChoice> models) { readyMade_ = std::move(models); }
    /// What stands in the model editor and is in force nowhere; empty: there is nothing.
    using Draft = std::function<std::optional<ModelChoice>()>;
    void setDraft(Draft draft) { draft_ = std::move(draft); }
    /// Null: nothing was asked.
    void setView(std::shared_ptr<const ModelDiffView> view);
    /// What was compared is perhaps no longer what is in force.
    void modelChanged(const QString& category);

    [[nodiscard]] QString category() const { return category_; }
    void setCategory(const QString& category);
    [[nodiscard]] const ModelChoice& choice(Side side) const { return sides_[side].choice; }
    void choose(Side side, const ModelChoice& choice);
    /// The editor's text against what is in force, for that category, at once.
    void compareDraft(const QString& category);
    void ask();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override;
    void takeFocus() override;

    [[nodiscard]] ModelDiffTable& table() { return *table_; }
    [[nodiscard]] QToolButton& sideButton(Side side) { return *sides_[side].button; }
    [[nodiscard]] QToolButton& goButton() { return *go_; }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString message() const;  ///< what must be said; empty: nothing

    [[nodiscard]] static ModelChoice inForce();
    [[nodiscard]] static ModelChoice before();

signals:
    void asked(const QString& category, const hindcast::ui::ModelChoice& first, const hindcast::ui::ModelChoice& second);
    void cancelWanted();
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class As : std::uint8_t { JsonLines, Csv };
    struct OneSide {
        QToolButton* button;
        QMenu* menu;
        ModelChoice choice;
        bool draft = false;  ///< the editor's text, as it stands when it is asked
    };
    // model_diff_choice.cpp
    [[nodiscard]] QWidget* makeBar();
    void fillSide(Side side);
    void fillCategories();
    void chooseDraft(Side side);
    void askFile(Side side);
    void updateBar();

    void openMenu(qint64 row, const QPoint& position);
    void goTo(qint64 row);
    void copyAll(As as);
    void updateWords();
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] bool isRunning() const;

    const Theme& theme_;
    PartOf part_;
    Draft draft_;
    std::vector<ModelChoice> readyMade_;
    std::array<OneSide, 2> sides_;
    QToolButton* scope_;
    QMenu* scopes_;
    QToolButton* go_;
    ElidedLabel* summary_;
    ElidedLabel* message_;
    ModelDiffTable* table_;
    std::shared_ptr<const ModelDiffView> view_;
    bool open_ = false;
    QStringList categories_;
    QString category_;
    bool categoryChosen_ = false;  ///< by the user: else it is the selected entity's
    QString notice_;               ///< of what was copied; goes with the next comparison
    QString stale_;                ///< of what was compared under another model
    std::uint64_t copying_ = 0;    ///< the last; one that was overtaken is dropped
};

}  // namespace hindcast::ui
