#pragma once
#include "ui/findings/found_rows_page.h"
#include "ui/findings/model_diff_table.h"
#include "ui/look/theme.h"
#include "ui/session/trial_views.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QToolButton;

namespace hindcast::ui {

/// "Model diff": two models, a category, and the first event of each of its entities after which they give other states. Knows no
/// session: bind() joins the two. GUI thread only.
class ModelDiffPage final : public FoundRowsPage {
    Q_OBJECT
public:
    enum Side { First, Second };

    /// `theme` must outlive the page.
    explicit ModelDiffPage(const Theme& theme, QWidget* parent = nullptr);

    /// `category` is the selected entity's; empty: none is.
    void setAsked(bool open, const QStringList& categories, const QString& category);
    /// Whether a category's model took the place of another, as far as that is known: what is offered to compare first goes by it.
    void setHasBefore(const QString& category, bool has);
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
    void ask() override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override;
    void takeFocus() override;

    [[nodiscard]] ModelDiffTable& table() { return *table_; }
    [[nodiscard]] QToolButton& sideButton(Side side) { return *sides_[side].button; }

    [[nodiscard]] static ModelChoice inForce();
    [[nodiscard]] static ModelChoice before();

signals:
    void asked(const QString& category, const hindcast::ui::ModelChoice& first, const hindcast::ui::ModelChoice& second);
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);

private:
    struct OneSide {
        QToolButton* button;
        QMenu* menu;
        ModelChoice choice;
        bool draft = false;   ///< the editor's text, as it stands when it is asked
        bool chosen = false;  ///< by the user
    };
    // model_diff_choice.cpp
    void makeChoices();
    void fillSide(Side side);
    void fillCategories();
    void chooseDraft(Side side);
    void askFile(Side side);
    void updateBar();
    void chooseDefault();
    void dropFailure();

    [[nodiscard]] bool isSame() const { return sides_[First].choice == sides_[Second].choice; }
    [[nodiscard]] bool canAsk() const override { return isOpen() && !category_.isEmpty() && !isSame(); }
    [[nodiscard]] QString askWords() const override { return tr("Compare"); }
    [[nodiscard]] QString askTip() const override;
    [[nodiscard]] bool isRunning() const override { return table_->view() && table_->view()->running; }
    [[nodiscard]] std::optional<Outcome> outcome() const override;
    [[nodiscard]] Empty invitation() const override;
    [[nodiscard]] QString busyWords() const override { return tr("Comparing…"); }
    [[nodiscard]] Empty nothing() const override;
    void goTo(qint64 row) override;
    void addWays(QMenu& menu, qint64 row) override;
    [[nodiscard]] std::string jsonOf(qint64 row) const override;
    [[nodiscard]] EntityKey entityOf(qint64 row) const override { return table_->row(row).key; }
    void copyAll(LinesAs as) override;

    ModelDiffTable* table_;
    Draft draft_;
    std::vector<ModelChoice> readyMade_;
    std::array<OneSide, 2> sides_;
    QToolButton* scope_;
    QMenu* scopes_;
    QStringList categories_;
    QString category_;
    QSet<QString> unchanged_;      ///< categories whose model has none before it
    bool categoryChosen_ = false;  ///< by the user: else it is the selected entity's
};

}  // namespace hindcast::ui
