#pragma once
#include "core/event/json.h"

#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace hindcast::ui {

/// The watched fields of each category, in the user's order: pointers as replay::WatchPointer reads them. GUI thread only.
class Watches final : public QObject {
    Q_OBJECT
public:
    using All = QMap<QString, QStringList>;  ///< by category; none is empty
    explicit Watches(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const All& all() const { return all_; }
    void setAll(const All& all);
    [[nodiscard]] QStringList of(const QString& category) const { return all_.value(category); }
    [[nodiscard]] bool contains(const QString& category, const QString& pointer) const;
    void add(const QString& category, const QString& pointer);  ///< at the end; nothing where it is watched
    void remove(const QString& category, const QString& pointer);
    void toggle(const QString& category, const QString& pointer);

signals:
    void changed();

private:
    All all_;
};

/// The setting "watches" of a workspace: {"user": ["/tier", "/balance"]}. What is no list of texts is left out.
[[nodiscard]] Watches::All watchesFromJson(const std::optional<Json>& setting);
[[nodiscard]] Json watchesToJson(const Watches::All& watches);

}  // namespace hindcast::ui
