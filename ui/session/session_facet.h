#pragma once
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/gui_post.h"

#include <QObject>
#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace hindcast::ui {

class Session;

/// A facet of the session: a part of it with a face of its own, requests, answers by signals, and workers that live as long as the workspace that is
/// open. The session owns its facets and tells them what happens to the workspace; a facet reads what else it has to know (selection,
/// playhead, counts) from the session, and follows its signals. GUI thread only.
class SessionFacet : public QObject {
    Q_OBJECT
public:
    /// `session` outlives the facet.
    explicit SessionFacet(Session& session) : session_(session) {}

    /// An open workspace as a facet uses it.
    struct Opened {
        std::shared_ptr<store::Store> store;  ///< its readOnly() says whether settings can be saved
        std::shared_ptr<model::Runtime> runtime;
        GuiPost post;

        /// What a facet works with, on threads that end with it: destroyed after the workspace was closed, on a thread that may wait.
        template <typename Worker>
        std::shared_ptr<Worker> keep(std::shared_ptr<Worker> worker) const
        {
            workers->push_back(worker);
            return worker;
        }
        std::vector<std::shared_ptr<void>>* workers;
    };
    /// Before Session::opened(): the session tells already of the new workspace, but nothing is selected.
    virtual void open(const Opened& opened) = 0;
    /// Before Session::closed(). What is shown is forgotten; workers are let go.
    virtual void close() = 0;
    /// Everything was decoded anew: entities and types have other numbers.
    virtual void madeAnew() {}
    /// The category has another model; before Session::modelsChanged().
    virtual void modelChanged(const QString& category) { (void)category; }
    /// Something was asked for that has not been answered.
    [[nodiscard]] virtual bool isBusy() const { return false; }

protected:
    [[nodiscard]] Session& session() const { return session_; }

private:
    Session& session_;
};

}  // namespace hindcast::ui
