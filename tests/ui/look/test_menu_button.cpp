// A button with a menu, and a box with a list, hovered and left.
#include "ui/look/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCursor>
#include <QMenu>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

using namespace hindcast::ui;

class TestMenuButton final : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        window_ = std::make_unique<QWidget>();
        button_ = new QToolButton;
        button_->setText(QStringLiteral("event time"));
        button_->setPopupMode(QToolButton::InstantPopup);
        menu_ = new QMenu(button_);
        menu_->addAction(QStringLiteral("log order"));
        button_->setMenu(menu_);
        auto* column = new QVBoxLayout(window_.get());
        column->addWidget(button_, 0, Qt::AlignTop | Qt::AlignLeft);
        window_->setGeometry(100, 100, 400, 300);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void cleanup() { window_.reset(); }

    void itIsNotHoveredOnceItsMenuIsClosedElsewhere() { QVERIFY(!hoveredAfterAMenu(window_->mapToGlobal(QPoint(350, 250)))); }

    void itStaysHoveredWhileThePointerIsOnIt() { QVERIFY(hoveredAfterAMenu(button_->mapToGlobal(button_->rect().center()))); }

    void aComboBoxIsNotHoveredOnceItsListIsClosedElsewhere()
    {
        auto* box = new QComboBox;
        box->addItems({QStringLiteral("all"), QStringLiteral("user")});
        window_->layout()->addWidget(box);
        QCursor::setPos(window_->mapToGlobal(QPoint(350, 250)));
        QCoreApplication::processEvents();
        box->showPopup();
        QVERIFY(QTest::qWaitForWindowExposed(box->view()->window()));
        box->setAttribute(Qt::WA_UnderMouse);
        box->hidePopup();
        QVERIFY(!box->underMouse());
    }

private:
    bool hoveredAfterAMenu(QPoint pointer)
    {
        QCursor::setPos(pointer);
        QCoreApplication::processEvents();
        menu_->popup(window_->mapToGlobal(QPoint(0, 150)));
        button_->setAttribute(Qt::WA_UnderMouse);  // as the click on it has left it
        menu_->hide();
        return button_->underMouse();
    }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<QWidget> window_;
    QToolButton* button_ = nullptr;
    QMenu* menu_ = nullptr;
};

QTEST_MAIN(TestMenuButton)
#include "test_menu_button.moc"
