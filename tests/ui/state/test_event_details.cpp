#include "tests/ui/state/state_fixture.h"
#include "ui/look/shown_zone.h"
#include "ui/session/event_json.h"
#include "ui/session/go_to.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/event_details.h"
#include "ui/state/event_document.h"
#include "ui/state/raw_page.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QTextTable>
#include <QTimer>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

std::shared_ptr<EventView> eventWith(std::string payload)
{
    auto event = std::make_shared<EventView>(*test::userEvent());
    event->event.payload = std::move(payload);
    event->event.value = event->event.payload;
    return event;
}

/// JSON of about that many bytes.
std::string manyItems(std::size_t bytes)
{
    std::string text = "[";
    for (int i = 0; text.size() < bytes; ++i) text += "{\"n\":" + std::to_string(i) + ",\"text\":\"some words in an item\"},";
    return text + "1]";
}

void choose(EventDetails& details, const QString& words)
{
    QMenu menu;
    details.fillMenu(menu, QPoint(12, 12));
    for (QAction* one : menu.actions())
        if (one->text() == words) return one->trigger();
    QFAIL(qPrintable(words));
}

}  // namespace

class TestEventDetails final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qputenv("TZ", "Europe/Berlin");
        theme_.apply();
    }
    void cleanup() { setShownZone(ShownZone::Utc); }

    void moreOfALargePayloadIsShownToALimitAndThenRawHasIt()
    {
        EventDetails details(theme_, false);
        details.resize(420, 700);
        details.show();
        details.setEvent(eventWith(manyItems(2'000'000)));
        QSignalSpy raw(&details, &EventDetails::rawWanted);
        QVERIFY(details.toPlainText().contains(QStringLiteral("show more")));
        QElapsedTimer clock;
        clock.start();
        emit details.anchorClicked(QUrl(QStringLiteral("more:")));
        details.grab();
        qInfo("the longest payload is set and painted in %lld ms", static_cast<long long>(clock.elapsed()));
        const QString text = details.toPlainText();
        QVERIFY2(text.size() > 60'000 && text.size() < 70'000, qPrintable(QString::number(text.size())));
        QVERIFY(text.contains(QStringLiteral("all of it under Raw")));
        QVERIFY(!text.contains(QStringLiteral("show more")));
        QCOMPARE(raw.count(), 0);
        emit details.anchorClicked(QUrl(QStringLiteral("more:")));
        QCOMPARE(raw.count(), 1);
        // A place in what has been shown since has its pointer.
        QTextCursor cursor = details.document()->find(QStringLiteral("600"));
        QVERIFY(!cursor.isNull());
        cursor.setPosition(cursor.selectionStart() + 1);
        details.setTextCursor(cursor);
        details.ensureCursorVisible();
        QCOMPARE(details.pointerAt(details.cursorRect().center()), QStringLiteral("/600/n"));
        details.setEvent({});
        QCOMPARE(details.pointerAt(QPoint(12, 12)), QString());
    }

    void aPositionThatWasCopiedIsReadWhereOneGoesTo()
    {
        EventDetails details(theme_, true);
        details.show();
        auto event = eventWith("{}");
        for (const char* topic : {"orders", "shop.public.users", "my-orders-v2", "my orders.csv", "a/b"}) {
            event = std::make_shared<EventView>(*event);
            event->event.position.topic = topic;
            details.setEvent(event);
            choose(details, QStringLiteral("Copy the position"));
            const QString text = QApplication::clipboard()->text();
            const GoToReadings read = readGoTo(text, test::at("2025-11-04T12:00:00Z"));
            const GoToReadings::Place place{QString::fromUtf8(topic), Partition{3}, Offset{48'112}};
            QVERIFY2(std::find(read.places.begin(), read.places.end(), place) != read.places.end(), qPrintable(text));
        }
        QCOMPARE(positionText(test::userEvent()->event.position), QStringLiteral("orders/3/48112"));
    }

    void aLargePayloadIsCopiedWithoutHoldingTheWindow()
    {
        EventDetails details(theme_, false);
        details.show();
        const std::string large = manyItems(3'000'000);
        details.setEvent(eventWith(large));
        for (const bool byKey : {false, true}) {
            QApplication::clipboard()->clear();
            if (byKey)
                QTest::keyClick(&details, Qt::Key_C, Qt::ControlModifier);
            else
                choose(details, QStringLiteral("Copy the payload"));
            QVERIFY(QApplication::clipboard()->text().isEmpty());  // it comes when it is made
            QTRY_COMPARE(QApplication::clipboard()->text().size(), static_cast<qsizetype>(large.size()));
        }
        details.setEvent(eventWith(R"({"a":1.50})"));
        choose(details, QStringLiteral("Copy the payload"));
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("{\"a\":1.50}"));
    }

    void whatIsSavedIsTheEventThatTheNameSaysAndItIsTold()
    {
        QTemporaryDir folder;
        RawPage raw(theme_);
        raw.resize(420, 400);
        raw.show();
        raw.setEvent(eventWith("first"));
        QSignalSpy saved(&raw, &RawPage::saved);
        QString proposed;
        // While the dialog is open, the head is followed to the next event.
        QTimer::singleShot(0, &raw, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog != nullptr);
            auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            proposed = name->text();
            auto next = eventWith("second");
            next->event.position.offset = Offset{48'113};
            raw.setEvent(next);
            name->setText(folder.filePath(QStringLiteral("value.bin")));
            QMetaObject::invokeMethod(dialog, "accept");
        });
        for (auto* button : raw.findChildren<QToolButton*>())
            if (button->text() == QStringLiteral("save…")) button->click();
        QTRY_COMPARE(saved.count(), 1);
        QCOMPARE(proposed, QStringLiteral("orders-3-48112.bin"));
        QFile file(folder.filePath(QStringLiteral("value.bin")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("first"));
        QVERIFY2(raw.said().startsWith(QStringLiteral("5 B saved to ")) && raw.said().endsWith(QStringLiteral("value.bin")),
                 qPrintable(raw.said()));
        test::picture(raw, QStringLiteral("raw-saved"));
        raw.setEvent(eventWith("third"));  // who follows the head can still read it
        QVERIFY(!raw.said().isEmpty());
    }

    void theVersionsThatAreComparedTellTheirTimesInTheShownZone()
    {
        DiffPage diff(theme_);
        diff.setTypeNames(test::typeName);
        diff.show();
        diff.setSides(sidesOf(*comparisonOf(Version{8}, Version{9}, "{}", "{}")), false);
        const auto tells = [&](const char* time) {
            for (const auto* label : diff.findChildren<QLabel*>())
                if (label->text().contains(QString::fromLatin1(time))) return true;
            return false;
        };
        QVERIFY(tells("09:14:22"));
        setShownZone(ShownZone::Local);
        QVERIFY(tells("10:14:22"));
        QVERIFY(!tells("09:14:22"));
    }

    void aDiffThatIsNotSeenIsMadeWhenItIsShown()
    {
        DiffPage diff(theme_);
        diff.setTypeNames(test::typeName);
        QSignalSpy seen(&diff, &DiffPage::seen);
        const auto view = comparisonOf(Version{8}, Version{9}, R"({"a":1})", R"({"a":2})");
        diff.setSides(sidesOf(*view), false);
        diff.setView(view);
        QCOMPARE(seen.count(), 0);
        QCOMPARE(diff.pickerB().value(), 0);  // nothing of it was made
        QCOMPARE(diff.title(), QString());
        QCOMPARE(diff.list().rowCount(), qint64(0));
        diff.show();
        QCOMPARE(seen.takeLast().at(0).toBool(), true);
        QCOMPARE(diff.pickerA().value(), 8);
        QCOMPARE(diff.pickerB().value(), 9);
        QCOMPARE(diff.title(), QStringLiteral("1 changed"));
        QCOMPARE(diff.header(), QStringLiteral("user-123 v8 ↔ v9"));
        diff.hide();
        QCOMPARE(seen.takeLast().at(0).toBool(), false);
        diff.setSides({}, false);
        diff.show();
        QCOMPARE(diff.header(), QStringLiteral("No entity selected"));
        QVERIFY(diff.list().emptyText().startsWith(QStringLiteral("Select an entity")));
        diff.setNoEntities(true);
        QCOMPARE(diff.list().emptyText(), QStringLiteral("No entities yet"));
    }

    void theFactsOfARejectHaveWholeLabelsInLargerTypeToo()
    {
        const auto desk = qScopeGuard([this] { theme_.setZoom(1); });
        EventView reject = *test::userEvent();
        reject.version = Version{0};
        reject.event.payload.clear();
        reject.event.value = "{\"a\":";
        reject.event.wire = Wire::Text;
        reject.event.reject = "unexpected end at byte 5";
        for (const double zoom : {1.0, Theme::kPresentation}) {
            theme_.setZoom(zoom);
            for (const bool brief : {true, false}) {
                EventDocumentOptions options;
                options.brief = brief;
                QTextDocument document;
                document.setDefaultTextOption([] {
                    QTextOption option;
                    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
                    return option;
                }());
                document.setTextWidth(460);
                (void)writeEventDocument(document, reject, theme_, options);
                QVERIFY(document.size().height() > 0);  // laid out
                const QTextTable* facts = nullptr;
                const auto frames = document.rootFrame()->childFrames();
                for (QTextFrame* frame : frames)
                    if (!facts) facts = qobject_cast<QTextTable*>(frame);
                QVERIFY(facts);
                for (int row = 0; row < facts->rows(); ++row) {
                    const QTextBlock label = facts->cellAt(row, 0).firstCursorPosition().block();
                    const QTextLayout& lines = *label.layout();
                    for (int i = 0; i + 1 < lines.lineCount(); ++i) {
                        const QTextLine line = lines.lineAt(i);
                        QVERIFY2(label.text().at(line.textStart() + line.textLength() - 1).isSpace(), qPrintable(label.text()));
                    }
                }
            }
        }
    }

private:
    Theme theme_{Theme::Scheme::Light};
};

QTEST_MAIN(TestEventDetails)
#include "test_event_details.moc"
