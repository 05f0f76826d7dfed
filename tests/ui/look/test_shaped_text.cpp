#include "ui/look/shaped_text.h"
#include "ui/look/theme.h"

#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

#include <functional>

using namespace hindcast::ui;

namespace {

QStringList texts()
{
    QStringList all = {QStringLiteral("AddressChanged"),
                       QStringLiteral("#9 AddressChanged"),
                       QStringLiteral("AVAVA To Wa fi ffl"),
                       QString::fromUtf8("v9 of 17 \u00b7 life complete"),
                       QString::fromUtf8("6 events \u00b7 shop.public.users \u2026"),
                       QString::fromUtf8("\u2212\u200912 \u2192 \u2205 tombstone \u2265"),
                       QStringLiteral("  between blanks  "),
                       QStringLiteral("two\nlines"),
                       QStringLiteral("a\ttab"),
                       QString::fromUtf8("\u05d0\u05d1\u05d2 12"),
                       QString::fromUtf8("e\u0301 \u65e5\u672c"),
                       QStringLiteral("x"),
                       QString()};
    QRandomGenerator random(23);
    for (int i = 0; i < 40; ++i) {
        QString text;
        for (int j = static_cast<int>(random.bounded(1, 60)); j > 0; --j)
            text += QStringLiteral("abcdefghijklmnopqrstuvwxyzABCTVX 0123456789").at(random.bounded(43));
        all.push_back(text);
    }
    return all;
}

QList<QFont> fonts(const Theme& theme)
{
    QFont underlined = theme.text();
    underlined.setUnderline(true);
    QFont italic = theme.text(1.3);
    italic.setItalic(true);
    return {theme.text(), theme.strong(0.92), theme.text(0.85), underlined, italic, theme.mono()};
}

QImage picture(double scale, const std::function<void(QPainter&)>& paint)
{
    QImage image(QSize(700, 41) * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(Qt::black);
    paint(painter);
    return image;
}

}  // namespace

class TestShapedText final : public QObject {
    Q_OBJECT
private slots:
    void textIsMeasuredAndCutAsQtDoesIt()
    {
        const Theme theme(Theme::Scheme::Light);
        for (const QFont& font : fonts(theme)) {
            const QFontMetrics metrics(font);
            const QFontMetricsF exact(font);
            for (const QString& text : texts()) {
                QCOMPARE(textWidth(font, text), metrics.horizontalAdvance(text));
                QCOMPARE(textWidthF(font, text), exact.horizontalAdvance(text));
                for (const int width : {20, 61, 133, 400})
                    for (const auto mode : {Qt::ElideRight, Qt::ElideLeft, Qt::ElideNone}) {
                        const QString cut = elidedText(font, text, mode, width);
                        const QString expected = metrics.elidedText(text, mode, width);
                        QVERIFY2(cut == expected, qPrintable(QStringLiteral("%1: [%2], not [%3]").arg(width).arg(cut, expected)));
                    }
            }
        }
    }

    void itIsDrawnToThePixelAsQtDrawsIt_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("100 %") << 1.0;
        QTest::newRow("125 %") << 1.25;
        QTest::newRow("200 %") << 2.0;
    }
    void itIsDrawnToThePixelAsQtDrawsIt()
    {
        QFETCH(double, scale);
        const Theme theme(Theme::Scheme::Light);
        const QRectF box(3, 2, 640, 30);
        for (const QFont& font : fonts(theme))
            for (const QString& text : texts()) {
                const auto same = [&](const auto& fast, const auto& slow) {
                    return picture(scale, fast) == picture(scale, [&](QPainter& painter) {
                               painter.setFont(font);
                               slow(painter);
                           });
                };
                QVERIFY2(same([&](QPainter& painter) { drawText(painter, QPointF(3.4, 17), font, text); },
                              [&](QPainter& painter) { painter.drawText(QPointF(3.4, 17), text); }),
                         qPrintable(font.toString() + text));
                for (const Qt::Alignment across : {Qt::AlignLeft, Qt::AlignRight, Qt::AlignHCenter})
                    for (const double tall : {30.0, 27.0, 21.5}) {
                        QRectF rect = box;
                        rect.setHeight(tall);
                        const int flags = static_cast<int>(across | Qt::AlignVCenter) | Qt::TextSingleLine;
                        QVERIFY2(same([&](QPainter& painter) { drawText(painter, rect, across, font, text); },
                                      [&](QPainter& painter) { painter.drawText(rect, flags, text); }),
                                 qPrintable(QStringLiteral("[%1] %2 %3")
                                                .arg(font.toString() + text)
                                                .arg(static_cast<int>(across))
                                                .arg(tall)));
                    }
            }
    }

    void ofTextsThatSayTheSameTheFirstThatFitsIsTaken()
    {
        const Theme theme(Theme::Scheme::Light);
        const QFont font = theme.text();
        const QStringList texts{QStringLiteral("v9 of 17, life complete"), QStringLiteral("v9 of 17, complete"),
                                QStringLiteral("v9 of 17")};
        for (const QString& text : texts) {
            QCOMPARE(fittingText(font, texts, textWidthF(font, text)), text);
            QVERIFY(fittingText(font, texts, textWidthF(font, text) - 1) != text);
        }
        QVERIFY(fittingText(font, texts, 30).endsWith(QChar(0x2026)));
        QCOMPARE(fittingText(font, {}, 30), QString());
    }

    void aTextThatGoesOnAlwaysEndsInAnEllipsis()
    {
        const Theme theme(Theme::Scheme::Light);
        const QChar more(0x2026);
        const QString text = QStringLiteral("nest/a/x 100");
        for (const QFont& font : {theme.mono(), theme.text()}) {
            const double whole = textWidthF(font, text);
            for (double width = 3; width < whole + 30; width += 0.7) {
                const QString cut = elidedAsCut(font, text, width);
                QVERIFY2(cut.endsWith(more) && text.startsWith(cut.chopped(1)), qPrintable(cut));
                QVERIFY2(cut.size() == 1 || textWidthF(font, cut) <= width + 0.5, qPrintable(cut));
            }
            QCOMPARE(elidedAsCut(font, text, whole + 30), text + more);
        }
    }

    void aTextIsShapedOnceForAFont()
    {
        const Theme theme(Theme::Scheme::Light);
        const auto first = ShapedText::of(theme.text(), QStringLiteral("OrderPlaced"));
        QCOMPARE(ShapedText::of(theme.text(), QStringLiteral("OrderPlaced")), first);
        QVERIFY(ShapedText::of(theme.strong(), QStringLiteral("OrderPlaced")) != first);
        QVERIFY(ShapedText::of(theme.text(1.2), QStringLiteral("OrderPlaced"))->width() > first->width());
        // Whoever draws it keeps it while others come.
        for (int i = 0; i < 10'000; ++i) (void)ShapedText::of(theme.text(), QString::number(i));
        QVERIFY(first->width() > 0);
    }
};

QTEST_MAIN(TestShapedText)
#include "test_shaped_text.moc"
