// Files that models come from, however they are written, and the panel on an open workspace.
#include "core/store/store.h"
#include "tests/ui/session/session_test.h"
#include "ui/models/bind_models.h"
#include "ui/models/code_editor.h"
#include "ui/models/diagnostic_line.h"
#include "ui/models/model_panel.h"
#include "ui/session/script_document.h"

#include <QFile>

#include <cstdio>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(text), text.size());
}

void renameOver(const QString& from, const QString& to)
{
    QCOMPARE(std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()), 0);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString scriptWith(const char* field)
{
    return QStringLiteral("export const entities = {\n  user: { evolve: { $any: (s, e) => ({ ...s, %1: 1 }) } }\n};\n")
        .arg(QLatin1String(field));
}

}  // namespace

class TestModelInSession : public InFolder {
    Q_OBJECT

private slots:
    void init() { QVERIFY(begin()); }

    // ---- files

    void aChangeIsToldHoweverAnEditorWritesIt()
    {
        const QString file = path("a.mjs");
        write(file, "one");
        ModelFiles files;
        QSignalSpy changed(&files, &ModelFiles::changed);
        QSignalSpy vanished(&files, &ModelFiles::vanished);
        QSignalSpy returned(&files, &ModelFiles::returned);
        files.watch({{file, QStringLiteral("one")}});
        QTRY_VERIFY_WITH_TIMEOUT(files.isIdle(), kWaitMs);
        QVERIFY(changed.isEmpty() && vanished.isEmpty());
        const auto told = [&](const char* text) {
            const bool came = QTest::qWaitFor([&] { return !changed.isEmpty(); }, kWaitMs);
            return came && changed.takeLast().at(1).toString() == QLatin1String(text);
        };
        // In place, as VS Code does.
        write(file, "two");
        QVERIFY(told("two"));
        // Another file takes the name, as vim does with 'backupcopy' off, and sed -i: twice, for it is another file then.
        for (const char* text : {"three", "four"}) {
            write(path("new"), text);
            renameOver(path("new"), file);
            QVERIFY(told(text));
        }
        // The old one steps aside first, as vim does too.
        renameOver(file, path("a.mjs~"));
        write(file, "five");
        QVERIFY(told("five"));
        // Cut, and written a little later.
        {
            QFile cut(file);
            QVERIFY(cut.open(QIODevice::WriteOnly | QIODevice::Truncate));
            QVERIFY(cut.flush());
            QTRY_VERIFY_WITH_TIMEOUT(!files.isIdle(), kWaitMs);
            cut.write("six");
        }
        QVERIFY(told("six"));
        QVERIFY(vanished.isEmpty());
        // Gone, and back.
        QVERIFY(QFile::remove(file));
        QTRY_COMPARE_WITH_TIMEOUT(vanished.count(), 1, kWaitMs);
        QVERIFY(files.isMissing(file));
        QVERIFY(changed.isEmpty());
        write(file, "seven");
        QVERIFY(told("seven"));
        QTRY_COMPARE_WITH_TIMEOUT(returned.count(), 1, kWaitMs);
        QVERIFY(!files.isMissing(file));
    }

