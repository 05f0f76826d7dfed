// How a name and the id after it share a line that is too short for both.
#include "ui/entities/name_and_id.h"
#include "ui/look/theme.h"

#include <QFontMetrics>
#include <QTest>

#include <cmath>
#include <vector>

using namespace hindcast::ui;

namespace {

constexpr int kBetween = 8;

int advance(const QFont& font, const QString& text)
{
    return static_cast<int>(std::ceil(QFontMetricsF(font).horizontalAdvance(text)));
}

}  // namespace

class TestNameAndId final : public QObject {
    Q_OBJECT
    Theme theme_{Theme::Scheme::Light};

    /// px that a name and so many characters of an id take.
    [[nodiscard]] int roomFor(const QString& name, int characters) const
    {
        return advance(theme_.text(), name) + kBetween + advance(theme_.mono(), QString(characters, QLatin1Char('0')));
    }
    [[nodiscard]] NameAndId fit(const QString& name, const QString& id, int width, const std::vector<QString>& alike = {},
                                bool wanted = false) const
    {
        return fitNameAndId(name, id, alike, wanted, {theme_.text(), theme_.mono(), width, kBetween});
    }

    const QString alice_ = QStringLiteral("Alice Miller");
    const QString user_ = QStringLiteral("user-123");
    const QString uuid_ = QStringLiteral("7f3a9c1e-44d2-4b7a-9a51-0f6f2f1f3a77");

private slots:
    void initTestCase() { theme_.apply(); }

    void bothAreWholeWhereTheyFit()
    {
        QCOMPARE(fit(alice_, user_, roomFor(alice_, 8)), (NameAndId{alice_, user_}));
        QCOMPARE(fit(alice_, user_, 1000), (NameAndId{alice_, user_}));
    }

    void aShortIdStaysWholeAndTheNameGivesWay()
    {
        for (const int characters : {7, 6}) {
            const NameAndId both = fit(alice_, user_, roomFor(alice_, characters));
            QCOMPARE(both.id, user_);
            QVERIFY2(both.name.startsWith(QStringLiteral("Alice")) && both.name.endsWith(QChar(0x2026)), qPrintable(both.name));
        }
    }

    void aLongIdIsCutInItsMiddleWhereEnoughOfItIsLeft()
    {
        for (const int characters : {8, 9, 20, 33}) {
            const NameAndId both = fit(alice_, uuid_, roomFor(alice_, characters));
            QCOMPARE(both.name, alice_);
            QCOMPARE(both.id.size(), qsizetype(characters));
            QVERIFY2(both.id.contains(QChar(0x2026)) && both.id.endsWith(QStringLiteral("3a77")), qPrintable(both.id));
        }
        const NameAndId less = fit(alice_, uuid_, roomFor(alice_, 7));
        QVERIFY2(less.name != alice_ && less.name.startsWith(QStringLiteral("Alice")), qPrintable(less.name));
        QVERIFY2(less.id.size() >= 8 && less.id.endsWith(QStringLiteral("3a77")), qPrintable(less.id));
    }

    void anIdIsNotCutForOneOrTwoCharacters()
    {
        const QString order = QStringLiteral("order-90125");
        QCOMPARE(fit(alice_, order, roomFor(alice_, 8)).name, alice_);  // three are saved, seven left
        for (const int characters : {9, 10}) {
            const NameAndId both = fit(alice_, order.left(10), roomFor(alice_, characters) - 3);
            QCOMPARE(both.id, order.left(10));
            QVERIFY(both.name != alice_);
        }
    }

    void whereNeitherFitsTheIdGoes()
    {
        const int little = roomFor(QStringLiteral("Alic…"), 8);
        QCOMPARE(fit(alice_, user_, little), (NameAndId{alice_, QString()}));
        QCOMPARE(fit(alice_, uuid_, little), (NameAndId{alice_, QString()}));
        QCOMPARE(fit(alice_, user_, 0), (NameAndId{alice_, QString()}));
        QCOMPARE(fit(QStringLiteral("Bob"), user_, roomFor(QStringLiteral("Bob"), 7)),
                 (NameAndId{QStringLiteral("Bob"), QString()}));
    }

    void whatWasSearchedForOrTellsTwoApartIsToldWithLittleRoom()
    {
        const int little = roomFor(QStringLiteral("Alic…"), 8);
        const NameAndId found = fit(alice_, user_, little, {}, true);
        QVERIFY2(found.name.startsWith(QStringLiteral("Al")) && found.id.endsWith(QStringLiteral("3")), qPrintable(found.id));
        const QString other = QStringLiteral("user-124");
        const NameAndId one = fit(alice_, user_, little, {other});
        const NameAndId two = fit(alice_, other, little, {user_});
        QVERIFY(!one.id.isEmpty() && one.id != two.id);
    }

    void aShortIdThatWasSearchedForIsNeverCutForItsName()
    {
        const QString id = QStringLiteral("user-1705");
        for (int width = advance(theme_.mono(), id) + kBetween + advance(theme_.text(), QStringLiteral("Isa…")) + 4; width < 300;
             ++width)
            QCOMPARE(fit(QStringLiteral("Isabel Virtanen"), id, width, {}, true).id, id);
    }

    void idsThatWouldBeCutAlikeAreNot()
    {
        const QString a = QStringLiteral("invoice-1-of-2025-for-house-7");
        const QString b = QStringLiteral("invoice-2-of-2025-for-house-7");
        for (int characters = 8; characters < 32; ++characters) {
            const int width = roomFor(alice_, characters);
            QVERIFY2(fit(alice_, a, width, {b}).id != fit(alice_, b, width, {a}).id, qPrintable(QString::number(characters)));
        }
    }

    void whateverTheWidthNothingIsCutToWhatSaysNothing()
    {
        const QString ids[] = {QStringLiteral("#7"),        QStringLiteral("sku-137"),      user_,
                               QStringLiteral("user-1705"), QStringLiteral("order-123456"), uuid_};
        for (const QString& name : {QStringLiteral("Bo"), alice_, QStringLiteral("Maximiliane von Hohenberg-Waldburg")})
            for (const QString& id : ids)
                for (int width = 0; width < 500; ++width) {
                    const NameAndId both = fit(name, id, width);
                    const QString at = QStringLiteral("%1 | %2 at %3").arg(both.name, both.id).arg(width);
                    if (both.id.isEmpty()) {
                        QCOMPARE(both.name, name);
                        continue;
                    }
                    const bool cut = both.id != id;
                    QVERIFY2(!cut || (id.size() - both.id.size() >= 3 && both.id.size() - 1 >= 7), qPrintable(at));
                    QVERIFY2(both.name == name || both.name.size() - 1 >= 6, qPrintable(at));
                    // A pixel for what metrics round.
                    QVERIFY2(advance(theme_.text(), both.name) + kBetween + advance(theme_.mono(), both.id) <= width + 2,
                             qPrintable(at));
                }
    }
};

QTEST_MAIN(TestNameAndId)
#include "test_name_and_id.moc"
