#include "ui/look/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QVBoxLayout>
#include <QtTest>

using namespace hindcast::ui;

class TestComboPopup : public QObject {
    Q_OBJECT
private slots:
    void aListOfChoicesHasOneHairlineAllRound_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("editable");
        QTest::addColumn<double>("zoom");
        for (const double zoom : {1.0, 1.35})
            for (const bool editable : {false, true}) {
                QTest::addRow("light, %d, %.2f", editable, zoom) << false << editable << zoom;
                QTest::addRow("dark, %d, %.2f", editable, zoom) << true << editable << zoom;
            }
    }
    void aListOfChoicesHasOneHairlineAllRound()
    {
        QFETCH(bool, dark);
        QFETCH(bool, editable);
        QFETCH(double, zoom);
        Theme theme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        theme.setZoom(zoom);
        theme.apply();
        QWidget window;
        window.resize(400, 300);
        auto& box = *new QComboBox;
        box.setEditable(editable);  // before it has its place: how its list looks is settled then
        box.addItems({QStringLiteral("last 24 hours"), QStringLiteral("last records"), QStringLiteral("earliest")});
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&box);
        layout->addStretch(1);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        box.showPopup();
        QWidget* popup = box.view()->window();
        QVERIFY(popup != &window && QTest::qWaitForWindowExposed(popup));
        const QImage seen = popup->grab().toImage().convertToFormat(QImage::Format_RGB32);
        box.hidePopup();
        const QRgb line = theme.color(Theme::Role::Line).rgb();
        const QRgb panel = theme.color(Theme::Role::Panel).rgb();
        const int right = seen.width() - 1;
        const int bottom = seen.height() - 1;
        for (int x = 0; x <= right; ++x)
            QVERIFY2(seen.pixel(x, 0) == line && seen.pixel(x, bottom) == line, qPrintable(QString::number(x)));
        for (int y = 0; y <= bottom; ++y)
            QVERIFY2(seen.pixel(0, y) == line && seen.pixel(right, y) == line, qPrintable(QString::number(y)));
        // And within it, before the rows begin, no other one.
        for (int x = 1; x < right; ++x)
            for (const int y : {1, 2, bottom - 1, bottom - 2}) QCOMPARE(seen.pixel(x, y), panel);
        for (int y = 1; y < bottom; ++y)
            for (const int x : {1, 2, right - 1, right - 2}) QCOMPARE(seen.pixel(x, y), panel);
    }
};

QTEST_MAIN(TestComboPopup)
#include "test_combo_popup.moc"
