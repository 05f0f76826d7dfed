#include "app/cli/branch_edits.h"

#include "app/cli/print.h"

#include <charconv>
#include <map>

namespace hindcast::cli {

namespace {

using replay::Branch;
using replay::EventRef;

std::unexpected<Error> misuse(const std::string& option, const std::string& text, std::string why, std::string hint)
{
    return fail("cannot use " + option + " " + text, std::move(why), std::move(hint), Error::Kind::BadInput);
}

/// Reads the edits of a command line: versions of the real history as it now is.
class EditReader {
public:
    EditReader(const replay::History& history, Branch& branch) : history_(history), branch_(branch) {}

    Result<void> skip(const std::string& text)
    {
        for (std::size_t from = 0; from <= text.size();) {
            const std::size_t comma = std::min(text.find(',', from), text.size());
            const std::string each = text.substr(from, comma - from);
            const std::size_t dash = each.find('-');
            const auto first = version("--skip", text, each.substr(0, dash), 1);
            if (!first) return std::unexpected(first.error());
            const auto last = dash == std::string::npos ? first : version("--skip", text, each.substr(dash + 1), 1);
            if (!last) return std::unexpected(last.error());
            if (*last < *first) return misuse("--skip", text, each + " ends before it begins", "write the lower version first");
            for (std::uint64_t v = *first; v <= *last; ++v) branch_.skip(event(v));
            from = comma + 1;
        }
        return {};
    }

    Result<void> edit(const std::string& text)
    {
        const auto parts = split("--edit", text, "write --edit 12='{\"total\":5}'");
        if (!parts) return std::unexpected(parts.error());
        const auto at = version("--edit", text, parts->first, 1);
        if (!at) return std::unexpected(at.error());
        return inContext("--edit", text, branch_.edit(event(*at), parts->second, std::nullopt));
    }

    Result<void> move(const std::string& text)
    {
        const auto parts = split("--move", text, "write --move 7=12: version 7 behind version 12; --move 7=0: to the beginning");
        if (!parts) return std::unexpected(parts.error());
        const auto from = version("--move", text, parts->first, 1);
        if (!from) return std::unexpected(from.error());
        const auto to = version("--move", text, parts->second, 0);
        if (!to) return std::unexpected(to.error());
        branch_.move(event(*from), place(*to));
        return {};
    }

    Result<void> insert(const std::string& text)
    {
        const std::string hint =
            "write --insert 12='{\"type\":\"OrderCancelled\",\"payload\":{}}', 0 for the beginning; \"time\" may be added";
        const auto parts = split("--insert", text, hint);
        if (!parts) return std::unexpected(parts.error());
        const auto at = version("--insert", text, parts->first, 0);
        if (!at) return std::unexpected(at.error());
        const auto json = parseJson(parts->second);
        if (!json || !json->is_object()) return misuse("--insert", text, "what stands behind = is no JSON object", hint);
        const auto type = json->find("type");
        const auto payload = json->find("payload");
        if (type == json->end() || !type->is_string() || payload == json->end())
            return misuse("--insert", text, "it names no type and payload", hint);
        std::optional<Timestamp> time;
        if (const auto given = json->find("time"); given != json->end()) {
            auto read = timestampFromUser(given->is_string() ? given->get<std::string>() : toText(*given), Timestamp::now());
            if (!read) return misuse("--insert", text, read.error().why, read.error().hint);
            time = *read;
        }
        // Several at one place stand in the order in which they were given.
        const auto [behind, fresh] = behind_.try_emplace(*at, place(*at));
        auto added = branch_.add(behind->second, type->get<std::string>(), toText(*payload), time);
        if (!added) return inContext("--insert", text, std::unexpected(added.error()));
        behind->second = EventRef(*added);
        return {};
    }

private:
    using Parts = std::pair<std::string, std::string>;
    static Result<Parts> split(const std::string& option, const std::string& text, const std::string& hint)
    {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) return misuse(option, text, "there is no = in it", hint);
        return Parts(text.substr(0, equals), text.substr(equals + 1));
    }
    static Result<void> inContext(const std::string& option, const std::string& text, Result<void> done)
    {
        if (done) return done;
        return misuse(option, oneLine(text, 60), done.error().why, done.error().hint);
    }
    Result<std::uint64_t> version(const std::string& option, const std::string& whole, const std::string& text,
                                  std::uint64_t least) const
    {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size() || text.empty())
            return misuse(option, oneLine(whole, 60), "\"" + text + "\" is no version",
                          "versions are those that `events` prints");
        if (number < least || number > history_.last().value)
            return misuse(option, oneLine(whole, 60), "there is no version " + text + " of " + history_.key.text(),
                          "it has 1 to " + std::to_string(history_.last().value));
        return number;
    }
    [[nodiscard]] EventRef event(std::uint64_t version) const { return {history_.events[version - 1].id}; }
    [[nodiscard]] std::optional<EventRef> place(std::uint64_t version) const
    {
        return version == 0 ? std::nullopt : std::optional(event(version));
    }

    const replay::History& history_;
    Branch& branch_;
    std::map<std::uint64_t, std::optional<EventRef>> behind_;
};

}  // namespace

Result<replay::Branch> branchOf(const replay::History& history, const BranchOptions& options)
{
    Branch branch("what if", history.key);
    EditReader reader(history, branch);
    for (const std::string& each : options.insert)
        if (auto done = reader.insert(each); !done) return std::unexpected(done.error());
    for (const std::string& each : options.edit)
        if (auto done = reader.edit(each); !done) return std::unexpected(done.error());
    for (const std::string& each : options.move)
        if (auto done = reader.move(each); !done) return std::unexpected(done.error());
    for (const std::string& each : options.skip)
        if (auto done = reader.skip(each); !done) return std::unexpected(done.error());
    return branch;
}

}  // namespace hindcast::cli
