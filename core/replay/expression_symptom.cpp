#include "core/replay/expression_symptom.h"

#include <utility>

namespace hindcast::replay {

/// Asks an expression of one event and the states around it.
class ExpressionSymptom::Asker {
public:
    Asker(store::Reader& reader, std::shared_ptr<const expression::Expression> expression)
        : reader_(reader), expression_(std::move(expression)), evaluator_(expression_), seen_(expression_->statePaths().size())
    {
    }

    bool operator()(const model::Input& input, const model::GivenState& state, const model::GivenState* previous)
    {
        expression::Facts facts;
        facts.category = input.category;
        facts.id = input.entity;
        facts.version = input.version;
        facts.type = input.type;
        facts.time = input.time;
        facts.payload = input.payload;
        look(input.id);
        if (position_) {
            facts.topic = position_->topic;
            facts.partition = position_->partition;
            facts.offset = position_->offset;
        }
        if (record_) {
            facts.key = record_->record.key;
            facts.headers = record_->headers;
        }
        Json mine, before;
        values(state, mine, now_);
        for (std::size_t i = 0; i < now_.size(); ++i) seen_[i] = seen_[i] || now_[i] != nullptr;
        facts.state = now_;
        if (previous != nullptr) {
            values(*previous, before, then_);
            facts.previous = then_;
        }
        return evaluator_(facts) == expression::Verdict::True;
    }

    [[nodiscard]] const expression::Expression& expression() const { return *expression_; }
    [[nodiscard]] const expression::Evaluator& evaluator() const { return evaluator_; }
    [[nodiscard]] bool seen(std::size_t path) const { return seen_[path]; }

private:
    /// Of the record behind the event. Mostly it is the same one that is asked of again and again.
    void look(EventId id)
    {
        if (looked_ == id) return;
        looked_ = id;
        position_ = reader_.position(id);
        record_.reset();
        if (!expression_->usesRecord()) return;
        if (auto record = reader_.record(id)) record_ = std::move(*record);
    }
    void values(const model::GivenState& state, Json& document, std::vector<const Json*>& out) const
    {
        out.assign(expression_->statePaths().size(), nullptr);
        if (!state.alive()) return;
        const Json* whole = state.inPlace();
        if (whole == nullptr) {
            document = state.document();
            whole = &document;
        }
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = valueAt(*whole, expression_->statePaths()[i]);
    }

    store::Reader& reader_;
    std::shared_ptr<const expression::Expression> expression_;
    expression::Evaluator evaluator_;
    std::vector<bool> seen_;
    std::vector<const Json*> now_;
    std::vector<const Json*> then_;
    std::optional<EventId> looked_;
    std::optional<Position> position_;
    std::optional<store::StoredRecord> record_;
};

ExpressionSymptom::ExpressionSymptom(store::Reader& reader, std::shared_ptr<const expression::Expression> expression)
    : asker_(std::make_unique<Asker>(reader, std::move(expression)))
{
}

ExpressionSymptom::~ExpressionSymptom() = default;

Symptom ExpressionSymptom::symptom()
{
    Symptom symptom;
    symptom.kind = Symptom::Kind::State;
    symptom.text = asker_->expression().text();
    symptom.wantsPrevious = asker_->expression().usesPrevious();
    symptom.holds = [asker = asker_.get()](const model::Input& input, const model::GivenState& state,
                                           const model::GivenState* previous) { return (*asker)(input, state, previous); };
    return symptom;
}

const std::vector<expression::Mismatch>& ExpressionSymptom::mismatches() const { return asker_->evaluator().mismatches(); }

std::vector<std::string> ExpressionSymptom::absentPaths() const
{
    std::vector<std::string> absent;
    const auto& paths = asker_->expression().statePaths();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (asker_->seen(i)) continue;
        std::string path = "state";
        for (const std::string& token : paths[i].tokens()) path += "." + token;
        absent.push_back(std::move(path));
    }
    return absent;
}

}  // namespace hindcast::replay
