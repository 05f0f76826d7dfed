// The connect dialog on screens of all sizes.
#include "tests/ui/connect/dialog_fixture.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/mapping_dialog.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/profiles.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/summary_button.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QStyle>
#include <QStyleOption>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>

using namespace hindcast;
using namespace hindcast::ui;
using test::cluster;
using test::guess;
using test::samples;

namespace {

double luminance(const QColor& color)
{
    const auto part = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor& one, const QColor& other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace

class TestReflow final : public QObject, private test::DialogFixture {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        forgetAll();
        profiles_->remember(-1, QStringLiteral("localhost:9092"), {});
        profiles_->remember(-1, QStringLiteral("kafka-1:9094"), {{"sasl.username", "auditor"}}, QStringLiteral("shop · staging"));
        dialog_ = std::make_unique<ConnectDialog>(theme_, *profiles_);
        scroll_ = dialog_->findChild<QScrollArea*>();
    }

    void cleanup() { theme_.setZoom(1); }

    void nothingScrollsSidewaysOrIsCut_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("more");
        for (const QSize size : {QSize(1240, 860), QSize(1256, 672), QSize(1120, 800), QSize(1000, 672), QSize(936, 480),
                                 QSize(810, 600), QSize(616, 312)})
            for (const bool more : {false, true})
                QTest::addRow("%d x %d%s", size.width(), size.height(), more ? " with all fields" : "") << size << more;
    }
    void nothingScrollsSidewaysOrIsCut()
    {
        QFETCH(QSize, size);
        QFETCH(bool, more);
        show(size);
        fill();
        const QString name = QStringLiteral("connect-%1%2").arg(size.width()).arg(more ? QStringLiteral("-more") : QString());
        if (more) {
            dialog_->range().setFrom(RangeForm::From::Time, QStringLiteral("-2h"));
            dialog_->range().setUntil(RangeForm::Until::Time, QStringLiteral("2025-11-04T09:14:22Z"));
            for (QToolButton* button : dialog_->mapping().findChildren<QToolButton*>()) button->setChecked(true);
            dialog_->showEstimate(source::KafkaEstimate{{{"orders", 2'100'000, false}}});
        }
        wholly();
        test::picture(*dialog_, name);
        scroll_->verticalScrollBar()->setValue(scroll_->verticalScrollBar()->maximum());
        test::picture(*dialog_, name + QStringLiteral("-down"));
        dialog_->connection().securityButton().click();
        wholly();
        test::picture(*dialog_, name + QStringLiteral("-security"));
    }

