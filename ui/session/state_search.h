#pragma once
#include "ui/session/session_facet.h"
#include "ui/session/state_search_views.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace hindcast::ui {

class StateSearchWorker;

/// Looks for a value, or where an expression holds, in the states of many entities as of one moment: that of the playhead, or after
/// all events where it stands at none. GUI thread only.
class StateSearch final : public SessionFacet {
    Q_OBJECT
public:
    explicit StateSearch(Session& session);
    ~StateSearch() override;

    /// Asks as of the playhead; an earlier search is given up. The place where the text is wrong, where it is: then nothing is done.
    /// Scope Category is that of the selected entity; where none is selected nothing is done.
    std::optional<expression::SyntaxError> request(const StateQuestion& question);
    void cancel();
    /// The same question anew as of the playhead, once that has stood still for a moment, where the last answer took so little time
    /// that nobody notices. While someone looks.
    void setFollowing(bool on);

    /// Null: nothing was asked, or it is no longer true.
    [[nodiscard]] const std::shared_ptr<const StatesView>& view() const { return view_; }
    /// Where it would be asked now.
    [[nodiscard]] std::optional<Timestamp> moment() const;

    void open(const Opened& opened) override;
    void close() override;
    void madeAnew() override;
    void modelChanged(const QString& category) override;
    [[nodiscard]] bool isBusy() const override;

signals:
    void changed();

private:
    void take(std::shared_ptr<const StatesView> view);
    void askAnewSoon();
    void askAnew();
    /// False: there is nobody to ask.
    [[nodiscard]] bool ask(const StateQuestion& question, bool quietly);

    std::shared_ptr<StateSearchWorker> worker_;
    std::shared_ptr<const StatesView> view_;
    QTimer anew_;
    bool following_ = false;
    bool quiet_ = false;  ///< what is shown stays until the new answer is whole
};

}  // namespace hindcast::ui
