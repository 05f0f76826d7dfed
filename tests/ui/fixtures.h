#pragma once
#include "core/replay/history.h"
#include "core/store/directory.h"
#include "ui/look/theme.h"
#include "ui/session/views.h"

#include <QDir>
#include <QPixmap>
#include <QWidget>

#include <memory>
#include <string>
#include <vector>

namespace hindcast::ui::test {

/// Where HINDCAST_PICTURES names a folder, the widget as it is now goes there, for looking at. Always shows that it paints.
inline QImage picture(QWidget& widget, const QString& name)
{
    const QImage image = widget.grab().toImage();
    const QString folder = qEnvironmentVariable("HINDCAST_PICTURES");
    if (!folder.isEmpty()) {
        QDir().mkpath(folder);
        image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }
    return image;
}

/// Pixels of exactly this colour: what a probe for a tint or a mark counts.
inline int countOf(const QImage& image, const QColor& color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == color) ++count;
    return count;
}

inline Timestamp at(const char* iso) { return *timestampFromIso(iso); }

inline Json json(const char* text) { return *parseJson(text); }

/// A directory of `count` made-up entities in three categories, the last one the most recent.
inline std::shared_ptr<store::Directory> directoryOf(std::uint32_t count)
{
    auto directory = std::make_shared<store::Directory>();
    const Timestamp start = at("2025-11-04T00:00:00Z");
    for (std::uint32_t i = 0; i < count; ++i) {
        directory->category.emplace_back(i % 3);
        directory->counts.push_back(1 + (i * 7919) % 113);
        directory->first.push_back(start);
        directory->last.push_back(Timestamp{start.ns + std::int64_t{i} * 60'000'000'000});
    }
    return directory;
}

inline store::Category category(std::uint32_t id, const char* name, bool rows = false)
{
    store::Category out;
    out.id = CategoryId{id};
    out.name = out.text = name;
    out.rows = rows;
    return out;
}

enum Type : std::uint32_t { UserRegistered, AddressAdded, OrderPlaced, AddressChanged, OrderCancelled, UserDeleted };

inline QString typeName(TypeId type)
{
    static const char* const kNames[] = {"UserRegistered", "AddressAdded",   "OrderPlaced",
                                         "AddressChanged", "OrderCancelled", "UserDeleted"};
    return type.value < std::size(kNames) ? QString::fromLatin1(kNames[type.value]) : QString();
}

/// The life of user-123: 14 events.
inline std::shared_ptr<replay::History> userHistory()
{
    struct Line {
        const char* time;
        Type type;
    };
    static const Line kLines[] = {{"2025-11-03T18:20:00.000Z", UserRegistered}, {"2025-11-03T22:41:10.120Z", AddressAdded},
                                  {"2025-11-04T02:55:31.004Z", OrderPlaced},    {"2025-11-04T02:55:40.114Z", OrderPlaced},
                                  {"2025-11-04T02:56:02.881Z", OrderPlaced},    {"2025-11-04T08:59:58.700Z", OrderPlaced},
                                  {"2025-11-04T09:01:10.402Z", OrderPlaced},    {"2025-11-04T09:03:55.019Z", OrderPlaced},
                                  {"2025-11-04T09:14:22.118Z", AddressChanged}, {"2025-11-04T11:30:00.000Z", OrderPlaced},
                                  {"2025-11-04T14:02:41.770Z", OrderCancelled}, {"2025-11-04T18:31:12.500Z", OrderPlaced},
                                  {"2025-11-04T19:00:00.250Z", AddressChanged}, {"2025-11-04T23:14:05.660Z", UserDeleted}};
    auto history = std::make_shared<replay::History>();
    history->entity = EntityId{7};
    history->key = {"user", "user-123"};
    std::int64_t offset = 48'050;
    for (const Line& line : kLines) {
        replay::HistoryEvent event;
        offset += 11;
        event.id = EventId(PartId{3}, Offset{offset});
        event.time = event.effective = at(line.time);
        event.type = TypeId{line.type};
        history->events.push_back(event);
    }
    return history;
}

inline Change change(Change::Op op, const char* pointer, const char* before, const char* after)
{
    Change out;
    out.op = op;
    out.pointer = pointer;
    out.before = before ? json(before) : Json(Json::value_t::discarded);
    out.after = after ? json(after) : Json(Json::value_t::discarded);
    return out;
}

/// user-123 as of its ninth event.
inline std::shared_ptr<StateView> userState()
{
    auto view = std::make_shared<StateView>();
    view->entity = EntityId{7};
    view->state.version = Version{9};
    view->state.of = Version{14};
    view->state.alive = true;
    view->state.document =
        json(R"({"id": "user-123", "name": "Alice Smith", "address": "456 Oak Ave", "addressChangedAt": "2025-11-04T09:14:22Z",
        "orders": [{"id": 8838, "total": 20.00}, {"id": 8840, "total": 42.00}, {"id": 8841, "total": 119.90}],
        "status": "customer", "spent": 181.90, "score": 123456789012345678901234567890, "nickname": null, "note": "", "tags": [], "profile": {},
        "settings": {"mail": true, "language": "en", "theme": {"dark": false}}})");
    view->changes = {change(Change::Op::Replace, "/address", "\"123 Main St\"", "\"456 Oak Ave\""),
                     change(Change::Op::Add, "/addressChangedAt", nullptr, "\"2025-11-04T09:14:22Z\""),
                     change(Change::Op::Remove, "/oldPhone", "\"+49 30 1234\"", nullptr),
                     change(Change::Op::Same, "/status", "\"customer\"", "\"customer\"")};
    view->modelName = QStringLiteral("set rules: user");
    auto provenance = std::make_shared<replay::Provenance>();
    provenance->add(
        Version{1},
        {change(Change::Op::Add, "/id", nullptr, "\"user-123\""), change(Change::Op::Add, "/name", nullptr, "\"Alice Smith\""),
         change(Change::Op::Add, "/settings", nullptr, "{}"), change(Change::Op::Add, "/nickname", nullptr, "null"),
         change(Change::Op::Add, "/address", nullptr, "\"123 Main St\"")});
    provenance->add(Version{3}, {change(Change::Op::Add, "/orders", nullptr, "[]"),
                                 change(Change::Op::Add, "/status", nullptr, "\"customer\"")});
    provenance->add(Version{8}, {change(Change::Op::Add, "/orders/2", nullptr, "{}"),
                                 change(Change::Op::Replace, "/spent", "62.00", "181.90")});
    provenance->add(Version{9}, {view->changes[0], view->changes[1]});
    provenance->add(Version{13}, {change(Change::Op::Replace, "/address", "\"456 Oak Ave\"", "\"1 End Rd\"")});
    view->provenance = provenance;
    return view;
}

inline std::shared_ptr<EventView> userEvent()
{
    auto view = std::make_shared<EventView>();
    view->version = Version{9};
    Event& event = view->event;
    event.id = EventId(PartId{3}, Offset{48'149});
    event.position = {"8UIjTq7OQn2nbdRUHc9Zkg", "orders", 0, Partition{3}, Offset{48'112}};
    event.entities = {{"user", "user-123"}, {"address", "a/77"}};
    event.type = "AddressChanged";
    event.time = at("2025-11-04T09:14:22.118Z");
    event.brokerTime = at("2025-11-04T09:14:22.204Z");
    event.brokerTimeKind = TimestampKind::Create;
    event.wire = Wire::Json;
    event.decodedAs = "JSON";
    event.key = "user-123";
    event.payload =
        R"({"user_id":"user-123","new_address":"456 Oak Ave","old_address":"123 Main St","score":1.50,"count":12345678901234567890123,"ok":true,"none":null,"list":[],"seen":{"at":"2025-11-04"}})";
    event.value = event.payload;
    event.headers = {{"trace-id", "9f1c2d77"}, {"source", "user-service"}, {"empty", std::nullopt}};
    event.correlation = "c-8812";
    event.causation = "e-48101";
    return view;
}

}  // namespace hindcast::ui::test
