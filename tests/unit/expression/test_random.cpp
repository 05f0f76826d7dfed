#include "tests/unit/expression/expression_test.h"

#include <QTest>

#include <memory>
#include <random>

using namespace hindcast;
using namespace hindcast::expression;
using namespace hindcast::expression::test;

/// A second evaluator, as plain as can be: whole numbers, truths and what is absent, over the fields of a Json.
namespace naive {

struct Tree {
    enum Kind { Literal, Truth, Field, Missing, Word, Sum, Compare, And, Or, Not, Minus, Choice, Within, Exists, All, Item };
    Kind kind = Literal;
    std::string sign;
    std::int64_t number = 0;
    std::string name;
    std::vector<std::unique_ptr<Tree>> children;
};
using TreePtr = std::unique_ptr<Tree>;

struct Result {
    enum Kind { Absent, Number, Truth, Text } kind = Absent;
    std::int64_t number = 0;
};

Result truth(bool value) { return {Result::Truth, value ? 1 : 0}; }

std::int64_t fieldOf(const Json& json, const std::string& name) { return json.at(name).get<std::int64_t>(); }

Result eval(const Tree& tree, const Json& payload, const std::vector<std::int64_t>& items, std::int64_t item)
{
    const auto child = [&](std::size_t i) { return eval(*tree.children[i], payload, items, item); };
    switch (tree.kind) {
        case Tree::Literal: return {Result::Number, tree.number};
        case Tree::Truth: return truth(tree.number != 0);
        case Tree::Field: return {Result::Number, fieldOf(payload, tree.name)};
        case Tree::Missing: return {};
        case Tree::Word: return {Result::Text, 1};  // as many letters w
        case Tree::Item: return {Result::Number, item};
        case Tree::Sum: {
            const Result a = child(0);
            const Result b = child(1);
            if (a.kind == Result::Text && b.kind == Result::Text && tree.sign == "+") return {Result::Text, a.number + b.number};
            if (a.kind != Result::Number || b.kind != Result::Number) return {};
            if (tree.sign == "+") return {Result::Number, a.number + b.number};
            if (tree.sign == "-") return {Result::Number, a.number - b.number};
            if (tree.sign == "*") return {Result::Number, a.number * b.number};
            if (b.number == 0) return {};
            return {Result::Number, tree.sign == "/" ? a.number / b.number : a.number % b.number};
        }
        case Tree::Compare: {
            const Result a = child(0);
            const Result b = child(1);
            if (a.kind != b.kind || a.kind == Result::Absent) return {};
            if (tree.sign == "==") return truth(a.number == b.number);
            if (tree.sign == "!=") return truth(a.number != b.number);
            if (tree.sign == "<") return truth(a.number < b.number);
            if (tree.sign == "<=") return truth(a.number <= b.number);
            if (tree.sign == ">") return truth(a.number > b.number);
            return truth(a.number >= b.number);
        }
        case Tree::And:
        case Tree::Or: {
            const bool decides = tree.kind == Tree::Or;
            const Result a = child(0);
            const Result b = child(1);
            for (const Result& each : {a, b})
                if (each.kind == Result::Truth && (each.number != 0) == decides) return truth(decides);
            return a.kind == Result::Truth && b.kind == Result::Truth ? truth(!decides) : Result{};
        }
        case Tree::Not: {
            const Result a = child(0);
            return a.kind == Result::Truth ? truth(a.number == 0) : Result{};
        }
        case Tree::Minus: {
            const Result a = child(0);
            return a.kind == Result::Number ? Result{Result::Number, -a.number} : Result{};
        }
        case Tree::Choice: {
            const Result a = child(0);
            return a.kind == Result::Truth ? child(a.number != 0 ? 1 : 2) : Result{};
        }
        case Tree::Within: {
            const Result a = child(0);
            if (a.kind == Result::Absent || (a.kind == Result::Text && !items.empty())) return {};
            bool found = false;
            for (const std::int64_t each : items) found |= each == a.number;
            return truth(found);
        }
        case Tree::Exists:
        case Tree::All: {
            const bool decides = tree.kind == Tree::Exists;
            bool absent = false;
            for (const std::int64_t each : items) {
                const Result a = eval(*tree.children[0], payload, items, each);
                if (a.kind != Result::Truth)
                    absent = true;
                else if ((a.number != 0) == decides)
                    return truth(decides);
            }
            return absent ? Result{} : truth(!decides);
        }
    }
    return {};
}

/// Parentheses only where the precedence asks for them, sometimes more.
std::string text(const Tree& tree, int around, std::mt19937_64& random)
{
    const auto child = [&](std::size_t i, int level) { return text(*tree.children[i], level, random); };
    int level = 9;
    std::string out;
    switch (tree.kind) {
        case Tree::Literal: out = std::to_string(tree.number); break;
        case Tree::Truth: out = tree.number != 0 ? "true" : "false"; break;
        case Tree::Field: out = (random() % 2 == 0 ? "payload." : "state.") + tree.name; break;
        case Tree::Missing: out = "payload.missing"; break;
        case Tree::Word: out = "payload.word"; break;
        case Tree::Item: out = "x"; break;
        case Tree::Sum:
            level = tree.sign == "+" || tree.sign == "-" ? 4 : 5;
            out = child(0, level) + ' ' + tree.sign + ' ' + child(1, level + 1);
            break;
        case Tree::Compare:
            level = 3;
            out = child(0, 3) + tree.sign + child(1, 4);
            break;
        case Tree::And:
            level = 2;
            out = child(0, 2) + " && " + child(1, 3);
            break;
        case Tree::Or:
            level = 1;
            out = child(0, 1) + " || " + child(1, 2);
            break;
        case Tree::Not:
            level = 6;
            out = "!" + child(0, 6);
            break;
        case Tree::Minus:
            level = 6;
            out = "-" + child(0, 6);
            break;
        case Tree::Choice:
            level = 0;
            out = child(0, 1) + " ? " + child(1, 0) + " : " + child(2, 0);
            break;
        case Tree::Within:
            level = 3;
            out = child(0, 3) + " in payload.items";
            break;
        case Tree::Exists: out = "payload.items.exists(x, " + child(0, 0) + ")"; break;
        case Tree::All: out = "state.items.all(x, " + child(0, 0) + ")"; break;
    }
    return level < around || random() % 16 == 0 ? '(' + out + ')' : out;
}

class Maker {
public:
    explicit Maker(std::mt19937_64& random) : random_(random) {}

