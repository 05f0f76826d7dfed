#pragma once
#include "tests/ui/fixtures.h"
#include "tests/ui/session/session_test.h"
#include "ui/findings/asking_page.h"
#include "ui/look/row_view.h"
#include "ui/look/theme.h"

#include <QMenu>
#include <QToolButton>

namespace hindcast::ui::test {

/// With plain spaces where numbers are grouped by thin ones.
inline QString plain(QString text) { return text.replace(QChar(0x2009), QLatin1Char(' ')); }

/// The part that the rows of the fixtures stand in.
inline store::Part accountsPart()
{
    store::Part part;
    part.id = PartId{1};
    part.topic = "accounts";
    part.partition = Partition{3};
    return part;
}

inline void clickHeader(RowView& table, int column)
{
    const QRect cell = table.cellRect(table.topRow(), column);
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, QPoint(cell.center().x(), 6));
}

/// The entry that begins so in the menu of the table's current row, which its page pops up; null: there is none.
inline QAction* menuAction(QWidget& page, RowView& table, const char* text)
{
    const auto isPopup = [](const QMenu* menu) { return menu->testAttribute(Qt::WA_DeleteOnClose); };
    for (QMenu* menu : page.findChildren<QMenu*>(Qt::FindDirectChildrenOnly))
        if (isPopup(menu)) delete menu;
    QTest::keyClick(&table, Qt::Key_Menu);
    for (const QMenu* menu : page.findChildren<QMenu*>(Qt::FindDirectChildrenOnly)) {
        if (!isPopup(menu)) continue;
        for (QAction* one : menu->actions())
            if (one->text().startsWith(QString::fromLatin1(text))) return one;
    }
    return nullptr;
}

/// Whether its button and Escape, pressed in `focus`, both ask for an end of what runs.
inline bool isStopped(AskingPage& page, QWidget& focus)
{
    QSignalSpy cancel(&page, &FoundPage::cancelWanted);
    const bool says = page.goButton().text() == QStringLiteral("Stop");
    QTest::mouseClick(&page.goButton(), Qt::LeftButton);
    QTest::keyClick(&focus, Qt::Key_Escape);
    return says && cancel.size() == 2;
}

/// A test whose cases have a page, or a panel of them, and settings of their own.
template <class Widget>
class OnPage : public QObject {
protected:
    /// For initTestCase().
    void prepare()
    {
        keepSettingsInFiles();
        theme_.apply();
    }
    /// For init(): a new one, that is not shown yet.
    void begin(QSize size)
    {
        folder_ = newFolder();
        widget_ = std::make_unique<Widget>(theme_);
        widget_->resize(size);
    }
    [[nodiscard]] bool show()
    {
        widget_->show();
        return QTest::qWaitForWindowExposed(widget_.get());
    }
    /// For cleanup().
    void end() { widget_.reset(); }
    [[nodiscard]] Widget& shown() { return *widget_; }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<QTemporaryDir> folder_;
    store::Part part_ = accountsPart();

private:
    std::unique_ptr<Widget> widget_;
};

/// One with a page on which one searches among the accounts, one of which is selected.
template <class Page>
class OnSearchPage : public OnPage<Page> {
protected:
    /// For init().
    [[nodiscard]] bool beginOnAccounts()
    {
        this->begin({930, 170});
        page().setPartOf([this](PartId) { return &this->part_; });
        page().setAsked(true, QStringLiteral("account/account-77"), QStringLiteral("account"));
        return this->show();
    }
    [[nodiscard]] Page& page() { return this->shown(); }
    [[nodiscard]] auto& table() { return page().table(); }
    void click(int column) { clickHeader(table(), column); }
    [[nodiscard]] QAction* action(const char* text) { return menuAction(page(), table(), text); }
};

}  // namespace hindcast::ui::test
