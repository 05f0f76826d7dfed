// How records become events: what the fields of a mapping take, and what is shown of it.
#include "tests/ui/connect/dialog_fixture.h"
#include "ui/connect/field_text.h"
#include "ui/connect/mapping_candidates.h"
#include "ui/connect/mapping_dialog.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/topics_table.h"
#include "ui/look/shown_zone.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolButton>

#include <set>
#include <string>

using namespace hindcast;
using namespace hindcast::ui;
using test::cluster;
using test::fromValue;
using test::guess;
using test::samples;

class TestMapping final : public QObject, private test::DialogFixture {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { openAnew(); }

    void placesAreWrittenAndReadAlike_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"message key", "message key /id", "/order_id", "/a~1b/0", "value", "header ce_type", "topic", "state /name",
              "constant “user”", "constant “”", "constant “a ; b”", "message key · split “-” take 1", "/id · split “::” take -1",
              "/id · regex ^(\\w+) · x", "message key · split “-” take 0 · regex (\\d+)"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void placesAreWrittenAndReadAlike()
    {
        QFETCH(QString, text);
        const auto field = fieldFromText(text);
        QVERIFY2(field.has_value(), field ? "" : qPrintable(field.error()));
        QCOMPARE(fieldText(*field), text);
        const auto again = fieldFromText(fieldText(*field));
        QVERIFY(again && *again == *field);
    }

    void shorterFormsAreUnderstoodAndOthersAreRefusedWithAWord()
    {
        QCOMPARE(fieldText(*fieldFromText(QStringLiteral("key"))), QStringLiteral("message key"));
        QCOMPARE(fieldText(*fieldFromText(QStringLiteral("\"user\""))), QStringLiteral("constant “user”"));
        QCOMPARE(fieldText(*fieldFromText(QStringLiteral("constant \"user\""))), QStringLiteral("constant “user”"));
        QVERIFY(fieldFromText(QStringLiteral("order_id")).error().contains(QStringLiteral("“order_id”")));
        QVERIFY(!fieldFromText(QStringLiteral("/a~2")).has_value());
        QVERIFY(!fieldFromText(QStringLiteral("header ")).has_value());
        QCOMPARE(fieldsFromText(QStringLiteral("/a + /b"))->size(), std::size_t(2));
        const auto others = otherEntitiesFromText(QStringLiteral("constant “order”: /order_id; topic: /a + /b"));
        QVERIFY(others && others->size() == 2);
        QCOMPARE(otherEntitiesText(*others), QStringLiteral("constant “order”: /order_id; topic: /a + /b"));
        QVERIFY(!otherEntitiesFromText(QStringLiteral("order")).has_value());
    }

    void candidatesComeFromTheSamples()
    {
        const MappingCandidates found = candidatesOf(QStringLiteral("shop.orders"), samples());
        QCOMPARE(found.pointers.mid(0, 2), QStringList({QStringLiteral("/event_type"), QStringLiteral("/timestamp")}));
        QVERIFY(found.pointers.contains(QStringLiteral("/order_id")));
        QCOMPARE(found.headers, QStringList{QStringLiteral("header ce_type")});
        QVERIFY(found.constants.contains(QStringLiteral("constant “order”")));
    }

    void tabsKeepTheKeyboardOnlyWhereThereAreAny()
    {
        fill();
        auto* tabs = dialog_->findChild<QTabBar*>();
        QVERIFY(tabs != nullptr && tabs->isVisible());
        tabs->setFocus();
        QVERIFY(tabs->hasFocus());
        dialog_->topics().setChosen(QStringLiteral("payments"), true);
        QVERIFY(tabs->hasFocus());
        for (const QString& topic : dialog_->topics().chosen()) dialog_->topics().setChosen(topic, false);
        QVERIFY(!tabs->isVisible() && !tabs->hasFocus());
    }

    void allChosenTopicsAreSampledOneAfterTheOther()
    {
        QSignalSpy sampling(dialog_.get(), &ConnectDialog::sampleWanted);
        fill();
        dialog_->topics().setChosen(QStringLiteral("payments"), true);
        dialog_->topics().setChosen(QStringLiteral("audit"), true);
        QCOMPARE(sampling.count(), 2);
        QCOMPARE(sampling.last().at(1).toString(), QStringLiteral("payments"));
        dialog_->showSampled(QStringLiteral("payments"), guess());
        QCOMPARE(sampling.count(), 3);
        QCOMPARE(sampling.last().at(1).toString(), QStringLiteral("audit"));
        dialog_->showFailed(QStringLiteral("cannot read audit"), QStringLiteral("not authorised"), {});
        QCOMPARE(sampling.count(), 3);
    }

