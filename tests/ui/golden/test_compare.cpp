#include "tests/ui/golden/golden.h"
#include "ui/look/glyphs.h"
#include "ui/look/theme.h"

#include <QPainter>
#include <QTemporaryDir>
#include <QtTest>

#include <random>

using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

/// A line of words and a mark, as a row of the window has them.
QImage row(const Theme& theme, double glyphBy = 0, int letterBy = 0)
{
    QImage image(1400, 850, QImage::Format_RGB32);
    image.fill(theme.color(Theme::Role::Panel));
    QPainter painter(&image);
    painter.setFont(theme.text());
    painter.setPen(theme.color(Theme::Role::TextSecondary));
    painter.drawText(QPointF(400, 400), QStringLiteral("AddressChanged"));
    painter.drawText(QPointF(700 + letterBy, 400), QStringLiteral("l"));
    paintGlyph(painter, Glyph::Circle, QRectF(500 + glyphBy, 300, 12, 12), theme.series(3));
    return image;
}

}  // namespace

class TestCompare : public QObject {
    Q_OBJECT
    Theme theme_{Theme::Scheme::Light};
    QTemporaryDir folder_;

    [[nodiscard]] bool differs(const QImage& a, const QImage& b) { return differenceOf(a, b).matters(a.size()); }

private slots:
    void init()
    {
        qunsetenv("HINDCAST_UPDATE_GOLDEN");
        qputenv("HINDCAST_GOLDEN_OUT", folder_.filePath(QStringLiteral("out")).toUtf8());
    }

    void theSamePictureIsTheSame() { QVERIFY(!differs(row(theme_), row(theme_))); }

    void aGlyphThatMovesByOnePixelBreaksIt()
    {
        QVERIFY(differs(row(theme_, 1), row(theme_)));
        QVERIFY(differs(row(theme_, -1), row(theme_)));
    }

    void theNarrowestLetterThatMovesByOnePixelBreaksIt() { QVERIFY(differs(row(theme_, 0, 1), row(theme_))); }

    void aGlyphThatIsGoneOrOfAnotherColourBreaksIt()
    {
        QImage image = row(theme_);
        QPainter(&image).fillRect(QRect(498, 298, 16, 16), theme_.color(Theme::Role::Panel));
        QVERIFY(differs(image, row(theme_)));
    }

    void whatAntialiasingMayDoIsLetPass()
    {
        const QImage before = row(theme_);
        QImage image = before.copy();
        std::mt19937 random(1);
        const auto at = [&](int most) { return std::uniform_int_distribution<int>(0, most - 1)(random); };
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const QColor color = image.pixelColor(x, y);
                image.setPixelColor(x, y,
                                    QColor(std::max(0, color.red() - at(Difference::kChannel)), color.green(), color.blue()));
            }
        for (int i = 0; i < 60; ++i) image.setPixelColor(at(image.width()), at(image.height()), Qt::black);
        QVERIFY(!differs(image, before));
    }

    void anotherSizeIsAnotherPicture() { QVERIFY(differs(row(theme_), row(theme_).copy(0, 0, 1400, 849))); }

    void whatDiffersIsWrittenBesideAndSaysWhere()
    {
        const QString pictures = folder_.filePath(QStringLiteral("pictures"));
        const Golden golden(pictures, QStringLiteral("Qt 6\n"));
        QVERIFY(!golden.unfit().isEmpty());
        QVERIFY(golden.check(row(theme_), QStringLiteral("row")).contains(QStringLiteral("no golden picture")));
        qputenv("HINDCAST_UPDATE_GOLDEN", "1");
        QCOMPARE(golden.check(row(theme_), QStringLiteral("row")), QString());
        qunsetenv("HINDCAST_UPDATE_GOLDEN");
        QCOMPARE(golden.unfit(), QString());
        QCOMPARE(golden.check(row(theme_), QStringLiteral("row")), QString());
        const QString trouble = golden.check(row(theme_, 1), QStringLiteral("row"));
        QVERIFY2(trouble.contains(QStringLiteral("within x 500…512, y 30")) || trouble.contains(QStringLiteral("within x 50")),
                 qPrintable(trouble));
        QVERIFY(QFile::exists(folder_.filePath(QStringLiteral("out/row-actual.png"))));
        QVERIFY(QFile::exists(folder_.filePath(QStringLiteral("out/row-difference.png"))));
        QVERIFY(!Golden(pictures, QStringLiteral("Qt 7\n")).unfit().isEmpty());
    }
};

QTEST_MAIN(TestCompare)
#include "test_compare.moc"
