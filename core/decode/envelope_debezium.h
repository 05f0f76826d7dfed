#pragma once
#include "core/decode/decoder.h"
#include "core/decode/field.h"
#include "core/event/facts.h"

namespace hindcast::decode {

/// What a record on a Debezium connector's topics is (formats 1).
enum class DebeziumShape : std::uint8_t {
    None,         ///< not Debezium's
    Change,       ///< `op` and `source`
    Transaction,  ///< BEGIN or END marker
    Heartbeat,
    SchemaChange,
};

/// Debezium's change envelope and the other records that its connectors write.
class DebeziumEnvelope {
public:
    /// Asks the value for what the envelope needs; `value` must outlive it.
    DebeziumEnvelope(ValueReader& value, std::string_view topic);

    /// Looks at the value just read, and tells it whether it is wrapped where its content proves it.
    /// `sure`: the mapping says Debezium, so an operation of a later release is a change too.
    [[nodiscard]] DebeziumShape recognise(bool sure);

    /// Fills type, kind, time, order, transaction, payload and, for a change, entity and links. REQUIRES: recognise() gave `shape`,
    /// and `facts.time` holds the broker's time.
    void decode(DebeziumShape shape, const RecordView& record, EventFacts& facts);

    /// The entity of a record without a readable envelope (a tombstone): the table remembered, else the topic; the key.
    /// Nothing where there is no key.
    void entityFromKey(const RecordView& record, EventFacts& facts) const;

    [[nodiscard]] const Decoder::Table& table() const { return table_; }
    void setTable(Decoder::Table table) { table_ = std::move(table); }

private:
    using Place = ValueReader::Place;
    [[nodiscard]] bool isChange(bool wrapped, bool sure) const;
    [[nodiscard]] std::string_view text(const Place& place, const RecordView& record) const;
    [[nodiscard]] std::optional<Timestamp> timeAt(const Place& ms, const Place& us, const Place& ns) const;
    void decodeChange(const RecordView& record, EventFacts& facts);
    [[nodiscard]] SourceOrder order() const;
    void rememberTable(const RecordView& record);
    void link(const RecordView& record, EventFacts& facts);

    ValueReader& value_;
    bool heartbeatTopic_;
    bool transactionTopic_;
    KeyReader linked_;  // reads the key in a header
    Decoder::Table table_;

    Place op_, source_, transaction_, transactionId_;
    Place connector_, name_, db_, schema_, tableName_, collection_, keyspace_, txId_;
    Place sequence_, file_, pos_, row_, commitLsn_, changeLsn_, eventSerial_, commitScn_, scn_;
    Place sourceMs_, sourceUs_, sourceNs_, ms_, us_, ns_;
    Place status_, id_, collections_, ddl_, tableChanges_, databaseName_;
};

}  // namespace hindcast::decode
