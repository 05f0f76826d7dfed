#pragma once
// One function a command: reads its options, prints, and returns how it ended (contracts 4). Results go to stdout, errors to stderr.
#include "app/cli/desk.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace hindcast::cli {

struct Common {
    std::string workspace;
    bool json = false;
    std::stop_token stop;
};

struct ImportOptions {
    std::vector<std::string> files;
    std::string format = "auto";
    std::string mapping;
    std::string stream;
    std::string diskLimit;
};
int importFiles(const Common& common, const ImportOptions& options);

struct IngestOptions {
    std::string brokers;
    std::vector<std::string> topics;
    std::string from = "earliest";
    std::string until = "end";
    std::vector<std::string> properties;
    std::string propertiesFile;
    std::string mapping;
    std::string diskLimit;
    std::string memoryLimit;
    std::string rate;
    int timeoutSeconds = 10;
    bool uncommitted = false;
};
int ingestTopics(const Common& common, const IngestOptions& options);

struct DemoOptions {
    std::uint64_t seed = 8841;
    std::uint64_t events = 60'000;
};
int makeDemo(const Common& common, const DemoOptions& options);
int decodeAnew(const Common& common, const std::string& mapping);

int info(const Common& common);
/// All of them with counts and times; or, where `where`, `contains` or `at` asks for it, those whose states as of a moment are so.
struct EntitiesOptions {
    std::string match;
    std::uint64_t limit = UINT64_MAX;
    std::optional<std::string> where;     ///< an expression over the state
    std::optional<std::string> contains;  ///< a value that stands in the state
    std::string at;                       ///< a time; empty: now
    std::string model;
    std::string category;
    bool withDeleted = false;
};
int entities(const Common& common, const EntitiesOptions& options);
int events(const Common& common, const std::string& entity, std::uint64_t limit);
int rejects(const Common& common, std::uint64_t limit);

/// `stopAtError`: not beyond the first event at which the model fails.
int state(const Common& common, const std::string& entity, const When& when, const std::string& model, bool stopAtError);
int states(const Common& common, const std::string& category, const std::string& time, const std::string& model,
           bool withDeleted);
/// `other`: the entity that B is of; empty: the same one.
int diff(const Common& common, const std::string& entity, const std::string& other, const std::string& a, const std::string& b,
         const std::string& model);
int blame(const Common& common, const std::string& entity, const std::string& pointer, const When& when,
          const std::string& model);

int fieldHistory(const Common& common, const std::string& entity, const std::string& pointer, const std::string& model);
struct BranchOptions {
    std::vector<std::string> skip, edit, move, insert;
    std::string model;
    std::string out;
};
int branch(const Common& common, const std::string& entity, const BranchOptions& options);
struct ReduceOptions {
    std::string when;
    std::string invariant;
    bool error = false;
    std::string model;
    std::string format = "gwt";
    std::string out;
    std::uint64_t mostFolds = 10'000;
};
int reduce(const Common& common, const std::string& entity, const ReduceOptions& options);
/// Over all entities, or those of one category, or one.
struct FirstOptions {
    std::string entity;
    std::string when;
    std::string model;
    std::string category;
};
int first(const Common& common, const FirstOptions& options);
int compareModels(const Common& common, const std::string& first, const std::string& second, const std::string& category);
struct AuditOptions {
    std::string model;
    std::string category;
    bool determinism = false;
};
int audit(const Common& common, const AuditOptions& options);

struct ExportOptions {
    std::string out;
    std::string format = "jsonl";
};
int exportTo(const Common& common, const ExportOptions& options);

}  // namespace hindcast::cli
