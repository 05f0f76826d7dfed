// The page around the tree: what changed, what must be said, and the heights of its parts.
#include "tests/ui/state/state_fixture.h"
#include "ui/state/changes_list.h"
#include "ui/state/notice.h"
#include "ui/state/state_words.h"
#include "ui/state/value_popup.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;
using Op = Change::Op;

class TestPage final : public StateFixture {
    Q_OBJECT

    /// The user at version 9, whose life is not known whole.
    void showPartialLife()
    {
        show();
        auto history = std::make_shared<replay::History>(*test::userHistory());
        history->completeness = {false, "orders/4 is compacted", {"orders/4 is compacted", "orders/3 begins at offset 1 200"}};
        inspector_->setHistory(history);
        QCoreApplication::processEvents();
    }
    /// The notice that is in sight; null: none.
    Notice* strip()
    {
        for (Notice* one : page().findChildren<Notice*>())
            if (one->isVisible()) return one;
        return nullptr;
    }

private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { QSettings().clear(); }

    void theTreeStaysInItsPlaceHoweverManyFieldsAnEventChanged()
    {
        show();
        const QPoint before = tree().mapTo(inspector_.get(), QPoint());
        Changes many;
        for (int i = 0; i < 40; ++i) many.push_back(test::change(Op::Add, ("/f" + std::to_string(i)).c_str(), nullptr, "1"));
        for (const Changes& changes : {Changes{}, many, Changes{many[0]}}) {
            inspector_->setState(stateOf(R"({"id":"user-123"})", Version{9}, changes));
            QCoreApplication::processEvents();
            QCOMPARE(page().changes().rowCount(), static_cast<qint64>(changes.size()));
            QVERIFY(page().changes().isVisible());
            QCOMPARE(tree().mapTo(inspector_.get(), QPoint()), before);
        }
        inspector_->setState(stateOf(R"({"id":"user-123"})"));
        QCOMPARE(page().title(), QStringLiteral("#9 AddressChanged changed nothing"));
        QCOMPARE(page().changes().emptyText(), QStringLiteral("0 changes: the state stayed as it was"));
        test::picture(*inspector_, QStringLiteral("state-no-changes"));
    }

    void theHeightsAndColumnsThatOneDragsAreThereNextTime()
    {
        show();
        tree().setFocus();
        QSplitter& splitter = page().splitter();
        QWidget* handle = splitter.findChild<QWidget*>(QStringLiteral("qt_splithandle_qt_splithandle_"));
        Q_UNUSED(handle);
        const QPoint at(40, splitter.handle(1)->height() / 2);
        QTest::mousePress(splitter.handle(1), Qt::LeftButton, {}, at);
        QTest::mouseMove(splitter.handle(1), at + QPoint(0, 60));
        QTest::mouseRelease(splitter.handle(1), Qt::LeftButton, {}, at + QPoint(0, 60));
        const int dragged = splitter.sizes().first();
        QVERIFY2(dragged > 140, qPrintable(QString::number(dragged)));
        const int edge = tree().cellRect(0, StateTree::Field).right() + 8;
        QTest::mousePress(tree().viewport(), Qt::LeftButton, {}, QPoint(edge, 12));
        QTest::mouseMove(tree().viewport(), QPoint(edge + 50, 12));
        QTest::mouseRelease(tree().viewport(), Qt::LeftButton, {}, QPoint(edge + 50, 12));
        const int width = tree().widths().at("field");
        QVERIFY(width > 0);
        inspector_ = std::make_unique<StateInspector>(theme_);
        inspector_->resize(440, 920);
        inspector_->show();
        QVERIFY(QTest::qWaitForWindowExposed(inspector_.get()));
        QCOMPARE(page().splitter().sizes().first(), dragged);
        QCOMPARE(tree().widths(), (RowView::Widths{{"field", width}}));
    }

    void aFieldThatAnEventWroteTwiceIsToldOnce()
    {
        inspector_->setState(
            stateOf(R"({"spent":3})", Version{9},
                    {test::change(Op::Replace, "/spent", "1", "2"), test::change(Op::Replace, "/spent", "2", "3"),
                     test::change(Op::Add, "/new", nullptr, "1"), test::change(Op::Remove, "/new", "1", nullptr)}));
        QCOMPARE(page().changes().rowCount(), qint64(1));
        QCOMPARE(page().changes().rowText(0), QStringLiteral("/spent changed from 1 to 3"));
    }

