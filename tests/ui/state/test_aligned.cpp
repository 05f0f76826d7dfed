// Two JSON documents line by line.
#include "tests/ui/fixtures.h"
#include "ui/state/aligned_json.h"
#include "ui/state/aligned_list.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

/// Each line: its sign, then A's text | B's text.
QString printed(const AlignedJson& aligned)
{
    QString text;
    for (const AlignedLine& line : aligned.lines) {
        text += QLatin1Char(" ~+-"[static_cast<int>(line.kind)]);
        const auto side = [&](const Json* value, bool ofB) {
            return value != nullptr ? QString(2 * line.depth, u' ') + QString::fromStdString(lineText(line, ofB, 100))
                                    : QString();
        };
        text += side(line.a, false) + QLatin1Char('|') + side(line.b, true) + QLatin1Char('\n');
    }
    return text;
}

QString printed(const AlignedList& list)
{
    QString text;
    for (RowView::Row row = 0; row < list.rowCount(); ++row) text += list.rowText(row) + QLatin1Char('\n');
    return text;
}

}  // namespace

class TestAligned final : public QObject {
    Q_OBJECT

    Theme theme_{Theme::Scheme::Light};

    static std::shared_ptr<const std::pair<Json, Json>> pair(const char* a, const char* b)
    {
        return std::make_shared<const std::pair<Json, Json>>(test::json(a), test::json(b));
    }
    static void set(AlignedList& list, const std::shared_ptr<const std::pair<Json, Json>>& both)
    {
        list.setDocuments(both, &both->first, &both->second);
    }

private slots:
    void initTestCase() { theme_.apply(); }

    void membersStandBesideTheirNamesakes()
    {
        const Json a = test::json(R"({"id":1,"gone":true,"in":{"x":1,"y":2},"last":[]})");
        const Json b = test::json(R"({"id":1,"in":{"y":3,"x":1,"z":null},"new":"n","last":[]})");
        const AlignedJson aligned = alignJson(&a, &b);
        QCOMPARE(printed(aligned), QStringLiteral(" {|{\n"
                                                  "   \"id\": 1|  \"id\": 1\n"
                                                  "-  \"gone\": true|\n"
                                                  "   \"in\": {|  \"in\": {\n"
                                                  "     \"x\": 1|    \"x\": 1\n"
                                                  "~    \"y\": 2|    \"y\": 3\n"
                                                  "+|    \"z\": null\n"
                                                  "   }|  }\n"
                                                  "+|  \"new\": \"n\"\n"
                                                  "   \"last\": []|  \"last\": []\n"
                                                  " }|}\n"));
        QCOMPARE(aligned.differences, (std::vector<std::uint32_t>{2, 5, 8}));
        QCOMPARE(QString::fromStdString(aligned.pointerOf(6)), QStringLiteral("/in/z"));
        QCOMPARE(QString::fromStdString(aligned.pointerOf(7)), QStringLiteral("/in"));
        QCOMPARE(QString::fromStdString(aligned.pointerOf(0)), QString());
    }

    void whatIsOfAnotherKindGoesAndComes()
    {
        const Json a = test::json(R"({"x":{"y":1}})");
        const Json b = test::json(R"({"x":[1]})");
        QCOMPARE(printed(alignJson(&a, &b)), QStringLiteral(" {|{\n"
                                                            "-  \"x\": {|\n"
                                                            "-    \"y\": 1|\n"
                                                            "-  }|\n"
                                                            "+|  \"x\": [\n"
                                                            "+|    1\n"
                                                            "+|  ]\n"
                                                            " }|}\n"));
    }

    void aSideThatDoesNotLiveIsEmptyAndAllOfTheOtherIsNew()
    {
        const Json b = test::json(R"({"x":1})");
        QCOMPARE(printed(alignJson(nullptr, &b)), QStringLiteral("+|{\n+|  \"x\": 1\n+|}\n"));
        QCOMPARE(printed(alignJson(&b, nullptr)), QStringLiteral("-{|\n-  \"x\": 1|\n-}|\n"));
        QVERIFY(alignJson(nullptr, nullptr).lines.empty());
    }

