// Expressions said in JavaScript: what they look like, and that node comes to the same verdicts.
#include "core/expression/javascript.h"
#include "tests/unit/expression/expression_test.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <random>

using namespace hindcast;
using namespace hindcast::expression;
using namespace hindcast::expression::test;

namespace {

std::string js(std::string_view text)
{
    const auto parsed = Expression::parse(text);
    return parsed ? inJavaScript(**parsed).value_or("(none)") : "wrong: " + parsed.error().message;
}

// Values of all kinds that JSON has, some of them alike.
constexpr std::string_view kStates[] = {
    R"({"n": 1, "m": 2.5, "t": "b", "u": "ä", "y": true, "z": null, "l": [1, "b", {"n": 1}], "o": {"n": 1, "0": [true]}, "e": []})",
    R"({"n": 2.5, "m": 1, "t": "5", "u": "\uFF5E", "y": false, "z": 1, "l": [], "o": {}, "e": {"n": 1}})",
    R"({"n": -0.1, "m": "1", "t": "\uD83D\uDE00", "u": "b", "l": [1, "b", {"n": 1}], "o": [1, "b", {"n": 1}], "z": "null"})",
    R"({"n": null, "m": [[1], null], "t": ["b"], "y": "true", "l": {"b": 1}, "constructor": "b", "length": 2})",
};
constexpr std::string_view kOperands[] = {"state.n",
                                          "state.m",
                                          "state.t",
                                          "state.u",
                                          "state.y",
                                          "state.z",
                                          "state.l",
                                          "state.o",
                                          "state.e",
                                          "state.l[1]",
                                          "state.l[2].n",
                                          "state.l.length",
                                          "state.o.n",
                                          "state.o[\"0\"][0]",
                                          "state.t[0]",
                                          "state.missing.n",
                                          "state.toString",
                                          "previous.n",
                                          "previous.t",
                                          "previous.l",
                                          "previous.o",
                                          "state",
                                          "previous",
                                          "1",
                                          "2.50",
                                          "-0.1",
                                          "\"b\"",
                                          "'5'",
                                          "\"\\U0001F600\"",
                                          "r'a\\b'",
                                          "true",
                                          "false",
                                          "null",
                                          "[1, \"b\"]",
                                          "[]",
                                          "[null, 2.5]",
                                          "5u",
                                          "0x1"};

class RandomExpression {
public:
    explicit RandomExpression(std::mt19937& random) : random_(random) {}
    std::string make(int depth = 3)
    {
        if (depth == 0) return operand();
        switch (random_() % 8) {
            case 0: return "!(" + make(depth - 1) + ")";
            case 1: return "(" + make(depth - 1) + ") && (" + make(depth - 1) + ")";
            case 2: return "(" + make(depth - 1) + ") || (" + make(depth - 1) + ")";
            case 3: return operand() + " in " + operand();
            case 4: return "has(" + std::string(kOperands[random_() % 11 + 9]) + ")";
            default: {
                static constexpr std::string_view kSigns[] = {"==", "!=", "<", "<=", ">", ">="};
                return operand() + ' ' + std::string(kSigns[random_() % std::size(kSigns)]) + ' ' + operand();
            }
        }
    }

private:
    std::string operand() { return std::string(kOperands[random_() % std::size(kOperands)]); }
    std::mt19937& random_;
};

std::string inJson(std::string_view text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

}  // namespace

class TestJavaScript : public QObject {
    Q_OBJECT
private slots:
    void pathsComparisonsAndLogicAreSaid();
    void whatJavaScriptWouldTellOtherwiseIsNot();
    void nodeComesToTheSameVerdicts();
};

void TestJavaScript::pathsComparisonsAndLogicAreSaid()
{
    const auto said = [](std::string_view text) { return QString::fromStdString(js(text)); };
    QCOMPARE(said("state.balance < 0"), QStringLiteral(R"(is(at(state, "balance"), "<", 0))"));
    QCOMPARE(said("state.a[\"b c\"][0] != 'x' && !(previous.n == 1.50)"),
             QStringLiteral(R"(and(is(at(state, "a", "b c", "0"), "!=", "x"), not(is(at(previous, "n"), "==", 1.50))))"));
    QCOMPARE(said("has(state.a.b) || state.n in [1, -2, 'x']"),
             QStringLiteral(R"(or(at(state, "a", "b") !== undefined, within(at(state, "n"), [1, -2, "x"])))"));
    QCOMPARE(said("state == null"), QStringLiteral(R"(is(at(state), "==", null))"));
}

void TestJavaScript::whatJavaScriptWouldTellOtherwiseIsNot()
{
    for (const char* text :
         {"size(state.items) > 3", "payload.total > 3", "version == 3", "state.n / 2 == 2", "state.a + state.b == 0.3",
          "state.n == 12345678901234567890", "state.items.exists(x, x > 1)", "has(payload.n)"})
        QCOMPARE(QString::fromStdString(js(text)), QStringLiteral("(none)"));
    QVERIFY(js("state.a == \"unclosed").starts_with("wrong: "));
}

void TestJavaScript::nodeComesToTheSameVerdicts()
{
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    if (node.isEmpty()) QSKIP("node is not here");
    std::mt19937 random(20261128);
    RandomExpression maker(random);
    std::string script =
        "import { isDeepStrictEqual } from \"node:util\";\n" + std::string(javaScriptRules()) + "const states = [";
    for (const std::string_view state : kStates) script.append(state).append(", ");
    script += "undefined];\n";
    std::vector<std::string> asked;
    for (int i = 0; i < 6000; ++i) {
        const std::string text = maker.make();
        const auto parsed = Expression::parse(text);
        if (!parsed) continue;  // such as a list of two kinds compared with a number
        const auto said = inJavaScript(**parsed);
        QVERIFY2(said, text.c_str());
        const std::size_t now = random() % std::size(kStates);
        const std::size_t before = random() % (std::size(kStates) + 1);
        Sample sample;
        sample.state = parseJson(kStates[now]).value();
        sample.previous.reset();
        if (before < std::size(kStates)) sample.previous = parseJson(kStates[before]).value();
        const bool holds = verdictOf(text, sample) == "true";
        script += "{ const state = states[" + std::to_string(now) + "], previous = states[" + std::to_string(before) +
                  "]; if ((" + *said + ") === true !== " + (holds ? "true" : "false") + ") console.log(" +
                  inJson(text + " of " + std::to_string(now) + ", " + std::to_string(before) + ": " + *said) + "); }\n";
        asked.push_back(text);
    }
    QVERIFY(asked.size() > 3000);
    QProcess process;
    process.start(node, {QStringLiteral("--input-type=module"), QStringLiteral("-")});
    process.write(QByteArray::fromStdString(script));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QCOMPARE(process.readAllStandardOutput().left(2000), QByteArray());
    QCOMPARE(process.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestJavaScript)
#include "test_javascript.moc"
