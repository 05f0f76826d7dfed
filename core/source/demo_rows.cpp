// The database's side beside what the services write: its first snapshot, lives of rows that no event speaks of, heartbeats.
#include "core/source/demo_planner.h"

namespace hindcast::source::demo {

namespace {

constexpr std::uint64_t kTransaction = 0x7472616e73616374u;  ///< keeps ids of transactions apart from ids of events

}  // namespace

/// The staff's rows were there before the log: the connector reads them on its first start.
void Planner::planSnapshot()
{
    const Millis begun = kFirstDay + 4 * kHour + 41 * kMinute + 8 * kSecond + 230;
    for (std::uint32_t person = 0; person < kStaff; ++person)
        addRow(What::RowRead, person, begun + person / 8, mix(plan_.seed, kTransaction), kNone, person);
}

void Planner::planRowLives()
{
    std::uint64_t count = 0;
    const auto transaction = [&] { return mix(plan_.seed, kTransaction, ++count); };

    // public.users/7: six versions and a tombstone.
    Face seven = plan_.people[kRowSeven].face;
    addRow(What::RowInserted, kRowSeven, november(3, 20, 20, 11, 482), transaction());
    seven.mailNumber = 7;
    seven.plainMail = false;
    addRow(What::RowUpdated, kRowSeven, november(4, 1, 12, 44, 90), transaction(), keepFace(seven));
    seven.house = 18;
    seven.street = streetName("Station Rd");
    addRow(What::RowUpdated, kRowSeven, november(4, 2, 3, 9, 655), transaction(), keepFace(seven));
    addRow(What::RowUpdated, kRowSeven, november(4, 9, 14, 37, 201), transaction(), kNone, 250);
    seven.house = 5;
    seven.street = streetName("Harbour Rd");
    addRow(What::RowUpdated, kRowSeven, november(4, 15, 40, 28, 914), transaction(), keepFace(seven));
    const std::uint64_t removal = transaction();
    addRow(What::RowDeleted, kRowSeven, november(4, 20, 41, 5, 377), removal);
    addRow(What::RowTombstone, kRowSeven, november(4, 20, 41, 5, 377), removal);

    // The staff's rows gather points now and then.
    for (std::uint32_t person = 0; person < kStaff; ++person) {
        Random own(mix(plan_.seed, person, 9));
        for (auto i = own.below(3); i > 0; --i) {
            const Millis at = shopping_.sample(own, kOpening, november(4, 18, 0, 0));
            addRow(What::RowUpdated, person, at, transaction(), kNone, 10 + own.below(90));
        }
    }

    // public.users/12 becomes public.users/72: a changed primary key is a delete, a tombstone and an insert in one transaction.
    const Millis move = november(4, 20, 17, 33, 508);
    const std::uint64_t moving = transaction();
    addRow(What::RowMovedAway, kRowTwelve, move, moving);
    addRow(What::RowMovedTombstone, kRowTwelve, move, moving);
    addRow(What::RowMovedHere, kRowMoved, move, moving);
    addRow(What::RowUpdated, kRowMoved, november(5, 8, 2, 51, 733), transaction(), kNone, 120);
}

void Planner::planHeartbeats()
{
    for (Millis at = kFirstDay + 5 * kHour; at < kEnd; at += 4 * kHour) addRow(What::Heartbeat, 0, at, 0);
}

}  // namespace hindcast::source::demo
