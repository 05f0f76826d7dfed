#pragma once
#include "ui/findings/expression_field.h"
#include "ui/findings/found_rows_page.h"
#include "ui/look/theme.h"
#include "ui/session/over_all_views.h"

namespace hindcast::ui {

class ScopeButton;

/// A page that searches for what is written in a line, among the entities that are chosen beside it. What is wrong in the line is said
/// beneath its place. GUI thread only.
class SearchPage : public FoundRowsPage {
    Q_OBJECT
public:
    /// What can be asked of: a workspace, and the entity that is selected; empty: none is.
    void setAsked(bool open, const QString& entity, const QString& category);
    /// Nothing where the text cannot be read, which is said beneath it.
    void ask() override;
    void takeFocus() override;

    [[nodiscard]] FirstTimeScope scope() const;
    void setScope(FirstTimeScope scope);
    [[nodiscard]] ExpressionField& field() { return *field_; }
    [[nodiscard]] QToolButton& scopeButton();

protected:
    /// `theme` must outlive the page. `setting`: where the scope is remembered. `scopes`: those to choose from.
    SearchPage(const Theme& theme, const QString& setting, std::initializer_list<FirstTimeScope> scopes, QWidget* parent);

    /// For the constructor: `lead` stands before the line.
    void build(QWidget& lead, RowView& rows);
    /// Asks what can be read.
    virtual void request() = 0;
    /// What was found goes: it answers another question than the one that stands there and cannot be read. Until something is asked
    /// again isForgotten() is so, and what is told of that other question is not shown.
    virtual void forget() = 0;
    [[nodiscard]] bool isForgotten() const { return forgotten_; }
    [[nodiscard]] QString text() const { return field_->text(); }
    [[nodiscard]] bool canAsk() const override;
    void updateWords() override;
    [[nodiscard]] QString said() const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeMessage();

    ExpressionField* field_;
    ScopeButton* scope_;
    bool forgotten_ = false;
};

}  // namespace hindcast::ui
