// Old and new side by side where there is too little room for both.
#include "tests/ui/fixtures.h"
#include "ui/state/change_text.h"

#include <QTest>

#include <string>

using namespace hindcast;
using namespace hindcast::ui;
using test::json;

class TestChangeText final : public QObject {
    Q_OBJECT

    QFont font_ = Theme(Theme::Scheme::Light).mono();
    QFontMetrics metrics_{font_};
    int chars(int count) const { return count * metrics_.horizontalAdvance(QLatin1Char('0')); }
    bool fits(const QString& text, int count) const { return metrics_.horizontalAdvance(text) <= chars(count); }
    /// Both in `count` characters each.
    ElidedPair cut(const QString& before, const QString& after, int count) const
    {
        return elidedPair(before, after, font_, chars(count), chars(count));
    }

private slots:
    void whatHasRoomIsLeftWhole()
    {
        const ElidedPair shown = cut(QStringLiteral("181.90"), QStringLiteral("182.90"), 8);
        QCOMPARE(shown.before, QStringLiteral("181.90"));
        QCOMPARE(shown.after, QStringLiteral("182.90"));
    }

    void ofTwoMailAddressesThePartThatDiffersIsLeft()
    {
        const ElidedPair shown =
            cut(QStringLiteral("alexander.hamilton@mail.example.com"), QStringLiteral("alexander.hamelton@mail.example.com"), 16);
        QVERIFY2(shown.before.contains(QStringLiteral("hamilton")) && fits(shown.before, 16), qPrintable(shown.before));
        QVERIFY2(shown.after.contains(QStringLiteral("hamelton")) && fits(shown.after, 16), qPrintable(shown.after));
        QVERIFY(shown.before.startsWith(QChar(0x2026)) && shown.before.endsWith(QChar(0x2026)));
    }

    void ofTwoIdsTheirEndsOrTheirBeginningsAreLeft()
    {
        ElidedPair shown = cut(QStringLiteral("550e8400-e29b-41d4-a716-446655440000"),
                               QStringLiteral("550e8400-e29b-41d4-a716-446655440001"), 10);
        QVERIFY2(shown.before.endsWith(QStringLiteral("40000")) && fits(shown.before, 10), qPrintable(shown.before));
        QVERIFY2(shown.after.endsWith(QStringLiteral("40001")) && fits(shown.after, 10), qPrintable(shown.after));
        // Nothing in common.
        shown = cut(QStringLiteral("3f2b8c1e-77aa-4d10-9c55-0123456789ab"),
                    QStringLiteral("a91d04f2-1b3c-4e88-8f06-fedcba987654"), 10);
        QVERIFY2(shown.before.startsWith(QStringLiteral("3f2b8c1")) && fits(shown.before, 10), qPrintable(shown.before));
        QVERIFY2(shown.after.startsWith(QStringLiteral("a91d04f")) && fits(shown.after, 10), qPrintable(shown.after));
    }

    void longJsonIsShownWhereItDiffers()
    {
        const QString head = QStringLiteral(R"({"lines": [)") + QString(1500, QLatin1Char('x'));
        const QString tail = QString(700, QLatin1Char('y')) + QStringLiteral("]}");
        const ElidedPair shown = cut(head + QStringLiteral("\"qty\": 3") + tail, head + QStringLiteral("\"qty\": 12") + tail, 20);
        QVERIFY2(shown.before.contains(QStringLiteral("qty\": 3")) && fits(shown.before, 20), qPrintable(shown.before));
        QVERIFY2(shown.after.contains(QStringLiteral("qty\": 12")) && fits(shown.after, 20), qPrintable(shown.after));
    }

