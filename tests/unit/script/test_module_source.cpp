#include "app/script/module_source.h"
#include "app/script/wide.h"

#include <QTest>
#include <algorithm>

using namespace hindcast::script;

namespace {

QByteArray lineOf(const std::string& text, int line) { return QByteArray::fromStdString(text).split('\n').value(line - 1); }

/// What is exported, as the first line of the function says it: "name=local …".
QByteArray exportsOf(std::string_view source)
{
    const auto made = modelSource(source);
    if (!made) return "fault: " + QByteArray::fromStdString(made.error().message);
    QByteArray all;
    const QByteArray head = lineOf(made->text, 1);
    const QByteArray getters = head.mid(head.indexOf("({") + 2, head.indexOf("}, {") - head.indexOf("({") - 2);
    for (const QByteArray& each : getters.split(',')) {
        const qsizetype close = each.indexOf("]: () => ");
        if (close < 0) continue;
        const qsizetype open = each.indexOf('[');
        if (!all.isEmpty()) all += ' ';
        all += each.mid(open + 2, close - open - 3) + "=" + each.mid(close + 9).trimmed();
    }
    return all;
}

QByteArray faultOf(std::string_view source)
{
    const auto made = modelSource(source);
    if (made) return "none";
    return QByteArray::number(made.error().line) + ":" + QByteArray::number(made.error().column) + " " +
           QByteArray::fromStdString(made.error().message);
}

}  // namespace

class TestModuleSource : public QObject {
    Q_OBJECT
private slots:
    void everyFormOfExportIsFound_data();
    void everyFormOfExportIsFound();
    void whatOnlyLooksLikeAnExportOrImportIsLeftAlone_data();
    void whatOnlyLooksLikeAnExportOrImportIsLeftAlone();
    void everyTokenKeepsItsLineAndColumn();
    void importsAreRefusedWhereTheyStand_data();
    void importsAreRefusedWhereTheyStand();
    void whatIsNotClosedIsToldWhereItBegins_data();
    void whatIsNotClosedIsToldWhereItBegins();
    void aProjectionStaysAsItIs();
    void wideTextIsThatOfTheBytes();
};

void TestModuleSource::everyFormOfExportIsFound_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char* source, const char* found) {
        QTest::newRow(source) << QByteArray(source) << QByteArray(found);
    };
    row("export const a = 1", "a=a");
    row("export let a", "a=a");
    row("export var a = 1, b = (2, 3), c", "a=a b=b c=c");
    row("export const a = 1\nlet x = 2, y = 3", "a=a");
    row("export const a = f\n(1), b = 2", "a=a b=b");
    row("export const a = x => ({ k: 1, l: 2 })\nfoo(1, 2)", "a=a");
    row("export const a = [1, 2], b = { c: 1, d }, e = `x${1, 2}y`, f = /,/", "a=a b=b e=e f=f");
    row("export const { a, b: c, d: { e = 1 }, ...f } = g, [h, , i = 2, ...j] = k", "a=a c=c e=e f=f h=h i=i j=j");
    row("export const { 'x y': a, [b]: c } = d", "a=a c=c");
    row("export function a() {}", "a=a");
    row("export async function a() {}", "a=a");
    row("export function* a() {}", "a=a");
    row("export async function * a() {}", "a=a");
    row("export class a { static b = 1 }", "a=a");
    row("export default 1", "default=_dflt_");
    row("export default function () {}", "default=_dflt_");
    row("export default function a() {}", "default=a");
    row("export default async function a() {}", "default=a");
    row("export default class a extends b {}", "default=a");
    row("export default class extends b {}", "default=_dflt_");
    row("export default { a: 1 }", "default=_dflt_");
    row("const a = 1; export { a, a as b, a as default, a as 'c' }", "a=a b=a default=a c=a");
    row("export {}; export const a = 1", "a=a");
    row("/* a */ export /* b */ const /* c */ a = 1", "a=a");
    row("const r = a / b / c; export const d = 1 / 2", "d=d");
    row("if (x) /export const no = 1/.test(y); export const a = 1", "a=a");
    row("const x = () => { /a}/ }; export const a = 1", "a=a");
    row("const s = `${`${'}'}`}`; export const a = 1", "a=a");
    row("export const a = 1\nexport const b = 2", "a=a b=b");
}

void TestModuleSource::everyFormOfExportIsFound()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, found);
    QCOMPARE(exportsOf(source.toStdString()), found);
}

void TestModuleSource::whatOnlyLooksLikeAnExportOrImportIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("code");
    for (const char* code :
         {"a.export; a?.import", "// import x from 'y'", "/* import('x') */", "'import(1)'", "`export const b`", "/import(1)/",
          "({ import: 1, export: 2 })", "({ import() {} })", "x = y / import_ / z"})
        QTest::newRow(code) << QByteArray(code);
}

