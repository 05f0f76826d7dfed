#include "core/store/store.h"
#include "tests/ui/session/session_test.h"
#include "ui/session/diff_order.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

QStringList pointersOf(const Changes& changes)
{
    QStringList pointers;
    for (const Change& change : changes) pointers << QString::fromStdString(change.pointer);
    return pointers;
}

}  // namespace

/// The rules that rebuild states.
class TestSessionModels : public InFolder {
    Q_OBJECT

private slots:
    void init() { QVERIFY(begin()); }

    void aDiffOfOneEventHasItsOrder()
    {
        using Op = Change::Op;
        const auto at = [](Op op, const char* pointer) { return Change{op, pointer, Json(), Json()}; };
        const Changes written{at(Op::Add, ""),       at(Op::Same, "/e"),      at(Op::Replace, "/b/x/1"),
                              at(Op::Replace, "/c"), at(Op::Replace, "/b/y"), at(Op::Replace, "/a")};
        const Changes found{at(Op::Replace, "/a"),      at(Op::Replace, "/b/x"), at(Op::Replace, "/b/y"),
                            at(Op::Replace, "/c/deep"), at(Op::Add, "/z"),       at(Op::Add, "/e")};
        QCOMPARE(pointersOf(inOrderWritten(found, written)), (QStringList{"/b/x", "/c/deep", "/b/y", "/a", "/z", "/e"}));
        // What is no pointer has no place either.
        const Changes odd{at(Op::Add, "z"), at(Op::Replace, "/a")};
        QCOMPARE(pointersOf(inOrderWritten(odd, Changes{at(Op::Replace, "b"), at(Op::Replace, "/a")})), (QStringList{"/a", "z"}));
    }

    void rulesThatWaitWhenTheWorkspaceIsClosedAreSaved()
    {
        const QString path = folder_->filePath(QStringLiteral("closed.hindcast"));
        Opened opened(path);
        for (const char* category : {"a", "b", "c"})
            opened.session.saveModel(QString::fromLatin1(category), *parseJson(R"({"builtIn":"latest"})"));
        opened.session.close();
        QSignalSpy again(&opened.session, &Session::opened);
        opened.session.open(path, false);
        QVERIFY(again.wait(kWaitMs));
        QVERIFY(opened.session.readOnlyBecause().isEmpty());
        auto store = store::Store::open(path.toStdString(), store::Mode::ReadOnly);
        const auto models = (*(*store)->reader())->setting("models");
        QVERIFY(models.has_value() && models->has_value());
        QCOMPARE((*models)->size(), std::size_t{3});
    }

