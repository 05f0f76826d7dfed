#include "core/event/json_walk.h"

#include "tests/unit/event/random_json.h"
#include "tests/unit/event/samples.h"

#include <QTest>

using namespace hindcast;

namespace {

/// Writes down what it hears, with the bytes of each value.
struct Listener {
    std::string_view text;
    std::string heard;
    std::vector<std::size_t> begins;

    void slice(std::size_t end)
    {
        heard += '<' + std::string(text.substr(begins.back(), end - begins.back())) + '>';
        begins.pop_back();
    }
    void startObject(std::size_t begin)
    {
        heard += '{';
        begins.push_back(begin);
    }
    void endObject(std::size_t end)
    {
        heard += '}';
        slice(end);
    }
    void startArray(std::size_t begin)
    {
        heard += '[';
        begins.push_back(begin);
    }
    void endArray(std::size_t end)
    {
        heard += ']';
        slice(end);
    }
    void key(std::string_view name) { heard += std::string(name) + '='; }
    void string(std::string_view content, std::string_view raw) { heard += std::string(content) + '(' + std::string(raw) + ')'; }
    void number(std::string_view raw) { heard += '#' + std::string(raw); }
    void boolean(bool value, std::string_view raw) { heard += (value ? '+' : '-') + std::string(raw); }
    void null(std::string_view raw) { heard += '0' + std::string(raw); }
};

}  // namespace

class TestJsonWalk : public QObject {
    Q_OBJECT
private slots:
    void everyValueIsToldWithItsBytes();
    void nothingBeyondTheTextIsRead();
    void anIndexServesTextsOfAllSizes();
    void textWithoutEscapesIsNotCopied();
};

void TestJsonWalk::everyValueIsToldWithItsBytes()
{
    const std::string_view text = R"( {"a" : [ 1.50 , "x\ny" ,true] , "\u0062":{ }, "c":null,"d":"" } )";
    JsonIndex index;
    Listener listener{text, {}, {}};
    QVERIFY(walkJson(index, text, listener));
    QCOMPARE(listener.heard, std::string("{a=[#1.50x\ny(\"x\\ny\")+true]<[ 1.50 , \"x\\ny\" ,true]>b={}<{ }>c=0nulld=(\"\")}<"
                                         R"({"a" : [ 1.50 , "x\ny" ,true] , "\u0062":{ }, "c":null,"d":"" })"
                                         ">"));
}

void TestJsonWalk::nothingBeyondTheTextIsRead()
{
    // What follows the view would make another document of it; an exact heap block lets a sanitizer see a read beyond it.
    const std::string whole = R"(12345,"more":[]})";
    JsonIndex index;
    Listener listener{whole, {}, {}};
    QVERIFY(walkJson(index, std::string_view(whole).substr(0, 3), listener));
    QCOMPARE(listener.heard, std::string("#123"));

    test::RandomJson random(5);
    for (int i = 0; i < 500; ++i) {
        const std::string document = toText(random.value(4));
        const std::unique_ptr<char[]> exact(new char[document.size()]);
        std::copy(document.begin(), document.end(), exact.get());
        for (std::size_t length = 0; length <= document.size(); ++length) {
            const std::string_view cut(exact.get(), length);
            Listener cutListener{cut, {}, {}};
            const bool accepted = walkJson(index, cut, cutListener).has_value();
            QCOMPARE(accepted, parseJson(std::string(cut)).has_value());
            if (length == document.size()) QVERIFY(accepted);
        }
    }
}

void TestJsonWalk::anIndexServesTextsOfAllSizes()
{
    JsonIndex index;
    for (const std::size_t items : {1U, 1'000'000U, 3U, 10'000U, 700'000U, 2U}) {
        std::string text = "[0";
        for (std::size_t i = 1; i < items; ++i) text += ",0";
        text += "]";
        Listener listener{text, {}, {}};
        QVERIFY(walkJson(index, text, listener));
        QCOMPARE(static_cast<std::size_t>(std::count(listener.heard.begin(), listener.heard.end(), '#')), items);
    }
}

void TestJsonWalk::textWithoutEscapesIsNotCopied()
{
    struct Views {
        std::vector<std::string_view> seen;
        void startObject(std::size_t) {}
        void endObject(std::size_t) {}
        void startArray(std::size_t) {}
        void endArray(std::size_t) {}
        void key(std::string_view name) { seen.push_back(name); }
        void string(std::string_view content, std::string_view) { seen.push_back(content); }
        void number(std::string_view raw) { seen.push_back(raw); }
        void boolean(bool, std::string_view) {}
        void null(std::string_view) {}
    } views;
    const std::string text = R"({"key":"value","number":17})";
    JsonIndex index;
    QVERIFY(walkJson(index, text, views));
    QCOMPARE(views.seen.size(), std::size_t{4});
    for (const std::string_view view : views.seen) QVERIFY(view.data() > text.data() && view.data() < text.data() + text.size());
}

QTEST_APPLESS_MAIN(TestJsonWalk)
#include "test_json_walk.moc"