    TreePtr truth(int depth, bool inside = false)
    {
        if (depth == 0 || random_() % 12 == 0) {
            if (random_() % 8 == 0) return leaf(Tree::Missing);
            TreePtr tree = leaf(Tree::Truth);
            tree->number = static_cast<std::int64_t>(random_() % 2);
            return tree;
        }
        switch (random_() % 10) {
            case 0: return of(Tree::Not, truth(depth - 1, inside));
            case 1: return of(Tree::Choice, truth(depth - 1, inside), truth(depth - 1, inside), truth(depth - 1, inside));
            case 2: return of(Tree::Within, number(depth - 1, inside));
            case 3: return of(random_() % 2 == 0 ? Tree::Exists : Tree::All, truth(depth - 1, true));
            case 4:
            case 5: return of(Tree::And, truth(depth - 1, inside), truth(depth - 1, inside));
            case 6: return of(Tree::Or, truth(depth - 1, inside), truth(depth - 1, inside));
            default: {
                TreePtr tree = of(Tree::Compare, number(depth - 1, inside), number(depth - 1, inside));
                static const char* const kSigns[] = {"==", "!=", "<", "<=", ">", ">="};
                tree->sign = kSigns[random_() % 6];
                return tree;
            }
        }
    }

    TreePtr number(int depth, bool inside)
    {
        if (depth == 0 || random_() % 4 == 0) {
            const auto kind = random_() % 16;
            if (kind == 0) return leaf(Tree::Missing);
            if (kind == 1) return leaf(Tree::Word);
            if (inside && kind < 6) return leaf(Tree::Item);
            TreePtr tree = leaf(kind < 10 ? Tree::Field : Tree::Literal);
            tree->number = static_cast<std::int64_t>(random_() % 10);
            tree->name = std::string(1, static_cast<char>('a' + random_() % 4));
            return tree;
        }
        if (random_() % 8 == 0) return of(Tree::Minus, number(depth - 1, inside));
        if (random_() % 8 == 0)
            return of(Tree::Choice, truth(depth - 1, inside), number(depth - 1, inside), number(depth - 1, inside));
        TreePtr tree = of(Tree::Sum, number(depth - 1, inside), number(depth - 1, inside));
        tree->sign = std::string(1, "+-*/%"[random_() % 5]);
        return tree;
    }

private:
    static TreePtr leaf(Tree::Kind kind)
    {
        auto tree = std::make_unique<Tree>();
        tree->kind = kind;
        return tree;
    }
    template <class... Children>
    static TreePtr of(Tree::Kind kind, Children... children)
    {
        TreePtr tree = leaf(kind);
        (tree->children.push_back(std::move(children)), ...);
        return tree;
    }
    std::mt19937_64& random_;
};

}  // namespace naive