    void itemsAreToldByTheirPlaceOrByWhatTheyAre()
    {
        const Json a = test::json(R"([{"id":1,"n":1},{"id":2,"n":2}])");
        const Json b = test::json(R"([{"id":2,"n":2},{"id":3,"n":3}])");
        QCOMPARE(alignJson(&a, &b).differences.size(), std::size_t{2});
        const AlignedJson byId = alignJson(&a, &b, "id");
        QCOMPARE(printed(byId), QStringLiteral(" [|[\n"
                                               "-  {|\n-    \"id\": 1|\n-    \"n\": 1|\n-  }|\n"
                                               "   {|  {\n     \"id\": 2|    \"id\": 2\n     \"n\": 2|    \"n\": 2\n   }|  }\n"
                                               "+|  {\n+|    \"id\": 3\n+|    \"n\": 3\n+|  }\n"
                                               " ]|]\n"));
        QCOMPARE(QString::fromStdString(byId.pointerOf(6)), QStringLiteral("/0/id"));  // where it is in B
    }

    void numbersAreComparedToTheLetter()
    {
        const Json a = test::json(R"({"n":1.50,"m":12345678901234567890123})");
        const Json b = test::json(R"({"n":1.5,"m":12345678901234567890123})");
        const AlignedJson aligned = alignJson(&a, &b);
        QCOMPARE(aligned.differences.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(lineText(aligned.lines[1], false, 100)), QStringLiteral("\"n\": 1.50"));
    }

    void equalStretchesAreFoldedAndOpened()
    {
        AlignedList list(theme_);
        const auto both =
            pair(R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8})", R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":66,"g":7,"h":8})");
        set(list, both);
        QCOMPARE(printed(list),
                 QStringLiteral("4 equal lines\n\"d\": 4\n\"e\": 5\n- \"f\": 6\n+ \"f\": 66\n\"g\": 7\n\"h\": 8\n}\n"));
        QVERIFY(list.isFold(0));
        list.openFold(0);
        QCOMPARE(list.rowCount(), qint64(11));
        list.setOnlyDifferences(false);
        list.setMode(AlignedList::Mode::SideBySide, QStringLiteral("A"), QStringLiteral("B"));
        QCOMPARE(list.rowCount(), qint64(10));
        QCOMPARE(list.rowText(6), QStringLiteral("\"f\": 6, and in B \"f\": 66"));
        list.setFilter(QStringLiteral("66"));
        QCOMPARE(printed(list), QStringLiteral("{\n\"f\": 6, and in B \"f\": 66\n}\n"));
    }

    void theKeysGoFromDifferenceToDifference()
    {
        AlignedList list(theme_);
        list.resize(400, 300);
        list.show();
        const auto both =
            pair(R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8})", R"({"a":0,"b":2,"c":3,"d":4,"e":5,"f":66,"g":7,"i":9})");
        set(list, both);
        QCOMPARE(list.differences(), std::size_t{3});
        QCOMPARE(list.currentDifference(), std::size_t{0});
        QVERIFY(list.hasDifference(1));
        QTest::keyClick(&list, Qt::Key_F7);
        QCOMPARE(list.rowText(list.currentRow()), QStringLiteral("- \"a\": 1"));
        QTest::keyClick(&list, Qt::Key_F7);
        QCOMPARE(list.rowText(list.currentRow()), QStringLiteral("- \"f\": 6"));
        QCOMPARE(list.currentDifference(), std::size_t{2});
        QTest::keyClick(&list, Qt::Key_F7);
        QVERIFY(!list.hasDifference(1));
        QTest::keyClick(&list, Qt::Key_F7, Qt::ShiftModifier);
        QCOMPARE(list.rowText(list.currentRow()), QStringLiteral("- \"f\": 6"));
        QSignalSpy chosen(&list, &AlignedList::fieldChosen);
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(chosen.takeLast().at(0).toString(), QStringLiteral("/f"));
    }

    void aLargeStateIsAlignedOnAnotherThread()
    {
        std::string a = "{";
        for (int i = 0; i < 60'000; ++i) a += (i ? ",\"m" : "\"m") + std::to_string(i) + "\":" + std::to_string(i);
        const std::string b = a + ",\"last\":1}";
        a += "}";
        AlignedList list(theme_);
        set(list, pair(a.c_str(), b.c_str()));
        QVERIFY(list.isWorking());
        QTRY_COMPARE(list.differences(), std::size_t{1});
        QCOMPARE(list.rowCount(), qint64(5));  // a fold, two lines before, the new one, the end
    }
};

QTEST_MAIN(TestAligned)
#include "test_aligned.moc"
