#include "ui/look/link_label.h"
#include "ui/look/say.h"

#include <QTest>

using namespace hindcast::ui;

class TestSay final : public QObject {
    Q_OBJECT
private slots:
    void aLabelIsReadWithItsNameAndItsText()
    {
        QLabel label;
        say(label, QStringLiteral("Place in the history"), QStringLiteral("event 9 / 14"));
        QCOMPARE(label.text(), QStringLiteral("event 9 / 14"));
        QCOMPARE(label.accessibleName(), QStringLiteral("Place in the history: event 9 / 14"));
        say(label, QStringLiteral("Place in the history"), {});
        QCOMPARE(label.accessibleName(), QStringLiteral("Place in the history"));
    }

    void tagsAreNotReadAndWhatOnlyLooksLikeOneIs()
    {
        Theme theme(Theme::Scheme::Light);
        LinkLabel rich(theme);
        say(rich, {}, QStringLiteral("Deleted by <a href='v:14'>#14</a> &amp; gone"));
        QCOMPARE(rich.accessibleName(), QStringLiteral("Deleted by #14 & gone"));
        QLabel plain;
        plain.setTextFormat(Qt::PlainText);
        say(plain, QStringLiteral("Key"), QStringLiteral("<b>12</b>"));
        QCOMPARE(plain.accessibleName(), QStringLiteral("Key: <b>12</b>"));
    }
};

QTEST_MAIN(TestSay)
#include "test_say.moc"
