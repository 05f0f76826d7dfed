#include "ui/shell/window_actions.h"

#include "ui/look/glyphs.h"
#include "ui/look/shown_zone.h"

#include <QLabel>
#include <QMenuBar>

namespace hindcast::ui {

namespace {

struct Words {
    QAction& action;
    QString text;
    QList<QKeySequence> keys;
    QString tip;
};

}  // namespace

WindowActions::WindowActions(Theme& theme, QObject* parent) : QObject(parent), theme_(theme), schemes_(this), zones_(this)
{
    const auto keys = [](std::initializer_list<const char*> list) {
        QList<QKeySequence> all;
        for (const char* one : list) all << QKeySequence(QString::fromLatin1(one));
        return all;
    };
    const Words all[] = {
        {openDemo, tr("Open the &demo"), {}, tr("A made-up shop: users, orders, a table captured from its database")},
        {openWorkspace,
         tr("&Open a workspace…"),
         {QKeySequence::Open},
         tr("A *.hindcast file, yours or a colleague's; a file of events is imported")},
        {newWorkspace, tr("&New workspace…"), {QKeySequence::New}, tr("An empty one, to read into")},
        {importFile, tr("&Import a file…"), keys({"Ctrl+I"}), tr("JSON lines, or records written by kcat or Hindcast")},
        {connectKafka, tr("Connect to &Kafka…"), keys({"Ctrl+K"}),
         tr("Read topics; joins no group, commits nothing, writes nothing")},
        {mapRecords, tr("How records become e&vents…"), keys({"Ctrl+M"}), tr("The mapping of each topic, to be corrected")},
        {closeWorkspace, tr("&Close the workspace"), {QKeySequence::Close}, {}},
        {quit, tr("&Quit"), {QKeySequence::Quit}, {}},
        {utc, tr("Times in &UTC"), {}, {}},
        {localZone, tr("Times in the local &zone"), {}, {}},
        {presentation, tr("&Presentation"), keys({"F11", "Ctrl+Shift+P"}), tr("Larger type and glyphs, on the whole screen")},
        {light, tr("&Light"), {}, {}},
        {dark, tr("&Dark"), {}, {}},
        {system, tr("As the &system"), {}, {}},
        {fit, tr("&Fit the timeline"), keys({"Ctrl+0"}), {}},
        {zoomIn, tr("Zoom &in"), keys({"Ctrl++", "Ctrl+="}), {}},
        {zoomOut, tr("Zoom &out"), keys({"Ctrl+-"}), {}},
        {findEntity, tr("Find an &entity"), keys({"Ctrl+F"}), {}},
        {first, tr("&First event"), keys({"Alt+Home"}), {}},
        {previous, tr("&Previous event"), keys({"Alt+Left"}), {}},
        {next, tr("&Next event"), keys({"Alt+Right"}), {}},
        {last, tr("&Last event"), keys({"Alt+End"}), {}},
        {previousChange, tr("Previous change of the field"), keys({"Alt+Up"}), {}},
        {nextChange, tr("Next change of the field"), keys({"Alt+Down"}), {}},
        {play, tr("&Play"), keys({"Space"}), tr("Moves the playhead by itself; any step of yours pauses it")},
        {faster, tr("&Faster"), keys({">"}), {}},
        {slower, tr("&Slower"), keys({"<"}), {}},
        {otherSpeed, tr("&Another speed…"), {}, {}},
        {markA, tr("Set &A here"), keys({"["}), tr("A: where a loop begins and a comparison starts")},
        {markB, tr("Set &B here"), keys({"]"}), tr("B: where a loop ends and a comparison is made with")},
        {clearMarks, tr("&Clear A and B"), {}, {}},
        {loop, tr("&Loop from A to B"), keys({"Ctrl+Shift+L"}),
         tr("Over and over; where A or B is not set, from the beginning, to the end")},
        {skipQuiet, tr("S&kip quiet periods"), {}, tr("Where nothing happens for more than three seconds of watching")},
        {searchStates, tr("Search in &states…"), keys({"Ctrl+Shift+S"}),
         tr("A value or an expression in the states of all entities, as of the playhead")},
        {goTo, tr("&Go to…"), keys({"Ctrl+G", "Ctrl+L"}), {}},
        {firstTime, tr("First time &when…"), keys({"Ctrl+Shift+F"}),
         tr("The first event of each entity after which an expression holds")},
        {findings, tr("F&indings"), keys({"Ctrl+Shift+I"}), tr("What breaks the invariants of the models, by its cause")},
        {nextProblem, tr("Next proble&m"), keys({"F8"}), tr("The next event at which the model fails or something was found")},
        {previousProblem, tr("Previous pr&oblem"), keys({"Shift+F8"}), {}},
        {stopAtError, tr("S&top at the first error"), {}, tr("Of the model; else it goes on with the state before the event")},
        {useProgram, tr("Use a &program…"), {}, tr("A program of yours that rebuilds the states of the category")},
        {allowProgram, tr("A&llow the program"), {}, tr("That this workspace wants to run for the selected entity")},
        {withdrawPrograms, tr("&Withdraw the programs"), {}, tr("None of this workspace may run any more")},
        {restartModel, tr("&Restart the model"), {}, tr("With a new process")},
        {limits, tr("L&imits…"), {}, tr("Time and memory of models and of replays")},
        {modelDiff, tr("Model di&ff"), keys({"Ctrl+Shift+M"}),
         tr("The entities for which two models give other states, and where")},
        {smallestCase, tr("Smallest &case"), keys({"Ctrl+Shift+K"}), tr("The fewest events that still show what is wrong")},
        {determinism, tr("Check d&eterminism"), {}, tr("Do the models give the same states for the same events?")},
        {compare, tr("&Compare with…"), keys({"Ctrl+Shift+D"}),
         tr("The selected entity with another, or with itself at another moment")},
        {watchField, tr("&Watch a field…"), keys({"Ctrl+Alt+W"}),
         tr("Its values over time beneath the lane, by its JSON pointer")},
        {goToTime, tr("Go to a &time…"), keys({"Ctrl+Shift+G"}), {}},
        {undo, tr("&Undo"), {QKeySequence::Undo}, {}},
        {redo, tr("&Redo"), keys({"Ctrl+Shift+Z", "Ctrl+Y"}), {}},
        {copyJson, tr("&Copy as JSON"), keys({"Ctrl+Shift+J"}), {}},
        {pinEntity, tr("&Pin the entity"), keys({"Ctrl+D"}), {}},
        {previousEntity, tr("Pre&vious entity"), keys({"Ctrl+PgUp"}), {}},
        {nextEntity, tr("Ne&xt entity"), keys({"Ctrl+PgDown"}), {}},
        {rejects, tr("Re&jects"), keys({"Ctrl+R"}), tr("Records that could not be decoded, with their reasons")},
        {model, tr("&Model editor"), keys({"Ctrl+E"}), tr("The script that rebuilds the states of a category")},
        {resetLayout, tr("&Reset the layout"), {}, {}},
        {stopReading, tr("&Stop reading"), {}, {}},
        {keyboard, tr("&Keyboard"), keys({"F1", "?"}), {}},
        {thingsToTry, tr("&Three things to try"), {}, tr("On the demo: what replay is")},
        {pauseReading, tr("&Pause reading"), keys({"Ctrl+P"}), tr("Keeps the place; going on reads each record once")},
        {followHead, tr("Follow &head"), keys({"Ctrl+H"}),
         tr("Playhead and timeline go with the newest event; any step of yours ends it")},
        {firstNew, tr("First &new event"), keys({"Ctrl+J"}), tr("Of the selected entity, since you last looked")},
        {about, tr("&About Hindcast"), {}, {}},
    };
    for (const Words& one : all) {
        one.action.setText(one.text);
        one.action.setShortcuts(one.keys);
        one.action.setStatusTip(one.tip);
        const QString plain = QString(one.text).remove(QLatin1Char('&'));
        one.action.setToolTip(one.keys.isEmpty()
                                  ? plain
                                  : QStringLiteral("%1 (%2)").arg(plain, one.keys.first().toString(QKeySequence::NativeText)));
        one.action.setParent(this);
    }
    quit.setMenuRole(QAction::QuitRole);
    about.setMenuRole(QAction::AboutRole);
    setChecks();
    setIcons();
    recent.setTitle(tr("Opened &before"));
    playback.setTitle(tr("Play&back"));
    playback.addAction(&play);
    playback.addSeparator();
    playback.addActions({&otherSpeed, &faster, &slower});
    playback.addSeparator();
    playback.addActions({&markA, &markB, &clearMarks, &loop});
    playback.addSeparator();
    playback.addAction(&skipQuiet);
    source.addActions({&pauseReading, &stopReading, &connectKafka, &importFile, &openWorkspace, &newWorkspace});
}

/// What is on or off, or one of several.
void WindowActions::setChecks()
{
    for (QAction* scheme : {&light, &dark, &system}) {
        scheme->setCheckable(true);
        schemes_.addAction(scheme);
    }
    for (QAction* zone : {&utc, &localZone}) {
        zone->setCheckable(true);
        zones_.addAction(zone);
    }
    for (QAction* one : {&presentation, &rejects, &model, &followHead, &loop, &skipQuiet, &stopAtError}) one->setCheckable(true);
    const auto showZone = [this] {
        utc.setChecked(shownZone() == ShownZone::Utc);
        localZone.setChecked(shownZone() == ShownZone::Local);
    };
    showZone();
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, showZone);
    const auto show = [this] {
        light.setChecked(theme_.scheme() == Theme::Scheme::Light);
        dark.setChecked(theme_.scheme() == Theme::Scheme::Dark);
        system.setChecked(theme_.scheme() == Theme::Scheme::System);
    };
    show();
    connect(&theme_, &Theme::changed, this, show);
}

