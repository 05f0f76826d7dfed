#include "core/model/script_packet.h"
#include "tests/unit/model/model_test.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using model::Op;
using model::ScriptPacket;

namespace {

/// JSON with ' for ", since moc takes no raw texts.
std::string quoted(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

Op placed(const std::string& payload, std::uint64_t version = 1)
{
    Op op{.kind = Op::Kind::Event, .version = Version{version}};
    op.input.version = op.version;
    op.input.type = "Placed";
    op.input.payload = payload;
    op.input.time = Timestamp{1'500'000'007};
    return op;
}

std::string written(ScriptPacket& packet, const Op& op) { return std::string(packet.write(std::span(&op, 1)).text); }

}  // namespace

class ScriptPacketTest : public QObject {
    Q_OBJECT

private slots:
    void aPayloadTravelsAsItsLeavesByAShapeThatIsToldOnce()
    {
        ScriptPacket packet;
        COMPARE_TEXT(written(packet, placed(quoted("{'a': 1, 'b': {'c': 'x\\'y', 'd': [1, {'e': 2}]}, 'f': {}}"))),
                     quoted("[7,{'a':0,'b':{'c':0,'d':0},'f':{}},6,'Placed',1,0,2,1,0,1500,7,1,'x\\'y',[1, {'e': 2}]]"));
        COMPARE_TEXT(written(packet, placed(quoted("{'a': true, 'b': {'c': null, 'd': []}, 'f': {}}"), 2)),
                     quoted("[1,0,2,2,0,1500,7,true,null,[]]"));
        packet.forget();
        COMPARE_TEXT(written(packet, placed("", 3)), quoted("[6,'Placed',1,0,1,3,0,1500,7]"));
        COMPARE_TEXT(written(packet, placed("[1,2]", 4)), quoted("[1,0,0,4,0,1500,7,[1,2]]"));
    }

    void numbersThatADoubleCannotHoldGoAsText()
    {
        const QMap<QByteArray, bool> cases{{"0", false},
                                           {"-0", false},
                                           {"119.90", false},
                                           {"9007199254740991", false},
                                           {"-9007199254740991", false},
                                           {"9007199254740992", true},
                                           {"-9007199254740993", true},
                                           {"123456789012345678901234567890", true},
                                           {"0.123456789012345", false},
                                           {"0.1234567890123456", true},
                                           {"1234567890.12345", false},
                                           {"1234567890.123456", true},
                                           {"100000000000000000", true},
                                           {"1e400", true},
                                           {"1e-400", true},
                                           {"1.5e10", false},
                                           {"0e999", false},
                                           {"0.000000000000000000001", false}};
        for (auto it = cases.begin(); it != cases.end(); ++it)
            QVERIFY2(model::goesAsText(it.key().toStdString()) == it.value(), it.key().constData());
        ScriptPacket packet;
        COMPARE_TEXT(
            written(packet, placed(quoted("{'a':12345678901234567890,'b':[1,[98765432109876543210,'9e'],2]}"))),
            quoted("[7,{'a':0,'b':0},6,'Placed',1,0,2,1,0,1500,7,'12345678901234567890',[1,['98765432109876543210','9e'],2]]"));
        std::string text;
        model::appendForScript(text, quoted("{'a\\'1':[12345678901234567890,1.5,'98765432109876543210\\\\'],'b':-1e999}"));
        COMPARE_TEXT(text, quoted("{'a\\'1':['12345678901234567890',1.5,'98765432109876543210\\\\'],'b':'-1e999'}"));
    }

    void payloadsWhoseLeavesJavaScriptWouldOrderOtherwiseTravelWhole()
    {
        ScriptPacket packet;
        const std::string numbers = quoted("{'b':1,'items':{'4711':1,'42':100}}");
        const std::string twice = quoted("{'a':1,'b':{'c':2},'\\u0061':3}");
        COMPARE_TEXT(written(packet, placed(numbers)), quoted("[6,'Placed',1,0,0,1,0,1500,7,") + numbers + "]");
        COMPARE_TEXT(written(packet, placed(numbers)), quoted("[1,0,0,1,0,1500,7,") + numbers + "]");
        COMPARE_TEXT(written(packet, placed(twice)), quoted("[1,0,0,1,0,1500,7,") + twice + "]");
        // In lists it does no harm, and what is told next has the next number.
        COMPARE_TEXT(written(packet, placed(quoted("{'a':[{'2':1,'1':2}]}"))),
                     quoted("[7,{'a':0},1,0,2,1,0,1500,7,[{'2':1,'1':2}]]"));
        COMPARE_TEXT(written(packet, placed(quoted("{'4a':1}"))), quoted("[7,{'4a':0},1,0,3,1,0,1500,7,1]"));
    }

    void whatJsonHasNoWordForGoesBackBesideTheState()
    {
        ScriptPacket packet;
        Op op;
        op.kind = Op::Kind::Begin;
        const std::string state = quoted("{'n':null}\x1f[[['n'],'NaN']]");
        op.state = state;
        const std::string text = written(packet, op);
        QVERIFY2(text.ends_with(quoted(",2,[{'n':null},[[['n'],'NaN']]]]")), text.c_str());
    }

    void aStateGoesBackAsTheModelWroteIt()
    {
        ScriptPacket packet;
        const std::string state =
            quoted("{'sum':0.30000000000000004,'tiny':1.2345678901234567e-300,'large':9007199254741994,'id':'1'}");
        Op op;
        op.kind = Op::Kind::Begin;
        op.state = state;
        const std::string text = written(packet, op);
        QVERIFY2(text.ends_with(",1," + state + "]"), text.c_str());
    }

    void aPayloadThatIsNoJsonIsPassedOverWithItsReason()
    {
        ScriptPacket packet;
        const std::string text = written(packet, placed(quoted("{'a': "), 9));
        QVERIFY2(text.starts_with(quoted("[8,9,'the payload is no JSON: ")), text.c_str());
        // Nothing of it is left behind.
        COMPARE_TEXT(written(packet, placed(quoted("{'a':1}"), 10)), quoted("[7,{'a':0},6,'Placed',1,0,2,10,0,1500,7,1]"));
    }

    void whatIsDeepOrHasManyShapesTravelsWhole()
    {
        ScriptPacket packet;
        std::string deep = "1";
        for (int i = 0; i < 20; ++i) deep = quoted("{'a':") + deep + "}";
        COMPARE_TEXT(written(packet, placed(deep)), quoted("[6,'Placed',1,0,0,1,0,1500,7,") + deep + "]");
        for (std::size_t i = 0; i < ScriptPacket::kMostShapes; ++i)
            (void)written(packet, placed(quoted("{'k") + std::to_string(i) + quoted("':1}")));
        COMPARE_TEXT(written(packet, placed(quoted("{'one more':1}"))), quoted("[1,0,0,1,0,1500,7,{'one more':1}]"));
    }

    void eachElementThatIsAnOpIsThatOfTheOpThatNeededIt()
    {
        ScriptPacket packet;
        const std::string a = quoted("{'a':1}");
        const std::string b = quoted("{'b':1}");
        const std::string state = quoted("{'n':12345678901234567890}");
        Op begin{.kind = Op::Kind::Begin, .detail = model::Detail::Changes, .tag = 5, .version = Version{2}};
        begin.input.category = "user";
        begin.input.entity = "u1";
        begin.state = state;
        const std::vector<Op> ops{begin, placed(a, 3), placed(b, 4), {.kind = Op::Kind::State, .tag = 5, .version = Version{4}}};
        const auto written = packet.write(ops);
        COMPARE_TEXT(std::string(written.text), quoted("[0,5,'user','u1',2,2,1,{'n':12345678901234567890},7,{'a':0},6,'Placed',"
                                                       "1,0,2,3,0,1500,7,1,7,{'b':0},1,0,3,4,0,1500,7,1,3]"));
        const std::vector<std::uint32_t> places{0, 1, 1, 1, 2, 2, 3};
        QVERIFY(std::ranges::equal(written.places, places));
    }
};

QTEST_APPLESS_MAIN(ScriptPacketTest)
#include "test_script_packet.moc"
