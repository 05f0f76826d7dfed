#pragma once
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/gui_post.h"
#include "ui/session/task_thread.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace hindcast::ui {

/// Reads which invariants a category's model declares, on a thread of its own: a script has to be read for it.
/// Threads: all calls from the GUI thread; answers come there.
class DeclaredInvariants {
public:
    /// None where the model cannot be used. Of the latest request only.
    using Answer = std::function<void(const QString& category, const QStringList& names)>;

    DeclaredInvariants(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answer answer);

    void request(const QString& category);
    [[nodiscard]] bool busy() const { return thread_.busy(); }

private:
    [[nodiscard]] QStringList read(const std::string& category) const;

    std::shared_ptr<store::Store> store_;
    std::shared_ptr<model::Runtime> runtime_;
    GuiPost post_;
    Answer answer_;
    std::uint64_t serial_ = 0;  ///< of the latest request
    TaskThread thread_;         ///< last: ends first
};

}  // namespace hindcast::ui
