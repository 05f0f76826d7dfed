#include "app/cli/desk.h"

#include "core/event/json_file.h"
#include "core/model/chosen.h"
#include "core/model/projection_result.h"
#include "core/model/script.h"

#include <fmt/core.h>
#include <charconv>

namespace hindcast::cli {

int tell(const Error& error)
{
    std::string line = error.text();
    for (char& c : line)
        if (c == '\n') c = ' ';
    fmt::print(stderr, "hindcast-cli: {}\n", line);
    return kFailed;
}

int tellMisuse(const Error& error)
{
    tell(error);
    return kUsage;
}

Result<Desk> Desk::open(const std::string& path, store::Mode mode)
{
    auto store = store::Store::open(path, mode);
    if (!store) return std::unexpected(store.error());
    auto reader = (*store)->reader();
    if (!reader) return std::unexpected(reader.error());
    auto saved = ingest::loadMappings(**reader);
    if (!saved) return std::unexpected(saved.error());
    auto models = (*reader)->setting("models");
    if (!models) return std::unexpected(models.error());
    Desk desk;
    desk.store_ = std::move(*store);
    desk.reader_ = std::move(*reader);
    desk.decoders_ = std::make_shared<ingest::Decoders>(std::move(*saved));
    desk.models_ = std::move(*models);
    if (auto done = desk.decoders_->refresh(*desk.reader_); !done) return std::unexpected(done.error());
    return desk;
}

Result<EntityId> Desk::entity(const std::string& text)
{
    const EntityKey key = EntityKey::fromText(text);
    if (!key.category.empty()) {
        auto found = reader_->findEntity(key);
        if (!found) return std::unexpected(found.error());
        if (*found) return **found;
    }
    auto bare = reader_->findById(text);
    if (!bare) return std::unexpected(bare.error());
    if (bare->size() == 1) return bare->front();
    if (bare->size() > 1) {
        std::string choices;
        for (const EntityId id : *bare)
            if (auto each = reader_->entityKey(id)) choices += (choices.empty() ? "" : ", ") + each->text();
        return fail("\"" + text + "\" is ambiguous", "there are " + choices, "name one of them whole", Error::Kind::BadInput);
    }
    return fail("no such entity: " + text, "the workspace holds none of that name",
                "list them with: hindcast-cli entities WS --match TEXT", Error::Kind::BadInput);
}

Result<std::shared_ptr<const replay::History>> Desk::history(EntityId entity) { return replay::loadHistory(*reader_, entity); }

Result<std::unique_ptr<model::Reducer>> Desk::reducer(const std::string& category, bool rows, const std::string& model)
{
    if (model.empty()) return model::reducerFor(runtime_, models_, category, rows);
    if (auto builtIn = model::builtIn(model); builtIn != nullptr) return builtIn;
    auto given = given_.find(model);
    if (given == given_.end()) {
        auto document = model::readModelFile(model);
        if (!document) {
            Error error = document.error();
            error.hint = "--model takes merge, patch, latest, debezium, fields, or a file: set rules, a script (.mjs), a program";
            return std::unexpected(std::move(error));
        }
        given = given_.emplace(model, std::move(*document)).first;
        // Whoever names a program on the command line wants it run; one that a workspace names is another matter.
        if (given->second.contains("program")) runtime_->allowPrograms(true);
    }
    return model::reducerOf(runtime_, given->second, category);
}

bool Desk::isModule(const std::string& model) const
{
    const auto given = given_.find(model);
    const auto script = given == given_.end() ? std::nullopt : model::scriptFrom(given->second);
    return script && model::isModule(runtime_, *script);
}

Result<std::optional<Json>> Desk::result(const replay::History& history, const std::string& model, const replay::StateAt& at)
{
    const Json* document = nullptr;
    if (const auto given = given_.find(model); given != given_.end()) document = &given->second;
    if (model.empty() && models_ && models_->is_object())
        if (const auto chosen = models_->find(history.key.category); chosen != models_->end()) document = &*chosen;
    if (document == nullptr) return std::nullopt;
    const auto shown = model::ProjectionResult::of(runtime_, *document, history.key.category);
    if (!shown) return std::nullopt;
    auto result = shown->at(history.key, at.version, {at.document, at.alive});
    if (!result) return std::unexpected(result.error());
    return std::optional(std::move(*result));
}

Result<std::unique_ptr<replay::EntityReplay>> Desk::replay(std::shared_ptr<const replay::History> history,
                                                           const std::string& model)
{
    return replay(std::move(history), model, replay::feedFrom(*reader_));
}

Result<std::unique_ptr<replay::EntityReplay>> Desk::replay(std::shared_ptr<const replay::History> history,
                                                           const std::string& model, std::unique_ptr<replay::RecordFeed> feed)
{
    auto made = reducer(history->key.category, history->rows, model);
    if (!made) return std::unexpected(made.error());
    return std::make_unique<replay::EntityReplay>(std::move(feed), std::move(history), std::move(*made),
                                                  ingest::payloadsOf(decoders_));
}

Result<Version> versionOf(const replay::History& history, const When& when)
{
    if (when.version) {
        if (*when.version > history.last().value)
            return fail("no version " + std::to_string(*when.version) + " of " + history.key.text(),
                        "it has " + std::to_string(history.last().value), {}, Error::Kind::BadInput);
        return Version{*when.version};
    }
    if (when.time.empty()) return history.last();
    auto time = timestampFromUser(when.time, Timestamp::now());
    if (!time) return std::unexpected(time.error());
    return history.versionAt(*time);
}

Result<Version> versionFromText(const replay::History& history, const std::string& text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    // Ten digits and more are an epoch: no history here is that long.
    if (error == std::errc() && end == text.data() + text.size() && text.size() < 10) return versionOf(history, {number, {}});
    return versionOf(history, {std::nullopt, text});
}

}  // namespace hindcast::cli