    void longNumbersAndWhatWasPutInOrTakenOut()
    {
        ElidedPair shown =
            cut(QStringLiteral("123456789012345678901234567890"), QStringLiteral("123456789012305678901234567890"), 9);
        QVERIFY2(shown.before.contains(QStringLiteral("2345")) && fits(shown.before, 9), qPrintable(shown.before));
        QVERIFY2(shown.after.contains(QStringLiteral("2305")) && fits(shown.after, 9), qPrintable(shown.after));
        shown = cut(QStringLiteral("abcdefghijklmnopqrstuvwxyz"), QStringLiteral("abcdefghijklmNEWnopqrstuvwxyz"), 9);
        QVERIFY2(shown.before.contains(QStringLiteral("mn")), qPrintable(shown.before));
        QVERIFY2(shown.after.contains(QStringLiteral("NEW")), qPrintable(shown.after));
        // Not even what differs has room: where it begins.
        shown = cut(QString(40, QLatin1Char('=')) + QString(40, QLatin1Char('a')) + QLatin1Char('='),
                    QString(40, QLatin1Char('=')) + QString(40, QLatin1Char('b')) + QLatin1Char('='), 8);
        QVERIFY2(shown.before.contains(QLatin1Char('a')) && fits(shown.before, 8), qPrintable(shown.before));
        QVERIFY2(shown.after.contains(QLatin1Char('b')) && fits(shown.after, 8), qPrintable(shown.after));
    }

    void noCharacterIsCutInHalf()
    {
        const auto faces = [](char32_t odd) {
            std::u32string text(40, U'\U0001F600');
            text[20] = odd;
            return QString::fromStdU32String(text);
        };
        for (int count = 0; count < 30; ++count) {
            const ElidedPair shown = cut(faces(U'\U0001F601'), faces(U'\U0001F602'), count);
            QVERIFY2(shown.before.isValidUtf16() && shown.after.isValidUtf16(), qPrintable(QString::number(count)));
        }
    }

    void theShorterOneLeavesItsRoomToTheOther()
    {
        const QString text = QStringLiteral("a text of thirty characters …");
        const ElidedPair shown = elidedPair(QStringLiteral("7"), text, font_, chars(31));
        QCOMPARE(shown.before, QStringLiteral("7"));
        QCOMPARE(shown.after, text);
        const ElidedPair both = elidedPair(text + QLatin1Char('1'), text + QLatin1Char('2'), font_, chars(24));
        QVERIFY(fits(both.before + both.after, 24));
        QVERIFY(both.before.endsWith(QLatin1Char('1')) && both.after.endsWith(QLatin1Char('2')));
    }

    void whatIsCalledTheSameIsToldByItsJson()
    {
        const ChangeText text = changeText(json(R"({"id":5,"n":1})"), json(R"({"id":5,"n":2})"));
        QCOMPARE(text.before.text, QStringLiteral("{\"id\": 5, \"n\": 1}"));
        QCOMPARE(text.after.text, QStringLiteral("{\"id\": 5, \"n\": 2}"));
        const ChangeText other = changeText(json(R"({"id":5})"), json(R"({"id":6})"));
        QCOMPARE(other.after.text, QStringLiteral("6"));
        QVERIFY(changeText(json("null"), json("1")).before.italic);
    }

    void aLongTextIsLookedAtWhereItBeginsToDiffer()
    {
        const std::string same(1'000'000, 'x');
        const ChangeText text = changeText(Json(same + "old" + same), Json(same + "new" + same));
        const ElidedPair shown = elidedPair(text.before.text, text.after.text, font_, chars(30));
        QVERIFY2(shown.before.contains(QStringLiteral("old")), qPrintable(shown.before));
        QVERIFY2(shown.after.contains(QStringLiteral("new")), qPrintable(shown.after));
        // It begins with a whole character.
        std::string prices;
        for (int i = 0; i < 2000; ++i) prices += "€";
        QVERIFY(!changeText(Json(prices + "1"), Json(prices + "2")).after.text.contains(QChar(0xfffd)));
    }
};

QTEST_MAIN(TestChangeText)
#include "test_change_text.moc"