    void enlargedForAProjectorItFitsToo_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(1256, 672), QSize(1656, 972)})
            QTest::addRow("%d x %d", size.width(), size.height()) << size;
    }
    void enlargedForAProjectorItFitsToo()
    {
        QFETCH(QSize, size);
        theme_.setZoom(Theme::kPresentation);
        show(size);
        fill();
        wholly();
        const QString name = QStringLiteral("connect-presentation-%1").arg(size.width());
        test::picture(*dialog_, name);
        scroll_->verticalScrollBar()->setValue(scroll_->verticalScrollBar()->maximum());
        test::picture(*dialog_, name + QStringLiteral("-down"));
        dialog_->range().setFrom(RangeForm::From::Time, QStringLiteral("no time at all"));
        dialog_->target().disk().setEditText(QStringLiteral("12 mbit"));
        dialog_->connection().rate().setEditText(QStringLiteral("fast"));
        wholly();
        test::picture(*dialog_, name + QStringLiteral("-wrong"));
        dialog_->connection().securityButton().click();
        wholly();
        test::picture(*dialog_, name + QStringLiteral("-security"));
    }

    void aMomentIsSeenWholeInItsField_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("zoom");
        for (const QSize size : {QSize(1240, 860), QSize(1000, 672), QSize(616, 312)})
            QTest::addRow("%d x %d", size.width(), size.height()) << size << 1.0;
        QTest::newRow("enlarged") << QSize(1256, 672) << Theme::kPresentation;
    }
    void aMomentIsSeenWholeInItsField()
    {
        QFETCH(QSize, size);
        QFETCH(double, zoom);
        theme_.setZoom(zoom);
        show(size);
        fill();
        for (const char* text : {"2025-11-04T09:14:22Z", "2025-11-04T09:14:22.118Z", "2025-11-04T09:14:22.118000001Z",
                                 "2025-11-04T09:14:22.118000001+01:00"}) {
            dialog_->range().setFrom(RangeForm::From::Time, QLatin1String(text));
            dialog_->range().setUntil(RangeForm::Until::Time, QLatin1String(text));
            wholly();
            for (const QLineEdit* field : dialog_->range().findChildren<QLineEdit*>()) {
                QVERIFY(field->isVisible());
                QStyleOptionFrame option;
                option.initFrom(field);
                const int room = field->style()->subElementRect(QStyle::SE_LineEditContents, &option, field).width();
                const int words = field->fontMetrics().horizontalAdvance(field->text());
                QVERIFY2(words < room, qPrintable(QStringLiteral("%1 in %2").arg(words).arg(room)));
            }
        }
        test::picture(*dialog_, QStringLiteral("connect-moments-%1").arg(size.width()));
    }

    void theEstimateAndTheSecurityAreReadInWholeWhereThereIsRoom()
    {
        for (const QSize size : {QSize(1240, 860), QSize(1120, 800), QSize(1000, 672)}) {
            show(size);
            fill();
            dialog_->range().setFrom(RangeForm::From::Time, QStringLiteral("-2h"));
            dialog_->range().setUntil(RangeForm::Until::End);
            dialog_->range().setEstimate(QStringLiteral(
                "≈ 2.1 M records, 400 MB read, 100 MB stored · more than the disk limit · goes on where it stopped"));
            dialog_->connection().properties().setProperties({{"security.protocol", "SASL_SSL"},
                                                              {"sasl.mechanism", "SCRAM-SHA-512"},
                                                              {"sasl.username", "hindcast-auditor"},
                                                              {"sasl.password", "x"}});
            wholly();
            auto* estimate = labelOf(QStringLiteral("How much that is"));
            QVERIFY2(estimate->fontMetrics().horizontalAdvance(estimate->text()) <= estimate->width(),
                     qPrintable(QString::number(estimate->width())));
            const auto& summary = dynamic_cast<SummaryButton&>(dialog_->connection().securityButton());
            QVERIFY2(summary.wholeWidth() <= summary.width(), qPrintable(QString::number(summary.width())));
        }
    }

    void theSecurityThatIsFilledInAtOnceAsTheDialogOpensIsReadInWhole()
    {
        dialog_->resize(QSize(1064, 760));
        dialog_->show();  // and before it is laid out, as the window does it
        source::KafkaOptions kafka;
        kafka.connection.brokers = "127.0.0.1:28016";
        kafka.connection.properties = {
            {"security.protocol", "SASL_PLAINTEXT"}, {"sasl.mechanism", "SCRAM-SHA-512"}, {"sasl.username", "reader"}};
        kafka.topics = {"orders"};
        dialog_->goOn(kafka, ConnectDialog::Secrets::Asked);
        QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
        QTest::qWait(20);
        const auto& summary = dynamic_cast<SummaryButton&>(dialog_->connection().securityButton());
        QVERIFY(summary.text().endsWith(QStringLiteral("password to be given")));
        QVERIFY2(summary.wholeWidth() <= summary.width(), qPrintable(QString::number(summary.width())));
    }

    void thePreviewHasRowsBesideAGuessOfEverything()
    {
        show(QSize(1256, 672));
        fill();
        auto richer = guess();
        richer.mapping.correlation = richer.mapping.causation = richer.mapping.type;
        dialog_->showSampled(QStringLiteral("orders"), richer, 200);
        dialog_->showPreview(QStringLiteral("orders"), samples());
        QTest::qWait(20);
        test::picture(*dialog_, QStringLiteral("connect-rich"));
        QVERIFY(scroll_->verticalScrollBar()->maximum() == 0);
        const auto rows = dialog_->samples().visibleRows();
        QVERIFY2(rows.second - rows.first >= 2, qPrintable(QString::number(rows.second)));
    }

    void whatFailedIsReadInWhole_data() { nothingScrollsSidewaysOrIsCut_data(); }
    void whatFailedIsReadInWhole()
    {
        QFETCH(QSize, size);
        QFETCH(bool, more);
        show(size);
        if (more) fill();
        dialog_->connection().testButton().click();
        using Kind = source::ConnectStep::Kind;
        dialog_->showStep({Kind::Names, true, "2 of 3"});
        dialog_->showStep({Kind::Tcp, true, {}});
        dialog_->showStep({Kind::Tls, false, {}});
        dialog_->showFailed(
            QStringLiteral("cannot reach kafka-1:9094,kafka-2:9094,kafka-3:9094"),
            QStringLiteral("SSL handshake failed: certificate verify failed: self-signed certificate in certificate chain"),
            QStringLiteral("give the CA's certificate as ssl.ca.location, or check that this is the port for TLS and not the one "
                           "for plain text that another listener has"));
        wholly();
        auto* failure = labelOf(QStringLiteral("What failed, and what to do"));
        QVERIFY(failure != nullptr && failure->isVisible());
        QVERIFY2(failure->height() >= failure->heightForWidth(failure->width()), qPrintable(QString::number(failure->height())));
        auto* steps = labelOf(QStringLiteral("Steps of the connection"));
        QVERIFY(steps->isVisible());
        QVERIFY(steps->fontMetrics().horizontalAdvance(steps->text()) <= steps->width());
        test::picture(*dialog_, QStringLiteral("connect-failed-%1%2").arg(size.width()).arg(more ? "-more" : ""));
    }

    void onASmallScreenNothingButTheTablesScrolls()
    {
        for (const QSize size : {QSize(1256, 672), QSize(1000, 672)}) {
            show(size);
            fill();
            dialog_->connection().testButton().click();
            dialog_->showFailed(QStringLiteral("cannot reach kafka-1:9094"), QStringLiteral("Connection refused"),
                                QStringLiteral("check that the broker runs and that this is its port"));
            wholly();
            QVERIFY2(scroll_->verticalScrollBar()->maximum() == 0,
                     qPrintable(QString::number(scroll_->verticalScrollBar()->maximum())));
        }
    }

    void theMappingOfWhatIsStoredReflowsToo()
    {
        MappingDialog mappings(theme_, {QStringLiteral("orders")}, {});
        mappings.show();
        const auto besideEachOther = [&] {
            QTest::qWait(20);
            MappingEditor& editor = mappings.editor();
            return editor.field(MappingEditor::Id).y() == editor.field(MappingEditor::Category).y();
        };
        mappings.resize(1000, 640);
        QVERIFY(besideEachOther());
        mappings.resize(700, 400);
        QVERIFY(!besideEachOther());
        mappings.resize(600, 400);
        QCOMPARE(mappings.width(), 600);
        mappings.resize(776, 640);
        QVERIFY(besideEachOther());
    }

    void whereItGoesAndWhatToPressStayInSight()
    {
        show(QSize(616, 312));
        fill();
        QVERIFY(scroll_->verticalScrollBar()->maximum() > 0);
        for (QWidget* widget : std::initializer_list<QWidget*>{&dialog_->target(), &dialog_->connectButton()}) {
            const QRect at(widget->mapTo(dialog_.get(), QPoint()), widget->size());
            QVERIFY(dialog_->rect().contains(at));
            QVERIFY(!scroll_->geometry().intersects(at));
        }
    }

    void theWheelScrollsTheDialogAndChangesNoChoice()
    {
        show(QSize(616, 312));
        fill();
        auto* from = dialog_->range().findChild<QComboBox*>();
        QVERIFY(from != nullptr);
        const int before = from->currentIndex();
        const QPointF middle(from->rect().center());
        QWheelEvent down(middle, from->mapToGlobal(middle), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                         false);
        QCoreApplication::sendEvent(from, &down);
        QCOMPARE(from->currentIndex(), before);
        QApplication::setActiveWindow(dialog_.get());
        from->setFocus();
        QVERIFY(from->hasFocus());
        QCoreApplication::sendEvent(from, &down);
        QCOMPARE(from->currentIndex(), before + 1);
    }

    void whatStandsInAnEmptyFieldCanBeRead()
    {
        for (const Theme::Scheme scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme_.setScheme(scheme);
            show(QSize(1240, 860));
            QVERIFY(!dialog_->mapping().isEnabled());
            for (const auto field : {MappingEditor::Id, MappingEditor::Category, MappingEditor::Type, MappingEditor::Time}) {
                const QLineEdit* line = dialog_->mapping().field(field).lineEdit();
                QVERIFY(!line->placeholderText().isEmpty());
                for (const QPalette::ColorGroup group : {QPalette::Disabled, QPalette::Active}) {
                    const QColor words = line->palette().color(group, QPalette::PlaceholderText);
                    QCOMPARE(words.alpha(), 255);
                    for (const Theme::Role ground : {Theme::Role::Window, Theme::Role::Field, Theme::Role::Panel})
                        QVERIFY2(contrast(words, theme_.color(ground)) >= 4.5, qPrintable(words.name()));
                }
            }
            // And it is what is painted: the darkest (or lightest) pixel of a word is nearly of that colour.
            const QImage picture = dialog_->mapping().field(MappingEditor::Id).grab().toImage();
            double most = 1;
            for (int y = 4; y < picture.height() - 4; ++y)
                for (int x = 4; x < picture.width() - 40; ++x)
                    most = std::max(most, contrast(picture.pixelColor(x, y), theme_.color(Theme::Role::Window)));
            QVERIFY2(most > 4, qPrintable(QString::number(most)));
        }
        theme_.setScheme(Theme::Scheme::Light);
    }