    void aChosenTopicIsSampledGuessedAndPreviewed()
    {
        QSignalSpy sampling(dialog_.get(), &ConnectDialog::sampleWanted);
        QSignalSpy previews(dialog_.get(), &ConnectDialog::previewWanted);
        fill();
        QCOMPARE(sampling.count(), 1);
        QCOMPARE(sampling.at(0).at(1).toString(), QStringLiteral("orders"));
        QCOMPARE(previews.count(), 1);
        QCOMPARE(dialog_->mapping().field(MappingEditor::Type).currentText(), QStringLiteral("/event_type"));
        QCOMPARE(dialog_->mapping().field(MappingEditor::Category).currentText(), QStringLiteral("constant “user”"));
        QCOMPARE(dialog_->samples().verdict(), QStringLiteral("4 of 5 samples decode · 1 reject is kept and shown"));
        QVERIFY(dialog_->connectButton().isEnabled());
        test::picture(*dialog_, QStringLiteral("connect"));
    }

    void theTimesOfTheSamplesSayTheirZone()
    {
        const auto title = [&] { return dialog_->samples().columns().at(SampleTable::Time).title; };
        QCOMPARE(title(), QStringLiteral("time"));  // of nothing
        dialog_->samples().setSamples(test::samples());
        QCOMPARE(title(), QStringLiteral("time (UTC)"));
        setShownZone(ShownZone::Local);
        const Timestamp when = test::samples().front().event.time;
        QCOMPARE(title(), QStringLiteral("time (%1)").arg(zoneName(when)));
        setShownZone(ShownZone::Utc);
        QCOMPARE(title(), QStringLiteral("time (UTC)"));
    }

    void editingTheMappingPreviewsItAndNonsenseDoesNot()
    {
        fill();
        QSignalSpy previews(dialog_.get(), &ConnectDialog::previewWanted);
        dialog_->mapping().field(MappingEditor::Id).setEditText(QStringLiteral("/order_id"));
        QCOMPARE(previews.count(), 1);
        const auto mapping = previews.takeLast().at(1).value<decode::Mapping>();
        QCOMPARE(mapping.entities.front().id.front().at.text(), std::string("/order_id"));
        QCOMPARE(mapping.entities.front().category->constant, std::string("user"));
        dialog_->mapping().field(MappingEditor::Type).setEditText(QStringLiteral("event type"));
        QCOMPARE(previews.count(), 0);
        QVERIFY(dialog_->mapping().error().contains(QStringLiteral("“event type”")));
        QVERIFY(!dialog_->connectButton().isEnabled());
        dialog_->mapping().field(MappingEditor::Type).setEditText(QString());
        QVERIFY(dialog_->connectButton().isEnabled());
        QVERIFY(!dialog_->request()->ingest.mappings.front().type.has_value());
    }

    void aPlaceThatNoRecordHasIsWarnedOf()
    {
        RecordBatch batch;
        const auto add = [&](std::optional<std::string_view> value) {
            RawRecord record;
            record.key = "user-1";
            record.value = value;
            batch.records.push_back(record);
        };
        add("{\"kind\":\"Placed\",\"at\":\"2025-11-04T09:14:22Z\"}");
        add("{\"kind\":\"Paid\",\"total\":42}");
        add("{\"kind\":");  // a reject
        add(std::nullopt);  // a tombstone
        decode::Mapping mapping;
        mapping.topic = "orders";
        mapping.entities = {{fromValue("/who"), {decode::FieldSource{decode::FieldSource::From::Key, {}, {}, {}, {}, 0, {}}}}};
        mapping.type = fromValue("/nowhere");
        mapping.time = decode::TimeRule{fromValue("/at"), TimeUnit::Iso, 0};  // in one of them
        SampleTable table(theme_);
        table.setSamples(viewsOf(batch, "orders", mapping));
        QCOMPARE(table.absentWords(), QStringLiteral("/who is in none of 2 samples · /nowhere is in none of 2 samples"));
        QCOMPARE(table.verdict(), QStringLiteral("3 of 4 samples decode · 1 reject is kept and shown · ") + table.absentWords());
        mapping.entities.front().category.reset();
        mapping.type = fromValue("/kind");
        table.setSamples(viewsOf(batch, "orders", mapping));
        QVERIFY2(table.absentWords().isEmpty(), qPrintable(table.absentWords()));

        fill();
        auto views = samples();
        for (SampleView& view : views) {
            view.searched = true;
            view.absent = {fromValue("/nowhere")};
        }
        dialog_->showPreview(QStringLiteral("orders"), views);
        QVERIFY2(dialog_->verdict().contains(QStringLiteral("/nowhere is in none of 5 samples")), qPrintable(dialog_->verdict()));
        QVERIFY(dialog_->connectButton().isEnabled());
        for (const QLabel* label : dialog_->findChildren<QLabel*>())
            if (label->accessibleName() == QStringLiteral("What is to be known before connecting"))
                QCOMPARE(label->property("role").toString(), QStringLiteral("warning"));
    }