class TestRandom : public QObject {
    Q_OBJECT
private slots:
    void randomExpressionsMeanWhatANaiveEvaluatorSays();
    void brokenExpressionsAreRefusedOrAnswered();
};

void TestRandom::randomExpressionsMeanWhatANaiveEvaluatorSays()
{
    std::mt19937_64 random(2025);
    std::map<std::string, int> seen;
    for (int i = 0; i < 30'000; ++i) {
        Json payload = *parseJson(R"({"word":"w"})");
        for (const char* name : {"a", "b", "c", "d"}) payload[name] = static_cast<std::int64_t>(random() % 21) - 10;
        std::vector<std::int64_t> items;
        Json list(Json::value_t::array);
        for (auto count = random() % 4; count > 0; --count) {
            items.push_back(static_cast<std::int64_t>(random() % 10));
            list.get_ref<Json::array_t&>().push_back(Json(items.back()));
        }
        payload["items"] = list;
        const naive::TreePtr tree = naive::Maker(random).truth(4);
        const std::string text = naive::text(*tree, 0, random);
        const naive::Result result = naive::eval(*tree, payload, items, 0);
        const std::string expected = result.kind != naive::Result::Truth ? "absent" : result.number != 0 ? "true" : "false";
        Sample sample;
        sample.payload = toText(payload);
        sample.state = payload;
        const std::string verdict = verdictOf(text, sample);
        QVERIFY2(verdict == expected, (text + "\nover " + sample.payload + "\n" + verdict + ", not " + expected).c_str());
        ++seen[verdict];
    }
    for (const char* each : {"true", "false", "absent"}) QVERIFY2(seen[each] > 1000, each);
}

void TestRandom::brokenExpressionsAreRefusedOrAnswered()
{
    static const char* const kPieces[] = {"payload",
                                          ".",
                                          "total",
                                          "[",
                                          "]",
                                          "(",
                                          ")",
                                          "{",
                                          "}",
                                          "'a'",
                                          "\"",
                                          "'''",
                                          "\\",
                                          "r'",
                                          "1",
                                          "0x",
                                          "1e",
                                          "1.5",
                                          "-",
                                          "!",
                                          "==",
                                          "<",
                                          "in",
                                          "&&",
                                          "||",
                                          "?",
                                          ":",
                                          ",",
                                          "has(",
                                          "items",
                                          ".exists(x,",
                                          ".map(",
                                          "x",
                                          "size(",
                                          "timestamp(",
                                          "duration('1h')",
                                          "matches(",
                                          "state",
                                          "previous",
                                          "headers",
                                          "time",
                                          " ",
                                          "\n",
                                          "//",
                                          "null",
                                          "true",
                                          "+",
                                          "/",
                                          "%",
                                          "9223372036854775807",
                                          "1e999999999999",
                                          "\xff",
                                          "\xc3",
                                          "😀",
                                          "number(",
                                          "string(",
                                          "lower("};
    std::mt19937_64 random(77);
    int good = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string text;
        for (auto count = 1 + random() % 12; count > 0; --count) text += kPieces[random() % std::size(kPieces)];
        const auto parsed = Expression::parse(text);
        if (!parsed) {
            const SyntaxError& error = parsed.error();
            QVERIFY2(!error.message.empty() && error.offset + error.length <= text.size(), text.c_str());
            continue;
        }
        ++good;
        (void)verdictOf(text);
        (void)valueOf(text);
    }
    QVERIFY(good > 500);
    // And expressions that were right, bent.
    const std::string right =
        "payload.items.exists(i, i.qty > 2 && has(i.sku)) || (number('1') + 2.5 == 3.5 ? type in ['a'] : !false)";
    for (int i = 0; i < 50'000; ++i) {
        std::string text = right;
        for (auto changes = 1 + random() % 3; changes > 0; --changes) {
            const std::size_t at = random() % text.size();
            if (random() % 2 == 0)
                text.erase(at, 1 + random() % 4);
            else
                text.insert(at, kPieces[random() % std::size(kPieces)]);
        }
        (void)verdictOf(text);
    }
}

QTEST_APPLESS_MAIN(TestRandom)
#include "test_random.moc"
