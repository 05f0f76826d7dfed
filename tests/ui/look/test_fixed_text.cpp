#include "ui/look/fixed_text.h"
#include "ui/look/theme.h"

#include <QImage>
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

using namespace hindcast::ui;

namespace {

/// What a table of events holds, without the pairs of characters that this font joins to one sign ("->", "::").
QStringList texts()
{
    QStringList all = {QStringLiteral("04 09:14:22.118"),
                       QStringLiteral("orders 2 : 1 492"),
                       QStringLiteral("order-8841"),
                       QString::fromUtf8("address 123 Main St \u2192 456 Oak Ave \u00b7 spent 62.00 \u2192 181.90"),
                       QString::fromUtf8("\u00c5ngstr\u00f6m, na\u00efve, \u2212\u200912 \u2026"),
                       QStringLiteral("x"),
                       QString()};
    QRandomGenerator random(17);
    for (int i = 0; i < 50; ++i) {
        QString text;
        for (int j = static_cast<int>(random.bounded(1, 60)); j > 0; --j)
            text += QStringLiteral("abcdefghijklmnopqrstuvwxyzABCXYZ 0123456789").at(random.bounded(43));
        all.push_back(text);
    }
    return all;
}

QImage picture(double scale, const std::function<void(QPainter&)>& paint)
{
    QImage image(QSize(700, 24) * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::white);
    QPainter painter(&image);
    paint(painter);
    return image;
}

}  // namespace

class TestFixedText final : public QObject {
    Q_OBJECT
private slots:
    void onlyAFontOfFixedPitchHasOne()
    {
        const Theme theme(Theme::Scheme::Light);
        QVERIFY(FixedText::of(theme.mono()));
        QCOMPARE(FixedText::of(theme.mono()), FixedText::of(theme.mono()));
        QVERIFY(!FixedText::of(theme.text()));
    }

    void itIsDrawnToThePixelAsQtDrawsIt_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("100 %") << 1.0;
        QTest::newRow("200 %") << 2.0;
    }
    void itIsDrawnToThePixelAsQtDrawsIt()
    {
        QFETCH(double, scale);
        const Theme theme(Theme::Scheme::Light);
        const QFont font = theme.mono();
        FixedText* fixed = FixedText::of(font);
        QVERIFY(fixed);
        int drawn = 0;
        for (const QString& text : texts()) {
            if (!fixed->covers(text)) continue;
            ++drawn;
            const auto fast = picture(scale, [&](QPainter& painter) { fixed->draw(painter, QPointF(3, 17), text); });
            const auto slow = picture(scale, [&](QPainter& painter) {
                painter.setFont(font);
                painter.drawText(QPointF(3, 17), text);
            });
            QVERIFY2(fast == slow, qPrintable(text));
        }
        QVERIFY(drawn > 50);
    }

    void whatNeedsShapingIsLeftToQt()
    {
        const Theme theme(Theme::Scheme::Light);
        FixedText* fixed = FixedText::of(theme.mono());
        QVERIFY(fixed);
        for (const char* text :
             {"\u05d0\u05d1", "\u0627\u0644", "e\u0301", "\u65e5\u672c", "\U0001F600", "a\u200db", "\u0915\u093f"})
            QVERIFY2(!fixed->covers(QString::fromUtf8(text)), text);
        QVERIFY(fixed->covers(QStringLiteral("->")));
    }
};

QTEST_MAIN(TestFixedText)
#include "test_fixed_text.moc"