    void manyWritesInARowAreFewChanges()
    {
        const QString file = path("a.mjs");
        write(file, "0");
        ModelFiles files;
        files.watch({{file, QStringLiteral("0")}});
        QSignalSpy changed(&files, &ModelFiles::changed);
        for (int i = 1; i <= 30; ++i) write(file, QByteArray::number(i));
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty() && changed.last().at(1).toString() == QStringLiteral("30"), kWaitMs);
        QVERIFY2(changed.count() <= 3, qPrintable(QString::number(changed.count())));
    }

    void whatIsSavedIsNoChangeAndTheFileIsWhole()
    {
        const QString file = path("a.mjs");
        write(file, "one");
        ModelFiles files;
        files.watch({{file, QStringLiteral("one")}});
        QSignalSpy changed(&files, &ModelFiles::changed);
        QSignalSpy saved(&files, &ModelFiles::saved);
        for (int i = 0; i < 20; ++i) files.save(file, QStringLiteral("mine %1 ä").arg(i));
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 20, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(files.isIdle(), kWaitMs);
        QCOMPARE(contentOf(file), QByteArray("mine 19 ä"));
        QVERIFY(files.lastWritten(file).isValid());
        // A change of somebody else's is still seen.
        write(file, "theirs");
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, kWaitMs);
        QCOMPARE(changed.first().at(1).toString(), QStringLiteral("theirs"));
    }

    void aFileThatCannotBeWrittenOrReadIsSaid()
    {
        ModelFiles files;
        QSignalSpy failed(&files, &ModelFiles::failed);
        files.save(path("nowhere/a.mjs"), QStringLiteral("x"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QVERIFY(failed.takeFirst().at(0).toString().contains(QStringLiteral("nowhere/a.mjs")));
        files.read(path("none.mjs"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QVERIFY(failed.takeFirst().at(1).toString().contains(QStringLiteral("no such file")));
        write(path("bytes.mjs"), QByteArray("\xff\xfe\x00x", 4));
        files.read(path("bytes.mjs"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QVERIFY(failed.takeFirst().at(1).toString().contains(QStringLiteral("UTF-8")));
        write(path("large.mjs"), QByteArray(ModelFiles::kMostBytes + 1, 'x'));
        files.read(path("large.mjs"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QVERIFY(failed.takeFirst().at(1).toString().contains(QStringLiteral("MB")));
    }

    void whatWasToBeSavedIsWrittenAlsoWhereAllEndsAtOnce()
    {
        const QString file = path("a.mjs");
        {
            ModelFiles files;
            for (int i = 0; i < 10; ++i) files.save(file, QString::number(i));
        }
        QCOMPARE(contentOf(file), QByteArray("9"));
    }

    void aPlaceInAReasonIsFound_data()
    {
        QTest::addColumn<QString>("why");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("message");
        QTest::newRow("file") << "bank.mjs:7:12: x is not defined" << 7 << 12 << "x is not defined";
        QTest::newRow("file and line") << "bank.mjs:7: odd" << 7 << 0 << "odd";
        QTest::newRow("in words") << "odd (line 3, column 4)" << 3 << 4 << "odd (line 3, column 4)";
        QTest::newRow("in brackets") << "odd (bank.mjs:3:4)" << 3 << 4 << "odd (bank.mjs:3:4)";
        QTest::newRow("none") << "the helper cannot be started" << 0 << 0 << "the helper cannot be started";
        QTest::newRow("a time is none") << "at 12:30:45 it stopped" << 0 << 0 << "at 12:30:45 it stopped";
    }
    void aPlaceInAReasonIsFound()
    {
        QFETCH(QString, why);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, message);
        const ModelDiagnostic placed =
            diagnosticOf(Error{"cannot use the model my bank.mjs:7:12", "odd", {}, Error::Kind::BadInput});
        QCOMPARE(std::pair(placed.line, placed.column), std::pair(7, 12));
        QCOMPARE(placed.message, QStringLiteral("odd"));
        const ModelDiagnostic other =
            diagnosticOf(Error{"the model a.mjs has nothing for x", "it has y", {}, Error::Kind::BadInput});
        QCOMPARE(other.message, QStringLiteral("the model a.mjs has nothing for x: it has y"));
        const ModelDiagnostic found = diagnosticOf(Error{"cannot use the model", why.toStdString(), {}, Error::Kind::BadInput});
        QCOMPARE(found.line, line);
        QCOMPARE(found.column, column);
        QCOMPARE(found.message, message);
    }

    // ---- in a workspace

    void aFileThatChangesIsInForceAtOnceForAllThatUseIt()
    {
        writeEvents(path("users.jsonl"), 2, 6);
        const QString file = path("shop.mjs");
        write(file, scriptWith("one").toUtf8());
        const Json document = documentOf({QStringLiteral("shop.mjs"), scriptWith("one"), file});
        {
            Opened opened(path("w.hindcast"));
            QVERIFY(opened.import(path("users.jsonl")));
            QVERIFY(opened.select(QStringLiteral("user/user-0")));
            Session& session = opened.session;
            session.playhead()->setVersion(Version{4});
            for (const char* category : {"user", "other"}) session.saveModel(QString::fromLatin1(category), document);
            QTRY_COMPARE_WITH_TIMEOUT(session.modelFiles()->watched(), QStringList{file}, kWaitMs);
            QTRY_VERIFY_WITH_TIMEOUT(session.models() && session.models()->size() == 2, kWaitMs);
            write(file, scriptWith("two").toUtf8());
            const auto inForce = [&](const char* category, const QString& source) {
                const auto models = session.models();
                const auto found = models->find(category);
                return found != models->end() && scriptOf(*found) && scriptOf(*found)->source == source;
            };
            QTRY_VERIFY_WITH_TIMEOUT(inForce("user", scriptWith("two")) && inForce("other", scriptWith("two")), kWaitMs);
            QVERIFY(opened.idle());
            QCOMPARE(session.playhead()->version(), Version{4});
            QVERIFY(session.state()->model->isScript);
            // Taken back it stays so: the file has not changed since.
            session.undoModel(QStringLiteral("user"));
            QTRY_VERIFY_WITH_TIMEOUT(inForce("user", scriptWith("one")), kWaitMs);
            QTRY_VERIFY_WITH_TIMEOUT(session.modelFiles()->isIdle(), kWaitMs);
            QVERIFY(inForce("user", scriptWith("one")));
            // A file that is gone is said; what it held is used on.
            QSignalSpy failed(&session, &Session::failed);
            QVERIFY(QFile::remove(file));
            const auto said = [&] {
                return std::any_of(failed.begin(), failed.end(), [](const QList<QVariant>& one) {
                    return one.at(0).toString().contains(QLatin1String("gone"));
                });
            };
            QTRY_VERIFY_WITH_TIMEOUT(said(), kWaitMs);
            QVERIFY(inForce("other", scriptWith("two")));
        }
        // What was written while nobody looked is read when the workspace is opened.
        write(file, scriptWith("three").toUtf8());
        Opened again(path("w.hindcast"));
        QTRY_VERIFY_WITH_TIMEOUT(again.session.models() != nullptr, kWaitMs);
        const auto source = [&] { return scriptOf(*again.session.models()->find("user"))->source; };
        QTRY_COMPARE_WITH_TIMEOUT(source(), scriptWith("three"), kWaitMs);
        again.session.close();
        QVERIFY(again.session.modelFiles()->watched().isEmpty());
    }

    void thePanelFollowsTheSelectionAndWhatIsWrittenIsRunAndSaved()
    {
        writeEvents(path("users.jsonl"), 2, 6);
        Opened opened(path("w.hindcast"));
        Theme theme(Theme::Scheme::Light);
        ModelPanel panel(theme);
        bind(panel, opened.session);
        panel.resize(900, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QObject::connect(&panel, &ModelPanel::saveRequested, &opened.session,
                         [&](const QStringList& categories, const ScriptModel& script) {
                             for (const QString& category : categories) opened.session.saveModel(category, documentOf(script));
                         });
        QVERIFY(opened.import(path("users.jsonl")));
        QVERIFY(opened.select(QStringLiteral("user/user-0")));
        QCOMPARE(panel.category(), QStringLiteral("user"));
        QVERIFY(!panel.hasText());

        const QString file = path("shop.mjs");
        write(file, scriptWith("one").toUtf8());
        emit panel.fileRequested(file);
        QTRY_VERIFY_WITH_TIMEOUT(panel.hasText(), kWaitMs);
        QVERIFY(panel.isChanged());
        QVERIFY2(panel.headText().contains(QStringLiteral("runs on user-0 while you type")), qPrintable(panel.headText()));
        // What comes of it stands beside it, or what is wrong with it in the head.
        QTRY_VERIFY_WITH_TIMEOUT(!panel.outcomeText().isEmpty() || !panel.diagnosticLine().isHidden(), kWaitMs);

        panel.saveAction().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.isChanged(), kWaitMs);
        QCOMPARE(panel.category(), QStringLiteral("user"));
        QTRY_VERIFY2_WITH_TIMEOUT(panel.headText().contains(QStringLiteral("version 2")), qPrintable(panel.headText()), kWaitMs);

        // Typed on, and saved: in force, and in the file, which is no change of somebody else's.
        panel.editor().setPlainText(scriptWith("two"));
        QVERIFY(panel.isChanged());
        panel.saveAction().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.isChanged(), kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(file), scriptWith("two").toUtf8(), kWaitMs);
        QVERIFY(opened.idle());
        QTRY_VERIFY_WITH_TIMEOUT(opened.session.modelFiles()->isIdle(), kWaitMs);
        QCOMPARE(opened.session.state()->model->version, 3);

        // Another editor writes the file: the panel shows it, unless something is being written in it.
        write(file, scriptWith("three").toUtf8());
        QTRY_COMPARE_WITH_TIMEOUT(panel.script().source, scriptWith("three"), kWaitMs);
        panel.editor().setPlainText(scriptWith("mine"));
        write(file, scriptWith("four").toUtf8());
        QTRY_VERIFY_WITH_TIMEOUT(panel.diagnosticLine().text().contains(QStringLiteral("Changed elsewhere")) ||
                                     panel.diagnosticLine().toolTip().contains(QStringLiteral("Changed elsewhere")) ||
                                     panel.diagnosticLine().accessibleDescription().contains(QStringLiteral("Changed elsewhere")),
                                 kWaitMs);
        QCOMPARE(panel.script().source, scriptWith("mine"));
        panel.discardAction().trigger();
        QTRY_COMPARE_WITH_TIMEOUT(panel.script().source, scriptWith("four"), kWaitMs);
        QVERIFY(!panel.isChanged());

        opened.session.close();
        QVERIFY(!panel.hasText());
    }

    void aPreviewTakesAnyModelAndSaysWhereItIsWrong()
    {
        writeEvents(path("users.jsonl"), 2, 6);
        Opened opened(path("w.hindcast"));
        QVERIFY(opened.import(path("users.jsonl")));
        QVERIFY(opened.select(QStringLiteral("user/user-0")));
        std::shared_ptr<const ModelPreview> preview;
        connect(&opened.session, &Session::modelPreviewReady, this,
                [&](const std::shared_ptr<const ModelPreview>& one) { preview = one; });
        opened.session.previewModel(1, *parseJson("{\"builtIn\":\"latest\"}"));
        QVERIFY(opened.idle());
        QVERIFY(preview && preview->view && preview->diagnostics.empty());
        QCOMPARE(preview->view->modelName, QStringLiteral("latest"));
        opened.session.previewModel(2, *parseJson("{\"builtIn\":\"nothing\"}"));
        QVERIFY(opened.idle());
        QVERIFY(preview->ticket == 2 && !preview->view);
        QCOMPARE(preview->diagnostics.size(), std::size_t{1});
        // One that stops at an event says at which.
        opened.session.previewModel(
            3,
            *parseJson(
                "{\"entity\":\"user\",\"initial\":{\"a\":\"text\"},\"on\":{\"*\":[{\"add\":\"/a\",\"value\":{\"const\":1}}]}}"));
        QVERIFY(opened.idle());
        QVERIFY(preview->ticket == 3 && preview->view);
        QCOMPARE(preview->diagnostics.size(), std::size_t{1});
        QVERIFY2(preview->diagnostics.front().message.contains(QStringLiteral("at event #")),
                 qPrintable(preview->diagnostics.front().message));
    }
};

QTEST_MAIN(TestModelInSession)
#include "test_model_in_session.moc"
