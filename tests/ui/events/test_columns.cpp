#include "tests/ui/events/events_fixture.h"
#include "ui/events/cell_text.h"
#include "ui/events/column_chooser.h"
#include "ui/events/column_list.h"

#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace hindcast;
using namespace hindcast::ui;

class TestColumns final : public test::EventsFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void payloadColumnsShowNumbersAsTheyCameAndTellMissingNullAndEmptyApart()
    {
        showFields({"/total", "/note", "/items"});
        EventTable& table = view_->table();
        QCOMPARE(table.columns().size(), std::size_t{8});
        QCOMPARE(table.columns()[4].title, QStringLiteral("total"));
        QCOMPARE(table.columns()[4].alignment, Qt::Alignment(Qt::AlignRight));
        QCOMPARE(table.columns()[5].alignment, Qt::Alignment(Qt::AlignLeft));
        QCOMPARE(table.columns()[7].title, QStringLiteral("position"));
        QCOMPARE(table.cellText(6, 4), QStringLiteral("42.00"));
        QCOMPARE(table.cellText(0, 4), QString());
        QCOMPARE(table.cellText(1, 5), QStringLiteral("null"));
        QCOMPARE(table.cellText(2, 5), QStringLiteral("\"\""));
        QCOMPARE(table.cellText(3, 5), QStringLiteral("\"null\""));  // a text that reads so
        QCOMPARE(table.cellText(4, 6), QStringLiteral("{\"id\":1}"));
        QCOMPARE(table.cellText(5, 6), QStringLiteral("[1\u2009200 items]"));
        table.setTopRow(0);
        test::picture(*view_, QStringLiteral("events-fields"));
        theme_.setScheme(Theme::Scheme::Dark);
        test::picture(*view_, QStringLiteral("events-fields-dark"));
        theme_.setScheme(Theme::Scheme::Light);
    }

    void valuesAreAskedForTheRowsInViewOnlyAndRememberedWithinBounds()
    {
        answers_ = false;
        std::vector<EventId> wanted;
        connect(&view_->model(), &EventsModel::fieldsWanted, view_.get(),
                [&](const std::vector<EventId>& ids, const std::vector<std::string>& pointers) {
                    wanted = ids;
                    QCOMPARE(pointers, std::vector<std::string>{"/total"});
                    FieldRows rows;
                    rows.pointers = pointers;
                    for (const EventId id : ids) rows.rows.push_back({id, {FieldValue{}}});
                    view_->model().addFields(rows);
                });
        QSignalSpy made(&view_->model(), &EventsModel::rowsChanged);
        view_->model().setHistory(longHistory(100'000));
        QVERIFY(made.wait(5000));
        EventColumns columns;
        columns.pointers = {"/total"};
        view_->model().setColumns(columns);
        for (int top = 0; top < 90'000; top += 400) {
            view_->table().setTopRow(top);
            QVERIFY(!wanted.empty() && wanted.size() < 30);
        }
        QVERIFY(view_->model().field(wanted.front(), 0) != nullptr);
        QVERIFY(view_->model().field(EventId(PartId{3}, Offset{0}), 0) == nullptr);  // long gone from view
    }

    void answersForOtherColumnsAreDropped()
    {
        show();
        EventColumns columns;
        columns.pointers = {"/b"};
        view_->model().setColumns(columns);
        FieldRows late;
        late.pointers = {"/a"};
        late.rows = {{view_->model().rows().id(0), {FieldValue{}}}};
        view_->model().addFields(late);
        QVERIFY(view_->model().field(view_->model().rows().id(0), 0) == nullptr);
    }

    void columnsAreChosenInASheetByMouseKeysAndPointer()
    {
        show();
        QSignalSpy wanted(view_.get(), &EventsView::fieldNamesWanted);
        QSignalSpy chosen(view_.get(), &EventsView::columnsChosen);
        QTest::mouseClick(button(QStringLiteral("Columns")), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QVERIFY(!wanted.first().at(0).value<std::vector<EventId>>().empty());
        auto* sheet = view_->findChild<ColumnChooser*>();
        QVERIFY(sheet != nullptr);
        FieldNames names;
        names.events = 9;
        addFieldNames(test::json(R"({"order_id":8840,"total":42.00,"items":[1,2],"customer":{"name":"Alice","tier":null}})"),
                      names);
        view_->setFieldNames(names);
        QCOMPARE(sheet->list().rowCount(), qint64(10));
        QVERIFY(sheet->list().rowText(6).contains(QStringLiteral("/total, not shown, for example 42.00")));
        test::picture(*sheet, QStringLiteral("events-columns"));
        QTest::mouseClick(sheet->list().viewport(), Qt::LeftButton, {}, sheet->list().cellRect(6, 0).center());
        QCOMPARE(view_->model().columns().pointers, std::vector<std::string>{"/total"});
        QTest::keyClicks(&sheet->field(), QStringLiteral("tier"));
        QCOMPARE(sheet->list().rowCount(), qint64(1));
        QTest::keyClick(&sheet->field(), Qt::Key_Return);
        QTest::keyClicks(&sheet->field(), QStringLiteral("/not/in/view"));
        QTest::keyClick(&sheet->field(), Qt::Key_Return);
        QCOMPARE(view_->model().columns().pointers, (std::vector<std::string>{"/total", "/customer/tier", "/not/in/view"}));
        // The position goes by the keyboard alone.
        QTest::keyClicks(&sheet->field(), QStringLiteral("position"));
        QTest::keyClick(&sheet->field(), Qt::Key_Down);
        QTest::keyClick(&sheet->list(), Qt::Key_Space);
        QVERIFY(!view_->model().columns().shown[EventColumns::Place]);
        QCOMPARE(chosen.last().at(0).value<EventColumns>(), view_->model().columns());
        sheet->close();
        QCOMPARE(view_->table().columns().back().title, QStringLiteral("view"));
    }

    void theTypeColumnTakesTheLongestNameInViewAndGrowsOnly()
    {
        answers_ = false;
        const QString longer = QStringLiteral("StockItemReplenished");
        view_->model().setLookups(
            {[longer](TypeId type) {
                 return type.value == 0 ? QStringLiteral("Sold") : type.value == 1 ? longer : QString(60, QLatin1Char('x'));
             },
             [](TypeId) { return 0; }, [this](PartId) { return &part_; }});
        auto history = longHistory(2000);
        for (auto& event : history->events) event.type = TypeId{0};
        history->events[1000].type = TypeId{1};
        history->events[1500].type = TypeId{2};
        view_->model().setPlayhead(Version{1});
        view_->model().setHistory(history);
        view_->grab();
        EventTable& table = view_->table();
        const auto width = [&table] { return table.columns()[EventTable::Type].width; };
        QCOMPARE(width(), theme_.px(144));
        table.setTopRow(998);
        const int grown = width();
        QVERIFY(grown > theme_.px(144) && grown < theme_.px(190));
        QVERIFY(table.cellRect(1000, EventTable::Type).width() >=
                QFontMetrics(theme_.mono()).horizontalAdvance(longer) + theme_.px(16));
        table.setTopRow(0);
        QCOMPARE(width(), grown);
        table.setTopRow(1498);
        QCOMPARE(width(), theme_.px(190));
        // Where there is no room it gives way.
        view_->resize(480, 320);
        view_->grab();
        QVERIFY(table.cellRect(1500, EventTable::Type).width() < theme_.px(190) - 16);
    }

    void whereThereIsNoRowThereIsNothingToScroll()
    {
        view_->resize(360, 320);
        view_->grab();
        QCOMPARE(view_->table().horizontalScrollBar()->maximum(), 0);
        show();
        QVERIFY(view_->table().horizontalScrollBar()->maximum() > 0);
        view_->model().setHistory(nullptr);
        QCOMPARE(view_->table().horizontalScrollBar()->maximum(), 0);
    }

    void oneItemIsOneItem()
    {
        const Json one(std::vector<Json>(1, Json(std::string(100, 'x'))));
        const Json two(std::vector<Json>(2, Json(std::string(100, 'x'))));
        QCOMPARE(cellText(fieldValue(&one)), QStringLiteral("[1 item]"));
        QCOMPARE(cellText(fieldValue(&two)), QStringLiteral("[2 items]"));
    }

    void aTickMovesNoRow()
    {
        ColumnList list(theme_);
        EventColumns columns;
        columns.pointers = {"/total"};
        list.setColumns(columns);
        FieldNames names;
        names.events = 1;
        addFieldNames(test::json(R"({"a":1,"b":2,"c":3,"total":4})"), names);
        list.setNames(names);
        QStringList before;
        for (qint64 row = 0; row < list.rowCount(); ++row) before << list.rowText(row).section(u',', 0, 0);
        QCOMPARE(before.mid(5),
                 (QStringList{QStringLiteral("/total"), QStringLiteral("/a"), QStringLiteral("/b"), QStringLiteral("/c")}));
        const auto now = [&list] {
            QStringList rows;
            for (qint64 row = 0; row < list.rowCount(); ++row) rows << list.rowText(row).section(u',', 0, 0);
            return rows;
        };
        list.toggle(8);
        QCOMPARE(now(), before);
        QCOMPARE(list.chosen().pointers, (std::vector<std::string>{"/total", "/c"}));
        list.toggle(5);
        QCOMPARE(now(), before);
        QVERIFY(list.add("/typed"));
        QCOMPARE(now(), before + QStringList{QStringLiteral("/typed")});
        // Opened again, what is a column stands first.
        ColumnList again(theme_);
        again.setColumns(list.chosen());
        again.setNames(names);
        QVERIFY(again.rowText(5).startsWith(QStringLiteral("/c,")));
    }

    void oneColumnAlwaysStays()
    {
        ColumnList list(theme_);
        EventColumns columns;
        columns.shown = {false, true, false, false, false};
        list.setColumns(columns);
        list.toggle(1);
        QCOMPARE(list.chosen().count(), 1);
        list.toggle(2);
        list.toggle(1);
        QCOMPARE(list.chosen().shown, (std::array<bool, 5>{false, false, true, false, false}));
    }

    void aColumnTooManyIsRefusedInWords()
    {
        EventColumns columns;
        for (std::size_t i = 0; i < EventColumns::kMostPointers; ++i) columns.pointers.push_back("/f" + std::to_string(i));
        ColumnChooser sheet(columns, theme_, nullptr);
        sheet.setAttribute(Qt::WA_DeleteOnClose, false);
        FieldNames names;
        names.events = 1;
        addFieldNames(test::json(R"({"more":1})"), names);
        sheet.setNames(names);
        sheet.list().setSearch(QStringLiteral("more"));
        QCOMPARE(sheet.list().rowCount(), qint64(1));
        sheet.list().toggle(0);
        QCOMPARE(sheet.list().chosen().pointers.size(), EventColumns::kMostPointers);
        QStringList said;
        for (const QLabel* label : sheet.findChildren<QLabel*>()) said << label->text();
        QVERIFY2(said.join(u' ').contains(QStringLiteral("No more than 24")), qPrintable(said.join(u' ')));
    }

    void columnsOfACategoryAreRemembered()
    {
        QTemporaryDir folder;
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
        EventColumns columns;
        columns.pointers = {"/total", "/a~1b/c,d", "/ü"};
        columns.shown[EventColumns::Place] = false;
        columns.widths = {{"time", 210}, {"/total", 77}};
        saveColumns(QStringLiteral("public.users/x"), columns);
        QCOMPARE(loadColumns(QStringLiteral("public.users/x")), columns);
        QVERIFY(loadColumns(QStringLiteral("user")).isDefault());
        saveColumns(QStringLiteral("public.users/x"), {});
        QVERIFY(loadColumns(QStringLiteral("public.users/x")).isDefault());
    }

    void aDraggedWidthIsReportedAndKept()
    {
        show();
        QSignalSpy chosen(view_.get(), &EventsView::columnsChosen);
        EventTable& table = view_->table();
        const QRect type = table.cellRect(0, EventTable::Type);
        const QPoint edge(type.right() + 8, 12);
        QTest::mousePress(table.viewport(), Qt::LeftButton, {}, edge);
        QTest::mouseMove(table.viewport(), edge + QPoint(60, 0));
        QTest::mouseRelease(table.viewport(), Qt::LeftButton, {}, edge + QPoint(60, 0));
        QCOMPARE(chosen.count(), 1);
        const int width = table.cellRect(0, EventTable::Type).width();
        QVERIFY(width > type.width() + 50);
        view_->model().setHistory(nullptr);
        show();
        QCOMPARE(table.cellRect(0, EventTable::Type).width(), width);
        QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, QPoint(table.cellRect(0, EventTable::Type).right() + 8, 12));
        QCOMPARE(table.cellRect(0, EventTable::Type).width(), type.width());
        QVERIFY(view_->model().columns().isDefault());
    }
};

QTEST_MAIN(TestColumns)
#include "test_columns.moc"
