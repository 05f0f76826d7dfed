#pragma once
#include <QList>
#include <QString>

namespace hindcast::ui {

/// A model to start from.
struct ReadyMade {
    QString name;   ///< of its file: "bank.mjs"
    QString title;  ///< its first comment line, else the name
    QString source;
};

/// Those that come with the program, by their titles; the one that has nothing in it yet (empty.mjs) first.
[[nodiscard]] QList<ReadyMade> readyMade();

}  // namespace hindcast::ui