    void aFailedSampleLeavesTheMappingToBeSet()
    {
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        dialog_->showTopics(cluster());
        dialog_->topics().setChosen(QStringLiteral("orders"), true);
        dialog_->showFailed(QStringLiteral("cannot read orders"), QStringLiteral("not authorised"), QString());
        QVERIFY(dialog_->samples().emptyText().contains(QStringLiteral("not authorised")));
        dialog_->setWorkspace(QStringLiteral("/tmp/x.hindcast"));
        QVERIFY(dialog_->request().has_value());
        QVERIFY(dialog_->request()->ingest.mappings.empty());
    }

    void debeziumNeedsNothingToBeSet()
    {
        fill();
        auto rows = samples();
        for (SampleView& row : rows) row.event.decodedAs = "JSON · Debezium";
        dialog_->showPreview(QStringLiteral("orders"), rows);
        QVERIFY(!dialog_->mapping().field(MappingEditor::Id).isEnabled());
    }

    void thatDebeziumNeedsNothingIsSaid()
    {
        fill();
        QVERIFY(dialog_->mappingHint().contains(QStringLiteral("guessed from 5 samples")));
        auto rows = samples();
        for (SampleView& row : rows) row.event.decodedAs = "JSON · Debezium";
        dialog_->showPreview(QStringLiteral("orders"), rows);
        QCOMPARE(dialog_->mappingHint(), QStringLiteral("Debezium: nothing to set"));
    }

    void largeSamplesAreLookedThroughOnlyAsFarAsTheWindowNeedNotWait()
    {
        std::vector<SampleView> large;
        for (int i = 0; i < 60; ++i) {
            const std::string name = "n" + std::to_string(i);
            const std::string value = "{\"" + name + "\":\"" + std::string(20'000, 'x') + "\"}";
            large.push_back(test::sample("7", "Large", "2025-11-04T09:14:22Z", value.c_str()));
        }
        large.push_back(samples().front());
        const QStringList found = candidatesOf(QStringLiteral("orders"), large).pointers;
        QVERIFY(found.contains(QStringLiteral("/n0")) && found.contains(QStringLiteral("/n2")));
        QVERIFY(!found.contains(QStringLiteral("/n3")));
    }

    void theGuessIsThereForWhatCannotBeUnderstood()
    {
        MappingDialog mappings(theme_, {QStringLiteral("orders")}, {});
        mappings.show();
        mappings.begin();
        mappings.showSampled(QStringLiteral("orders"), guess().mapping, guess());
        mappings.showPreview(QStringLiteral("orders"), samples());
        QVERIFY(!mappings.guessButton().isEnabled());  // it is what holds
        MappingEditor& editor = mappings.editor();
        editor.field(MappingEditor::Type).setEditText(QStringLiteral("no place"));
        QVERIFY(!editor.error().isEmpty());
        QVERIFY(mappings.guessButton().isEnabled() && !mappings.applyButton().isEnabled());
        mappings.guessButton().click();
        QVERIFY(editor.error().isEmpty());
        QCOMPARE(editor.field(MappingEditor::Type).currentText(), QStringLiteral("/event_type"));
        QVERIFY(!mappings.guessButton().isEnabled());
        // Beside other mistakes, too.
        editor.field(MappingEditor::Id).setEditText(QStringLiteral("/order_id"));
        editor.field(MappingEditor::Time).setEditText(QStringLiteral("no place"));
        mappings.guessButton().click();
        QCOMPARE(editor.field(MappingEditor::Id).currentText(), QStringLiteral("message key"));
        QVERIFY(editor.error().isEmpty());
    }

    void typesOfWhatIsStoredLookAsTheyDoInTheWindow()
    {
        MappingDialog mappings(theme_, {QStringLiteral("orders")}, {});
        mappings.show();
        mappings.begin();
        mappings.showSampled(QStringLiteral("orders"), guess().mapping, guess());
        mappings.showPreview(QStringLiteral("orders"), samples());
        const std::string type = samples().front().event.type;
        mappings.samples().setSeriesOf([&](const std::string& name) { return name == type ? 5 : -1; });
        QCOMPARE(mappings.samples().series(type), 5);
        QCOMPARE(mappings.samples().series("NeverHeardOf"), -1);
        const QImage picture = mappings.samples().grab().toImage();
        std::set<QRgb> seen;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x) seen.insert(picture.pixel(x, y));
        QVERIFY(seen.contains(theme_.series(5).rgb()));
        QVERIFY(!seen.contains(theme_.series(0).rgb()));  // of the dialog's own it would be the first
    }

