#include "core/ingest/demo.h"

#include "core/event/json.h"

namespace hindcast::ingest {

namespace {

constexpr const char* kWhat = "cannot make the demo";

Result<void> keepSettings(store::Store& store)
{
    Json models = Json::object();
    for (const auto& [category, rules] : source::demoModels()) {
        auto model = parseJson(rules);
        if (!model) return fail(kWhat, "the model of " + category + ": " + model.error().message);
        models[category] = std::move(*model);
    }
    auto writer = store.writer();
    if (!writer) return std::unexpected(writer.error());
    (*writer)->setSetting("models", models);
    // Three lives that touch: the user, one of her orders, and her row in the database.
    (*writer)->setSetting("pins", Json::array({"user/user-123", "order/order-8841", "public.users/7"}));
    return (*writer)->commit();
}

}  // namespace

Result<Summary> runDemo(store::Store& store, const source::DemoOptions& demo, std::stop_token stop,
                        const std::function<void(const Progress&)>& onProgress)
{
    auto json = parseJson(source::demoMappings());
    if (!json) return fail(kWhat, "its mappings: " + json.error().message);
    auto mappings = decode::mappingsFromJson(*json);
    if (!mappings) return std::unexpected(mappings.error());
    if (auto kept = keepSettings(store); !kept) return std::unexpected(kept.error());
    Options options;
    options.mappings = std::move(*mappings);
    const std::unique_ptr<source::Source> source = source::makeDemoSource(demo);
    return run(store, *source, options, std::move(stop), onProgress);
}

}  // namespace hindcast::ingest
