#include "app/cli/when.h"

#include "core/expression/expression.h"

namespace hindcast::cli {

namespace {

/// Asks an expression of one event and the states around it.
class WhenAsker {
public:
    WhenAsker(store::Reader& reader, std::shared_ptr<const expression::Expression> expression)
        : reader_(reader), expression_(std::move(expression)), evaluator_(expression_)
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
        facts.state = now_;
        if (previous != nullptr) {
            values(*previous, before, then_);
            facts.previous = then_;
        }
        return evaluator_(facts) == expression::Verdict::True;
    }

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
    std::vector<const Json*> now_;
    std::vector<const Json*> then_;
    std::optional<EventId> looked_;
    std::optional<Position> position_;
    std::optional<store::StoredRecord> record_;
};

}  // namespace

Result<void> readWhen(store::Reader& reader, const std::string& text, replay::Symptom& symptom)
{
    auto expression = expression::Expression::parse(text);
    if (!expression)
        return fail("cannot use --when " + text,
                    expression.error().message + " at byte " + std::to_string(expression.error().offset),
                    "write an expression such as state.balance < 0", Error::Kind::BadInput);
    symptom.kind = replay::Symptom::Kind::State;
    symptom.text = text;
    symptom.wantsPrevious = (*expression)->usesPrevious();
    const auto asker = std::make_shared<WhenAsker>(reader, std::move(*expression));
    symptom.holds = [asker](const model::Input& input, const model::GivenState& state, const model::GivenState* previous) {
        return (*asker)(input, state, previous);
    };
    return {};
}

}  // namespace hindcast::cli
