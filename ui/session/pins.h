#pragma once
#include "core/event/ids.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace hindcast::ui {

/// The entities that are kept in sight, in the user's order: listed first, and each with a lane of its own. They are named by
/// "category/id", which lasts; the ids are found by Session and may be missing for an entity that is not (yet) in the workspace.
/// GUI thread only.
class Pins final : public QObject {
    Q_OBJECT
public:
    struct Pin {
        QString entity;  ///< "category/id"
        std::optional<EntityId> id;
    };
    explicit Pins(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const std::vector<Pin>& all() const { return pins_; }
    [[nodiscard]] bool contains(EntityId id) const;
    [[nodiscard]] bool contains(const QString& entity) const;

    /// As names alone, for undo and for the workspace file.
    [[nodiscard]] QStringList names() const;
    void setNames(const QStringList& names);  ///< keeps the ids that are known

    void add(const QString& entity, std::optional<EntityId> id = {});  ///< at the end; nothing where it is pinned
    void remove(const QString& entity);

    /// By Session: what names were found to mean. No changed() where nothing is other than before.
    void setId(const QString& entity, std::optional<EntityId> id);
    void forgetIds();  ///< by Session: entities were made anew

signals:
    void changed();

private:
    std::vector<Pin> pins_;
};

}  // namespace hindcast::ui