    void candidatesThatComeDoNotDisturbWhoWrites()
    {
        MappingEditor editor(theme_);
        editor.setMapping(guess().mapping);
        editor.show();
        QLineEdit* line = editor.field(MappingEditor::Type).lineEdit();
        line->setFocus();
        line->selectAll();
        const MappingCandidates candidates = candidatesOf(QStringLiteral("orders"), samples());
        connect(&editor, &MappingEditor::mappingChanged, &editor, [&] { editor.setCandidates(candidates); });
        editor.setCandidates(candidates);
        QTest::keyClicks(line, QStringLiteral("/user_id"));
        QCOMPARE(line->text(), QStringLiteral("/user_id"));
        line->setCursorPosition(1);
        QTest::keyClicks(line, QStringLiteral("xyz"));
        QCOMPARE(line->text(), QStringLiteral("/xyzuser_id"));
    }

    void theMappingOfWhatIsStoredIsCorrected()
    {
        decode::Mapping stored;
        stored.topic = "orders";
        MappingDialog mappings(theme_, {QStringLiteral("orders"), QStringLiteral("users")}, {});
        QSignalSpy wanted(&mappings, &MappingDialog::sampleWanted);
        QSignalSpy preview(&mappings, &MappingDialog::previewWanted);
        QSignalSpy applied(&mappings, &MappingDialog::applyWanted);
        mappings.show();
        mappings.begin(QStringLiteral("users"));
        mappings.begin(QStringLiteral("orders"));
        QCOMPARE(wanted.takeLast().at(0).toString(), QStringLiteral("orders"));
        QVERIFY(!mappings.applyButton().isEnabled() && !mappings.editor().isEnabled());
        decode::Mapping other;
        other.topic = "users";
        mappings.showSampled(QStringLiteral("users"), other, guess());
        mappings.showSampled(QStringLiteral("orders"), stored, guess());
        mappings.showPreview(QStringLiteral("orders"), samples());
        QVERIFY(!mappings.applyButton().isEnabled() && mappings.editor().isEnabled());
        auto* use = mappings.findChildren<QPushButton*>().at(0);
        QCOMPARE(use->text(), QStringLiteral("Use the guess"));
        use->click();
        QVERIFY(!use->isEnabled());
        QVERIFY(mappings.applyButton().isEnabled());
        QVERIFY(preview.last().at(1).value<decode::Mapping>() == guess().mapping);
        test::picture(mappings, QStringLiteral("mapping"));
        mappings.applyButton().click();
        // A topic that was only looked at keeps what it has, and where it has it from.
        const auto changed = applied.first().at(0).value<std::vector<decode::Mapping>>();
        QCOMPARE(changed.size(), std::size_t{1});
        QVERIFY(changed[0] == guess().mapping);
        QVERIFY(!mappings.isVisible());

        MappingDialog readOnly(theme_, {QStringLiteral("orders")}, QStringLiteral("read-only: process 7 writes it"));
        readOnly.begin();
        readOnly.showSampled(QStringLiteral("orders"), stored, guess());
        QVERIFY(!readOnly.applyButton().isEnabled() && !readOnly.editor().isEnabled());
    }

private:
    void fill()
    {
        fillIn(test::kThreeBrokers, QStringLiteral("/tmp/shop.hindcast"));
        QTest::qWait(10);
    }
};

QTEST_MAIN(TestMapping)
#include "test_mapping.moc"
