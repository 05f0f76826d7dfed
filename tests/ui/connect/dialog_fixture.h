#pragma once
#include "tests/ui/connect/kafka_fixtures.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/profiles.h"
#include "ui/connect/topics_table.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace hindcast::ui::test {

/// A connect dialog whose profiles and settings are a test's own. A test class has it beside QObject and calls it from its slots.
class DialogFixture {
protected:
    /// From initTestCase().
    void prepare()
    {
        theme_.apply();
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
    }

    /// From init(): nothing is remembered from the test before.
    void openAnew()
    {
        forgetAll();
        open();
    }
    void forgetAll()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_->path());
        profiles_ = std::make_unique<Profiles>();
    }

    /// Another dialog in place of the one before, as a user who opens it again has it.
    void open()
    {
        dialog_ = std::make_unique<ConnectDialog>(theme_, *profiles_);
        dialog_->resize(1240, 860);
        dialog_->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
    }

    /// What makes it ready to connect: a cluster that has answered, and its orders, which were sampled.
    void fillIn(const QString& brokers, const QString& workspace, double meanBytes = 0)
    {
        dialog_->setBrokers(brokers);
        dialog_->setWorkspace(workspace);
        dialog_->showTopics(cluster());
        dialog_->topics().setChosen(QStringLiteral("orders"), true);
        dialog_->showSampled(QStringLiteral("orders"), guess(), meanBytes);
        dialog_->showPreview(QStringLiteral("orders"), samples());
    }

    [[nodiscard]] QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> folder_;
    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<Profiles> profiles_;
    std::unique_ptr<ConnectDialog> dialog_;
};

inline const QString kThreeBrokers = QStringLiteral("kafka-1:9094,kafka-2:9094,kafka-3:9094");

}  // namespace hindcast::ui::test
