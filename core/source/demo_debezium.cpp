// The database's side, as the Debezium 3.7 connector for PostgreSQL writes it: JSON without schemas, decimals as text.
// public.users has replica identity FULL, public.order_items the default one, so their `before` differ as they do in life.
#include "core/source/demo_writer.h"

namespace hindcast::source::demo {

namespace {

Span since(const Sheet& sheet, std::size_t from) { return {from, sheet.bytes.size() - from}; }

bool isTombstone(What what)
{
    return what == What::RowTombstone || what == What::RowMovedTombstone || what == What::ItemTombstone;
}

void appendMember(std::string& out, std::string_view name, std::uint64_t number)
{
    out += name;
    appendNumber(out, number);
}

/// PostgreSQL's microseconds: "2025-11-03T18:42:07.276311Z".
void appendZoned(std::string& out, std::uint64_t micros)
{
    appendIso(out, static_cast<Millis>(micros / 1'000));
    out.pop_back();
    out += static_cast<char>('0' + micros / 100 % 10);
    out += static_cast<char>('0' + micros / 10 % 10);
    out += static_cast<char>('0' + micros % 10);
    out += 'Z';
}

std::uint64_t micros(Millis at, std::uint64_t transaction)
{
    return static_cast<std::uint64_t>(at) * 1'000 + transaction % 1'000;
}

}  // namespace

void DatabaseLog::begin(std::uint64_t transaction)
{
    if (current_ == transaction) return;
    if (current_ != 0) lastCommit_ = endOfTransaction();
    current_ = transaction;
    lsn_ = lastCommit_ + 56 + 8 * (transaction % 61);
    transactionId_ += 1 + transaction % 3;
    totalOrder_ = 0;
    collectionOrder_ = {};
}

void DatabaseLog::change(std::uint64_t transaction, bool users, bool again)
{
    const bool first = current_ != transaction || totalOrder_ == 0;
    begin(transaction);
    if (!first && !again) lsn_ += 136;
    ++totalOrder_;
    ++collectionOrder_[users ? 0 : 1];
}

void Writer::writeRow(const Happening& happening, Sheet& sheet)
{
    Sheet::Record& record = sheet.records.back();
    std::string& out = sheet.bytes;
    const What what = happening.what;
    if (what == What::TransactionBegan || what == What::TransactionEnded) {
        log_.begin(happening.id);
        std::size_t from = out.size();
        out += "{\"id\":\"";
        appendNumber(out, log_.transactionId());
        out += ':';
        appendNumber(out, what == What::TransactionBegan ? log_.lsn() : log_.endOfTransaction());
        out += "\"}";
        record.key = since(sheet, from);
        from = out.size();
        appendTransactionMarker(out, happening);
        record.value = since(sheet, from);
        return;
    }
    std::size_t from = out.size();
    appendKey(out, plan_, happening);
    record.key = since(sheet, from);
    from = out.size();
    if (what == What::Heartbeat) {
        appendMember(out, "{\"ts_ms\":", static_cast<std::uint64_t>(happening.broker - 12));
        out += '}';
        record.value = since(sheet, from);
        return;
    }
    record.tombstone = isTombstone(what);
    if (!record.tombstone) {
        if (topicOf(what) == Topic::UserRows)
            appendUserRow(out, happening);
        else
            appendItemRow(out, happening);
    }
    record.value = since(sheet, from);
    writeRowHeaders(happening, sheet);
}

void Writer::writeRowHeaders(const Happening& happening, Sheet& sheet) const
{
    const auto add = [&](std::string_view name, std::string_view value) {
        const std::size_t from = sheet.bytes.size();
        sheet.bytes += value;
        sheet.headers.push_back({name, since(sheet, from)});
    };
    if (happening.what == What::RowMovedAway || happening.what == What::RowMovedTombstone)
        add("__debezium.newkey", "{\"id\":72}");
    if (happening.what == What::RowMovedHere) add("__debezium.oldkey", "{\"id\":12}");
    add("__debezium.context.connectorLogicalName", "shop");
    add("__debezium.context.taskId", "0");
    add("__debezium.context.connectorName", "postgresql");
    add("__debezium.context.runId", runId_);
}

void Writer::appendUserRow(std::string& out, const Happening& happening)
{
    Row& row = rows_[happening.subject];
    const auto both = [&](bool before, bool after, char op, auto&& change) {
        out += "{\"before\":";
        if (before)
            appendPersonRow(out, happening.subject);
        else
            out += "null";
        change();
        out += ",\"after\":";
        if (after)
            appendPersonRow(out, happening.subject);
        else
            out += "null";
        appendEnvelope(out, happening, op, true);
    };
    switch (happening.what) {
        case What::RowRead:
            both(false, true, 'r',
                 [&] { row.created = micros(kFirstDay - 30 * kDay + happening.subject * kHour, mix(happening.subject, 1)); });
            break;
        case What::RowInserted:
            both(false, true, 'c', [&] { row.created = micros(commitTime(happening.broker), happening.id); });
            break;
        case What::RowMovedHere: both(false, true, 'c', [&] { row = rows_[kRowTwelve]; }); break;
        case What::RowDeleted:
        case What::RowMovedAway: both(true, false, 'd', [] {}); break;
        default:
            both(true, true, 'u', [&] {
                if (happening.detail != kNone) row.face = plan_.faces[happening.detail];
                row.points += happening.extra;
            });
            break;
    }
}

void Writer::appendPersonRow(std::string& out, std::uint32_t person) const
{
    const Row& row = rows_[person];
    appendMember(out, "{\"id\":", plan_.people[person].number);
    out += ",\"name\":\"";
    appendName(out, row.face);
    out += "\",\"email\":\"";
    appendMail(out, row.face);
    out += "\",\"address\":";
    appendAddress(out, row.face);
    appendMember(out, ",\"loyalty_points\":", row.points);
    out += ",\"created_at\":\"";
    appendZoned(out, row.created);
    out += "\"}";
}

void Writer::appendItemRow(std::string& out, const Happening& happening)
{
    switch (happening.what) {
        case What::ItemInserted:
            out += "{\"before\":null,\"after\":";
            appendItem(out, happening, "ordered");
            appendEnvelope(out, happening, 'c', false);
            break;
        case What::ItemUpdated:
            out += "{\"before\":null,\"after\":";
            appendItem(out, happening, "returned");
            appendEnvelope(out, happening, 'u', false);
            break;
        default:
            // Replica identity DEFAULT: only the key is true, columns that may not be null carry invented values.
            appendMember(out, "{\"before\":{\"order_id\":", plan_.orders[happening.subject].number);
            appendMember(out, ",\"line\":", happening.detail + 1);
            out += ",\"sku\":\"\",\"quantity\":0,\"price\":\"0\",\"status\":null},\"after\":null";
            appendEnvelope(out, happening, 'd', false);
            break;
    }
}

void Writer::appendItem(std::string& out, const Happening& happening, std::string_view status) const
{
    const Order& order = plan_.orders[happening.subject];
    const Line& line = plan_.lines[order.firstLine + happening.detail];
    appendMember(out, "{\"order_id\":", order.number);
    appendMember(out, ",\"line\":", happening.detail + 1);
    out += ",\"sku\":\"";
    appendProductId(out, line.product);
    appendMember(out, "\",\"quantity\":", line.quantity);
    out += ",\"price\":\"";
    appendCents(out, line.cents);
    out += "\",\"status\":\"";
    out += status;
    out += "\"}";
}

void Writer::appendEnvelope(std::string& out, const Happening& happening, char op, bool users)
{
    const bool read = happening.what == What::RowRead;
    if (!read) log_.change(happening.id, users, happening.what == What::RowMovedHere);
    const Millis commit = read ? kFirstDay + 4 * kHour + 41 * kMinute + 8 * kSecond : commitTime(happening.broker);
    const std::uint64_t committed = micros(commit, happening.id);

    out += ",\"source\":{\"version\":\"3.7.0.Final\",\"connector\":\"postgresql\",\"name\":\"shop\",\"ts_ms\":";
    appendNumber(out, committed / 1'000);
    out += ",\"snapshot\":\"";
    out += !read ? "false" : happening.extra == 0 ? "first" : happening.extra + 1 == kStaff ? "last" : "true";
    out += "\",\"db\":\"shop\",\"sequence\":\"[";
    if (read) {
        out += "null";
    } else {
        appendMember(out, "\\\"", log_.lastCommit());
        out += "\\\"";
    }
    appendMember(out, ",\\\"", log_.lsn());
    out += "\\\"]\"";
    appendMember(out, ",\"ts_us\":", committed);
    appendMember(out, ",\"ts_ns\":", committed * 1'000);
    out += users ? ",\"schema\":\"public\",\"table\":\"users\"" : ",\"schema\":\"public\",\"table\":\"order_items\"";
    appendMember(out, ",\"txId\":", log_.transactionId());
    appendMember(out, ",\"lsn\":", log_.lsn());
    out += ",\"xmin\":null,\"origin\":null,\"origin_lsn\":null},\"transaction\":";
    if (!read && transactionMetadataAt(happening.broker)) {
        appendMember(out, "{\"id\":\"", log_.transactionId());
        appendMember(out, ":", log_.lsn());
        appendMember(out, "\",\"total_order\":", log_.totalOrder());
        appendMember(out, ",\"data_collection_order\":", log_.collectionOrder(users));
        out += '}';
    } else {
        out += "null";
    }
    out += ",\"op\":\"";
    out += op;
    // The connector's own clock, a little before the broker's.
    const auto processed = static_cast<std::uint64_t>(happening.broker - 40);
    const std::uint64_t fraction = mix(happening.id, happening.sequence) % 1'000'000;
    appendMember(out, "\",\"ts_ms\":", processed);
    appendMember(out, ",\"ts_us\":", processed * 1'000 + fraction / 1'000);
    appendMember(out, ",\"ts_ns\":", processed * 1'000'000 + fraction);
    out += '}';
}

void Writer::appendTransactionMarker(std::string& out, const Happening& happening)
{
    const bool begins = happening.what == What::TransactionBegan;
    out += begins ? "{\"status\":\"BEGIN\",\"id\":\"" : "{\"status\":\"END\",\"id\":\"";
    appendNumber(out, log_.transactionId());
    appendMember(out, ":", begins ? log_.lsn() : log_.endOfTransaction());
    const std::uint32_t users = happening.detail;
    const std::uint32_t items = happening.extra;
    if (begins) {
        out += "\",\"event_count\":null,\"data_collections\":null";
    } else {
        appendMember(out, "\",\"event_count\":", users + items);
        out += ",\"data_collections\":[";
        if (users != 0) {
            appendMember(out, "{\"data_collection\":\"public.users\",\"event_count\":", users);
            out += '}';
        }
        if (users != 0 && items != 0) out += ',';
        if (items != 0) {
            appendMember(out, "{\"data_collection\":\"public.order_items\",\"event_count\":", items);
            out += '}';
        }
        out += ']';
    }
    appendMember(out, ",\"ts_ms\":", static_cast<std::uint64_t>(commitTime(happening.broker)));
    out += '}';
}

}  // namespace hindcast::source::demo