void WindowActions::setIcons()
{
    first.setIcon(glyphIcon(Glyph::First, theme_));
    previous.setIcon(glyphIcon(Glyph::Previous, theme_));
    next.setIcon(glyphIcon(Glyph::Next, theme_));
    last.setIcon(glyphIcon(Glyph::Last, theme_));
    previousChange.setIcon(glyphIcon(Glyph::Previous, theme_));
    nextChange.setIcon(glyphIcon(Glyph::Next, theme_));
    stopReading.setIcon(glyphIcon(Glyph::Stop, theme_));
}

void WindowActions::fill(QMenuBar& bar)
{
    auto* brand = new QLabel(tr("Hindcast"), &bar);
    brand->setFont(theme_.strong());
    brand->setContentsMargins(12, 0, 4, 0);
    bar.setCornerWidget(brand, Qt::TopLeftCorner);

    QMenu* file = bar.addMenu(tr("&File"));
    file->addActions({&openWorkspace, &newWorkspace, &openDemo});
    file->addMenu(&recent);
    file->addSeparator();
    file->addActions({&importFile, &connectKafka, &pauseReading, &stopReading, &mapRecords});
    file->addSeparator();
    file->addActions({&closeWorkspace, &quit});
    QMenu* edit = bar.addMenu(tr("&Edit"));
    edit->addActions({&undo, &redo});
    edit->addSeparator();
    edit->addActions({&copyJson, &findEntity, &pinEntity});
    QMenu* view = bar.addMenu(tr("&View"));
    view->addActions({&previousEntity, &nextEntity});
    view->addSeparator();
    view->addActions({&fit, &zoomIn, &zoomOut});
    view->addSeparator();
    view->addActions({&rejects, &resetLayout});
    view->addSeparator();
    view->addActions({&utc, &localZone});
    view->addSeparator();
    view->addActions({&light, &dark, &system});
    view->addSeparator();
    view->addAction(&presentation);
    QMenu* travel = bar.addMenu(tr("&Time travel"));
    travel->addActions({&first, &previous, &next, &last});
    travel->addSeparator();
    travel->addActions({&previousChange, &nextChange});
    travel->addSeparator();
    travel->addMenu(&playback);
    travel->addSeparator();
    travel->addActions({&goTo, &goToTime, &searchStates});
    travel->addSeparator();
    travel->addActions({&firstTime, &findings, &smallestCase, &previousProblem, &nextProblem});
    travel->addActions({&compare, &watchField});
    travel->addSeparator();
    travel->addActions({&followHead, &firstNew});
    models.setTitle(tr("&Model"));
    models.addAction(&model);
    models.addActions({&modelDiff, &determinism});
    bar.addMenu(&models);
    QMenu* help = bar.addMenu(tr("&Help"));
    help->addActions({&keyboard, &thingsToTry, &about});
}

QList<QAction*> WindowActions::all()
{
    QList<QAction*> all;
    for (QObject* child : children())
        if (auto* action = qobject_cast<QAction*>(child)) all << action;
    return all;
}

}  // namespace hindcast::ui
