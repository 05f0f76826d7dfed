#include "ui/look/contrast.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/look/style_sheet.h"
#include "ui/look/theme.h"

#include "color_vision.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace hindcast::ui;

namespace {

using Role = Theme::Role;

const Role kGrounds[] = {Role::Window,     Role::Panel,     Role::Field,       Role::Selection,
                         Role::AccentSoft, Role::AddedSoft, Role::ChangedSoft, Role::RemovedSoft};

QPalette desktop(bool dark)
{
    const QColor ground = dark ? QColor(0x202020) : QColor(0xf0f0f0);
    QPalette palette(ground);
    for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled})
        for (const auto role : {QPalette::Window, QPalette::Base, QPalette::AlternateBase}) palette.setColor(group, role, ground);
    return palette;
}

}  // namespace

class TestContrast : public QObject {
    Q_OBJECT
private slots:
    void aCountCanBeReadOnEveryColourOfATypeAndOnWhatLiesAhead()
    {
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            const Theme theme(scheme);
            for (int i = -1; i < Theme::kSeries; ++i)
                for (const QColor& fill : {theme.series(i), seriesAhead(theme, i)})
                    QVERIFY2(contrast(fill, wordsOn(fill)) >= 3.2, qPrintable(fill.name()));
        }
    }

    void textCanBeReadOnEveryGround_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textCanBeReadOnEveryGround()
    {
        QFETCH(bool, dark);
        const Theme theme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        const auto least = [&](Role text, double wanted, const char* name) {
            for (const Role ground : kGrounds) {
                const double found = contrast(theme.color(text), theme.color(ground));
                QVERIFY2(found >= wanted, qPrintable(QStringLiteral("%1 on ground %2: %3")
                                                         .arg(QString::fromLatin1(name))
                                                         .arg(static_cast<int>(ground))
                                                         .arg(found, 0, 'f', 2)));
            }
        };
        least(Role::Text, 7, "text");
        least(Role::TextSecondary, 4.5, "secondary text");
        least(Role::Link, 4.5, "link");
        least(Role::Added, 4.5, "added");
        least(Role::Changed, 4.5, "changed");
        least(Role::Removed, 4.5, "removed");
        least(Role::Warning, 4.5, "warning");
        for (const Role code : {Role::CodeKeyword, Role::CodeText, Role::CodeNumber, Role::CodeRegex, Role::CodeComment})
            least(code, 4.5, "code");
        // What lies after the playhead, and what is disabled, steps back and can still be read.
        least(Role::TextDimmed, 3, "dimmed text");
        // Marks and frames tell themselves from their ground.
        QVERIFY(contrast(theme.color(Role::Playhead), theme.color(Role::Panel)) >= 4.5);
        QVERIFY(contrast(theme.color(Role::Accent), theme.color(Role::Panel)) >= 4.5);
        QVERIFY(contrast(theme.color(Role::Good), theme.color(Role::Field)) >= 3);
    }

    void contrastIsThatOfWcag()
    {
        QVERIFY(std::abs(contrast(Qt::white, Qt::black) - 21) < 0.01);
        QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01);
    }

    void whatLiesAheadStepsBackAndInDarkCanStillBeSeen()
    {
        const Theme dark(Theme::Scheme::Dark);
        const Theme light(Theme::Scheme::Light);
        for (int series = -1; series < Theme::kSeries; ++series) {
            const double found = contrast(seriesAhead(dark, series), dark.color(Role::Panel));
            QVERIFY2(found >= 3, qPrintable(QStringLiteral("%1: %2").arg(series).arg(found, 0, 'f', 2)));
            QVERIFY(found <= contrast(dark.series(series), dark.color(Role::Panel)));
            QVERIFY(contrast(seriesAhead(light, series), light.color(Role::Panel)) <
                    contrast(light.series(series), light.color(Role::Panel)));
        }
    }

    void noTwoTypesLookAlikeToAnyEyes_data() { textCanBeReadOnEveryGround_data(); }
    void noTwoTypesLookAlikeToAnyEyes()
    {
        QFETCH(bool, dark);
        const Theme theme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        for (const Eyes eyes : {Eyes::All, Eyes::Protan, Eyes::Deutan, Eyes::Tritan})
            for (int one = -1; one < Theme::kSeries; ++one)  // -1: neutral
                for (int two = one + 1; two < Theme::kSeries; ++two) {
                    const double found = distanceFor(eyes, theme.series(one), theme.series(two));
                    QVERIFY2(found >= 9, qPrintable(QStringLiteral("%1 and %2 to eyes %3: %4")
                                                        .arg(one)
                                                        .arg(two)
                                                        .arg(static_cast<int>(eyes))
                                                        .arg(found, 0, 'f', 1)));
                }
    }

    void theSheetNamesOnlyColoursThatThereAre()
    {
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark})
            QVERIFY(!styleSheet(Theme(scheme)).contains(QLatin1Char('@')));
    }

    void aFocusedButtonHasItsFrameAndNoBoxWithin()
    {
        Theme theme(Theme::Scheme::Light);
        theme.apply();
        QWidget window;
        QHBoxLayout row(&window);
        QPushButton other(QStringLiteral("Other"));
        QPushButton plain(QStringLiteral("Import a file"));
        QPushButton primary(QStringLiteral("Connect"));
        primary.setProperty("primary", true);
        for (QPushButton* button : {&other, &plain, &primary}) row.addWidget(button);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        for (QPushButton* button : {&plain, &primary}) {
            other.setFocus(Qt::TabFocusReason);
            const QImage without = button->grab().toImage();
            QTest::keyClick(&other, Qt::Key_Tab);  // as by keyboard: only then styles paint a box
            button->setFocus(Qt::TabFocusReason);
            const QImage with = button->grab().toImage();
            const QRect within = QRect(QPoint(), with.size()).adjusted(4, 4, -4, -4);
            QVERIFY(with != without);
            QCOMPARE(with.copy(within), without.copy(within));
        }
    }

    void theWindowFollowsTheSystemWhileItRuns()
    {
        QApplication::setPalette(desktop(false));
        Theme theme(Theme::Scheme::System);
        theme.apply();
        QVERIFY(!theme.isDark());
        QSignalSpy changed(&theme, &Theme::changed);
        QApplication::setPalette(desktop(true));
        QTRY_VERIFY(theme.isDark());
        QTRY_COMPARE(QApplication::palette().color(QPalette::Window), theme.color(Role::Window));
        QTRY_COMPARE(changed.count(), 1);
        QApplication::setPalette(desktop(false));
        QTRY_VERIFY(!theme.isDark());
        QTRY_COMPARE(QApplication::palette().color(QPalette::Window), theme.color(Role::Window));
        QCOMPARE(changed.count(), 2);
    }

    void aChosenSchemeStaysWhateverTheSystemDoes()
    {
        QApplication::setPalette(desktop(false));
        Theme theme(Theme::Scheme::Light);
        theme.apply();
        QApplication::setPalette(desktop(true));
        QCoreApplication::processEvents();
        QVERIFY(!theme.isDark());
        // What the system has become meanwhile is what one gets by choosing it.
        theme.setScheme(Theme::Scheme::System);
        QVERIFY(theme.isDark());
    }

    void aPresentationEnlargesTypeRowsAndTheSheet()
    {
        Theme theme(Theme::Scheme::Light);
        theme.apply();
        QWidget bar;
        fixHeight(bar, theme, 32);
        const int row = theme.rowHeight();
        const int text = theme.text().pixelSize();
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setZoom(Theme::kPresentation);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(theme.rowHeight(), qRound(row * Theme::kPresentation));
        QCOMPARE(theme.text().pixelSize(), qRound(text * Theme::kPresentation));
        QVERIFY(theme.mono().pixelSize() > 15);
        QCOMPARE(bar.height(), 43);
        QVERIFY(styleSheet(theme).contains(QStringLiteral("padding: 7px 11px; min-height: 26px")) ||
                styleSheet(theme).contains(QStringLiteral("min-height: 26px")));
        QVERIFY(styleSheet(theme).contains(QStringLiteral("1px solid")));
        theme.setZoom(1);
        QCOMPARE(bar.height(), 32);
    }
};

QTEST_MAIN(TestContrast)
#include "test_contrast.moc"
