#pragma once
#include "core/decode/mapping.h"
#include "core/event/facts.h"
#include "core/event/record.h"

#include <memory>
#include <span>
#include <string>

namespace hindcast::decode {

/// Turns the records of one topic into facts, by its mapping. Never throws on bad bytes: what cannot be decoded becomes a reject
/// with its reason. One pass over a record both proves it JSON (of at most 256 levels) and collects what is wanted of it; the
/// bytes need no padding.
/// Threads: one at a time. Keeps buffers; views in `facts` live until the next call.
class Decoder {
public:
    Decoder(Mapping mapping, std::string topic);
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;

    /// `headers`: the table of the record's batch, or only the record's own (record.headerCount of them).
    void decode(const RawRecord& record, std::span<const Header> headers, EventFacts& facts);

    /// Only the payload of a record that was decoded before and was no reject: what replay wants of each event. Where the payload is
    /// the value as it stands, nothing is read again. The view lives until the next call.
    [[nodiscard]] std::string_view payload(const RawRecord& record, std::span<const Header> headers);

    /// The table (`server`, `schema.table`) that this topic's Debezium envelopes named last: a tombstone holds no source, so it
    /// is told apart by what came before it. Saved with the mapping, so that a resumed read decides alike.
    struct Table {
        std::string server;
        std::string category;
    };
    [[nodiscard]] const Table& table() const;
    void setTable(Table table);
    [[nodiscard]] const Mapping& mapping() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A record's own headers: out of the table of its batch, or `headers` itself where it holds only them.
[[nodiscard]] std::span<const Header> headersOf(const RawRecord& record, std::span<const Header> headers);

/// The whole story of one record for a person: facts copied out, key, value, headers. `id` and `position` are left to the caller.
[[nodiscard]] Event describe(Decoder& decoder, const RawRecord& record, std::span<const Header> headers);

}  // namespace hindcast::decode