void TestModuleSource::whatOnlyLooksLikeAnExportOrImportIsLeftAlone()
{
    QFETCH(QByteArray, code);
    const std::string source = code.toStdString() + "\nexport const a = 1;";
    QCOMPARE(exportsOf(source), QByteArray("a=a"));
    QCOMPARE(lineOf(modelSource(source)->text, 2), code);
}

void TestModuleSource::everyTokenKeepsItsLineAndColumn()
{
    const std::string source =
        "export const a = 1; b();\nexport default { c: 1 }; d();\n  export { a as\n  e }; f();\nexport default\n  function () {} "
        "g();\n"
        "'\xC3\xBC'; export { /* \xF0\x9D\x84\x9E */ a as h }; i();\n";
    const auto made = modelSource(source);
    QVERIFY(made);
    QCOMPARE(made->firstLine, 2);
    const QList<QByteArray> before = QByteArray::fromStdString(source).split('\n');
    for (int line = 0; line < before.size(); ++line) {
        const QString was = QString::fromUtf8(before[line]);
        const QString is = QString::fromUtf8(lineOf(made->text, line + 2));
        for (const char* token : {"b()", "d()", "f()", "g()", "i()", "a = 1", "{ c: 1 }", "function"})
            QCOMPARE(is.indexOf(QLatin1String(token)), was.indexOf(QLatin1String(token)));
        QVERIFY(!is.contains(QLatin1String("export")));
    }
}

void TestModuleSource::importsAreRefusedWhereTheyStand_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("place");
    const auto row = [](const char* source, const char* place) {
        QTest::newRow(source) << QByteArray(source) << QByteArray(place);
    };
    row("import 'a'", "1:1");
    row("\n  import a from 'a'", "2:3");
    row("f('\xC3\xBC\xF0\x9D\x84\x9E', import('a'))", "1:10");
    row("x = import.meta", "1:5");
    row("export * from 'a'", "1:1");
    row("export * as a from 'a'", "1:1");
    row("let a; export { a } from 'a'", "1:8");
}

void TestModuleSource::importsAreRefusedWhereTheyStand()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, place);
    QCOMPARE(faultOf(source.toStdString()), place + " imports of other files are refused: a model is one file");
}

void TestModuleSource::whatIsNotClosedIsToldWhereItBegins_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("fault");
    const auto row = [](const char* source, const char* fault) {
        QTest::newRow(source) << QByteArray(source) << QByteArray(fault);
    };
    row("f(\n  [1, 2", "2:3 a [ that is not closed");
    row("export const a = {\n", "1:18 a { that is not closed");
    row("f(1))", "1:5 a ) without its (");
    row("{ ( }", "1:5 a } without its {");
    row("a = 'x\n'", "1:5 a text that is not closed");
    row("a = `x${1}", "1:10 a template that is not closed");
    row("/* a", "1:1 a comment that is not closed");
    row("a = /[/]\n", "1:5 a regular expression that is not closed");
    row("",
        "1:1 the file is no model: it exports nothing (export const entities = { … }), and it is no projection "
        "(fromAll(), fromStream(), fromStreams(), fromCategory())");
}

void TestModuleSource::whatIsNotClosedIsToldWhereItBegins()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, fault);
    QCOMPARE(faultOf(source.toStdString()), fault);
}

void TestModuleSource::aProjectionStaysAsItIs()
{
    const std::string source = "options({});\nfromCategory('x').when({})";
    const auto made = modelSource(source);
    QVERIFY(made && made->projection);
    QCOMPARE(made->text, source);
    QCOMPARE(made->firstLine, 1);
    QVERIFY(!modelSource("// fromAll()\nlog('fromAll()')"));
}

void TestModuleSource::wideTextIsThatOfTheBytes()
{
    const QString all =
        QString::fromUtf8("plain ascii of some length, \u00fc, \u6f22\u5b57, \U0001D11E and more ascii behind it");
    std::vector<char16_t> wide;
    for (qsizetype from = 0; from < all.size(); ++from) {
        const QString text = all.mid(from).isValidUtf16() ? all.mid(from) : all.mid(from + 1);
        widen(text.toUtf8().toStdString(), wide);
        QCOMPARE(QString::fromUtf16(wide.data(), static_cast<qsizetype>(wide.size())), text);
    }
    widen("a\xFF\xC3(\xED\xA0\x80\xF0\x9D", wide);
    QCOMPARE(QString::fromUtf16(wide.data(), static_cast<qsizetype>(wide.size())),
             QString::fromUtf8("a\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"));
    widen("", wide);
    QVERIFY(wide.empty());
}

QTEST_APPLESS_MAIN(TestModuleSource)
#include "test_module_source.moc"
