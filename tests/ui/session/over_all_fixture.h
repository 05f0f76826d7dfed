#pragma once
#include "ui/session/session.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QTextStream>

namespace hindcast::ui::test {

/// Accounts that are opened, paid into and drawn from, an event a minute each: account `i` is drawn below zero by its event number
/// `below(i)`, if by any. The first of them by a fee.
struct Accounts {
    int count = 4;
    int events = 10;
    /// 0: never.
    [[nodiscard]] static int below(int account) { return account % 2 == 1 ? 0 : 5 + account / 2; }
};

/// Those events, of which the first is number `from` of each life (from 1).
inline void writeAccounts(const QString& path, const Accounts& accounts, int from = 1)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) qFatal("cannot write the test's events");
    QTextStream out(&file);
    for (int i = from; i < from + accounts.events; ++i)
        for (int account = 0; account < accounts.count; ++account) {
            const bool below = Accounts::below(account) == i;
            const char* type = i == 1 ? "Opened" : below ? (account == 0 ? "FeeCharged" : "Withdrawn") : "Deposited";
            const int amount = i == 1 ? 0 : below ? -1000 : 10;
            out << QStringLiteral(
                       "{\"user_id\":\"account-%1\",\"timestamp\":\"2025-11-04T%2:%3:%4Z\",\"event_type\":\"%5\",\"amount\":%6}"
                       "\n")
                       .arg(account)
                       .arg(i / 60, 2, 10, QLatin1Char('0'))
                       .arg(i % 60, 2, 10, QLatin1Char('0'))
                       .arg(account % 60, 2, 10, QLatin1Char('0'))
                       .arg(QString::fromLatin1(type))
                       .arg(amount);
        }
}

/// What their balance is, as rules.
inline Json accountRules()
{
    return *parseJson(
        R"({"entity":"user","initial":{"balance":0},"on":{"Deposited":[{"add":"/balance","value":{"at":"/amount"}}],"Withdrawn":[{"add":"/balance","value":{"at":"/amount"}}],"FeeCharged":[{"add":"/balance","value":{"at":"/amount"}}]}})");
}

/// A model that is that script.
inline Json scriptModel(const std::string& source, const char* name = "accounts")
{
    Json script = Json::object();
    script["name"] = name;
    script["source"] = source;
    Json model = Json::object();
    model["script"] = std::move(script);
    return model;
}

/// The same as a script that declares an invariant: the balance is `least` or more.
inline Json accountScript(int least = 0)
{
    const QString source = QStringLiteral(
                               "export const entities = { user: { initial: () => ({ balance: 0 }), "
                               "evolve: { $any: (s, e) => ({ ...s, balance: s.balance + (e.payload.amount || 0) }) }, "
                               "invariants: { 'never below': s => s.balance >= %1 } } };")
                               .arg(least);
    return scriptModel(source.toStdString());
}

/// Gives the accounts that model, and waits until it is in force.
[[nodiscard]] inline bool setModel(Session& session, const Json& model)
{
    QSignalSpy changed(&session, &Session::modelsChanged);
    QSignalSpy failed(&session, &Session::failed);
    session.saveModel(QStringLiteral("user"), model);
    return QTest::qWaitFor([&] { return !changed.isEmpty() || !failed.isEmpty(); }, 30'000) && failed.isEmpty();
}

}  // namespace hindcast::ui::test
