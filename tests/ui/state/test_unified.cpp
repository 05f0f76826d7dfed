// Two states as the text of a patch.
#include "tests/ui/fixtures.h"
#include "ui/state/unified_text.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

QString unified(const Json* a, const Json* b, const char* key = "", std::size_t context = 3)
{
    return QString::fromStdString(unifiedText(a, b, "v1", "v2", key, context));
}

/// What a state is copied as, in a file.
QByteArray fileOf(const Json* state)
{
    return state != nullptr ? QByteArray::fromStdString(toText(*state, 2)) + '\n' : QByteArray();
}

/// States that resemble each other: few names, few values, lists of objects with ids.
class States {
public:
    explicit States(unsigned seed) : random_(seed) {}

    Json state() { return members(0); }
    /// The same with some of it changed, moved, added and gone.
    Json after(const Json& before, int depth = 0)
    {
        if (before.is_object()) {
            std::vector<std::pair<std::string, Json>> kept;
            for (const auto& [name, value] : before.get_ref<const Json::object_t&>())
                if (!oneIn(8)) kept.emplace_back(name, after(value, depth + 1));
            if (oneIn(5)) std::ranges::shuffle(kept, random_);
            if (oneIn(4)) kept.emplace_back("new" + std::to_string(random_() % 9), value(depth + 1));
            Json out = Json::object();
            for (auto& [name, one] : kept) out[name] = std::move(one);
            return out;
        }
        if (before.is_array()) {
            std::vector<Json> kept;
            for (const Json& item : before)
                if (!oneIn(6)) kept.push_back(after(item, depth + 1));
            if (oneIn(4)) std::ranges::shuffle(kept, random_);
            if (oneIn(3)) kept.insert(kept.begin(), value(depth + 1));
            return Json(kept);
        }
        return oneIn(6) ? value(depth) : before;
    }
    bool oneIn(unsigned n) { return random_() % n == 0; }

private:
    Json value(int depth)
    {
        switch (random_() % (depth > 3 ? 5U : 8U)) {
            case 0: return Json(static_cast<std::int64_t>(random_() % 4));
            case 1: return Json("text " + std::to_string(random_() % 4));
            case 2: return Json("two\nlines, \"quoted\" \xC3\xA9");
            case 3: return Json(nullptr);
            case 4: return random_() % 2 != 0 ? Json::object() : Json::array();
            case 5: return items(depth);
            default: return members(depth);
        }
    }
    Json members(int depth)
    {
        Json out = Json::object();
        for (unsigned i = 0, count = random_() % 7; i < count; ++i) out["m" + std::to_string(random_() % 12)] = value(depth + 1);
        return out;
    }
    Json items(int depth)
    {
        Json out = Json::array();
        for (unsigned i = 0, count = random_() % 6; i < count; ++i) {
            Json item = Json::object();
            item["id"] = static_cast<std::int64_t>(random_() % 6);
            item["n"] = value(depth + 1);
            out.push_back(std::move(item));
        }
        return out;
    }

    std::mt19937 random_;
};

}  // namespace