    void aLongPartialLifeIsFoldedAndAllItsReasonsCanBeRead()
    {
        show();
        auto history = std::make_shared<replay::History>(*test::userHistory());
        const std::vector<std::string> reasons{
            "orders/3 begins at offset 1 200: earlier records were not there to be read (retention, or a slice)",
            "orders/4 is compacted: of a key's older events some may be gone",
            "a record with its key at orders/3 offset 48 130 could not be decoded"};
        history->completeness = {false, reasons[0] + "; and 2 more reasons", reasons};
        inspector_->setHistory(history);
        QVERIFY(page().notice().contains(QStringLiteral("3 reasons…")));
        QVERIFY(!page().notice().contains(QStringLiteral("orders/3")));
        QCoreApplication::processEvents();
        // It takes one line from what the event changed, and no more.
        QVERIFY(page().changes().visibleRows().second >= 1);
        for (const Notice* one : page().findChildren<Notice*>())
            if (one->isVisible()) QVERIFY2(one->height() < 2 * 20, qPrintable(QString::number(one->height())));
        test::picture(*inspector_, QStringLiteral("state-reasons"));
        page().follow(QStringLiteral("reasons:"));
        auto* popup = inspector_->findChild<ValuePopup*>();
        QVERIFY(popup != nullptr);
        for (const std::string& reason : reasons) QVERIFY(popup->text().contains(QString::fromStdString(reason)));
        popup->close();
    }

    void whyALifeIsPartialIsASentenceInADialogOfItsSizeThatLeadsToTheRecord()
    {
        show();
        auto history = std::make_shared<replay::History>(*test::userHistory());
        const std::string reason = "a record with its key at users/2 offset 48 130 could not be decoded";
        history->completeness = {false, reason, {reason}};
        store::Posting reject = history->rejects.empty() ? store::Posting{} : history->rejects.front();
        reject.id = EventId(PartId{2}, Offset{48'130});
        history->rejects = {reject};
        inspector_->setHistory(history);
        page().follow(QStringLiteral("reasons:"));
        auto* popup = inspector_->findChild<ValuePopup*>();
        QVERIFY(popup != nullptr);
        QVERIFY(QTest::qWaitForWindowExposed(popup));
        QVERIFY2(popup->text().front().isUpper() && popup->text().contains(QString::fromStdString(reason)),
                 qPrintable(popup->text()));
        QVERIFY2(popup->height() < 240, qPrintable(QString::number(popup->height())));
        const auto* edit = popup->findChild<QPlainTextEdit*>();
        QVERIFY(edit != nullptr && !edit->hasFocus());
        QCOMPARE(edit->textInteractionFlags(), Qt::TextInteractionFlags(Qt::TextSelectableByMouse));  // no caret
        QCOMPARE(edit->verticalScrollBar()->maximum(), 0);
        QSignalSpy chosen(inspector_.get(), &StateInspector::rejectChosen);
        for (QPushButton* button : popup->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("&Go to the record")) button->click();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).value<EventId>(), reject.id);
        QTRY_VERIFY(inspector_->findChild<ValuePopup*>() == nullptr);
        // A life that begins too late has no record to go to.
        history = std::make_shared<replay::History>(*history);
        history->rejects.clear();
        inspector_->setHistory(history);
        page().follow(QStringLiteral("reasons:"));
        popup = inspector_->findChild<ValuePopup*>();
        QVERIFY(popup != nullptr);
        QCOMPARE(popup->findChildren<QPushButton*>().size(), 2);
        popup->close();
    }

