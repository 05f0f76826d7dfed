#pragma once
#include "ui/look/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QObject>

class QMenuBar;

namespace hindcast::ui {

/// The window's commands with their words, keys and icons, and the menus that list them. What they do is connected elsewhere.
class WindowActions final : public QObject {
    Q_OBJECT
public:
    WindowActions(Theme& theme, QObject* parent);

    void fill(QMenuBar& bar);
    [[nodiscard]] QList<QAction*> all();  ///< but those behind `recent`

    QAction openWorkspace, newWorkspace, openDemo, importFile, connectKafka, mapRecords, closeWorkspace, quit;
    QAction utc, localZone, presentation;
    QAction light, dark, system, fit, zoomIn, zoomOut, findEntity;
    QAction undo, redo, copyJson, pinEntity, previousEntity, nextEntity, resetLayout, goTo, rejects, model;
    QAction searchStates;
    QAction first, previous, next, last, previousChange, nextChange, goToTime, firstTime, findings;
    QAction nextProblem, previousProblem, stopAtError, useProgram, allowProgram, withdrawPrograms, restartModel, limits;
    QAction modelDiff, smallestCase, determinism;
    QAction compare, watchField;
    QAction play, faster, slower, otherSpeed, markA, markB, clearMarks, loop, skipQuiet;
    QAction stopReading;
    QAction pauseReading, followHead, firstNew;
    QAction keyboard, thingsToTry, about;
    QMenu recent;
    QMenu source;    ///< behind the name of the source
    QMenu playback;  ///< how it is played; the speeds are put in above
    QMenu models;    ///< what can be done with a model; the panel's own come after the first

private:
    void setChecks();
    void setIcons();

    Theme& theme_;
    QActionGroup schemes_;
    QActionGroup zones_;
};

}  // namespace hindcast::ui