class TestUnified final : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    static bool hasPatch() { return !QStandardPaths::findExecutable(QStringLiteral("patch")).isEmpty(); }
    /// What `patch` makes of a file of A's; fails where it complains.
    QByteArray patched(const QByteArray& before, const QString& patch, int fuzz = 0)
    {
        const auto write = [&](const char* name, const QByteArray& bytes) {
            QFile file(folder_.filePath(QString::fromLatin1(name)));
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        if (!write("a.json", before) || !write("ab.diff", patch.toUtf8())) return "cannot write";
        QProcess process;
        process.setWorkingDirectory(folder_.path());
        process.start(QStringLiteral("patch"), {QStringLiteral("--fuzz=%1").arg(fuzz), QStringLiteral("--output=b.json"),
                                                QStringLiteral("a.json"), QStringLiteral("ab.diff")});
        if (!process.waitForFinished() || process.exitCode() != 0)
            return process.readAllStandardOutput() + process.readAllStandardError();
        QFile made(folder_.filePath(QStringLiteral("b.json")));
        return made.open(QIODevice::ReadOnly) ? made.readAll() : QByteArray("nothing was made");
    }

private slots:
    void itsLinesAreThoseOfTheStateAsItIsCopied()
    {
        const Json a = test::json(R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9})");
        const Json b = test::json(R"({"a":1,"b":2,"c":3,"d":4,"e":55,"f":6,"g":7,"h":8,"i":9})");
        QCOMPARE(unified(&a, &b, "", 1),
                 QStringLiteral("--- v1\n+++ v2\n@@ -5,3 +5,3 @@\n   \"d\": 4,\n-  \"e\": 5,\n+  \"e\": 55,\n   \"f\": 6,\n"));
        QCOMPARE(unified(&a, &a), QString());
        QCOMPARE(unified(nullptr, nullptr), QString());
    }

    void aSideWithoutAStateHasNoLines()
    {
        const Json a = test::json(R"({"x":[]})");
        QCOMPARE(unified(nullptr, &a), QStringLiteral("--- v1\n+++ v2\n@@ -0,0 +1,3 @@\n+{\n+  \"x\": []\n+}\n"));
        QCOMPARE(unified(&a, nullptr), QStringLiteral("--- v1\n+++ v2\n@@ -1,3 +0,0 @@\n-{\n-  \"x\": []\n-}\n"));
    }

    void aMemberBehindTheLastBringsTheCommaBeforeIt()
    {
        const Json a = test::json(R"({"x":1})");
        const Json b = test::json(R"({"x":1,"y":2})");
        QCOMPARE(unified(&a, &b),
                 QStringLiteral("--- v1\n+++ v2\n@@ -1,3 +1,4 @@\n {\n-  \"x\": 1\n+  \"x\": 1,\n+  \"y\": 2\n }\n"));
    }

    void itemsStandBesideThoseWithTheirKey()
    {
        const Json a = test::json(R"([{"id":1,"n":1},{"id":2,"n":2},{"id":3,"n":3}])");
        const Json b = test::json(R"([{"id":0,"n":1},{"id":2,"n":9},{"id":3,"n":8}])");
        const QString text = unified(&a, &b, "id", 0);
        QVERIFY2(text.contains(QStringLiteral("\n-    \"n\": 2\n+    \"n\": 9\n")), qPrintable(text));
    }

    void farDifferencesAreHunksOfTheirOwn()
    {
        Json a = Json::object();
        for (int i = 0; i < 40; ++i) a["m" + std::to_string(i)] = i;
        Json b = a;
        b["m3"] = "x";
        b["m10"] = "x";  // six lines between: one hunk
        b["m30"] = "x";
        const QString text = unified(&a, &b);
        QCOMPARE(text.count(QStringLiteral("@@ -")), 2);
        QVERIFY2(text.contains(QStringLiteral("@@ -2,14 +2,14 @@\n")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("@@ -29,7 +29,7 @@\n")), qPrintable(text));
    }

    void aNameOfTwoLinesIsOne()
    {
        const Json a = test::json("1");
        const Json b = test::json("2");
        QCOMPARE(QString::fromStdString(unifiedText(&a, &b, "v1 A\nB", "v2")).section(QLatin1Char('\n'), 0, 1),
                 QStringLiteral("--- v1 A B\n+++ v2"));
    }

    void patchMakesOneStateOfTheOther()
    {
        if (!hasPatch()) QSKIP("there is no program patch here");
        int changed = 0;
        for (unsigned seed = 0; seed < 300; ++seed) {
            States states(seed);
            const Json before = states.state();
            const Json after = states.after(before);
            const Json* a = states.oneIn(30) ? nullptr : &before;
            const Json* b = &after;
            const QString text = unified(a, b, states.oneIn(2) ? "id" : "", states.oneIn(4) ? 0 : 3);
            if (text.isEmpty()) {
                QCOMPARE(fileOf(a), fileOf(b));
                continue;
            }
            ++changed;
            QVERIFY2(patched(fileOf(a), text) == fileOf(b), qPrintable(QStringLiteral("seed %1\n%2").arg(seed).arg(text)));
        }
        QVERIFY(changed > 150);
    }

    /// As it is pasted from the clipboard.
    void aFileWithoutALastLineFeedIsPatchedToo()
    {
        if (!hasPatch()) QSKIP("there is no program patch here");
        const Json a = test::json(R"({"a":1,"b":{"c":2}})");
        const Json b = test::json(R"({"a":3,"b":{"c":2,"d":4}})");
        constexpr int kUsual = 2;
        QCOMPARE(patched(fileOf(&a).chopped(1), unified(&a, &b), kUsual).trimmed(), fileOf(&b).trimmed());
    }

    void manyMovedLinesTakeNoLong()
    {
        std::string forth = "{";
        std::string back = "{";
        constexpr int kMembers = 100'000;
        for (int i = 0; i < kMembers; ++i) {
            forth += (i > 0 ? ",\"m" : "\"m") + std::to_string(i) + "\":1";
            back += (i > 0 ? ",\"m" : "\"m") + std::to_string(kMembers - 1 - i) + "\":1";
        }
        const Json a = test::json((forth + "}").c_str());
        const Json b = test::json((back + "}").c_str());
        const QString text = unified(&a, &b);
        QVERIFY(text.count(QLatin1Char('\n')) > kMembers);
    }
};

QTEST_MAIN(TestUnified)
#include "test_unified.moc"