private:
    void show(QSize size)
    {
        dialog_->resize(size);
        dialog_->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
        QCOMPARE(dialog_->size(), size);
    }

    void fill()
    {
        dialog_->setBrokers(QStringLiteral("kafka-1:9094,kafka-2:9094,kafka-3:9094"));
        dialog_->setWorkspace(QStringLiteral("/tmp/shop.hindcast"));
        dialog_->connection().testButton().click();
        using Kind = source::ConnectStep::Kind;
        for (const Kind kind : {Kind::Names, Kind::Tcp, Kind::Tls, Kind::Login}) dialog_->showStep({kind, true, {}});
        auto found = cluster();
        found.version = "4.3";
        dialog_->showTopics(found);
        for (const char* topic : {"orders", "inventory.public.users"}) dialog_->topics().setChosen(QLatin1String(topic), true);
        for (const char* topic : {"inventory.public.users", "orders"}) {
            dialog_->showSampled(QLatin1String(topic), guess(), 200);
            dialog_->showPreview(QLatin1String(topic), samples());
        }
        auto* tabs = dialog_->findChild<QTabBar*>();
        tabs->setCurrentIndex(1);
        dialog_->showPreview(QStringLiteral("orders"), samples());
    }

    QLabel* labelOf(const QString& accessibleName)
    {
        for (QLabel* label : dialog_->findChildren<QLabel*>())
            if (label->accessibleName() == accessibleName) return label;
        return nullptr;
    }

    /// No horizontal scroll bar anywhere, nothing beyond the right edge, and nothing on top of its neighbour.
    void wholly()
    {
        QTest::qWait(20);
        for (const QAbstractScrollArea* area : dialog_->findChildren<QAbstractScrollArea*>()) {
            if (!area->isVisible()) continue;
            QVERIFY2(
                area->horizontalScrollBar()->maximum() == 0,
                qPrintable(QStringLiteral("%1: %2").arg(area->accessibleName()).arg(area->horizontalScrollBar()->maximum())));
        }
        const QList<QWidget*> all = dialog_->findChildren<QWidget*>();
        for (const QWidget* widget : all) {
            if (!widget->isVisible()) continue;
            const QPoint at = widget->mapTo(dialog_.get(), QPoint());
            QVERIFY2(at.x() >= 0 && at.x() + widget->width() <= dialog_->width(), qPrintable(widget->accessibleName()));
            if (const QWidget* within = widget->parentWidget();
                widget->focusPolicy() != Qt::NoFocus && !within->inherits("QAbstractItemView"))
                QVERIFY2(widget->x() >= 0 && widget->geometry().right() < within->width(), qPrintable(widget->accessibleName()));
            if (const auto* button = qobject_cast<const QPushButton*>(widget))
                QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
            for (const QWidget* other : all)
                if (other > widget && other->isVisible() && other->parentWidget() == widget->parentWidget() &&
                    (widget->inherits("QLabel") || other->inherits("QLabel")))
                    QVERIFY2(!widget->geometry().intersects(other->geometry()),
                             qPrintable(widget->accessibleName() + QStringLiteral(" / ") + other->accessibleName()));
        }
    }

    QScrollArea* scroll_ = nullptr;
};

QTEST_MAIN(TestReflow)
#include "test_reflow.moc"
