#pragma once
#include "ui/connect/mapping_candidates.h"
#include "ui/look/theme.h"

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace hindcast::ui {

/// How the records of one topic become events: what was guessed and why, to be corrected. For topics that are about to be read
/// and for stored ones alike; whoever shows it supplies the mapping and takes the changed one.
class MappingEditor final : public QWidget {
    Q_OBJECT
public:
    enum Field { Id, Category, Type, Time, Name, Version, Correlation, Causation, kFields };
    explicit MappingEditor(const Theme& theme, QWidget* parent = nullptr);

    void setMapping(const decode::Mapping& mapping);
    /// The mapping as edited.
    [[nodiscard]] const decode::Mapping& mapping() const { return mapping_; }
    void setReasons(const QStringList& reasons);
    void setCandidates(const MappingCandidates& candidates);
    /// The records are Debezium's: nothing needs to be set.
    void setDebezium(bool debezium);
    [[nodiscard]] bool isFixed() const;  ///< then its main fields cannot be written
    /// Nothing is known of the records yet: what is empty will be guessed from the first ones, until the user sets something.
    void setGuessedLater(bool later);
    /// Empty where what is written can be used.
    [[nodiscard]] QString error() const;
    [[nodiscard]] QComboBox& field(Field field) { return *fields_[field]; }
    [[nodiscard]] QToolButton& moreButton() { return *more_; }  ///< says how much is set behind it

signals:
    void mappingChanged(const hindcast::decode::Mapping& mapping);  ///< by the user, and usable
    void errorChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A field and its name, in one of the grids.
    struct Cell {
        QLabel* label;
        QWidget* field;
    };
    void makeFirst();
    void makeRest();
    [[nodiscard]] QComboBox* makeField(Field field, const QString& name, const QString& placeholder);
    [[nodiscard]] static QString othersName();
    [[nodiscard]] decode::Mapping written(QString& wrong) const;
    void read();
    void updateEnabled();
    void tellMore();
    void arrange();
    static void arrange(QGridLayout& grid, const std::vector<Cell>& cells, int across);

    const Theme& theme_;
    decode::Mapping mapping_;
    std::array<QComboBox*, kFields> fields_{};
    std::optional<MappingCandidates> candidates_;  ///< that are in the lists
    std::array<QString, kFields> absent_;          ///< what holds where a field is empty
    QGridLayout* firstGrid_;
    QGridLayout* restGrid_;
    std::vector<Cell> firstCells_;
    std::vector<Cell> moreCells_;
    int across_ = 0;
    QComboBox* envelope_;
    QComboBox* format_;
    QComboBox* unit_;
    QLineEdit* others_;
    QToolButton* more_;
    QWidget* rest_;
    QLabel* reasons_;
    QLabel* error_;
    bool debezium_ = false;
    bool filling_ = false;
};

}  // namespace hindcast::ui