    void aRuleIsInForceAtOnceThePlayheadStaysAndItCanBeTakenBack()
    {
        const QString path = folder_->filePath(QStringLiteral("rules.hindcast"));
        const QString file = folder_->filePath(QStringLiteral("rules.jsonl"));
        writeEvents(file, 2, 6);
        const Json rules = *parseJson(
            R"({"entity":"user","initial":{},"on":{"AddressChanged":[{"add":"/moves","value":{"const":1}}]},"otherwise":[{"merge":""}]})");
        QString merged;
        {
            Opened opened(path);
            QVERIFY(opened.import(file));
            QVERIFY(opened.select(QStringLiteral("user/user-0")));
            Session& session = opened.session;
            session.playhead()->setVersion(Version{4});
            QVERIFY(opened.idle());
            merged = stateText(session);
            QCOMPARE(session.state()->model->note, QStringLiteral("last seen values, no model"));
            QVERIFY(session.state()->model->whyNoRules.isEmpty());

            std::shared_ptr<const ModelPreview> preview;
            connect(&session, &Session::modelPreviewReady, this,
                    [&](const std::shared_ptr<const ModelPreview>& one) { preview = one; });
            session.previewModel(7, rules);
            QVERIFY(opened.idle());
            QVERIFY(preview && preview->view);
            QCOMPARE(preview->ticket, std::uint64_t{7});
            QVERIFY(toText(preview->view->state.document).find(R"("moves":3)") != std::string::npos);
            QCOMPARE(stateText(session), merged);  // a preview changes nothing
            session.previewModel(8, *parseJson(R"({"entity":"user","on":{"A":[{"set":"x","value":{"const":1}}]}})"));
            QVERIFY(opened.idle());
            QVERIFY(!preview->view && preview->error.contains(QStringLiteral("no JSON Pointer")));

            QSignalSpy changed(&session, &Session::modelsChanged);
            session.saveModel(QStringLiteral("user"), rules);
            QVERIFY(QTest::qWaitFor([&] { return !changed.isEmpty(); }, kWaitMs) && opened.idle());
            QCOMPARE(session.playhead()->version(), Version{4});
            QVERIFY2(stateText(session).contains(QStringLiteral("\"moves\":3")), qPrintable(stateText(session)));
            QVERIFY(session.state()->model->isRules);
            QCOMPARE(session.state()->model->version, 2);
            QTRY_VERIFY_WITH_TIMEOUT(session.state()->provenance != nullptr, kWaitMs);
            QCOMPARE(session.state()->provenance->setBy("/moves", Version{4}), std::optional(Version{4}));
            Changes fourth;
            connect(&session, &Session::changesReady, this,
                    [&](Version, const std::vector<Changes>& all) { fourth = all.front(); });
            session.requestChanges(Version{4}, Version{4});
            QVERIFY(opened.idle());
            QCOMPARE(fourth.size(), std::size_t{1});
            QCOMPARE(QString::fromStdString(fourth.front().pointer), QStringLiteral("/moves"));
        }
        Opened again(path, false);
        QVERIFY(again.select(QStringLiteral("user/user-0")));
        QCOMPARE(again.session.state()->model->version, 2);
        QSignalSpy changed(&again.session, &Session::modelsChanged);
        // Two at once: each builds on the one before.
        again.session.saveModel(QStringLiteral("user"), rules);
        again.session.undoModel(QStringLiteral("user"));
        again.session.undoModel(QStringLiteral("user"));
        QVERIFY(QTest::qWaitFor([&] { return changed.size() == 3; }, kWaitMs) && again.idle());
        again.session.playhead()->setVersion(Version{4});
        QVERIFY(again.idle());
        QCOMPARE(stateText(again.session), merged);
        QCOMPARE(again.session.state()->model->version, 1);
        QVERIFY(!again.session.state()->model->document);

        Opened readOnly(path, false);
        QVERIFY(!readOnly.session.readOnlyBecause().isEmpty());
        QVERIFY(readOnly.select(QStringLiteral("user/user-0")));
        QSignalSpy failed(&readOnly.session, &Session::failed);
        readOnly.session.saveModel(QStringLiteral("user"), rules);
        QVERIFY(QTest::qWaitFor([&] { return !failed.isEmpty(); }, kWaitMs));
        QCOMPARE(failed.first().at(0).toString(), QStringLiteral("cannot save the rules of user"));
        QVERIFY2(failed.first().at(1).toString().contains(QStringLiteral("read only")),
                 qPrintable(failed.first().at(1).toString()));
    }

    void aRuleIsSavedWhileSomethingIsBeingRead()
    {
        const QString path = folder_->filePath(QStringLiteral("rules-reading.hindcast"));
        const QString small = folder_->filePath(QStringLiteral("small.jsonl"));
        const QString large = folder_->filePath(QStringLiteral("large.jsonl"));
        writeEvents(small, 1, 3);
        writeEvents(large, 400, 400);
        Opened opened(path);
        QVERIFY(opened.import(small, "small"));
        QVERIFY(opened.select(QStringLiteral("user/user-0")));
        Session& session = opened.session;
        session.importFile(large, {}, {eventsMapping("large")});
        QVERIFY(session.reading().reading);
        QSignalSpy changed(&session, &Session::modelsChanged);
        session.saveModel(QStringLiteral("user"),
                          *parseJson(R"({"entity":"user","on":{"*":[{"add":"/n","value":{"const":1}}]}})"));
        QVERIFY(QTest::qWaitFor([&] { return !changed.isEmpty(); }, kWaitMs));
        QVERIFY(session.reading().reading);  // it did not wait for the end
        QVERIFY(QTest::qWaitFor([&] { return !session.reading().reading; }, 120'000) && opened.idle());
        QVERIFY(!session.reading().failed);
        QCOMPARE(session.counts().events, std::uint64_t{3 + 400 * 400});
        session.playhead()->toLast();
        QVERIFY(opened.idle());
        QCOMPARE(stateText(session), QStringLiteral("{\"n\":403}"));
    }
};

QTEST_GUILESS_MAIN(TestSessionModels)
#include "test_session_models.moc"