    void theChangesKeepWholeLinesBesideANotice()
    {
        const auto desk = qScopeGuard([this] { theme_.setZoom(1); });
        inspector_->resize(380, 750);  // in a window of 1400 × 850
        showPartialLife();
        Changes many;
        for (int i = 0; i < 8; ++i) many.push_back(test::change(Op::Add, ("/f" + std::to_string(i)).c_str(), nullptr, "1"));
        inspector_->setState(stateOf(R"({"id":"user-123"})", Version{9}, many));
        const auto whole = [&] { return page().changes().viewport()->height() / theme_.rowHeight(); };
        QVERIFY(strip() != nullptr);
        QTRY_VERIFY2(whole() >= 4, qPrintable(QString::number(whole())));
        const QList<int> sizes = page().splitter().sizes();
        theme_.setZoom(Theme::kPresentation);
        QTRY_VERIFY2(whole() >= 3, qPrintable(QString::number(whole())));
        test::picture(*inspector_, QStringLiteral("state-partial-presentation"));
        theme_.setZoom(1);
        QTRY_COMPARE(page().splitter().sizes(), sizes);
        // Nor can they be dragged away.
        QSplitterHandle* handle = page().splitter().handle(1);
        const QPoint at(40, handle->height() / 2);
        QTest::mousePress(handle, Qt::LeftButton, {}, at);
        QTest::mouseMove(handle, at - QPoint(0, 150));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, at - QPoint(0, 150));
        QCoreApplication::processEvents();
        QVERIFY2(whole() >= 3, qPrintable(QString::number(whole())));
        // It stays one line where there is no room for all its words.
        inspector_->resize(inspector_->minimumSizeHint().width(), 750);
        QCoreApplication::processEvents();
        QVERIFY2(strip()->height() < 2 * 20, qPrintable(QString::number(strip()->height())));
        QVERIFY(strip()->toolTip().contains(QStringLiteral("compacted")));
    }

    void aClickOnTheLinkOfANoticeLeavesItAsItLooked()
    {
        showPartialLife();
        QVERIFY(strip() != nullptr);
        const QImage before = strip()->grab().toImage();
        // The link is what the line ends with.
        const int middle = before.height() / 2;
        const QColor ground = before.pixelColor(before.width() - 1, middle);
        int end = before.width() - 1;
        const auto isEmpty = [&](int x) {
            for (int y = 6; y < before.height() - 6; ++y)
                if (before.pixelColor(x, y) != ground) return false;
            return true;
        };
        while (end > 0 && isEmpty(end)) --end;
        auto* label = strip()->findChild<QLabel*>();
        QTest::mouseClick(label, Qt::LeftButton, {}, label->mapFrom(strip(), QPoint(end - 4, middle)));
        auto* popup = inspector_->findChild<ValuePopup*>();
        QVERIFY(popup != nullptr);
        QVERIFY(QTest::qWaitForWindowExposed(popup));
        popup->close();
        QTRY_VERIFY(inspector_->findChild<ValuePopup*>() == nullptr);
        QCOMPARE(strip()->grab().toImage(), before);
        QVERIFY(!label->hasFocus() && !label->hasSelectedText());
    }

    void theLengthOfATextIsToldOnlyWhereItIsCut()
    {
        showPartialLife();
        page().follow(QStringLiteral("reasons:"));
        auto* popup = inspector_->findChild<ValuePopup*>();
        QVERIFY(popup != nullptr);
        for (const QLabel* label : popup->findChildren<QLabel*>())
            QVERIFY2(!label->text().contains(QStringLiteral("characters")), qPrintable(label->text()));
        popup->close();
    }

    void theNameOfTheModelGivesWayBeforeWhatStandsBesideIt()
    {
        const auto desk = qScopeGuard([this] { theme_.setZoom(1); });
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("a model with a name that is longer than any panel is wide, as some of them are");
        show(model);
        for (const double zoom : {1.0, Theme::kPresentation}) {
            theme_.setZoom(zoom);
            for (const int width : {700, 440, 380, 320, 280, 200}) {
                inspector_->resize(width, 920);
                const auto isWhole = [&](const QWidget& button) {
                    return button.width() >= button.sizeHint().width() &&
                           page().rect().contains(QRect(button.mapTo(&page(), QPoint()), button.size()));
                };
                QTRY_VERIFY2(isWhole(page().changedOnlyButton()), qPrintable(QString::number(width)));
                QTRY_VERIFY2(isWhole(page().modelButton()), qPrintable(QString::number(width)));
                QVERIFY(page().modelButton().toolTip().contains(QStringLiteral("longer than any panel")));
            }
        }
    }

    void theWordModelGivesWayBeforeTheFieldToFindBy()
    {
        const auto desk = qScopeGuard([this] { theme_.setZoom(1); });
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("set rules: user");
        model->isRules = true;
        model->version = 1;
        show(model);
        for (const double zoom : {1.0, Theme::kPresentation}) {
            theme_.setZoom(zoom);
            bool brief = false;
            for (int width = 700; width >= 300; width -= 4) {
                inspector_->resize(width, 920);
                QCoreApplication::processEvents();
                const QString words = page().modelButton().text();
                brief |= words == QStringLiteral("user rules v1");
                if (!words.startsWith(QLatin1String("model: "))) continue;
                QVERIFY2(page().filterField().width() >= theme_.px(78), qPrintable(QString::number(width)));
            }
            QVERIFY(brief);
        }
    }

    void copyingGivesValuePointerAndJson()
    {
        show();
        tree().reveal(QStringLiteral("/address"));
        tree().setFocus();
        QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("456 Oak Ave"));
        QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("/address"));
        QMenu menu;
        page().fillCopyMenu(menu);
        menu.actions().at(0)->trigger();
        const QString whole = QApplication::clipboard()->text();
        QVERIFY2(whole.startsWith(
                     QStringLiteral("{\"entity\":\"user/user-123\",\"version\":9,\"of\":14,\"time\":\"2025-11-04T09:14:22.118Z\","
                                    "\"event\":{\"type\":\"AddressChanged\"")),
                 qPrintable(whole.left(300)));
        QVERIFY(whole.contains(QStringLiteral("\"score\":123456789012345678901234567890")));
        QVERIFY(whole.endsWith(QStringLiteral("\"alive\":true,\"complete\":true,\"model\":\"set rules: user\"}")));
        menu.actions().at(1)->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().contains(QStringLiteral("\"path\": \"/oldPhone\"")));
        QVERIFY(!QApplication::clipboard()->text().contains(QStringLiteral("/status")));  // written again, not changed
        menu.actions().at(2)->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().contains(QStringLiteral("\"payload\":{\"user_id\"")));
    }

    void aDeadEntitySaysByWhatAndWhatWasBefore()
    {
        show();
        auto dead = std::make_shared<StateView>();
        dead->entity = EntityId{7};
        dead->state.version = Version{14};
        dead->state.of = Version{14};
        dead->state.document = Json(Json::value_t::discarded);
        dead->changes = {test::change(Op::Remove, "", R"({"id":"user-123","spent":181.90})", nullptr)};
        auto provenance = std::make_shared<replay::Provenance>();
        provenance->add(Version{1},
                        {test::change(Op::Add, "/id", nullptr, "\"user-123\""), test::change(Op::Add, "/spent", nullptr, "0")});
        provenance->add(Version{8}, {test::change(Op::Replace, "/spent", "0", "181.90")});
        provenance->add(Version{14}, dead->changes);
        dead->provenance = provenance;
        inspector_->setPlayhead(Version{14});
        inspector_->setState(dead);
        QVERIFY2(
            page().notice().contains(QStringLiteral("Ended by")) && page().notice().contains(QStringLiteral("#14 UserDeleted")),
            qPrintable(page().notice()));
        QCOMPARE(printed(tree()), QStringLiteral("id: \"user-123\"\nspent: 181.90\n"));
        QVERIFY(tree().rows().isPast);
        QVERIFY2(tree().rowText(1).endsWith(QStringLiteral("set by #8 OrderPlaced")), qPrintable(tree().rowText(1)));
        QCoreApplication::processEvents();
        test::picture(*inspector_, QStringLiteral("state-dead"));
        // The strip is not only tinted: its words are painted.
        QVERIFY(strip() != nullptr);
        const QImage words = strip()->grab().toImage();
        QVERIFY(test::countOf(words, theme_.color(Theme::Role::Text)) + test::countOf(words, theme_.color(Theme::Role::Link)) >
                30);
    }

    void beforeTheFirstEventThereIsNothingAndItSaysSo()
    {
        show();
        auto none = std::make_shared<StateView>();
        none->entity = EntityId{7};
        none->state.of = Version{14};
        none->state.document = Json(Json::value_t::discarded);
        inspector_->setPlayhead(Version{0});
        inspector_->setState(none);
        QCOMPARE(inspector_->where(), QStringLiteral("before the first of 14 · life complete"));
        QVERIFY(page().nothing().contains(QStringLiteral("#1 UserRegistered")));
        QVERIFY(page().nothing().contains(QStringLiteral("To its last event")));
        QSignalSpy chosen(inspector_.get(), &StateInspector::versionChosen);
        page().follow(QStringLiteral("version:14"));
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{14});
        QCOMPARE(tree().rowCount(), qint64(0));
        test::picture(*inspector_, QStringLiteral("state-before"));
    }

    void aStateThatIsLongInComingIsNotTakenForTheOneThatIsShown()
    {
        show();
        inspector_->setPlayhead(Version{12});
        QVERIFY(!page().notice().contains(QStringLiteral("is being rebuilt")));  // for a moment that says nothing
        QTRY_VERIFY(page().notice().contains(QStringLiteral("#12 is being rebuilt; the state here is that of #9.")));
        inspector_->setPlayhead(Version{9});
        QVERIFY(!page().notice().contains(QStringLiteral("is being rebuilt")));
    }

    void sinceWhenALifeIsKnownIsToldInTheShownZone()
    {
        constexpr const char* kReason = "orders/3 was read from offset 1 200 (began at time 2025-11-03T00:00:00.118042007Z)";
        QCOMPARE(StateWords::reason(kReason),
                 QStringLiteral("orders/3 was read from offset 1 200 (began at time 2025-11-03 00:00:00.118 UTC)"));
        QCOMPARE(StateWords::reason("orders/3 is compacted"), QStringLiteral("orders/3 is compacted"));
        show();
        auto history = std::make_shared<replay::History>(*test::userHistory());
        history->completeness = {false, kReason, {kReason}};
        inspector_->setHistory(history);
        page().follow(QStringLiteral("reasons:"));
        auto* popup = inspector_->findChild<ValuePopup*>();
        QVERIFY(popup != nullptr);
        QVERIFY2(popup->text().contains(QStringLiteral("00:00:00.118 UTC")), qPrintable(popup->text()));
        popup->close();
    }

    void aPartialLifeAndAFailingModelAreSaidInPlace()
    {
        show();
        auto history = std::make_shared<replay::History>(*test::userHistory());
        history->completeness = {false, "orders/3 was read from offset 1 200 (began at 2025-11-03T00:00:00Z)"};
        inspector_->setHistory(history);
        auto state = std::make_shared<StateView>(*test::userState());
        state->state.error = replay::ReplayError{Version{5}, {"cannot add 1 to \"<b>twelve</b>\"", "OrderPlaced[1] add"}};
        state->modelNote = QStringLiteral("last seen values, no model");
        inspector_->setState(state);
        QVERIFY(inspector_->where().startsWith(QStringLiteral("v9 of 14 · partial: orders/3")));
        for (const QString& brief : StateWords::whereBriefly(*history, Version{9}))
            QVERIFY2(brief.endsWith(QStringLiteral("partial")), qPrintable(brief));  // never without that
        QCOMPARE(StateWords::whereBriefly(*test::userHistory(), Version{9}),
                 QStringList({QStringLiteral("v9 of 14 · complete"), QStringLiteral("v9 of 14 ✓"), QStringLiteral("v9 ✓"),
                              QStringLiteral("v9")}));
        QVERIFY(StateWords::whereBriefly(*test::userHistory(), Version{0}).contains(QStringLiteral("before #1")));
        QVERIFY(page().notice().contains(QStringLiteral("why…")));
        QVERIFY(page().notice().contains(QStringLiteral("#5 OrderPlaced")));
        QVERIFY(page().notice().contains(QStringLiteral("OrderPlaced[1] add")));
        QVERIFY2(page().notice().contains(QStringLiteral("&lt;b&gt;")), "text from outside is escaped");
        test::picture(*inspector_, QStringLiteral("state-partial"));
    }
};

QTEST_MAIN(TestPage)
#include "test_page.moc"
