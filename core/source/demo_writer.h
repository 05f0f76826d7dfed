#pragma once
#include "core/event/record.h"
#include "core/source/demo_plan.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::source::demo {

/// A stretch of Sheet::bytes.
struct Span {
    std::size_t from = 0;
    std::size_t size = 0;
};

/// Records as they are being written: one growing text, and where each part of a record lies in it.
struct Sheet {
    struct Record {
        Span key;
        Span value;
        bool tombstone = false;
        std::uint32_t firstHeader = 0;
        std::uint32_t headerCount = 0;
    };
    struct HeaderAt {
        std::string_view name;  ///< a literal
        Span value;
    };
    std::string bytes;
    std::vector<Record> records;
    std::vector<HeaderAt> headers;

    void clear();
};

/// The running state of PostgreSQL's log: what `source` and `transaction` of a Debezium envelope say.
class DatabaseLog {
public:
    /// Moves on to the next change; a transaction other than the last one begins. `again`: the same change tells once more (the
    /// insert of a key change shares the LSN of its delete).
    void change(std::uint64_t transaction, bool users, bool again);
    /// Begins a transaction without a change yet (its BEGIN marker).
    void begin(std::uint64_t transaction);

    [[nodiscard]] std::uint64_t lsn() const { return lsn_; }
    [[nodiscard]] std::uint64_t lastCommit() const { return lastCommit_; }
    [[nodiscard]] std::uint64_t endOfTransaction() const { return lsn_ + 48; }
    [[nodiscard]] std::uint64_t transactionId() const { return transactionId_; }
    [[nodiscard]] std::uint32_t totalOrder() const { return totalOrder_; }
    [[nodiscard]] std::uint32_t collectionOrder(bool users) const { return collectionOrder_[users ? 0 : 1]; }

    static constexpr std::uint64_t kSnapshotLsn = 27'398'128;
    static constexpr std::uint64_t kSnapshotTransaction = 746;

private:
    std::uint64_t current_ = 0;
    std::uint64_t lsn_ = kSnapshotLsn;
    std::uint64_t lastCommit_ = kSnapshotLsn;
    std::uint64_t transactionId_ = kSnapshotTransaction;
    std::uint32_t totalOrder_ = 0;
    std::array<std::uint32_t, 2> collectionOrder_{};
};

/// Turns happenings into the bytes that services and a Debezium connector would write. Keeps what the events before have made of
/// people, rows and prices, so happenings must come in the plan's order and none may be left out.
class Writer {
public:
    explicit Writer(const Plan& plan);  ///< the plan must outlive it

    void write(const Happening& happening, Sheet& sheet);

private:
    struct Row {
        Face face;
        std::uint64_t points = 0;
        std::uint64_t created = 0;  ///< microseconds since 1970
    };

    // demo_writer.cpp
    void writeEvent(const Happening& happening, Sheet& sheet);
    void writeEventHeaders(const Happening& happening, Sheet& sheet) const;
    void appendUserEvent(std::string& out, const Happening& happening);
    void appendProductEvent(std::string& out, const Happening& happening);
    void appendCartEvent(std::string& out, const Happening& happening) const;
    void appendOrderEvent(std::string& out, const Happening& happening) const;
    void appendOrderPlaced(std::string& out, const Order& order) const;
    void appendAccountEvent(std::string& out, const Happening& happening) const;

    // demo_debezium.cpp
    void writeRow(const Happening& happening, Sheet& sheet);
    void writeRowHeaders(const Happening& happening, Sheet& sheet) const;
    void appendUserRow(std::string& out, const Happening& happening);
    void appendItemRow(std::string& out, const Happening& happening);
    void appendEnvelope(std::string& out, const Happening& happening, char op, bool users);
    void appendPersonRow(std::string& out, std::uint32_t person) const;
    void appendItem(std::string& out, const Happening& happening, std::string_view status) const;
    void appendTransactionMarker(std::string& out, const Happening& happening);

    const Plan& plan_;
    std::vector<Face> people_;  ///< as the events have it
    std::vector<Row> rows_;     ///< as the database has it
    std::vector<std::uint32_t> prices_;
    DatabaseLog log_;
    std::string runId_;
};

void appendUserId(std::string& out, std::uint32_t number);
void appendOrderId(std::string& out, std::uint32_t number);
void appendCartId(std::string& out, std::uint32_t number);
void appendProductId(std::string& out, std::uint32_t product);
void appendAccountId(std::string& out, std::uint32_t number);

}  // namespace hindcast::source::demo
