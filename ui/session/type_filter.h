#pragma once
#include "core/event/ids.h"

#include <QObject>

#include <unordered_set>

namespace hindcast::ui {

/// Which types of events the views show: a matter of looking, never of the state, which is folded from all of them.
/// Either all but some, or only some; so that a type that is met later is shown in the first case and not in the second.
/// GUI thread only.
class TypeFilter final : public QObject {
    Q_OBJECT
public:
    explicit TypeFilter(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] bool shows(TypeId type) const { return named_.contains(type) == only_; }
    [[nodiscard]] bool hidesAny() const { return only_ || !named_.empty(); }

    void setShown(TypeId type, bool shown);
    void showOnly(TypeId type);
    void showAll();

    /// What it is, as a value: for undo.
    struct Choice {
        bool only = false;
        std::unordered_set<TypeId> named;
        bool operator==(const Choice&) const = default;
    };
    [[nodiscard]] Choice choice() const { return {only_, named_}; }
    void setChoice(Choice choice);

signals:
    void changed();

private:
    bool only_ = false;
    std::unordered_set<TypeId> named_;  ///< the hidden ones; where only_, the shown ones
};

}  // namespace hindcast::ui
