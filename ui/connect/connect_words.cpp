#include "ui/connect/connect_dialog.h"

#include "ui/connect/connection_form.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/topics_table.h"
#include "ui/connect/wrong_field.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace hindcast::ui {

QString ConnectDialog::topicsHint() const { return topicsCount_->text(); }

QString ConnectDialog::mappingHint() const { return mappingHint_->text(); }

QString ConnectDialog::verdict() const { return verdict_->text(); }

/// Where the marked profile is not what the connection will be remembered as.
QString ConnectDialog::profileWords() const
{
    const int marked = list_->current();
    if (marked < 0) return {};
    const source::KafkaConnection connection = connection_->connection();
    const int kept = profiles_.keptAs(marked, QString::fromStdString(connection.brokers), connection.properties);
    if (kept == marked) return {};
    return kept < 0 ? tr("kept as a new profile: “%1” stays as it was").arg(profiles_.at(marked).name)
                    : tr("kept as profile “%1”").arg(profiles_.at(kept).name);
}

/// Where the mapping comes from that is in force, and what a change would do.
QString ConnectDialog::mappingWords(const QString& topic) const
{
    if (topic.isEmpty()) return tr("choose a topic to see its records");
    switch (mappings_.from(topic)) {
        case TopicMappings::From::User:
            return mappings_.decodesAnew(topic) ? tr("changed: what the workspace holds is decoded anew") : tr("changed by you");
        case TopicMappings::From::Workspace: return tr("the workspace's own, and kept; a change decodes anew what it holds");
        case TopicMappings::From::Profile: return tr("as you set it when this cluster was read before; change what is wrong");
        case TopicMappings::From::Samples:
            if (looking_) return tr("looking into the workspace…");
            if (mapping_->isFixed()) return tr("Debezium: nothing to set");
            return samples_->rowCount() == 0
                       ? tr("guessed from samples; change what is wrong")
                       : tr("guessed from %n samples; change what is wrong", nullptr, static_cast<int>(samples_->rowCount()));
        case TopicMappings::From::FirstRecords: break;
    }
    if (sampling_ == topic) return tr("reading samples…");
    return mappings_.failure(topic).isEmpty() ? tr("guessed when the first records come")
                                              : tr("no samples: guessed when the first records come");
}

void ConnectDialog::updateWords()
{
    if (connect_ == nullptr) return;  // still being put together
    const auto chosen = topics_->chosen().size();
    const int all = topics_->total() - (topics_->isInternalShown() ? 0 : topics_->internalCount());
    QString count = topics_->total() == 0 ? QString() : tr("%1 of %2 chosen").arg(chosen).arg(all);
    if (!absent_.isEmpty()) count += tr(" · not here any more: %1").arg(absent_.join(QStringLiteral(", ")));
    topicsCount_->setText(count);
    if (listing_)
        topics_->setEmptyText(tr("Asking the cluster for its topics…"));
    else if (topics_->total() > 0)
        topics_->setEmptyText(tr("No topic of that name"));
    else
        topics_->setEmptyText(tr("No topics yet"), tr("Write the brokers' addresses and test the connection."));

    const QString name = shownTopic();
    mappingHint_->setText(mappingWords(name));
    if (name.isEmpty())
        samples_->setEmptyText(tr("Samples of a chosen topic appear here"));
    else if (sampling_ == name)
        samples_->setEmptyText(tr("Reading samples of %1…").arg(name));
    else if (!mappings_.failure(name).isEmpty())
        samples_->setEmptyText(mappings_.failure(name), tr("The mapping can be set without them, or later."));
    else if (!mappings_.isSampled(name))
        samples_->setEmptyText(tr("Samples of %1 are read once the cluster has answered").arg(name));
    else
        samples_->setEmptyText(tr("The topic holds no records yet"), tr("Its mapping is guessed when the first ones come."));

    const auto wanted = request();
    connect_->setEnabled(wanted.has_value());
    const auto guess = mappings_.guess(name);
    guess_->setVisible(guess && (*guess != mappings_.inForce(name) || !mapping_->error().isEmpty()));
    QStringList words;
    if (!wanted)
        words << wanted.error();
    else
        words << readingWords() << heldWords() << profileWords();
    // What takes nothing from any sample comes first: behind the rest it may be cut.
    if (samples_->absentWords().isEmpty() || !wanted)
        words << samples_->verdict();
    else
        words.prepend(samples_->verdict());
    words.removeAll(QString());
    verdict_->setText(words.join(QStringLiteral(" · ")));
    markWarning(*verdict_, wanted && (!samples_->absentWords().isEmpty() || holdsAnothers()));
}

}  // namespace hindcast::ui
